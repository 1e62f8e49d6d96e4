"""Reads reports as they were added, and events with what is known of each, as judged; filters are made in `query`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from casus.errors import StoreError
from casus.records import Event, Report
from casus.store.decisions import read_decisions
from casus.store.rows import split_codes
from casus.store.schema import events, reports
from casus.store.versions import chunked
from casus.stored import StoredEvent

COLUMNS = (
    events.c.id, events.c.number, events.c.report, events.c.incident, events.c.day_from, events.c.day_to,
    events.c.countries, events.c.judged, events.c.record, reports.c.origin, reports.c.published, reports.c.publisher,
)  # fmt: skip


def read_report(connection: Connection, id_: str) -> Report:
    """Return a report as it was added.

    Raises:
        StoreError: It is not in the store.
    """
    row = connection.execute(select(reports).where(reports.c.id == id_)).mappings().one_or_none()
    if row is None:
        raise StoreError(f"found no report {id_!r} in the store")
    query = select(events.c.record).where(events.c.report == id_).order_by(events.c.nth)
    told = {name: row[name] for name in ("id", "url", "publisher", "title", "published", "text", "incidents", "links")}
    return Report.from_json(told | {"events": list(connection.execute(query).scalars())})


def select_events() -> Select[Any]:
    """Return the query for all that a StoredEvent is made of; conditions and order are the caller's."""
    return select(*COLUMNS).select_from(events.join(reports, events.c.report == reports.c.id))


def make_events(connection: Connection, rows: Iterable[Row[Any]]) -> tuple[StoredEvent, ...]:
    """Return the events of the rows, with the corrections that people made."""
    found = list(rows)
    decisions = read_decisions(connection, [row.id for row in found if row.judged])
    return tuple(_make_event(row, decisions[row.id].apply if row.id in decisions else _unchanged) for row in found)


def _unchanged(event: Event) -> Event:
    return event


def _make_event(row: Row[Any], judge: Any) -> StoredEvent:
    return StoredEvent(
        id=row.id,
        report=row.report,
        incident=row.incident,
        origin=row.origin,
        published=row.published,
        publisher=row.publisher,
        day_from=row.day_from or None,
        day_to=row.day_to or None,
        countries=split_codes(row.countries),
        judged=row.judged,
        event=judge(Event.from_json(row.record)),
    )


def read_events(connection: Connection, ids: Iterable[str]) -> Iterator[StoredEvent]:
    """Yield the events of these ids that are in the store, in the order of the reports and of each text."""
    for some in chunked(ids):
        query = select_events().where(events.c.id.in_(some)).order_by(events.c.report, events.c.nth)
        yield from make_events(connection, connection.execute(query))


def events_of(
    connection: Connection, incidents: Iterable[str], *, rejected: bool = False
) -> dict[str, tuple[StoredEvent, ...]]:
    """Return the events of live incidents; those that a person rejected only if asked for."""
    found: dict[str, tuple[StoredEvent, ...]] = {}
    for some in chunked(incidents):
        query = select_events().where(events.c.incident.in_(some)).order_by(events.c.report, events.c.nth)
        if not rejected:
            query = query.where(events.c.judged.is_(None) | (events.c.judged != "rejected"))
        for event in make_events(connection, connection.execute(query)):
            found[event.incident] = (*found.get(event.incident, ()), event)
    return found
