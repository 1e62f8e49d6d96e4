"""Judgements of people: appended with who and when, never changed; the events they are about are found again.

An event's columns show what was decided, its record stays as coded; both together give the event as judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Text, cast, delete, insert, select, update

from casus.errors import StoreError
from casus.records import Event, Report
from casus.store.decisions import Decision, read_decisions
from casus.store.rows import Row, event_columns, event_id, party_rows, tell_time
from casus.store.schema import events, judged_events, judgements, parties, reports
from casus.stored import Judgement


def append(connection: Connection, told: Row, sides: Mapping[str, Sequence[str]]) -> int:
    """Write a judgement and which events it is about, by `side`; return its number.

    Raises:
        StoreError: An event is not in the store.
    """
    values: Row = {"slot": None, "value": None, "others": [], "note": None, "at": tell_time()} | told
    number: int = connection.execute(insert(judgements).values(values).returning(judgements.c.id)).scalar_one()
    rows = [
        {"judgement": number, "side": side, "nth": nth, "event": event} | _anchor(connection, event)
        for side, members in sides.items()
        for nth, event in enumerate(members)
    ]
    if rows:
        connection.execute(insert(judged_events), rows)
    return number


def _anchor(connection: Connection, event: str) -> Row:
    """Return by what an event will be found again: its report and its sentence."""
    query = (
        select(events.c.record, reports.c.id, reports.c.text)
        .join(reports, events.c.report == reports.c.id)
        .where(events.c.id == event)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        raise StoreError(f"found no event {event!r} in the store")
    told = Event.from_json(row.record)
    sentence = row.text[told.sentence.start : told.sentence.end]
    return {"report": row.id, "sentence": sentence, "record": row.record}


def find_again(connection: Connection, report: Report) -> None:
    """Let judgements on a report that was written anew point to its events as they are now."""
    query = select(judged_events).where(judged_events.c.report == report.id)
    found: set[str] = set()
    for row in connection.execute(query).all():
        event = _locate(row, report)
        key = judged_events.c
        here = (key.judgement == row.judgement, key.side == row.side, key.nth == row.nth)
        name = event_id(report.id, event.id) if event else None
        connection.execute(update(judged_events).where(*here).values(event=name))
        found |= {name} if name else set()
    show_decisions(connection, found)


def _locate(row: Any, report: Report) -> Event | None:
    """Return the event whose trigger overlaps the one judged, in the sentence as it now stands in the text."""
    old = Event.from_json(row.record)
    start = trigger_now(old, row.sentence, report.text)
    if start is None:
        return None
    end = start + len(old.trigger.text)
    overlapping = (event for event in report.events if event.trigger.start < end and start < event.trigger.end)
    return next(overlapping, None)


def trigger_now(event: Event, sentence: str, text: str) -> int | None:
    """Return where the trigger of an event of an older text stands in `text`, None where its sentence is gone."""
    start = event.sentence.start
    if text[start : start + len(sentence)] != sentence:
        start = text.find(sentence)
    return start + event.trigger.start - event.sentence.start if start >= 0 else None


def show_decisions(connection: Connection, ids: Iterable[str]) -> bool:
    """Bring the columns of events in line with what people decided; tell whether an incident may look different now."""
    wanted = sorted(ids)
    decisions = read_decisions(connection, wanted)
    query = select(events.c.id, events.c.number, events.c.record, events.c.judged, reports.c.published)
    joined = query.join(reports, events.c.report == reports.c.id).where(events.c.id.in_(wanted))
    changed = False
    for row in connection.execute(joined).all():
        decision = decisions.get(row.id, Decision())
        changed |= bool(decision.slots) or "rejected" in (row.judged, decision.verdict) or row.judged == "corrected"
        _show(connection, row, decision)
    return changed


def _show(connection: Connection, row: Any, decision: Decision) -> None:
    told = decision.apply(Event.from_json(row.record))
    columns = event_columns(told, row.published) | {"judged": decision.verdict}
    connection.execute(update(events).where(events.c.number == row.number).values(columns))
    connection.execute(delete(parties).where(parties.c.event == row.number))
    if rows := party_rows(row.number, told):
        connection.execute(insert(parties), rows)


def read_judgements(connection: Connection, *, target: str | None = None) -> tuple[Judgement, ...]:
    """Return all judgements, or those about an event or incident and what took them back, oldest first."""
    query = select(judgements).order_by(judgements.c.id)
    if target is not None:
        about = select(judged_events.c.judgement).where(judged_events.c.event == target)
        meant = (judgements.c.target == target) | judgements.c.id.in_(about)
        undoing = select(cast(judgements.c.id, Text)).where(meant)
        query = query.where(meant | ((judgements.c.kind == "undo") & judgements.c.target.in_(undoing)))
    return tuple(Judgement.from_json(dict(row)) for row in connection.execute(query).mappings())


def read_judgement(connection: Connection, number: int) -> Judgement:
    """Return one judgement.

    Raises:
        StoreError: There is none of that number.
    """
    row = connection.execute(select(judgements).where(judgements.c.id == number)).mappings().one_or_none()
    if row is None:
        raise StoreError(f"found no judgement {number} in the store")
    return Judgement.from_json(dict(row))


def events_judged(connection: Connection, number: int, side: str | None = None) -> list[str]:
    """Return the events that a judgement is about and that are still found."""
    query = select(judged_events.c.event).where(judged_events.c.judgement == number, judged_events.c.event.is_not(None))
    if side:
        query = query.where(judged_events.c.side == side)
    return list(connection.execute(query.order_by(judged_events.c.nth)).scalars())
