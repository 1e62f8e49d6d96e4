"""Fit the linker's models on gold events: `python -m train.links --gold FOLDER`. Which events are one happening, which answers which."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from casus.link.pairs import Placed, answering, place_events, sameness
from casus.link.responses import BACK
from casus.ontology import quad_of
from casus.records import Event, Extent, Party, Place, Quantity, Report, Span, When
from train.events import read_reports
from train.fitting import fit_binary, write_models

OUT = Path(__file__).parent.parent / "src/casus/link/data/weights.json"
NEAR = 60  # events between the two of a pair
Row = tuple[str, Mapping[str, float], int]


def gold_report(record: Mapping[str, Any]) -> Report:
    """A gold record as a Report, as far as the linker reads it."""
    events = tuple(gold_event(e) for e in sorted(record["events"], key=lambda e: e["trigger"]["start"]))
    return Report(id=record["id"], text=record["text"], published=record.get("published"), events=events)


def gold_event(row: Mapping[str, Any]) -> Event:
    """One gold event."""
    when, where = row.get("when"), row.get("where")
    return Event(
        id=row["id"], trigger=Span(**row["trigger"]), sentence=Extent(**row["sentence"]), type=row["type"], mode=row.get("mode"), score=0.0,
        quad=quad_of(row["type"]), actors=tuple(map(gold_party, row["actors"])), recipients=tuple(map(gold_party, row["recipients"])),
        modality=row["modality"], when=When(when["start"], when["end"], when.get("precision", "day")) if when else None,
        where=Place(where.get("start", 0), where.get("end", 0), where["text"], where.get("name"), precision="city") if where else None,
        quantities=tuple(Quantity(q["start"], q["end"], q["text"], q["kind"], q.get("min"), q.get("max")) for q in row["quantities"]),
    )  # fmt: skip


def gold_party(row: Mapping[str, Any]) -> Party:
    """One gold party."""
    return Party(row["start"], row["end"], row["text"], row.get("name"), None, row.get("country"), tuple(row.get("sectors") or ()))


def pair_rows(record: Mapping[str, Any]) -> Iterator[Row]:
    """Pairs of events of one report, as the two models see them."""
    report = gold_report(record)
    placed = place_events(report)
    incident = {e["id"]: e.get("incident") or e["id"] for e in record["events"]}
    wanted = {(incident[e["id"]], incident[_id(t)]) for e in record["events"] for t in e.get("responds_to") or [] if _id(t) in incident}
    for k, b in enumerate(placed):
        for a in placed[max(0, k - NEAR) : k]:
            yield "same", sameness(a, b), int(incident[a.event.id] == incident[b.event.id])
        yield from _answer_rows(report, placed, b, incident, wanted)


def _answer_rows(report: Report, placed: Sequence[Placed], a: Placed, incident: Mapping[str, str], wanted: set[tuple[str, str]]) -> Iterator[Row]:
    for b in placed:
        if a.event.id != b.event.id and 0 <= a.sentence - b.sentence <= BACK and incident[a.event.id] != incident[b.event.id]:
            yield "answers", answering(report, a, b), int((incident[a.event.id], incident[b.event.id]) in wanted)


def _id(target: Any) -> str:
    return str(target["id"] if isinstance(target, dict) else target)


def main() -> None:
    """Read the arguments, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    args = parser.parse_args()
    records = read_reports(args.gold)
    rows = [row for record in records for row in pair_rows(record)]
    models = {name: fit_binary([f for n, f, _ in rows if n == name], [y for n, _, y in rows if n == name]) for name in ("same", "answers")}
    write_models(OUT, models, f"train.links on gold events of {len(records)} reports; features are named in casus.link.pairs")


if __name__ == "__main__":
    main()
