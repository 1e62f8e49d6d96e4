"""Counts on annotated reports: `python -m bench.resolve_quantities --gold FOLDER [--errors N]`.

Three figures, each over every annotated quantity once (the same words with another kind are another quantity):

    bounds   the annotated span is given; least and most are both as annotated
    exact    the annotated span is given; kind, least and most are all as annotated
    found    nothing is given; `find_quantities` has kind, least and most right on words that overlap the annotated

The span alone is given: neither the event nor its type, so the kind has to be told from the text.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from casus.config import read_settings
from casus.read.reader import load_reader
from casus.records import QuantityMention
from casus.resolve.quantities import find_quantities, read_spans

Gold = Mapping[str, Any]
FIGURES = ("bounds", "exact", "found")


def gold_quantities(report: Gold) -> list[Gold]:
    """Each annotated span with each of its kinds once."""
    seen = {(q["start"], q["end"], q["kind"]): q for event in report["events"] for q in event["quantities"]}
    return list(seen.values())


def compare_report(doc: Doc, report: Gold) -> Iterator[tuple[Gold, tuple[QuantityMention, ...], frozenset[str]]]:
    """Give each annotated quantity, what is read at its span, and the figures in which that is right."""
    golds, found = gold_quantities(report), find_quantities(doc)
    answers = read_spans(doc, [(gold["start"], gold["end"]) for gold in golds])
    for gold, given in zip(golds, answers, strict=True):
        over = [m for m in found if m.quantity.start < gold["end"] and gold["start"] < m.quantity.end]
        right = {
            "bounds": has_bounds(given, gold),
            "exact": has_bounds((m for m in given if m.quantity.kind == gold["kind"]), gold),
            "found": has_bounds((m for m in over if m.quantity.kind == gold["kind"]), gold),
        }
        yield gold, given, frozenset(name for name, good in right.items() if good)


def has_bounds(mentions: Iterable[QuantityMention], gold: Gold) -> bool:
    """Say whether one of the mentions has least and most as annotated."""
    return any((m.quantity.min, m.quantity.max) == (gold["min"], gold["max"]) for m in mentions)


def measure(reports: Iterable[tuple[Doc, Gold]]) -> tuple[dict[str, Counter[str]], list[tuple[object, ...]]]:
    """Count what is right by kind (`all` for all together), and list what is not exact."""
    tally: dict[str, Counter[str]] = {}
    errors: list[tuple[object, ...]] = []
    for doc, report in reports:
        for gold, given, right in compare_report(doc, report):
            for name in (gold["kind"], "all"):
                tally.setdefault(name, Counter()).update(["n", *right])
            if "exact" not in right:
                own = [(m.quantity.kind, m.quantity.min, m.quantity.max, m.rule) for m in given]
                errors.append((gold["text"], gold["kind"], gold["min"], gold["max"], "got", own))
    return tally, errors


def read_gold(folder: Path) -> Iterator[tuple[Doc, Gold]]:
    """Every annotated report of a folder, read."""
    reader = load_reader(read_settings().reader)
    for path in sorted(folder.glob("*.json")):
        report = json.loads(path.read_text("utf-8"))
        yield reader(report["text"]), report


def main() -> None:
    """Read the arguments and print shares by kind, and errors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--errors", type=int, default=0)
    arguments = parser.parse_args()
    tally, errors = measure(read_gold(arguments.gold))
    for kind, counts in sorted(tally.items(), key=lambda pair: -pair[1]["n"]):
        shares = ", ".join(f"{name} {100 * counts[name] / counts['n']:.1f} %" for name in FIGURES)
        sys.stdout.write(f"{kind}: {counts['n']} quantities, {shares}\n")
    for row in errors[: arguments.errors]:
        sys.stdout.write(" | ".join(map(str, row)) + "\n")


if __name__ == "__main__":
    main()
