"""Looking things up in a store by their ids: reports, incidents with their history, links, judgements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Select, select

from casus.errors import StoreError
from casus.records import Link, Report
from casus.store import constraints, judging, linking, reading, upgrades
from casus.store.databases import Database
from casus.store.schema import events, incident_versions, incidents, reports
from casus.store.versions import chunked, follow
from casus.stored import Constraint, IncidentVersion, Judgement, StoredEvent


class Looking(Database):
    """A store that can be looked into.

    Args:
        url: The path of an SQLite file, `sqlite:///PATH`, or `postgresql://USER:PASSWORD@HOST/NAME`. What is not
            there yet is created; tables of an older Casus are brought up to date.

    Raises:
        StoreError: It cannot be opened, or a newer Casus wrote it.
    """

    def __init__(self, url: str | Path = "casus.db") -> None:
        super().__init__(url)
        upgrades.upgrade(self)

    def report(self, id_: str) -> Report:
        """Return a report as it was added.

        Raises:
            StoreError: It is not in the store.
        """
        with self.reading() as connection:
            return reading.read_report(connection, id_)

    def report_ids(self, *, without_coder: str | None = None) -> tuple[str, ...]:
        """Return the ids of all reports in the order they were added, or of those that another coder coded."""
        query = select(reports.c.id).order_by(reports.c.number)
        if without_coder is not None:
            query = query.where(reports.c.coder != without_coder)
        with self.reading() as connection:
            return tuple(connection.execute(query).scalars())

    def reports(self) -> Iterator[Report]:
        """Yield all reports in the order they were added, each as it was added."""
        for id_ in self.report_ids():
            yield self.report(id_)

    def texts(self, ids: Iterable[str]) -> dict[str, str]:
        """Return report id → text."""
        found: dict[str, str] = {}
        with self.reading() as connection:
            for some in chunked(ids):
                query = select(reports.c.id, reports.c.text).where(reports.c.id.in_(some))
                found.update(connection.execute(query).all())
        return found

    def event(self, id_: str) -> StoredEvent:
        """Return an event as judged.

        Raises:
            StoreError: It is not in the store.
        """
        with self.reading() as connection:
            for event in reading.read_events(connection, [id_]):
                return event
        raise StoreError(f"found no event {id_!r} in the store")

    def events_in(self, report: str) -> tuple[StoredEvent, ...]:
        """Return the events of a report in the order of its text, as judged."""
        query = reading.select_events().where(events.c.report == report).order_by(events.c.nth)
        with self.reading() as connection:
            return reading.make_events(connection, connection.execute(query))

    def events_of(self, incident_ids: Iterable[str]) -> dict[str, tuple[StoredEvent, ...]]:
        """Return live incident → its events as judged, without those that a person rejected."""
        with self.reading() as connection:
            return reading.events_of(connection, incident_ids)

    def incident(self, id_: str, *, exact: bool = False) -> IncidentVersion:
        """Return an incident as it is now; a retired one leads to the one it went into.

        Args:
            id_: Its id.
            exact: Return the retired incident itself.

        Raises:
            StoreError: It is not in the store.
        """
        with self.reading() as connection:
            home = id_ if exact else follow(connection, [id_]).get(id_, id_)
            for version in read_incidents(connection, incidents.c.id == home):
                return version
        raise StoreError(f"found no incident {id_!r} in the store")

    def incidents_by_id(self, ids: Iterable[str]) -> dict[str, IncidentVersion]:
        """Return id → the live incident it leads to, for those in the store."""
        with self.reading() as connection:
            homes = follow(connection, ids)
            found = {
                version.incident.id: version
                for some in chunked(set(homes.values()))
                for version in read_incidents(connection, incidents.c.id.in_(some))
            }
        return {id_: found[home] for id_, home in homes.items()}

    def history(self, id_: str) -> tuple[IncidentVersion, ...]:
        """Return all versions of an incident, oldest first.

        Raises:
            StoreError: It is not in the store.
        """
        table = incident_versions
        query = select(table).where(table.c.incident == id_).order_by(table.c.version)
        with self.reading() as connection:
            versions = tuple(make_version(row) for row in connection.execute(query))
        if not versions:
            raise StoreError(f"found no incident {id_!r} in the store")
        return versions

    def links_of(self, incident_ids: Iterable[str]) -> tuple[Link, ...]:
        """Return the links from or to live incidents, each once; links within one incident are none."""
        with self.reading() as connection:
            return linking.links_of(connection, incident_ids)

    def judgements(self, target: str | None = None) -> tuple[Judgement, ...]:
        """Return all judgements, or those about an event or incident, oldest first."""
        with self.reading() as connection:
            return judging.read_judgements(connection, target=target)

    def constraints(self, event_ids: Iterable[str]) -> tuple[Constraint, ...]:
        """Return what people said of these events by merging and splitting incidents: to be obeyed when linking."""
        with self.reading() as connection:
            return constraints.read_constraints(connection, list(event_ids))


def select_incidents() -> Select[Any]:
    """Return the query for the current versions of incidents; conditions and order are the caller's."""
    same = (incidents.c.id == incident_versions.c.incident) & (incidents.c.version == incident_versions.c.version)
    return select(incident_versions).select_from(incidents.join(incident_versions, same))


def read_incidents(connection: Any, *conditions: Any) -> Iterator[IncidentVersion]:
    """Yield the current versions of the incidents for which the conditions hold."""
    for row in connection.execute(select_incidents().where(*conditions)):
        yield make_version(row)


def make_version(row: Any) -> IncidentVersion:
    """Return a version from its row."""
    told = {name: getattr(row, name) for name in ("version", "valid_from", "valid_to", "reason", "into", "run")}
    return IncidentVersion.from_json(told | {"incident": row.record, "detail": row.detail})
