"""What one party does, what is done to it, and with whom: counts of incidents, from its newest events.

Bounded: the newest events in which the party has that role. Who says what is not counted here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Subquery, func, select

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
