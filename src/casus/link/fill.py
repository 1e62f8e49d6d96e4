"""Where a sentence is silent, another mention of the same incident tells when and where, and the evidence says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from casus.records import Event

SLOTS = ("when", "where")
PRECISIONS = ("day", "week", "month", "year")
DONE = frozenset({"actual", "negated"})


def lend_slots(events: Sequence[Event], groups: Mapping[str, str]) -> tuple[Event, ...]:
    """Events with empty slots filled from other mentions of their incident of the same type.

    The most precise is asked first, then what most of them say, then the nearest.
    """
    return tuple(_fill(event, list(_others(event, events, groups))) for event in events)


def _others(event: Event, events: Sequence[Event], groups: Mapping[str, str]) -> Iterator[Event]:
    """Other mentions of the incident, nearest in the text first."""
    same = [e for e in events if e.id != event.id and groups[e.id] == groups[event.id] and e.type == event.type]
    yield from sorted(same, key=lambda e: abs(e.trigger.start - event.trigger.start))


def _fill(event: Event, others: Sequence[Event]) -> Event:
    changes: dict[str, Any] = {}
    lent: dict[str, str] = {}
    for slot in SLOTS:
        if getattr(event, slot):
            continue
        offers = [e for e in others if getattr(e, slot) and _may_lend(e, event)]
        votes = Counter(_value(e, slot) for e in offers)
        lender = min(offers, key=lambda e: (_vagueness(e, slot), -votes[_value(e, slot)]), default=None)
        if lender is not None:
            changes[slot] = getattr(lender, slot)
            lent[slot] = lender.id
    if not lent:
        return event
    told = {**event.evidence.get("from other mention", {}), **lent}
    return replace(event, **changes, evidence={**event.evidence, "from other mention": told})


def _vagueness(lender: Event, slot: str) -> int:
    """How far a lender's time is from naming a day: `in recent months` dates nothing that `on Monday` dates better."""
    return (*PRECISIONS, lender.when.precision).index(lender.when.precision) if slot == "when" and lender.when else 0


def _value(lender: Event, slot: str) -> str | None:
    """What mentions may agree on: the first day, the place's name."""
    if slot == "when":
        return lender.when.start if lender.when else None
    return (lender.where.name or lender.where.text) if lender.where else None


def _may_lend(lender: Event, event: Event) -> bool:
    """Plans do not date what was done."""
    return (lender.modality in DONE) == (event.modality in DONE)
