"""Incidents and their versions: every change opens a new version and closes the one before; none is ever erased."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from sqlalchemy import Connection, func, insert, select, update

from casus.errors import StoreError
from casus.records import Incident
from casus.store.rows import Row, incident_columns, tell_time
from casus.store.schema import events, incident_versions, incidents
from casus.stored import ChangeReason

T = TypeVar("T")
MANY = 5000
"""Values in one list of a statement: fewer than either database allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Why incidents change: in words, by which run, and with what explanation."""

    reason: ChangeReason
    run: int | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    at: str = field(default_factory=tell_time)


def chunked(items: Iterable[T]) -> Iterator[list[T]]:
    """Yield the items in lists short enough for one statement."""
    everything = list(items)
    yield from (everything[start : start + MANY] for start in range(0, len(everything), MANY))


Days = tuple[str, str]
"""First and last day, both empty where not known."""


def open_incidents(connection: Connection, opened: Sequence[tuple[Incident, Days]], change: Change) -> None:
    """Write the first version of incidents that are new."""
    if opened:
        columns = ({"id": item.id, "version": 1, "live": True} | incident_columns(item, days) for item, days in opened)
        connection.execute(insert(incidents), list(columns))
        connection.execute(insert(incident_versions), [_version_row(item, 1, change) for item, _ in opened])


def write_version(connection: Connection, incident: Incident, change: Change, *, days: Days) -> None:
    """Open a new version of an incident, the first one where it is new."""
    version = next_version(connection, incident.id, change.at)
    if version == 1:
        open_incidents(connection, [(incident, days)], change)
        return
    columns = incident_columns(incident, days) | {"version": version, "live": True, "into": None}
    connection.execute(update(incidents).where(incidents.c.id == incident.id).values(columns))
    connection.execute(insert(incident_versions), _version_row(incident, version, change))


def next_version(connection: Connection, id_: str, at: str) -> int:
    """Close the current version of an incident and return the number of the next."""
    found = connection.execute(select(incidents.c.version).where(incidents.c.id == id_)).scalar()
    if found is None:
        return 1
    table = incident_versions.c
    current = update(incident_versions).where(table.incident == id_, table.version == found, table.valid_to.is_(None))
    connection.execute(current.values(valid_to=at))
    return int(found) + 1


def _version_row(incident: Incident, version: int, change: Change, into: str | None = None) -> Row:
    """Return one row of an incident's history."""
    return {
        "incident": incident.id,
        "version": version,
        "valid_from": change.at,
        "reason": change.reason,
        "into": into,
        "run": change.run,
        "detail": dict(change.detail),
        "record": incident.to_json(),
    }


def put_incident(
    connection: Connection, incident: Incident, change: Change, members: Sequence[str] | None = None
) -> None:
    """Open a new version of an incident, which takes its events over from wherever they are.

    An incident that loses its last event so is retired into this one.

    Args:
        connection: To the store.
        incident: As it is from now on.
        change: Why.
        members: Its events, those too that it does not tell of because a person rejected them; else all it tells of.

    Raises:
        StoreError: An event is not in the store, or one of the incident's own would be left without incident.
    """
    members = incident.events if members is None else members
    homes = find_homes(connection, members)
    if unknown := [event for event in members if event not in homes]:
        raise StoreError(f"incident {incident.id}: found event {unknown[0]!r}, allowed events of the store")
    write_version(connection, incident, change, days=_days_of(connection, incident.events))
    move_events(connection, members, incident.id)
    stale = update(events).where(events.c.incident == incident.id, events.c.status != incident.status)
    connection.execute(stale.values(status=incident.status))
    if left := set(_events_in(connection, incident.id)) - set(members):
        told = "put it into another incident first"
        raise StoreError(f"incident {incident.id}: event {min(left)} would be left without incident; {told}")
    merged = replace(change, reason="merged")
    for loser in sorted({home for home in homes.values() if home != incident.id}):
        if not _events_in(connection, loser):
            retire_incident(connection, loser, incident.id, merged)


def find_homes(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return event id → id of its incident, for the events that are in the store."""
    homes: dict[str, str] = {}
    for some in chunked(ids):
        rows = connection.execute(select(events.c.id, events.c.incident).where(events.c.id.in_(some)))
        homes.update((row.id, row.incident) for row in rows)
    return homes


def move_events(connection: Connection, ids: Sequence[str], incident: str) -> None:
    """Put events into an incident."""
    for some in chunked(ids):
        moving = update(events).where(events.c.id.in_(some), events.c.incident != incident)
        connection.execute(moving.values(incident=incident))


def _events_in(connection: Connection, incident: str) -> list[str]:
    return list(connection.execute(select(events.c.id).where(events.c.incident == incident)).scalars())


def _days_of(connection: Connection, ids: Iterable[str]) -> Days:
    """Return the first and the last day of events, nothing where none is known."""
    found: list[tuple[str, str]] = []
    for some in chunked(ids):
        known = (events.c.id.in_(some), events.c.day_from != "")
        first, last = connection.execute(
            select(func.min(events.c.day_from), func.max(events.c.day_to)).where(*known)
        ).one()
        if first:
            found.append((first, last))
    return (min(first for first, _ in found), max(last for _, last in found)) if found else ("", "")


def retire_incident(connection: Connection, id_: str, into: str | None, change: Change) -> None:
    """Close an incident that has no events any more; its id leads to `into` from now on.

    Raises:
        StoreError: It is not in the store, or still has events.
    """
    record = read_record(connection, id_)
    if _events_in(connection, id_):
        raise StoreError(f"incident {id_}: it has events, so it cannot be retired")
    version = next_version(connection, id_, change.at)
    values = {"version": version, "live": False, "into": into}
    connection.execute(update(incidents).where(incidents.c.id == id_).values(values))
    connection.execute(insert(incident_versions), _version_row(record, version, change, into))


def read_record(connection: Connection, id_: str) -> Incident:
    """Return an incident as its current version has it.

    Raises:
        StoreError: It is not in the store.
    """
    both = incidents.join(
        incident_versions,
        (incidents.c.id == incident_versions.c.incident) & (incidents.c.version == incident_versions.c.version),
    )
    query = select(incident_versions.c.record).select_from(both).where(incidents.c.id == id_)
    record = connection.execute(query).scalar()
    if record is None:
        raise StoreError(f"found no incident {id_!r} in the store")
    return Incident.from_json(record)


def free_ids(connection: Connection, wanted: Sequence[str]) -> dict[str, str]:
    """Return each wanted id → an id that no incident ever had: itself, else with a number behind it."""
    free = {id_: id_ for id_ in wanted}
    number = 1
    while taken := set(connection.execute(select(incidents.c.id).where(incidents.c.id.in_(free.values()))).scalars()):
        number += 1
        free = {id_: f"{id_}.{number}" if now in taken else now for id_, now in free.items()}
    return free


def follow(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return each id with that of the live incident it leads to; those that lead nowhere are left out."""
    found: dict[str, str] = {}
    ahead = {id_: id_ for id_ in ids}
    while ahead:
        rows = [
            row
            for some in chunked(set(ahead.values()))
            for row in connection.execute(
                select(incidents.c.id, incidents.c.live, incidents.c.into).where(incidents.c.id.in_(some))
            )
        ]
        live = {row.id for row in rows if row.live}
        into = {row.id: row.into for row in rows if not row.live and row.into}
        found.update((start, now) for start, now in ahead.items() if now in live)
        ahead = {start: into[now] for start, now in ahead.items() if now in into}
    return found
