"""Writes a report with its events, incidents and links; the same report twice is written once.

A report that was there before keeps its incidents: each incident of the new coding goes on with the one that its
events had, so that what was joined across reports stays joined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from casus.errors import StoreError
from casus.records import Event, Incident, Report
from casus.store.judging import find_again, trigger_now
from casus.store.linking import insert_links, move_links
from casus.store.reading import events_of, read_report
from casus.store.rows import Row, event_columns, event_days, event_id, party_rows, report_row, tell_time
from casus.store.schema import events, parties, past_reports, reports
from casus.store.summing import put_sum
from casus.store.versions import Change, Days, free_ids, open_incidents, retire_incident
from casus.stored import Added, StoredEvent, SumUp


@dataclass(frozen=True, slots=True, kw_only=True)
class Adding:
    """What one report is written with: by which run, coded by what, and how its incidents are summed up."""

    run: int | None
    coder: str
    origin: Mapping[str, Any] = field(default_factory=dict)
    sum_up: SumUp


def add_report(connection: Connection, report: Report, adding: Adding) -> Added:
    """Write a report and tell what that changed.

    Raises:
        StoreError: Two of its events have the same id.
    """
    if len({event.id for event in report.events}) < len(report.events):
        raise StoreError(f"report {report.id}: two of its events have the same id")
    now = tell_time()
    row = report_row(report, adding.origin, added=now)
    query = select(reports).where(reports.c.id == report.id)
    before = connection.execute(query).one_or_none()
    if before is None:
        made = row | {"origin": report.id, "added": now, "run": adding.run, "coder": adding.coder}
        connection.execute(insert(reports).values(made))
        _write_coding(connection, report, [], adding)
        return "added"
    return _renew(connection, report, row, before, adding)


def _renew(connection: Connection, report: Report, row: Row, before: Any, adding: Adding) -> Added:
    """Write a report that is there already, as far as it differs."""
    by = {"run": adding.run, "coder": adding.coder}
    told = {name: row[name] for name in ("language", "fetched", "source")} if adding.origin else {}
    here = update(reports).where(reports.c.id == report.id)
    if row["content"] == before.content and row["coding"] == before.coding:
        if adding.coder != before.coder:
            connection.execute(here.values(by))
        return "known"
    if row["content"] != before.content:
        _keep_past(connection, report.id, adding)
    gone_on = _old_events(connection, report.id, before.text, report.text)
    left = connection.execute(select(events.c.id, events.c.incident).where(events.c.report == report.id)).all()
    connection.execute(delete(events).where(events.c.report == report.id))
    changed = {name: value for name, value in row.items() if name not in ("id", "language", "fetched", "source", "day")}
    day = {"day": report.published[:10]} if report.published else {}
    connection.execute(here.values(**changed, **told, **by, **day))
    _write_coding(connection, report, gone_on, adding)
    move_links(connection, dict.fromkeys(row.id for row in left) | _new_ids(report, gone_on))
    find_again(connection, report)
    _renew_incidents(connection, sorted({row.incident for row in left}), adding)
    return "recoded" if row["content"] == before.content else "updated"


def _keep_past(connection: Connection, report: str, adding: Adding) -> None:
    record = read_report(connection, report).to_json()
    values = {"report": report, "replaced": tell_time(), "run": adding.run, "record": record}
    connection.execute(insert(past_reports).values(values))


@dataclass(frozen=True, slots=True)
class Old:
    """An event that a report had before: where its trigger stands in the text as it is now, and where it belonged."""

    id: str
    start: int
    end: int
    local: str | None
    home: str

    def meets(self, event: Event) -> bool:
        """Tell whether an event has the same trigger."""
        return self.start < event.trigger.end and event.trigger.start < self.end


def _old_events(connection: Connection, report: str, was: str, now: str) -> list[Old]:
    """Return the events of a report whose sentence still stands in its text; `was` and `now` are the texts."""
    query = select(events.c.record, events.c.incident).where(events.c.report == report)
    found = []
    for row in connection.execute(query):
        event = Event.from_json(row.record)
        if (start := trigger_now(event, was[event.sentence.start : event.sentence.end], now)) is not None:
            found.append(Old(event.id, start, start + len(event.trigger.text), event.incident, row.incident))
    return found


def _write_coding(connection: Connection, report: Report, before: Sequence[Old], adding: Adding) -> None:
    """Write events, incidents and links; the events that were there before are gone already."""
    own = _own_incidents(report)
    homes = _choose_homes(connection, report, own, before)
    going_on = {old.home for old in before}
    new = [replace(incident, id=homes[incident.id]) for incident in own if homes[incident.id] not in going_on]
    opened = [_stored(incident, report) for incident in new]
    open_incidents(connection, opened, Change(reason="created", run=adding.run))
    _insert_events(connection, report, own, homes)
    insert_links(connection, _standing_links(report, own), report=report.id, run=adding.run)


def _own_incidents(report: Report) -> list[Incident]:
    """Return the report's incidents, and one of its own for each event that none of them has."""
    known = {event.id for event in report.events}
    own = [replace(item, events=tuple(e for e in item.events if e in known)) for item in report.incidents]
    held = {event for incident in own for event in incident.events}
    alone = (
        Incident(
            id=f"i-{event.id}", events=(event.id,), type=event.type, mode=event.mode, actors=event.actors,
            recipients=event.recipients, when=event.when, where=event.where,
        )
        for event in report.events
        if event.id not in held
    )  # fmt: skip
    return [incident for incident in (*own, *alone) if incident.events]


def _choose_homes(
    connection: Connection, report: Report, own: Sequence[Incident], before: Sequence[Old]
) -> dict[str, str]:
    """Return id in the report → id in the store: the incident that most of its events were in, else a new one."""
    told = {event.id: event for event in report.events}
    taken: dict[str, str | None] = {}
    homes: dict[str, str] = {}
    wanted = [event_id(report.id, incident.id) for incident in own]
    free_id = free_ids(connection, wanted)
    for incident in own:
        twins = (old for key in incident.events for old in before if old.meets(told[key]))
        votes = Counter((old.home, old.local) for old in twins)
        # Two incidents go on with one only where they were two in the report before: then they were joined since.
        free = ((home, was) for (home, was), _ in votes.most_common() if home not in taken or taken[home] != was)
        home, was = next(free, (None, None))
        if home is not None:
            taken.setdefault(home, was)
        homes[incident.id] = home or free_id[event_id(report.id, incident.id)]
    return homes


def _new_ids(report: Report, before: Sequence[Old]) -> dict[str, str]:
    """Return old id in the store → new id, for the events whose trigger is that of an event again."""
    pairs = ((old, event) for event in report.events for old in before if old.meets(event))
    return {event_id(report.id, old.id): event_id(report.id, event.id) for old, event in pairs}


def _stored(incident: Incident, report: Report) -> tuple[Incident, Days]:
    """Return a report's incident with its events named as in the store, and the first and last day of those."""
    days = [event_days(event, report.published) for event in report.events if event.id in incident.events]
    known = [pair for pair in days if pair[0]]
    both = (min(first for first, _ in known), max(last for _, last in known)) if known else ("", "")
    return replace(incident, events=tuple(event_id(report.id, key) for key in incident.events)), both


def _insert_events(connection: Connection, report: Report, own: Sequence[Incident], homes: Mapping[str, str]) -> None:
    """Write the events of a report, each in the home of its incident; `homes` is id in the report → id in the store."""
    if not report.events:
        return
    of = {event: {"incident": homes[item.id], "status": item.status} for item in own for event in item.events}
    rows = [
        {"id": event_id(report.id, event.id), "report": report.id, "nth": nth}
        | of[event.id]
        | event_columns(event, report.published)
        | {"record": event.to_json()}
        for nth, event in enumerate(report.events)
    ]
    connection.execute(insert(events), rows)
    insert_parties(connection, {event_id(report.id, event.id): event for event in report.events})


def insert_parties(connection: Connection, told: Mapping[str, Event]) -> None:
    """Write who stands in events; `told` is event id → event."""
    query = select(events.c.id, events.c.number).where(events.c.id.in_(told))
    numbers: dict[str, int] = dict(connection.execute(query).all())
    rows = [row for id_, event in told.items() for row in party_rows(numbers[id_], event)]
    if rows:
        connection.execute(insert(parties), rows)


def _renew_incidents(connection: Connection, old: Sequence[str], adding: Adding) -> None:
    """Sum up anew the incidents that went on, and retire those that are empty now."""
    left: Mapping[str, tuple[StoredEvent, ...]] = events_of(connection, old, rejected=True)
    for id_ in old:
        if left.get(id_):
            put_sum(connection, id_, left[id_], Change(reason="updated", run=adding.run), adding.sum_up)
        else:
            retire_incident(connection, id_, None, Change(reason="retired", run=adding.run))


def _standing_links(report: Report, own: Sequence[Incident]) -> Iterable[dict[str, Any]]:
    """Yield the report's links between events that stand for their incidents: the first of each."""
    first = {incident.id: event_id(report.id, incident.events[0]) for incident in own}
    for link in report.links:
        if link.source in first and link.target in first:
            yield link.to_json() | {"from": first[link.source], "to": first[link.target]}
