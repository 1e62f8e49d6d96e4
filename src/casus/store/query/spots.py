"""Where incidents happened, for a map: every place with how many it saw on which day. Draws nothing.

Bounded: the newest incidents of the window, the busiest of their places; what is left out is counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from casus.ontology import quad_of
from casus.records import Quad
from casus.store.query.asking import Query
from casus.store.query.filters import Filters, incident_conditions
from casus.store.schema import incident_versions, incidents

MOST_INCIDENTS = 5000
"""Newest incidents of a window that are counted."""
MOST_PLACES = 150
Key = tuple[int | None, str | None, str]
"""GeoNames number, country and name in one case: what tells places apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place and the incidents there.

    Attributes:
        place: Its name, or as written.
        country: ISO 3166-1 alpha-3, None where open.
        lat: Degrees north, None where the place is not known.
        lon: Degrees east.
        days: ISO day and quad → incidents of that kind that began on it, oldest first.
        newest: Id of the newest incident.
    """

    place: str
    country: str | None
    lat: float | None
    lon: float | None
    days: Mapping[tuple[str, Quad], int]
    newest: str

    @property
    def incidents(self) -> int:
        """How many incidents there were."""
        return sum(self.days.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Spots:
    """The busiest places first; `more_places` are left out, and whatever is older where `cut`.

    `counted` are the incidents that were looked at, `unplaced` those of them whose place nobody told.
    """

    spots: tuple[Spot, ...]
    counted: int
    unplaced: int
    more_places: int
    cut: bool


def read_spots(store: Query, filters: Filters, *, incident_limit: int = MOST_INCIDENTS) -> Spots:
    """Return the places of incidents, the busiest first.

    Args:
        store: What is asked.
        filters: What the incidents must have.
        incident_limit: How many incidents are looked at, newest first.

    Raises:
        FieldError: A filter has a value that it cannot have.
    """
    table = incidents.c
    columns = (table.id, table.type, table.day_from, table.country, table.place, table.place_key, table.geonameid)
    query = select(*columns).where(*incident_conditions(filters, is_sqlite=store.is_sqlite))
    with store.reading() as connection:
        newest = query.order_by(table.day_from.desc(), table.id.desc()).limit(incident_limit)
        rows = connection.execute(newest).all()
        found = _group(rows)
        busiest = sorted(found.items(), key=lambda item: (-len(item[1]), item[0][2], str(item[0])))[:MOST_PLACES]
        points = _read_points(connection, [told[0].id for _, told in busiest])
    placed = sum(map(len, found.values()))
    return Spots(
        spots=tuple(_make_spot(told, points) for _, told in busiest),
        counted=len(rows), unplaced=len(rows) - placed, more_places=len(found) - len(busiest),
        cut=len(rows) == incident_limit,
    )  # fmt: skip


def _group(rows: Iterable[Any]) -> dict[Key, list[Any]]:
    """Return place → its incidents in the order of the rows."""
    found: dict[Key, list[Any]] = defaultdict(list)
    for row in rows:
        if row.place_key is not None:
            found[row.geonameid, row.country, row.place_key].append(row)
    return found


def _read_points(connection: Any, ids: list[str]) -> dict[str, tuple[float | None, float | None]]:
    """Return incident id → latitude and longitude of its place."""
    same = (incidents.c.id == incident_versions.c.incident) & (incidents.c.version == incident_versions.c.version)
    where = [incident_versions.c.record[("where", name)].as_float() for name in ("lat", "lon")]
    query = select(incidents.c.id, *where).select_from(incidents.join(incident_versions, same))
    return {row[0]: (row[1], row[2]) for row in connection.execute(query.where(incidents.c.id.in_(ids)))}


def _make_spot(told: list[Any], points: Mapping[str, tuple[float | None, float | None]]) -> Spot:
    newest = told[0]
    lat, lon = points[newest.id]
    days = Counter((row.day_from, quad_of(row.type)) for row in reversed(told))
    return Spot(place=newest.place, country=newest.country, lat=lat, lon=lon, days=days, newest=newest.id)
