"""Fit the linker's models: `python -m train.links --gold FOLDER …`. What is one happening, what answers what.

They learn on the coder's own events that stand on gold triggers, mistakes included, because that is what they will
meet. Needs no torch.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from casus.link.pairs import Placed, answering, countries, place_events, sameness
from casus.link.parties import SIDES, offer_signs, offers, side_of
from casus.link.responses import BACK
from casus.link.scene import lenders, scene_signs
from casus.logistic import load_models
from casus.pipeline import Coder
from casus.records import Party, Place, Report, When
from train.events import read_reports
from train.fitting import Row, fit_all, write_models

OUT = Path(__file__).parent.parent / "src/casus/link/data/weights.json"
NEAR = 60  # events between the two of a pair


def coded_twin(record: Mapping[str, Any], coded: Report) -> tuple[Report, dict[str, str]]:
    """The coder's events that stand on a gold trigger, each under its gold twin's id; and the incident of every id."""
    gold = {e["trigger"]["start"]: e for e in record["events"]}
    events = tuple(replace(e, id=gold[e.trigger.start]["id"]) for e in coded.events if e.trigger.start in gold)
    return replace(coded, events=events), {e["id"]: e.get("incident") or e["id"] for e in record["events"]}


def pair_rows(record: Mapping[str, Any], coded: Report) -> Iterator[Row]:
    """Pairs of coded events of one report, as the two models see them."""
    report, incident = coded_twin(record, coded)
    placed = place_events(report)
    wanted = {
        (incident[e["id"]], incident[_id(t)])
        for e in record["events"]
        for t in e.get("responds_to") or []
        if _id(t) in incident
    }
    for k, b in enumerate(placed):
        for a in placed[max(0, k - NEAR) : k]:
            yield "same", sameness(a, b), int(incident[a.event.id] == incident[b.event.id])
        yield from _answer_rows(report, placed, b, incident, wanted)
    yield from scene_rows(record, report, placed)


def party_rows(record: Mapping[str, Any], coded: Report) -> Iterator[Row]:
    """Every empty side of a coded event beside all that other events could lend it; needs the model `same`."""
    report, _ = coded_twin(record, coded)
    gold = {e["id"]: e for e in record["events"]}
    placed = place_events(report)
    for k, own in enumerate(placed):
        for side in SIDES:
            if gold[own.event.id]["type"] != own.event.type or side_of(own.event, side):
                continue
            found = list(offers(placed, k))
            for offer in found:
                same = same_parties(gold[own.event.id][side], offer.parties)
                yield f"lend {side}", offer_signs(own, side, offer, found), int(same)


def same_parties(want: Sequence[Mapping[str, Any]], have: Sequence[Party]) -> bool:
    """The same known countries; where none is known, words in common."""
    known = {p["country"] for p in want if p["country"]}
    if known or countries(tuple(have)):
        return known == countries(tuple(have))
    return any(p.text.lower() in w["text"].lower() or w["text"].lower() in p.text.lower() for w in want for p in have)


def scene_rows(record: Mapping[str, Any], report: Report, placed: Sequence[Placed]) -> Iterator[Row]:
    """Every event without a place or time of its own beside those that could lend it theirs."""
    gold = {e["id"]: e for e in record["events"]}
    for k, own in enumerate(placed):
        for slot, same in (("where", same_place), ("when", same_time)):
            if getattr(own.event, slot) is None:
                want = gold[own.event.id].get(slot)
                for lender in lenders(placed, k, slot):
                    signs = scene_signs(report, lender, own, slot)
                    yield f"scene {slot}", signs, int(bool(want) and same(want, getattr(lender.event, slot)))


def same_place(want: Mapping[str, Any], place: Place) -> bool:
    """One name within the other, and the same country."""
    a, b = ("".join(c for c in (name or "").lower() if c.isalnum()) for name in (want.get("name"), place.name))
    return bool(a and b) and (a in b or b in a) and want.get("country") == place.country


def same_time(want: Mapping[str, Any], when: When) -> bool:
    """The same first and last day."""
    return (want["start"][:10], want["end"][:10]) == (when.start, when.end)


def _answer_rows(
    report: Report, placed: Sequence[Placed], a: Placed, incident: Mapping[str, str], wanted: set[tuple[str, str]]
) -> Iterator[Row]:
    for b in placed:
        pair = incident[a.event.id], incident[b.event.id]
        if a.event.id != b.event.id and 0 <= a.sentence - b.sentence <= BACK and pair[0] != pair[1]:
            yield "answers", answering(report, a, b), int(pair in wanted)


def _id(target: Any) -> str:
    return str(target["id"] if isinstance(target, dict) else target)


def main() -> None:
    """Read the arguments, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, nargs="+", required=True)
    args = parser.parse_args()
    records = read_reports(*args.gold)
    coder = Coder()
    coder.load()
    reports = [Report(id=r["id"], text=r["text"], published=r.get("published")) for r in records]
    coded = {r.id: coder.code_unlinked(coder.reader(r.text), r) for r in reports}
    note = f"train.links on the coded events of {len(records)} reports; features are named in casus.link"
    models = fit_all([row for record in records for row in pair_rows(record, coded[record["id"]])])
    write_models(OUT, load_kept() | models, note)
    load_models.cache_clear()  # what parties are lent is judged by the new model `same`
    lent = fit_all([row for record in records for row in party_rows(record, coded[record["id"]])])
    write_models(OUT, load_kept() | models | lent, note)


def load_kept() -> dict[str, Any]:
    """The models of the file as it stands, for those that are not fitted yet."""
    kept: dict[str, Any] = json.loads(OUT.read_text("utf-8"))["models"]
    return kept


if __name__ == "__main__":
    main()
