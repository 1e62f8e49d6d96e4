"""What one party does, what is done to it, and with whom: counts of incidents, from its newest events.

Bounded: the newest events in which the party has that role. Who says what is not counted here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any, Literal

from sqlalchemy import Select, Subquery, func, select

from casus.records import Modality, Quad
from casus.store.query.asking import Query
from casus.store.query.filters import is_party
from casus.store.rows import split_codes
from casus.store.schema import events, parties

Role = Literal["actor", "recipient"]
OPPOSITE: dict[Role, Role] = {"actor": "recipient", "recipient": "actor"}
MOST_EVENTS = 3000
"""Newest events of a party that are counted, of each role."""
MOST_PARTNERS = 20


@dataclass(frozen=True, slots=True)
class Doing:
    """How many incidents of a type there were, done, planned, possible or denied."""

    type: str
    quad: Quad
    modality: Modality
    incidents: int


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody on the other side, in how many incidents; `key` finds it again as a filter."""

    key: str
    name: str
    country: str | None
    sectors: tuple[str, ...]
    incidents: int


def read_doings(store: Query, party: str, role: Role) -> tuple[Doing, ...]:
    """Return what a party did or what was done to it, by type and modality, the most frequent first.

    Args:
        store: What is asked.
        party: As in the filters: `IRN`, `IRN/MIL`, `org-hezbollah`, a name.
        role: `actor` for what it did, `recipient` for what was done to it.

    Raises:
        OntologyError: There is no such sector.
    """
    own = _newest(party, role)
    count = func.count(events.c.incident.distinct()).label("incidents")
    query = (
        select(events.c.type, events.c.quad, events.c.modality, count)
        .select_from(events.join(own, events.c.number == own.c.event))
        .where(events.c.judged.is_distinct_from("rejected"))
        .group_by(events.c.type, events.c.quad, events.c.modality)
        .order_by(count.desc(), events.c.type, events.c.modality)
    )
    with store.reading() as connection:
        return tuple(Doing(*row) for row in connection.execute(query))


def read_partners(store: Query, party: str, role: Role, *, limit: int = MOST_PARTNERS) -> tuple[Partner, ...]:
    """Return who stands on the other side of what a party did or suffered, the most frequent first.

    Args:
        store: What is asked.
        party: As in the filters.
        role: The party's own: with `actor` the partners are those it acted upon.
        limit: How many at most.

    Raises:
        OntologyError: There is no such sector.
    """
    own, other = _newest(party, role), parties.alias("other")
    name = func.coalesce(other.c.name, other.c.text).label("name")
    count = func.count(events.c.incident.distinct()).label("incidents")
    told = (other.c.party, other.c.country, other.c.sectors, name)
    joined = own.join(other, other.c.event == own.c.event).join(events, events.c.number == own.c.event)
    query = (
        select(*told, count)
        .select_from(joined)
        .where(other.c.role == OPPOSITE[role], events.c.judged.is_distinct_from("rejected"))
        .group_by(*told)
        .order_by(count.desc(), name)
        .limit(limit)
    )
    with store.reading() as connection:
        return tuple(_make_partner(row) for row in connection.execute(query))


def _newest(party: str, role: Role) -> Subquery:
    """Return the numbers of the newest events in which a party has a role; they are numbered as they came in."""
    query = select(parties.c.event).where(parties.c.role == role, is_party(party)).distinct()
    return query.order_by(parties.c.event.desc()).limit(MOST_EVENTS).subquery("own")


def _make_partner(row: Any) -> Partner:
    sectors = split_codes(row.sectors)
    by_code = "/".join((row.country, *sectors[:1])) if row.country else None
    return Partner(row.party or by_code or row.name, row.name, row.country, sectors, row.incidents)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides of the newest acts, in how many incidents one acted upon the other; keys as of a `Partner`."""

    actor: str
    recipient: str
    incidents: int


def read_busiest(store: Query, *, limit: int = MOST_PARTNERS) -> tuple[Partner, ...]:
    """Return the parties that act most in the newest events.

    Args:
        store: What is asked.
        limit: How many at most.
    """
    newest = _newest_acting()
    told = (newest.c.party, newest.c.country, newest.c.sectors, newest.c.name)
    count = func.count(newest.c.incident.distinct()).label("incidents")
    query = select(*told, count).group_by(*told).order_by(count.desc(), newest.c.name).limit(limit)
    with store.reading() as connection:
        return tuple(_make_partner(row) for row in connection.execute(query))


def read_pairs(store: Query, *, limit: int = MOST_PARTNERS) -> tuple[Pair, ...]:
    """Return which countries act most upon which in the newest events; what a country does to itself is left out.

    Args:
        store: What is asked.
        limit: How many at most.
    """
    some = _newest_events().subquery("some")
    query = select(some.c.number, some.c.incident, parties.c.role, parties.c.country).where(
        parties.c.event == some.c.number, parties.c.country.is_not(None)
    )
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    with store.reading() as connection:
        # Put together here: databases that join the two sides of so few events may go through all events instead.
        for incident, sides in _sides(connection.execute(query)):
            for pair in product(*sides):
                if pair[0] != pair[1]:
                    found[pair].add(incident)
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(Pair(*pair, len(incidents)) for pair, incidents in ranked[:limit])


def _sides(rows: Iterable[Any]) -> Iterator[tuple[str, tuple[set[str], set[str]]]]:
    """Yield the incident of each event with the countries of its actors and recipients."""
    told: dict[int, tuple[str, tuple[set[str], set[str]]]] = {}
    for number, incident, role, country in rows:
        _, (actors, recipients) = told.setdefault(number, (incident, (set(), set())))
        if role != "source":
            (actors if role == "actor" else recipients).add(country)
    yield from told.values()


def _newest_events() -> Select[Any]:
    newest = select(events.c.number, events.c.incident).where(events.c.judged.is_distinct_from("rejected"))
    return newest.order_by(events.c.number.desc()).limit(MOST_EVENTS)


def _newest_acting() -> Subquery:
    """Return who acts in the newest events, with the incident of each."""
    name = func.coalesce(parties.c.name, parties.c.text).label("name")
    columns = (parties.c.event, parties.c.party, parties.c.country, parties.c.sectors, name)
    some = _newest_events().subquery("some")
    joined = some.join(parties, parties.c.event == some.c.number)
    query = select(*columns, some.c.incident).select_from(joined).where(parties.c.role == "actor")
    return query.subquery("newest")
