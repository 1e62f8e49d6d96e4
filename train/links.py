"""Fit the linker's models on coded events that stand on gold triggers: `python -m train.links --gold FOLDER`. Which events are one happening, which answers which."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from casus.link.pairs import Placed, answering, place_events, sameness
from casus.link.responses import BACK
from casus.pipeline import Coder
from casus.records import Report
from train.events import read_reports
from train.fitting import fit_binary, write_models

OUT = Path(__file__).parent.parent / "src/casus/link/data/weights.json"
NEAR = 60  # events between the two of a pair
Row = tuple[str, Mapping[str, float], int]


def coded_twin(record: Mapping[str, Any], coded: Report) -> tuple[Report, dict[str, str]]:
    """The coder's events that stand on a gold trigger, each under its gold twin's id; what the linker will meet in life."""
    gold = {e["trigger"]["start"]: e for e in record["events"]}
    events = tuple(replace(e, id=gold[e.trigger.start]["id"], evidence={}) for e in coded.events if e.trigger.start in gold)
    return replace(coded, events=events), {e["id"]: e.get("incident") or e["id"] for e in record["events"]}


def pair_rows(record: Mapping[str, Any], coded: Report) -> Iterator[Row]:
    """Pairs of coded events of one report, as the two models see them."""
    report, incident = coded_twin(record, coded)
    placed = place_events(report)
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
    coded = {r.id: r for r in Coder().code_reports(Report(id=r["id"], text=r["text"], published=r.get("published")) for r in records)}
    rows = [row for record in records for row in pair_rows(record, coded[record["id"]])]
    models = {name: fit_binary([f for n, f, _ in rows if n == name], [y for n, _, y in rows if n == name]) for name in ("same", "answers")}
    write_models(OUT, models, f"train.links on the coded events of {len(records)} reports; features are named in casus.link.pairs")


if __name__ == "__main__":
    main()
