"""Fit the model of the ground: `python -m train.grounds --gold FOLDER …`. Whose country people without one take.

It learns on the annotated parties that tell no country themselves, beside every country that their report names. Needs
no torch.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from spacy.tokens import Token

from casus.pipeline import Coder
from casus.records import PartyMention, Report
from casus.resolve.contested import grounds_told
from casus.resolve.ground import Ground, may_have
from train.events import read_reports
from train.fitting import Row, fit_all, write_models

OUT = Path(__file__).parent.parent / "src/casus/resolve/data/weights.json"


def ground_rows(coder: Coder, record: Mapping[str, Any]) -> Iterator[Row]:
    """Each annotated party that tells no country itself, with every country of the report."""
    report = Report(id=record["id"], text=record["text"], published=record.get("published"))
    doc = coder.reader(report.text)
    facts = coder.find_facts(doc, report)
    found = {i: _strip_ground(m) for i, m in facts.parties.items()}
    ground = Ground(doc, *grounds_told(found, doc, facts.places))
    for start, end, country in sorted(annotated_parties(record), key=str):
        mention = next((m for m in found.values() if _heads(doc[m.head], start, end)), None)
        if mention and not mention.party.country and may_have(mention, doc[mention.head]):
            for candidate, signs in ground.candidates(mention).items():
                yield "ground", signs, int(candidate == country)


def annotated_parties(record: Mapping[str, Any]) -> set[tuple[int, int, str | None]]:
    """Start, end and country of every annotated actor and recipient."""
    parties = (p for e in record["events"] for p in (*e["actors"], *e["recipients"]))
    return {(p["start"], p["end"], p["country"]) for p in parties}


def _strip_ground(mention: PartyMention) -> PartyMention:
    """The mention without the country that it has only from its ground."""
    return replace(mention, party=replace(mention.party, country=None), ground=False) if mention.ground else mention


def _heads(token: Token, start: int, end: int) -> bool:
    """Whether a word heads an annotated phrase: it stands within, what it depends on does not."""
    return start <= token.idx < end and (token.head.i == token.i or not start <= token.head.idx < end)


def main() -> None:
    """Read the arguments, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, nargs="+", required=True)
    args = parser.parse_args()
    records = read_reports(*args.gold)
    coder = Coder()
    coder.load()
    rows = [row for record in records for row in ground_rows(coder, record)]
    note = f"train.grounds on the parties of {len(records)} reports; signs are named in casus.resolve.ground"
    write_models(OUT, fit_all(rows), note)


if __name__ == "__main__":
    main()
