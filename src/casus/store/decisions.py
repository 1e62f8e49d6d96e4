"""What all judgements on an event come to: the last verdict, and the last value of each corrected slot."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, select

from casus.ontology import quad_of, score_of, type_of
from casus.records import Event
from casus.store.schema import judged_events, judgements
from casus.store.versions import chunked
from casus.stored import Verdict

VERDICTS: Mapping[str, Verdict] = {"confirm": "confirmed", "reject": "rejected", "correct": "corrected"}


@dataclass(frozen=True, slots=True)
class Decision:
    """The last word on an event: a verdict, and values for the slots that were corrected."""

    verdict: Verdict | None = None
    slots: Mapping[str, Any] = field(default_factory=dict)

    def apply(self, event: Event) -> Event:
        """Return the event with the corrected slots."""
        if not self.slots:
            return event
        told = Event.from_json(event.to_json() | dict(self.slots))
        if not {"type", "mode"} & self.slots.keys():
            return told
        mode = told.mode if told.mode in type_of(told.type).modes else None
        return replace(told, mode=mode, score=score_of(told.type, mode), quad=quad_of(told.type))

    def join(self, kind: str, slot: str | None, value: Any) -> Decision:
        """Return the decision after one more judgement."""
        slots = {**self.slots, slot: value} if kind == "correct" and slot else self.slots
        return Decision(VERDICTS[kind], slots)


def read_undone(connection: Connection) -> set[int]:
    """Return the numbers of the judgements that later ones took back."""
    query = select(judgements.c.id, judgements.c.target).where(judgements.c.kind == "undo").order_by(judgements.c.id)
    undoing = {row.id: int(row.target) for row in connection.execute(query)}
    undone: set[int] = set()
    for number in sorted(undoing, reverse=True):  # an undo may itself be undone
        if number not in undone:
            undone.add(undoing[number])
    return undone


def read_decisions(connection: Connection, ids: Collection[str]) -> dict[str, Decision]:
    """Return event id → the last word on it, for the events that have been judged."""
    decisions: dict[str, Decision] = {}
    if not ids:
        return decisions
    undone = read_undone(connection)
    for some in chunked(ids):
        query = (
            select(judged_events.c.event, judgements.c.id, judgements.c.kind, judgements.c.slot, judgements.c.value)
            .join(judgements, judged_events.c.judgement == judgements.c.id)
            .where(judged_events.c.event.in_(some), judgements.c.kind.in_(VERDICTS))
            .order_by(judgements.c.id)
        )
        for row in connection.execute(query):
            if row.id not in undone:
                decisions[row.event] = decisions.get(row.event, Decision()).join(row.kind, row.slot, row.value)
    return decisions
