"""Match the items of Wikipedia's current-events portal: `python -m bench.current_events --items FILE --coded FOLDER`.

Codes what FOLDER does not hold yet, then puts all items into a store one by one, in the order of their days, each
matched with what is there. Measures minutes, megabytes and the cost of an item as the store grows, and of the item
pairs within a week that come into one incident the share that also share a storyline, a page or an outlet. The pair
model was fitted on items before `train.across.SPLIT`; `kept` figures are of pairs after it.

A portal item has no copies: same-day pairs that rest on one page come nearest to duplicates. A quarter of all items
have no storyline, so that the portal says nothing of their pairs (`told` leaves them out).
"""

from __future__ import annotations

import argparse
import json
import resource
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from pathlib import Path
from time import process_time

from casus.link.across import link_across
from casus.link.across.archive import Archive
from casus.pipeline import Coder
from casus.records import Report
from casus.store import Store
from train.across import SPLIT, Item, find_brief, read_coded, read_items

Figure = tuple[str, str]
Pair = tuple[str, str]
WEEK = 7  # days
PART = 1000  # items between two readings of the clock
CHUNK = 250  # items a file of the folder


@dataclass(slots=True)
class Clock:
    """Seconds of the processor spent on each part of the items, after the number of items there were by then."""

    parts: dict[int, float] = field(default_factory=dict)
    since: float = field(default_factory=process_time)

    def read(self, count: int) -> None:
        """Note what the items since the last reading took."""
        now = process_time()
        self.parts[count] = now - self.since
        self.since = now


def code_items(items: Sequence[Item], folder: Path) -> None:
    """Code the items that the folder does not hold, and write them there."""
    known = set(read_coded(folder)) if folder.exists() else set()
    missing = [item for item in items if item.id not in known]
    folder.mkdir(parents=True, exist_ok=True)
    coder = Coder()
    for start in range(0, len(missing), CHUNK):
        reports = coder.code_reports(map(to_report, missing[start : start + CHUNK]))
        lines = [json.dumps(report.to_json()) + "\n" for report in reports]
        folder.joinpath(f"{missing[start].id}.jsonl").write_text("".join(lines), "utf-8")


def to_report(item: Item) -> Report:
    """An item as a report of the first outlet that it names."""
    publisher = item.sources[0][0] if item.sources else None
    return Report(id=item.id, publisher=publisher, published=item.published, text=item.text)


def fill_store(reports: Iterable[Report], store: Store) -> Clock:
    """Add reports to a store one by one, each in a transaction of its own, and match each with what is there."""
    clock = Clock()
    archive: Archive = store
    count = 0
    for count, report in enumerate(reports, 1):
        with store.transaction():
            store.add(report)
            link_across(report, archive)
        if count % PART == 0:
            clock.read(count)
    if count % PART:
        clock.read(count)
    return clock


def find_pairs(reports: Iterable[Report], store: Store) -> set[Pair]:
    """Pairs of reports that are in one incident."""
    events = [f"{report.id}:{event.id}" for report in reports for event in report.events]
    told: dict[str, set[str]] = {}
    for event, incident in store.homes_of(events).items():
        told.setdefault(incident, set()).add(event.rpartition(":")[0])
    return {pair for ids in told.values() for pair in combinations(sorted(ids), 2)}


def count_shares(pairs: Iterable[Pair], items: Mapping[str, Item], label: str) -> Iterator[Figure]:
    """Of the pairs within a week: how many share a storyline or a page, or an outlet, or are told apart."""
    near = [(items[a], items[b]) for a, b in pairs if _days(items[a], items[b]) <= WEEK]
    told = [(a, b) for a, b in near if a.storylines and b.storylines]
    yield f"{label}: pairs within a week in one incident", str(len(near))
    yield f"{label}: share a storyline or a page", _share(sum(_share_line(a, b) for a, b in near), len(near))
    both = sum(_share_line(a, b) or _share_outlet(a, b) for a, b in near)
    yield f"{label}: share a storyline or a source (page or outlet)", _share(both, len(near))
    yield (
        f"{label}: share a storyline or a page, where both have a storyline",
        _share(sum(_share_line(a, b) for a, b in told), len(told)),
    )


def _days(a: Item, b: Item) -> int:
    return abs((date.fromisoformat(a.published) - date.fromisoformat(b.published)).days)


def _share_line(a: Item, b: Item) -> bool:
    return bool(a.storylines & b.storylines or a.addresses & b.addresses)


def _share_outlet(a: Item, b: Item) -> bool:
    return bool({name for name, _ in a.sources} & {name for name, _ in b.sources})


def _share(part: int, whole: int) -> str:
    return f"{100 * part / max(whole, 1):.1f} % of {whole}"


def count_chance(items: Sequence[Item]) -> Iterator[Figure]:
    """What pairs of one day share by chance, to compare with."""
    same = [(a, b) for a, b in combinations(items, 2) if a.published == b.published]
    yield (
        "any two items of one day: share a storyline or a page",
        _share(sum(_share_line(a, b) for a, b in same), len(same)),
    )
    both = sum(_share_line(a, b) or _share_outlet(a, b) for a, b in same)
    yield "any two items of one day: share a storyline or a source (page or outlet)", _share(both, len(same))


def count_duplicates(pairs: set[Pair], items: Sequence[Item], reports: Mapping[str, Report]) -> Iterator[Figure]:
    """Recall of pairs of one day that rest on one page, and of those of a storyline that lasts some days."""
    brief = find_brief(items)
    days: dict[str, list[Item]] = {}
    for item in items:
        if item.id in reports and reports[item.id].events:
            days.setdefault(item.published, []).append(item)
    same = [(a, b) for day in days.values() for a, b in combinations(sorted(day, key=lambda i: i.id), 2)]
    pages = [(a.id, b.id) for a, b in same if a.addresses & b.addresses]
    lines = [(a.id, b.id) for a, b in same if a.storylines & b.storylines & brief]
    for label, gold in (("one page", pages), ("one brief storyline", lines)):
        yield f"same-day pairs of {label} found", _share(sum(pair in pairs for pair in gold), len(gold))


def tell_cost(clock: Clock, store: str) -> Iterator[Figure]:
    """Milliseconds an item as the store grows, and what all took."""
    before = 0
    for count, seconds in clock.parts.items():
        yield f"ms an item, {before + 1} to {count}", f"{1000 * seconds / (count - before):.1f}"
        before = count
    yield "minutes to store and match", f"{sum(clock.parts.values()) / 60:.2f}"
    yield "MB of memory at most", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}"
    path = Path(store.removeprefix("sqlite:///"))
    if path.is_file():
        yield "MB of the store", f"{path.stat().st_size / 1e6:.1f}"


def measure(items: Sequence[Item], folder: Path, url: str) -> Iterator[Figure]:
    """All figures."""
    begun = process_time()
    code_items(items, folder)
    yield "minutes to code what was not coded yet", f"{(process_time() - begun) / 60:.2f}"
    coded = read_coded(folder)
    reports = {item.id: coded[item.id] for item in items if item.id in coded}
    yield "items", f"{len(reports)} of {len(items)}, {sum(bool(r.events) for r in reports.values())} with events"
    store = Store(url)
    clock = fill_store(reports.values(), store)
    pairs = find_pairs(reports.values(), store)
    by_id = {item.id: item for item in items}
    yield from tell_cost(clock, url)
    yield from count_shares(pairs, by_id, "all")
    yield from count_shares([p for p in pairs if min(by_id[i].published for i in p) >= SPLIT], by_id, "kept")
    yield from count_chance(items)
    yield from count_duplicates(pairs, items, reports)


def main() -> None:
    """Read the arguments, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=Path, required=True, help="current_events.jsonl.gz")
    parser.add_argument("--coded", type=Path, required=True, help="folder of coded items, filled where it is not")
    parser.add_argument("--store", default="sqlite://", help="a new store; in memory unless given")
    parser.add_argument("--first", type=int, help="take the first N items alone")
    args = parser.parse_args()
    for name, value in measure(read_items(args.items)[: args.first], args.coded, args.store):
        print(f"{name:75} {value}", flush=True)


if __name__ == "__main__":
    main()
