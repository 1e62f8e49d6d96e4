"""How fast the store takes reports in and answers questions: `python -m bench.store [--reports 10000] [--url URL]`.

The reports are invented (bench/synthetic.py), ten events each. Every question is asked three times, the best counts.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from time import perf_counter

from bench.synthetic import make_report
from casus import Store
from casus.store.query import Filters

BATCH = 100
PAGE = 100
QUESTIONS: Mapping[str, Filters] = {
    "no filter": Filters(),
    "party": Filters(party="IRN"),
    "party and sector": Filters(party="IRN", sector="MIL"),
    "actor and recipient": Filters(actor="USA", recipient="IRN"),
    "name of a party": Filters(party="IRN MIL"),
    "sector": Filters(sector="REB"),
    "type": Filters(type="ASSAULT"),
    "type and mode": Filters(type="ASSAULT", mode="aerial"),
    "place": Filters(place="Town 7"),
    "country": Filters(country="COD"),
    "a month": Filters(since="2032-03", until="2032-03"),
    "modality": Filters(modality="negated"),
    "status": Filters(status="reported"),
    "text": Filters(text="bridge ministry"),
    "four filters": Filters(party="USA", type="ASSAULT", country="IRN", since="2032"),
}


def fill(store: Store, reports: int) -> float:
    """Add reports, and return seconds a thousand."""
    begun = perf_counter()
    for first in range(0, reports, BATCH):
        store.add_all(make_report(number) for number in range(first, min(reports, first + BATCH)))
    return (perf_counter() - begun) / reports * 1000


def measure_store(store: Store, reports: int) -> Iterator[tuple[str, str]]:
    """Yield the figures as they become known."""
    yield "seconds to add 1,000 reports of 10 events", f"{fill(store, reports):.1f}"
    yield "events", f"{store.count_events():,}"
    for name, filters in QUESTIONS.items():
        yield f"events by {name}, first {PAGE}, ms", f"{_best(lambda f=filters: store.events(f, limit=PAGE)):.0f}"  # type: ignore[misc]
        yield f"incidents by {name}, first {PAGE}, ms", f"{_best(lambda f=filters: store.incidents(f, limit=PAGE)):.0f}"  # type: ignore[misc]
    yield "dyad, first 100, ms", f"{_best(lambda: store.dyad('USA', 'IRN', limit=PAGE)):.0f}"
    yield "search, first 20, ms", f"{_best(lambda: store.search('bridge ministry')):.0f}"
    window = ("2032-03-01", "2032-03-07")
    found = len(store.candidates_for(*window, types=["ASSAULT"], countries=["IRN"]))
    taken = _best(lambda: store.candidates_for(*window, types=["ASSAULT"], countries=["IRN"]))
    yield f"candidates of a week, type and country ({found}), ms", f"{taken:.0f}"


def _best(ask: Callable[[], object]) -> float:
    """Return the milliseconds of the fastest of three."""
    times = []
    for _ in range(3):
        begun = perf_counter()
        ask()
        times.append(perf_counter() - begun)
    return min(times) * 1000


def main() -> None:
    """Read the arguments and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.store", description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--url", help="a store with nothing in it; by default an SQLite file in a temporary folder")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.db"
        for name, value in measure_store(Store(args.url or file), args.reports):
            print(f"{name:64}{value:>10}", flush=True)
        if file.exists():
            print(f"{'MB':64}{file.stat().st_size / 1e6:>10.0f}")


if __name__ == "__main__":
    main()
