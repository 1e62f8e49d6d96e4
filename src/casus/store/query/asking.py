"""The questions that may be asked of a store: which events and incidents, what two sides did, which texts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_

from casus.errors import StoreError
from casus.store import reading
from casus.store.query.filters import Filters, event_conditions, incident_conditions
from casus.store.query.looking import Looking, make_version, select_incidents
from casus.store.query.words import select_hits
from casus.store.schema import events, incidents
from casus.stored import Hit, IncidentVersion, StoredEvent

ALL = Filters()
LONGEST = timedelta(days=31)
"""A time wider than this is no candidate for matching unless it begins in the window."""


class Query(Looking):
    """A store that can be asked; it writes nothing."""

    def events(
        self, filters: Filters = ALL, *, limit: int | None = None, after: str | None = None, oldest: bool = False
    ) -> tuple[StoredEvent, ...]:
        """Return events as judged, newest first.

        Args:
            filters: What they must have.
            limit: How many at most.
            after: The last event of the page before; its id.
            oldest: Oldest first.

        Raises:
            StoreError: `after` is not in the store.
            FieldError: A filter has a value that it cannot have.
        """
        conditions = list(event_conditions(filters, is_sqlite=self.is_sqlite))
        order = Order(events.c.day_from, events.c.number, events.c.id, oldest)
        with self.reading() as connection:
            # The numbers first: to put whole records in order would cost several times as much.
            numbers = _page(connection, select(events.c.number).where(*conditions), order, after).limit(limit)
            rows = reading.select_events().where(events.c.number.in_(numbers.subquery("page").select()))
            return reading.make_events(connection, connection.execute(_page(connection, rows, order, None)))

    def count_events(self, filters: Filters = ALL) -> int:
        """Return how many events there are."""
        query = select(func.count()).select_from(events).where(*event_conditions(filters, is_sqlite=self.is_sqlite))
        with self.reading() as connection:
            return int(connection.execute(query).scalar_one())

    def incidents(
        self, filters: Filters = ALL, *, limit: int | None = None, after: str | None = None, oldest: bool = False
    ) -> tuple[IncidentVersion, ...]:
        """Return live incidents as they are now, newest first; those whose events are all rejected are left out.

        Args:
            filters: What they must have; type, mode, place, time and status are those of the incident, the rest must
                hold for one of its events.
            limit: How many at most.
            after: The last incident of the page before; its id.
            oldest: Oldest first.

        Raises:
            StoreError: `after` is not in the store.
            FieldError: A filter has a value that it cannot have.
        """
        query = select_incidents().where(*incident_conditions(filters, is_sqlite=self.is_sqlite))
        with self.reading() as connection:
            page = _page(connection, query, Order(incidents.c.day_from, incidents.c.id, incidents.c.id, oldest), after)
            return tuple(make_version(row) for row in connection.execute(page.limit(limit)))

    def count_incidents(self, filters: Filters = ALL) -> int:
        """Return how many live incidents there are."""
        conditions = incident_conditions(filters, is_sqlite=self.is_sqlite)
        query = select(func.count()).select_from(incidents).where(*conditions)
        with self.reading() as connection:
            return int(connection.execute(query).scalar_one())

    def dyad(  # noqa: PLR0913  two sides, and what every list has
        self,
        one: str,
        other: str,
        filters: Filters = ALL,
        *,
        limit: int | None = None,
        after: str | None = None,
        oldest: bool = False,
    ) -> tuple[StoredEvent, ...]:
        """Return what two sides did to each other, newest first.

        Args:
            one: A party, as in the filters: `USA`, `USA/MIL`, `org-hezbollah`, a name.
            other: The other.
            filters: What the events must have besides.
            limit: How many at most.
            after: The last event of the page before; its id.
            oldest: Oldest first.
        """
        ways = (
            replace(filters, actor=one, recipient=other),
            replace(filters, actor=other, recipient=one),
        )
        conditions = [and_(*event_conditions(way, is_sqlite=self.is_sqlite)) for way in ways]
        either = select(events.c.number).where(conditions[0]).union(select(events.c.number).where(conditions[1]))
        query = reading.select_events().where(events.c.number.in_(either))
        with self.reading() as connection:
            page = _page(connection, query, Order(events.c.day_from, events.c.number, events.c.id, oldest), after)
            return reading.make_events(connection, connection.execute(page.limit(limit)))

    def search(self, words: str, *, limit: int = 20) -> tuple[Hit, ...]:
        """Return the reports with these words, best first.

        Args:
            words: As in a web search: `rockets "supreme leader" -film or missiles`.
            limit: How many at most.

        Raises:
            FieldError: There is no word that must occur.
        """
        query = select_hits(words, is_sqlite=self.is_sqlite).limit(limit)
        with self.reading() as connection:
            rows = connection.execute(query).mappings()
            return tuple(
                Hit(row["id"], row["title"], row["published"], row["publisher"], row["excerpt"]) for row in rows
            )

    def candidates_for(  # noqa: PLR0913  blocking has so many sides
        self,
        since: str,
        until: str,
        *,
        types: Collection[str] = (),
        countries: Collection[str] = (),
        without: Collection[str] = (),
        limit: int = 2000,
    ) -> tuple[StoredEvent, ...]:
        """Return the events that may be of one happening with an event of this time, newest first.

        Args:
            since: First day.
            until: Last day, included.
            types: Their types; all where empty.
            countries: One of their countries, where they have any; all where empty.
            without: Reports whose events are left out.
            limit: How many at most.
        """
        earliest = (date.fromisoformat(since) - LONGEST).isoformat()
        conditions: list[ColumnElement[bool]] = [
            events.c.day_from.between(earliest, until),
            events.c.day_to >= since,
            events.c.judged.is_distinct_from("rejected"),
        ]
        if types:
            conditions.append(events.c.type.in_(types))
        if without:
            conditions.append(events.c.report.not_in(without))
        if countries:
            near = (events.c.countries.contains(f"|{country}|") for country in countries)
            conditions.append(or_(events.c.countries == "", *near))
        query = reading.select_events().where(*conditions)
        ordered = query.order_by(events.c.day_from.desc(), events.c.number.desc()).limit(limit)
        with self.reading() as connection:
            return reading.make_events(connection, connection.execute(ordered))


class Order(NamedTuple):
    """How pages are ordered: by day and then by a column that tells rows of one day apart; `id_` names a row."""

    day: Any
    then: Any
    id_: Any
    oldest: bool


def _page(connection: Any, query: Select[Any], order: Order, after: str | None) -> Select[Any]:
    """Return the query in its order, from behind the row `after`."""
    if after is not None:
        row = connection.execute(select(order.day, order.then).where(order.id_ == after)).one_or_none()
        if row is None:
            raise StoreError(f"found no {after!r} in the store, allowed the last one of the page before")
        place, here = tuple_(order.day, order.then), tuple_(*row)
        query = query.where(place > here if order.oldest else place < here)
    if order.oldest:
        return query.order_by(order.day, order.then)
    return query.order_by(order.day.desc(), order.then.desc())
