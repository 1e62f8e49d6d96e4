"""Country and sector of parties on gold spans: `python -m bench.resolve_parties --gold FOLDER [--errors N]`."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from casus.pipeline import Coder
from casus.records import Party, Report

Gold = Mapping[str, Any]


def gold_parties(report: Gold) -> Iterator[Gold]:
    """Each annotated span of a party once."""
    seen = set()
    for event in report["events"]:
        for party in (*event["actors"], *event["recipients"]):
            if (party["start"], party["end"]) not in seen:
                seen.add((party["start"], party["end"]))
                yield party


def compare_report(coder: Coder, report: Gold) -> Iterator[tuple[Gold, Party | None, str]]:
    """Gold parties with what the resolver says of the head of their span, and by which rule."""
    record = Report(id=report["id"], text=report["text"], published=report.get("published"))
    doc = coder.reader(record.text)
    mentions = coder.find_facts(doc, record).parties
    for party in gold_parties(report):
        inside = [t for t in doc if party["start"] <= t.idx < party["end"]]
        tops = [t for t in inside if not (party["start"] <= t.head.idx < party["end"]) or t.head.i == t.i]
        mention = next((mentions[t.i] for t in tops if t.i in mentions), None)
        yield party, mention.party if mention else None, mention.rule if mention else "no phrase"


def main() -> None:
    """Read the arguments and print shares and errors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--errors", type=int, default=0)
    args = parser.parse_args()
    coder, hits, errors = Coder(), Counter[str](), []
    coder.load()
    for path in sorted(args.gold.glob("*.json")):
        for gold, own, rule in compare_report(coder, json.loads(path.read_text("utf-8"))):
            country, sector = (own.country, own.sectors[:1]) if own else (None, ())
            hits.update(n=1, country=country == gold["country"], sector=list(sector) == gold["sectors"][:1])
            if country != gold["country"] or list(sector) != gold["sectors"][:1]:
                errors.append(
                    (path.stem[:24], gold["text"], gold["country"], gold["sectors"], "got", country, sector, rule)
                )
    country_share, sector_share = (100 * hits[name] / max(hits["n"], 1) for name in ("country", "sector"))
    sys.stdout.write(f"{hits['n']} parties: country {country_share:.1f} %, first sector {sector_share:.1f} %\n")
    for row in errors[:: max(1, len(errors) // args.errors)] if args.errors else ():
        sys.stdout.write(" | ".join(map(str, row)) + "\n")


if __name__ == "__main__":
    main()
