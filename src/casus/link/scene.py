"""The scene: what a report tells after naming a place or a day often happens there and then. Lends `where` and `when`.

An event without a place or time may take it from the nearest event before it, or after it, that has one; a logistic
model (weights.json, `scene where` and `scene when`) decides, and the evidence says whose it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from casus.link.pairs import Placed, countries, place_events
from casus.logistic import load_models
from casus.records import Event, Report

SLOTS = ("where", "when")
LEAST = 0.35  # whole articles want it lower, pages of many short items higher
LOOKED_AT = 2  # lenders tried before the event, and one after it


def lend_scenes(report: Report) -> tuple[Event, ...]:
    """The report's events with places and times that the scene gives them."""
    placed = place_events(report)
    changed = list(report.events)
    for k, own in enumerate(placed):
        for slot in SLOTS:
            if getattr(own.event, slot) is None and (lender := find_lender(report, placed, k, slot)):
                lent = {**changed[k].evidence.get("from the scene", {}), slot: lender.id}
                evidence = {**changed[k].evidence, "from the scene": lent}
                changed[k] = replace(changed[k], **{slot: getattr(lender, slot)}, evidence=evidence)
    return tuple(changed)


def find_lender(report: Report, placed: Sequence[Placed], k: int, slot: str) -> Event | None:
    """The event whose place or time event number k most likely shares, None where none is likely enough."""
    model = load_models("casus.link")[f"scene {slot}"]
    scored = [(model.probability(scene_signs(report, p, placed[k], slot)), p) for p in lenders(placed, k, slot)]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1].event if best and best[0] >= LEAST else None


def lenders(placed: Sequence[Placed], k: int, slot: str) -> Iterator[Placed]:
    """The nearest events with the slot filled: two before, one after."""
    before = (placed[j] for j in range(k - 1, -1, -1) if getattr(placed[j].event, slot) is not None)
    after = (placed[j] for j in range(k + 1, len(placed)) if getattr(placed[j].event, slot) is not None)
    yield from islice(before, LOOKED_AT)
    yield from islice(after, 1)


def scene_signs(report: Report, lender: Placed, own: Placed, slot: str) -> dict[str, float]:
    """The signs that an event happens where or when another does."""
    one, two = lender.event, own.event
    low, high = sorted((one.trigger.end, two.trigger.start))
    ours, theirs = (countries((*e.actors, *e.recipients)) for e in (two, one))
    return {
        f"type {two.type}": 1.0,
        f"lender {one.type}": 1.0,
        "type same": float(one.type == two.type),
        "before": float(one.trigger.start < two.trigger.start),
        "sentence same": float(lender.sentence == own.sentence),
        "far": min(abs(own.sentence - lender.sentence) / 5, 2.0),
        "gap": min((high - low) / 500, 3.0),
        "break": float("\n\n" in report.text[low:high]),
        "parties shared": float(bool(ours & theirs)),
        "parties foreign": float(bool(ours and theirs) and not ours & theirs),
        f"modality {two.modality} {one.modality}": 1.0,
        "here": float(slot == "where" and one.where is not None and one.where.country in ours),
        f"precision {getattr(one, slot).precision}": 1.0,
        "attributed": float(two.attribution is not None),
        "title": float(two.sentence.start == 0),
    }
