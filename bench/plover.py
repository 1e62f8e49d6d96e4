"""The sentences of PLOVER's own records: `python -m bench.plover RECORDS.jsonl`. Type found, and parties, in per cent.

Each record is one sentence with one type and the countries of both sides. Counted are the records in which an event of
the type is found at all, found with the actors' countries, found with both sides', and those in which the surest event
is of the type. Issue 5 gives 24 % with both sides for UniversalPetrarch from raw text; it was not run here.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from casus.pipeline import Coder
from casus.records import Event, Party, Report

COUNTS = ("type found", "with actors", "with both sides", "surest is of the type")


def countries(parties: Iterable[Party]) -> frozenset[str]:
    """Known countries of parties."""
    return frozenset(p.country for p in parties if p.country)


def judge_record(record: Mapping[str, Any], events: Sequence[Event]) -> set[str]:
    """Which of COUNTS a record's events fulfil."""
    right = [e for e in events if e.type == record["type"]]
    met = {"type found"} if right else set()
    if any(countries(e.actors) == frozenset(record["actors"]) for e in right):
        met.add("with actors")
    if any(
        (countries(e.actors), countries(e.recipients)) == (frozenset(record["actors"]), frozenset(record["recipients"]))
        for e in right
    ):
        met.add("with both sides")
    if right and max(events, key=lambda e: e.confidence) in right:
        met.add("surest is of the type")
    return met


def score_records(records: Sequence[Mapping[str, Any]], coder: Coder) -> tuple[Counter[str], list[dict[str, Any]]]:
    """Counts over all records, and the records whose type was not found."""
    reports = coder.code_reports(Report(id=r["id"], text=r["text"]) for r in records)
    counts: Counter[str] = Counter()
    missed = []
    for record, report in zip(records, reports, strict=True):
        met = judge_record(record, report.events)
        counts.update(met)
        if "type found" not in met:
            missed.append({**record, "found": [(e.type, e.trigger.text) for e in report.events]})
    return counts, missed


def main() -> None:
    """Read the arguments and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", type=Path)
    parser.add_argument("--missed", action="store_true", help="show the sentences whose type was not found")
    args = parser.parse_args()
    records = [json.loads(line) for line in args.records.read_text("utf-8").splitlines() if line.strip()]
    counts, missed = score_records(records, Coder())
    for name in COUNTS:
        sys.stdout.write(f"{name:22} {100 * counts[name] / len(records):5.1f} % of {len(records)}\n")
    for record in missed if args.missed else ():
        sys.stdout.write(f"{record['type']:10} {record['found']} {record['text']}\n")


if __name__ == "__main__":
    main()
