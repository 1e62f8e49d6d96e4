"""Dates of events on gold spans: `python -m bench.resolve_whens --gold FOLDER [--errors N]`.

Every annotated `when` that stands in the text is looked for there: is it found, and does what it is resolved to overlap
the annotated days by at least half of both together? That is how `score.py` counts times.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from casus.pipeline import Coder
from casus.records import Report, TimeMention, When

Gold = Mapping[str, Any]


def gold_whens(report: Gold) -> Iterator[tuple[Gold, int]]:
    """Each event's time that is written in the report, and where: in its sentence, else where it first stands."""
    for event in report["events"]:
        told = event["when"]
        if told and told.get("text"):
            sentence = event["sentence"]
            inside = report["text"].find(told["text"], sentence["start"], sentence["end"])
            start = inside if inside >= 0 else report["text"].find(told["text"])
            if start >= 0:
                yield told, start


def overlaps(told: Gold, when: When) -> bool:
    """Whether the days in common are at least half of all days of both."""
    (a, b), (c, d) = (map(date.fromisoformat, days) for days in ((told["start"], told["end"]), (when.start, when.end)))
    common = (min(b, d) - max(a, c)).days + 1
    return common > 0 and 2 * common >= (max(b, d) - min(a, c)).days + 1


def compare_report(coder: Coder, report: Gold) -> Iterator[tuple[Gold, list[TimeMention]]]:
    """Gold times with what was found where they stand."""
    record = Report(id=report["id"], text=report["text"], published=report.get("published"))
    mentions = coder.find_facts(coder.reader(record.text), record).times
    for told, start in gold_whens(report):
        end = start + len(told["text"])
        yield told, [m for m in mentions if m.span.start < end and m.span.end > start]


def main() -> None:
    """Read the arguments and print shares and errors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--errors", type=int, default=0)
    args = parser.parse_args()
    coder, hits, errors = Coder(), Counter[str](), []
    coder.load()
    for path in sorted(args.gold.glob("*.json")):
        for told, found in compare_report(coder, json.loads(path.read_text("utf-8"))):
            right = any(m.when and overlaps(told, m.when) for m in found)
            hits.update(n=1, found=bool(found), right=right)
            if not right:
                own = [(m.span.text, m.when.start if m.when else m.reason) for m in found]
                errors.append((path.stem[:24], told["text"], told["start"], told["end"], "got", own))
    found_share, right_share = (100 * hits[name] / max(hits["n"], 1) for name in ("found", "right"))
    sys.stdout.write(f"{hits['n']} times: found {found_share:.1f} %, right {right_share:.1f} %\n")
    for row in errors[: args.errors]:
        sys.stdout.write(" | ".join(map(str, row)) + "\n")


if __name__ == "__main__":
    main()
