"""Where a sentence is silent, another mention of the same incident tells when and where, and the evidence says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from casus.records import Event

SLOTS = ("when", "where")
DONE = frozenset({"actual", "negated"})


def lend_slots(events: Sequence[Event], groups: Mapping[str, str]) -> tuple[Event, ...]:
    """Events with empty slots filled from the surest other mention of their incident of the same type."""
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
        lender = next((e for e in others if getattr(e, slot) and _may_lend(e, event)), None)
        if lender is not None:
            changes[slot] = getattr(lender, slot)
            lent[slot] = lender.id
    if not lent:
        return event
    told = {**event.evidence.get("from other mention", {}), **lent}
    return replace(event, **changes, evidence={**event.evidence, "from other mention": told})


def _may_lend(lender: Event, event: Event) -> bool:
    """Plans do not date what was done."""
    return (lender.modality in DONE) == (event.modality in DONE)
