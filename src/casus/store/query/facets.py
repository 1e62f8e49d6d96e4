"""What else is true of the events or incidents that were found, and how often: counted over the newest of them.

Bounded, so that any question costs about the same; counts nothing when nothing is found.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Select, func, select

from casus.store.query.asking import Query
from casus.store.query.filters import Filters, event_conditions, incident_conditions
from casus.store.rows import split_codes
from casus.store.schema import events, incidents, parties
from casus.store.versions import chunked

Kind = Literal["events", "incidents"]
MOST = 500
"""Newest finds that are counted."""
SHOWN = 12
"""Values of a facet, the most frequent."""
COLUMNS = ("type", "status", "country")
SIDES: Mapping[str, str] = {"actor": "party", "recipient": "party", "source": "source"}


@dataclass(frozen=True, slots=True)
class Facets:
    """Name of a filter → its values with how many of the counted finds have them; `whole` if all finds were counted."""

    counted: int
    whole: bool
    values: Mapping[str, tuple[tuple[str, int], ...]]


def count_facets(store: Query, filters: Filters, kind: Kind, *, most: int = MOST) -> Facets:
    """Return the facets of what was found: type, status, country, month, modality, party and source.

    Args:
        store: What is asked.
        filters: What was looked for.
        kind: Whether events are counted or incidents.
        most: Newest finds that are counted.

    Raises:
        FieldError: A filter has a value that it cannot have.
    """
    select_found = _find_events if kind == "events" else _find_incidents
    found = select_found(filters, store.is_sqlite).limit(most + 1)
    with store.reading() as connection:
        rows = connection.execute(found).all()
        told = rows[:most]
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for name in COLUMNS:
            counts[name].update(filter(None, (getattr(row, name) for row in told)))
        counts["month"].update(row.day_from[:7] for row in told if row.day_from)
        _count_members(connection, [row.key for row in told], kind, counts)
    values = {name: tuple(counter.most_common(SHOWN)) for name, counter in counts.items()}
    return Facets(len(told), len(rows) <= most, values)


def _find_events(filters: Filters, is_sqlite: bool) -> Select[Any]:
    columns = (events.c.number.label("key"), events.c.day_from, *(events.c[name] for name in COLUMNS))
    query = select(*columns).where(*event_conditions(filters, is_sqlite=is_sqlite))
    return query.order_by(events.c.day_from.desc(), events.c.number.desc())


def _find_incidents(filters: Filters, is_sqlite: bool) -> Select[Any]:
    columns = (incidents.c.id.label("key"), incidents.c.day_from, *(incidents.c[name] for name in COLUMNS))
    query = select(*columns).where(*incident_conditions(filters, is_sqlite=is_sqlite))
    return query.order_by(incidents.c.day_from.desc(), incidents.c.id.desc())


def _count_members(connection: Connection, keys: Sequence[Any], kind: Kind, counts: dict[str, Counter[str]]) -> None:
    """Count modality, parties and sources: of incidents each value once, however many events have it."""
    key = (events.c.number if kind == "events" else events.c.incident).label("key")
    name = func.coalesce(parties.c.name, parties.c.text).label("name")
    moods = select(key, events.c.modality)
    told = (key, parties.c.role, parties.c.party, parties.c.country, parties.c.sectors, name)
    people = select(*told).select_from(events.join(parties, parties.c.event == events.c.number))
    once: set[tuple[Any, str, str]] = set()
    for some in chunked(keys):
        once.update((row.key, "modality", row.modality) for row in connection.execute(moods.where(key.in_(some))))
        rows = connection.execute(people.where(key.in_(some)))
        once.update((row.key, SIDES[row.role], party) for row in rows for party in _names(row))
    for _, facet, value in once:
        counts[facet][value] += 1


def _names(row: Any) -> Iterator[str]:
    """Yield as whom a party may be looked for: its country if it has one, and what tells it apart from others."""
    if row.country:
        yield row.country
    sectors = split_codes(row.sectors)
    yield row.party or ("/".join((row.country, *sectors[:1])) if row.country else row.name)
