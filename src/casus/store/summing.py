"""Sums incidents up as people judged their events: without those rejected, with every correction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from casus.records import Incident
from casus.store.reading import events_of, read_events
from casus.store.schema import events
from casus.store.versions import Change, chunked, find_homes, put_incident
from casus.stored import StoredEvent, SumUp


def put_sum(connection: Connection, id_: str, members: Sequence[StoredEvent], change: Change, sum_up: SumUp) -> None:
    """Sum events up as a new version of an incident; those that a person rejected belong to it, but tell nothing."""
    kept = [event for event in members if event.judged != "rejected"] or members
    put_incident(connection, sum_up(id_, kept), change, [event.id for event in members])


def put_judged(connection: Connection, incident: Incident, change: Change, sum_up: SumUp) -> None:
    """Open a new version of an incident; where people rejected or corrected some of its events, sum it up here."""
    if _is_judged(connection, incident.events):
        put_sum(connection, incident.id, tuple(read_events(connection, incident.events)), change, sum_up)
    else:
        put_incident(connection, incident, change)


def renew_sums(connection: Connection, ids: Iterable[str], change: Change, sum_up: SumUp) -> None:
    """Sum the incidents of these events up anew."""
    homes = sorted(set(find_homes(connection, ids).values()))
    for home, members in events_of(connection, homes, rejected=True).items():
        put_sum(connection, home, members, change, sum_up)


def _is_judged(connection: Connection, ids: Iterable[str]) -> bool:
    for some in chunked(ids):
        judged = (events.c.id.in_(some), events.c.judged.in_(("rejected", "corrected")))
        if connection.execute(select(events.c.id).where(*judged).limit(1)).first():
            return True
    return False
