"""How fast and how right the figures of two sides are: `python -m bench.dyads [--desk FILE] [--reports 10000]`.

Times are the best of three on an invented desk's store (bench/desk.py), ten events a report. Right is what comes near
the truth of simulated histories: processes whose acts set off acts, and series of weeks that are level or are not.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from bench.desk import open_desk
from bench.synthetic import DAYS, FIRST
from casus import Store
from casus.store.query.acts import Act
from casus.watch.changes import measure_change
from casus.watch.dyads import Window, choose_window, dyad_figures, weekly
from casus.watch.hawkes import fit_hawkes
from casus.watch.outlook import outlook
from casus.watch.reciprocity import Effect, measure_effects
from casus.watch.ruptures import find_shifts

Figure = tuple[str, str]
PACE, EFFECT, HALF_LIFE, LENGTH = (0.1, 0.05), ((0.3, 0.2), (0.5, 0.1)), 3.0, 1460
"""Of the simulated process: acts a day of each side's own accord, acts that one act sets off, days, days."""
WEEKS = 104
GROUPS = ("USA,FRA,UKR", "IRN,RUS,SDN")


def simulate_hawkes(
    seed: int, pace: Sequence[float], effect: Sequence[Sequence[float]], half_life: float, days: int
) -> list[list[int]]:
    """Return the days of the acts of two sides, by generations: each act sets off others, later and fewer.

    That is the process as a branching one (Hawkes and Oakes 1974, Journal of Applied Probability 11); it shares nothing
    with the likelihood that is tested.
    """
    chance = np.random.default_rng(seed)
    born = [(side, time) for side in (0, 1) for time in chance.uniform(0, days, chance.poisson(pace[side] * days))]
    found: list[list[int]] = [[], []]
    while born:
        for side, time in born:
            found[side].append(int(time))
        born = [
            (on, time + wait)
            for side, time in born
            for on in (0, 1)
            for wait in chance.exponential(half_life / np.log(2), chance.poisson(effect[on][side]))
            if time + wait < days
        ]
    return found


def measure_times(store: Store) -> Iterator[Figure]:
    """Yield how long each question takes."""
    newest, all_days = choose_window(store), Window(FIRST, date.fromordinal(FIRST.toordinal() + DAYS - 1))
    found = dyad_figures(store, *GROUPS, all_days).both.incidents
    questions: dict[str, Callable[[], object]] = {
        "figures of a year": lambda: dyad_figures(store, "USA", "IRN", newest),
        "figures of four years": lambda: dyad_figures(store, "USA", "IRN", all_days),
        "figures of four years, country and sector": lambda: dyad_figures(store, "USA/MIL", "IRN/REB", all_days),
        f"figures of four years, three against three ({found:,} incidents)": lambda: dyad_figures(
            store, *GROUPS, all_days
        ),
        "weeks of four years": lambda: weekly(store, "USA", "IRN", all_days),
        "outlook": lambda: outlook(store, "USA", "IRN"),
        "outlook after two steps": lambda: outlook(store, "USA", "IRN", after="USA:threat, IRN:any"),
    }
    for name, ask in questions.items():
        whole, own = _best(ask)
        yield f"{name}, ms (of processor time)", f"{whole:.0f} ({own:.0f})"


def _best(ask: Callable[[], object]) -> tuple[float, float]:
    """Return the milliseconds of the fastest of three, by the clock and of the processor."""
    whole, own = [], []
    for _ in range(3):
        begun, spent = perf_counter(), process_time()
        ask()
        whole.append(perf_counter() - begun)
        own.append(process_time() - spent)
    return min(whole) * 1000, min(own) * 1000


def measure_truth(histories: int = 100) -> Iterator[Figure]:
    """Yield how near the truth the effects of acts on acts come, in simulated histories of four years."""
    found, errors = [], []
    for seed in range(histories):
        first, second = simulate_hawkes(seed, PACE, EFFECT, HALF_LIFE, LENGTH)
        fit = fit_hawkes(first, second, LENGTH)
        if fit is not None:
            found.append(fit.effect)
            errors.append([[np.nan if one is None else one for one in row] for row in fit.effect_error])
    off, spread = np.array(found) - np.array(EFFECT), np.array(errors)
    for on, of in ((0, 0), (0, 1), (1, 0), (1, 1)):
        mean, one = off[:, on, of].mean() + EFFECT[on][of], off[:, on, of].std()
        yield f"effect {EFFECT[on][of]}: mean found (their spread)", f"{mean:.2f} ({one:.2f})"
    known = ~np.isnan(spread)
    yield "truth within two standard errors", f"{(abs(off)[known] <= 2 * spread[known]).mean():.1%}"


def measure_strangers(histories: int = 50) -> Iterator[Figure]:
    """Yield how often an effect is told of sides that do not mind each other: it lies two errors above nothing."""
    shapes = {"at a level": [0.2] * 1000, "ten times as active from one day on": [0.05] * 500 + [0.5] * 500}
    for name, rates in shapes.items():
        told = [effect for seed in range(histories) for effect in _effects_of_strangers(seed, rates)]
        taken = [bool(effect.error) and (effect.value or 0.0) > 2 * (effect.error or 0.0) for effect in told]
        yield f"strangers {name}, taken for tit for tat", f"{np.mean(taken):.1%}"


def _effects_of_strangers(seed: int, rates: Sequence[float]) -> tuple[Effect, Effect]:
    """Return the effects of two sides that act at the same rates by chance."""
    chance = np.random.default_rng(seed)
    sides = [np.repeat(np.arange(len(rates)), chance.poisson(rates)).tolist() for _ in range(2)]
    one, other = ([_blow(day, nth) for nth, day in enumerate(side)] for side in sides)
    return measure_effects(one, other, (FIRST, FIRST + timedelta(days=len(rates) - 1)))


def _blow(day: int, nth: int) -> Act:
    told = (FIRST + timedelta(days=day)).isoformat()
    return Act(incident=str(nth), way="a_to_b", type="ASSAULT", day=told, until=told)


def measure_ruptures(series: int = 1000) -> Iterator[Figure]:
    """Yield how often a level series is called broken, and a broken one is found to be."""
    chance = np.random.default_rng(1)
    for mean in (0.3, 2.0, 10.0):
        broken = [bool(find_shifts(chance.poisson(mean, WEEKS).tolist())) for _ in range(series)]
        yield f"level at {mean} a week, called broken", f"{np.mean(broken):.1%}"
    bursts = [simulate_hawkes(seed, (0.2, 0.0), ((0.5, 0.0), (0.0, 0.0)), 5.0, 7 * WEEKS)[0] for seed in range(300)]
    weeks = [np.bincount(np.array(days, dtype=int) // 7, minlength=WEEKS).tolist() for days in bursts]
    yield "level, but in bursts, called broken", f"{np.mean([bool(find_shifts(counts)) for counts in weeks]):.1%}"
    for low, high in ((1, 3), (2, 5), (2, 8)):
        rates = [low] * (WEEKS - 26) + [high] * 26
        seen = [bool(find_shifts(chance.poisson(rates).tolist())) for _ in range(300)]
        yield f"from {low} to {high} a week for half a year, found", f"{np.mean(seen):.1%}"


def measure_changes(series: int = 2000) -> Iterator[Figure]:
    """Yield how often a week of a level series is called above or below."""
    chance = np.random.default_rng(2)
    for weeks in (4, 52):
        for mean in (0.3, 3.0):
            rows = chance.poisson(mean, (series, 53)).tolist()
            labels = [measure_change(row[:-1], row[-1], weeks).label for row in rows]
            called = np.mean([label != "as before" for label in labels])
            yield f"level at {mean} a week, called changed against {weeks} weeks", f"{called:.1%}"


def main() -> None:
    """Read the arguments and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.dyads", description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--desk", type=Path, help="a desk's store; made there if it is not there yet")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = open_desk(args.desk or Path(folder) / "desk.db", args.reports)
        for figures in (
            measure_times(store),
            measure_truth(),
            measure_strangers(),
            measure_ruptures(),
            measure_changes(),
        ):
            for name, value in figures:
                print(f"{name:72}{value:>14}", flush=True)


if __name__ == "__main__":
    main()
