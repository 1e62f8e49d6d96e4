"""Which first-level division a place lies in, and which city of GeoNames a city of ours is.

GeoNames' cities carry a division's code but no name; our divisions carry a name but no code. Their positions join them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from casus.resolve.gazetteer.rows import Row
from casus.resolve.geometry import distance_km

SAME_CITY_KM = 60.0
"""Two cities of one name in one country nearer than this are one."""

NEIGHBOURS = 7
"""Cities nearest to the centre of a division that vote for its code."""

BRITISH = {"England": "ENG", "Scotland": "SCT", "Wales": "WLS", "Northern Ireland": "NIR"}


class Divisions:
    """Joins names and codes of first-level divisions.

    Attributes:
        names: Code (`IRQ.13`) to the division's name, where the join is safe.
    """

    def __init__(self, cities: Iterable[Row]) -> None:
        self._cities: dict[str, list[Row]] = defaultdict(list)
        for city in cities:
            self._cities[city.country or ""].append(city)
        self._points = {country: _points(rows) for country, rows in self._cities.items()}
        self.names: dict[str, str] = {}

    def place(self, rows: Iterable[Row]) -> None:
        """Give each row the code of the division it lies in, and each code its name."""
        claims: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            row.division = self._division_at(row)
            if row.kind == "admin1" and row.division:
                claims[row.division].append(row)
        for code, claimants in claims.items():
            if self._is_safe(code[:3], claims):
                self.names[code] = min(claimants, key=lambda row: self._offset(code, row)).name

    def _division_at(self, row: Row) -> str | None:
        if row.kind == "admin1" and row.country == "GBR" and row.name in BRITISH:
            return f"GBR.{BRITISH[row.name]}"
        nearest = self._nearest(row, NEIGHBOURS if row.kind == "admin1" else 1)
        votes = Counter(city.division for city in nearest if city.division)
        return votes.most_common(1)[0][0] if votes else None

    def _nearest(self, row: Row, count: int) -> list[Row]:
        points = self._points.get(row.country or "")
        if points is None or row.lat is None or row.lon is None:
            return []
        scale = np.array([1.0, np.cos(np.radians(row.lat))])
        gaps = (((points - (row.lat, row.lon)) * scale) ** 2).sum(axis=1)
        return [self._cities[row.country or ""][index] for index in np.argsort(gaps)[:count]]

    def _is_safe(self, country: str, claims: Mapping[str, Sequence[Row]]) -> bool:
        """Whether our divisions of a country are the same layer as GeoNames' (about as many, one to one)."""
        codes = len({city.division for city in self._cities[country]})
        claimed = [len(rows) for code, rows in claims.items() if code.startswith(country)]
        return sum(claimed) < 1.35 * codes and len(claimed) > 0.75 * sum(claimed)

    def _offset(self, code: str, row: Row) -> float:
        points = np.array([(city.lat, city.lon) for city in self._cities[code[:3]] if city.division == code])
        lat, lon = points.mean(axis=0)
        return distance_km((lat, lon), (row.lat or 0.0, row.lon or 0.0))


def merge_city(row: Row, by_key: Mapping[str, Sequence[Row]]) -> bool:
    """Lend the names of our city to the same city of GeoNames; False where GeoNames has none of its names near by."""
    twins = [
        city
        for key in row.keys
        for city in by_key.get(key, ())
        if city.country == row.country and distance_km(_at(city), _at(row)) < SAME_CITY_KM
    ]
    if not twins:
        return False
    twin = max(twins, key=lambda city: city.population)
    for key in row.keys:
        twin.keys[key] = 0
    twin.name = row.name
    return True


def _at(row: Row) -> tuple[float, float]:
    return row.lat or 0.0, row.lon or 0.0


def _points(rows: Sequence[Row]) -> NDArray[np.float64]:
    return np.array([(row.lat, row.lon) for row in rows], dtype=np.float64)
