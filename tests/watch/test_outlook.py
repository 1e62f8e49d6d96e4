"""What usually follows, and what telling it would have been worth."""

from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

import numpy as np
import pytest

from casus import Store
from casus.errors import FieldError
from casus.watch.ladder import RUNGS
from casus.watch.outlook import outlook
from casus.watch.outlook_backtest import ENOUGH, TESTS, backtest, draw_to_base
from casus.watch.outlook_patterns import Step, find_occasions, read_pattern, set_apart, tell_pattern
from tests.watch.histories import Told, act, day, make_reports

USA, IRN = ["USA"], ["IRN"]
TALES: dict[str, Callable[[np.random.Generator, int], tuple[int, str, int]]] = {
    "sanction": lambda chance, number: (number, "SANCTION", number + 2),
    "anything": lambda chance, number: (int(chance.integers(900)), "SANCTION", int(chance.integers(900))),
}
"""The day of a threat, and what comes when."""


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("ASSAULT", (Step(None, "ASSAULT"),)),
        ("USA:threat, IRN:limited violence", (Step("a_to_b", "threat"), Step("b_to_a", "limited violence"))),
        ("B:any,material-conflict", (Step("b_to_a", "any"), Step(None, "material-conflict"))),
        ("Quiet", ()),
    ],
)
def test_patterns_are_read_and_told(told: str, expected: tuple[Step, ...]) -> None:
    """And what is told can be read again."""
    pattern = read_pattern(told, USA, IRN)
    assert pattern == expected
    assert read_pattern(tell_pattern(pattern, "USA", "IRN"), USA, IRN) == pattern


@pytest.mark.parametrize("told", ["HUG", "FRA:ASSAULT", "", "ASSAULT,,AID", "quiet, ASSAULT"])
def test_wrong_patterns_are_refused(told: str) -> None:
    """With what is allowed."""
    with pytest.raises(FieldError, match="field after"):
        read_pattern(told, USA, IRN)


def by_day(*told: tuple[int, str, str]) -> dict[int, list]:  # type: ignore[type-arg]
    """Return acts by day, of `(day, way, type)`."""
    return {number: [act(number, way, type_)] for number, way, type_ in told}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "days", "expected"),
    [
        ("ASSAULT", 5, [3, 20, 40]),
        ("USA:ASSAULT", 5, [3, 40]),
        ("material-conflict", 5, [3, 20, 40]),
        ("limited violence", 5, [3, 20, 40]),
        ("threat, ASSAULT", 5, [3]),
        ("threat, ASSAULT", 19, [3, 20]),
        ("threat, B:any, ASSAULT", 60, [40]),
        ("ASSAULT, threat", 60, []),
    ],
)
def test_occasions_are_days_on_which_a_pattern_is_complete(told: str, days: int, expected: list[int]) -> None:
    """Its steps in order, on different days, near enough."""
    acts = by_day(
        (1, "b_to_a", "THREATEN"), (3, "a_to_b", "ASSAULT"), (20, "b_to_a", "ASSAULT"), (40, "a_to_b", "ASSAULT")
    )
    assert find_occasions(read_pattern(told, USA, IRN), acts, (0, 50), days) == expected


def test_quiet_is_a_pattern() -> None:
    """Every day that ends so many without an act."""
    assert find_occasions((), by_day((3, "a_to_b", "AID"), (9, "a_to_b", "AID")), (0, 12), 3) == [2, 6, 7, 8, 12]


@pytest.mark.parametrize(("occasions", "expected"), [([], 0), ([5], 1), ([5, 6, 14, 15, 16, 25], 3), ([0, 10, 20], 3)])
def test_occasions_that_overlap_are_no_more_than_one(occasions: list[int], expected: int) -> None:
    """Ten days of outlook each."""
    assert set_apart(occasions, 10) == expected


def test_few_occasions_say_little() -> None:
    """Counts like the base rate leave it as it is; many that differ are believed."""
    base = np.array([0.5, 0.5])
    assert draw_to_base(np.array([3.0, 3.0]), base) == pytest.approx(base)
    assert draw_to_base(np.array([1.0, 0.0]), base)[0] < 0.6
    assert draw_to_base(np.array([300.0, 0.0]), base)[0] > 0.97
    assert draw_to_base(np.array([7.0, 1.0]), base).sum() == pytest.approx(1)


def make_outcomes(seed: int, *, tells: float) -> tuple[list[int], list[int]]:
    """Return outcomes of 2,000 days, and occasions after which outcome 1 is likelier by `tells`."""
    chance = np.random.default_rng(seed)
    occasions = list(range(10, 2000, 20))
    outcomes = chance.choice(3, 2000, p=[0.6, 0.2, 0.2])
    for place in occasions:
        outcomes[place] = 1 if chance.random() < tells else outcomes[place]
    return outcomes.tolist(), occasions


def test_a_pattern_that_tells_is_found_better() -> None:
    """Than the base rate, and the score is that of the chances by hand."""
    outcomes, occasions = make_outcomes(1, tells=0.5)
    score = backtest(outcomes, occasions, 5, 3)
    assert score is not None
    assert score.verdict == "better than the base rate"
    assert score.skill == pytest.approx(1 - score.brier / score.base, abs=0.001)
    assert score.tested == len(occasions) - ENOUGH


def test_a_pattern_that_tells_nothing_is_not() -> None:
    """No more than one in twenty is, and its forecasts cost little."""
    scores = [backtest(*make_outcomes(seed, tells=0.0), 5, 3) for seed in range(40)]
    assert sum(score is not None and score.verdict == "better than the base rate" for score in scores) <= 2
    assert np.mean([score.skill for score in scores if score]) > -0.02


def test_forecasts_know_nothing_of_what_comes_later() -> None:
    """The score of the first half is the same, whatever the second holds."""
    outcomes, occasions = make_outcomes(2, tells=0.5)
    half = [place for place in occasions if place < 1000]
    other = outcomes[:1000] + [2] * 1000
    assert backtest(outcomes[:1000], half, 5, 3) == backtest(other, half, 5, 3)


def brier_by_hand(outcomes: Sequence[int], occasions: Sequence[int], days: int) -> float:
    """Return the mean Brier score of the base rate, day by day."""
    missed = []
    for place in occasions:
        if sum(earlier + days <= place for earlier in occasions) >= ENOUGH:
            known = outcomes[: place - days + 1]
            shares = [known.count(kind) / len(known) for kind in range(3)]
            missed.append(sum((share - (kind == outcomes[place])) ** 2 for kind, share in enumerate(shares)))
    return float(np.mean(missed))


def test_the_base_rate_is_scored_as_by_hand() -> None:
    """Over all days whose outcome was known."""
    outcomes, occasions = make_outcomes(3, tells=0.3)
    score = backtest(outcomes, occasions, 7, 3)
    assert score is not None
    assert score.base == pytest.approx(brier_by_hand(outcomes, occasions, 7), abs=0.0001)


@pytest.mark.parametrize(("number", "tested"), [(ENOUGH + TESTS - 1, False), (ENOUGH + TESTS, True)])
def test_too_few_forecasts_have_no_score(number: int, tested: bool) -> None:
    """None, not a guess."""
    assert (backtest([0, 1] * 500, list(range(0, 20 * number, 20)), 5, 2) is not None) == tested


def fill(path: Path, tale: str, threats: int = 45) -> Store:
    """Return a store in which Iran threatens time and again, and in which something comes of it, or not."""
    store, chance, numbers = Store(path), np.random.default_rng(8), count()
    told = []
    for nth in range(threats):
        threat, type_, number = TALES[tale](chance, 20 * nth)
        told.append(Told(f"r{next(numbers)}", threat, "IRN", "USA", "THREATEN"))
        told.append(Told(f"r{next(numbers)}", number, "USA", "IRN", type_))
    told += [Told(f"r{next(numbers)}", int(at), "USA", "IRN", "AID") for at in chance.integers(0, 900, 60)]
    store.add_all(make_reports(told))
    return store


def test_what_always_followed_is_told(tmp_path: Path) -> None:
    """With counts, base rate, examples, and a score better than the base rate's."""
    store = fill(tmp_path / "casus.db", "sanction")
    found = outlook(store, "USA", "IRN", after="IRN:THREATEN", days=7)
    likeliest = max(found.next, key=lambda row: row.chance)
    assert (likeliest.way, likeliest.type) == ("a_to_b", "SANCTION")
    assert likeliest.count > 0.8 * found.occasions
    assert likeliest.share > 2 * likeliest.base_share
    assert likeliest.base_share < likeliest.chance <= likeliest.share
    assert {store.incident(id_).incident.type for id_ in likeliest.examples} == {"SANCTION"}
    assert found.next_score is not None
    assert found.next_score.verdict == "better than the base rate"


def test_what_follows_by_chance_is_not_called_better(tmp_path: Path) -> None:
    """A history without a tale."""
    found = outlook(fill(tmp_path / "casus.db", "anything"), "USA", "IRN", after="IRN:THREATEN", days=7)
    assert found.next_score is not None
    assert found.next_score.verdict != "better than the base rate"


def test_chances_add_up(tmp_path: Path) -> None:
    """So do counts and base rates; nothing is one of the outcomes."""
    found = outlook(fill(tmp_path / "casus.db", "sanction"), "USA", "IRN", after="THREATEN", days=7)
    for rows in (found.next, found.highest):
        assert sum(row.chance for row in rows) == pytest.approx(1, abs=0.001)
        assert sum(row.count for row in rows) == found.occasions
        assert sum(row.base_count for row in rows) == found.history
        assert [row for row in rows if (row.way, row.type, row.rung) == (None, None, None)] != []


def test_thin_history_is_silent(tmp_path: Path) -> None:
    """With the reason and the numbers."""
    found = outlook(fill(tmp_path / "casus.db", "sanction", threats=8), "USA", "IRN", after="IRN:THREATEN", days=7)
    assert (found.next, found.highest, found.next_score) == ((), (), None)
    assert found.why == (
        "too few: 'IRN:THREATEN' and the 7 days after it are known 8 times, 8 of them with days of their own; "
        f"at least {ENOUGH} are needed"
    )


def test_the_pattern_is_how_things_stand(tmp_path: Path) -> None:
    """The gravest act of the last day, or quiet."""
    store = Store(tmp_path / "casus.db")
    told = [
        Told("one", 10, "IRN", "USA", "ASSAULT"),
        Told("two", 10, "USA", "IRN", "ACCUSE"),
        Told("plan", 12, "USA", "IRN", "ASSAULT", modality="future"),
        Told("far", 23, "KEN", "UGA", "AID"),
    ]
    store.add_all(make_reports(told))
    found = outlook(store, "USA", "IRN")
    assert (found.pattern, found.last, found.until) == ("IRN:limited violence", day(10), day(23))
    assert outlook(store, "USA", "IRN", days=13).pattern == "quiet"


def test_an_empty_store_is_silent(tmp_path: Path) -> None:
    """Not an error."""
    found = outlook(Store(tmp_path / "casus.db"), "USA", "IRN")
    assert (found.pattern, found.occasions, bool(found.why)) == ("quiet", 0, True)


def test_rungs_are_told_from_below(tmp_path: Path) -> None:
    """Nothing first; a sanction is the highest that follows."""
    found = outlook(fill(tmp_path / "casus.db", "sanction"), "USA", "IRN", after="THREATEN", days=7)
    rungs = [row.rung for row in found.highest]
    assert rungs == [None, *sorted(rung for rung in rungs if rung is not None)]
    best = max(found.highest, key=lambda row: row.chance)
    assert RUNGS[best.rung or 0] == "rejection or sanction"


@pytest.mark.parametrize("days", [0, 366])
def test_outlooks_are_bounded(tmp_path: Path, days: int) -> None:
    """A day to a year."""
    with pytest.raises(FieldError, match="field days"):
        outlook(Store(tmp_path / "casus.db"), "USA", "IRN", days=days)
