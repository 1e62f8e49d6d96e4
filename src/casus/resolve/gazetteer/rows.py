"""Rows of the gazetteer from their sources: GeoNames' cities and counties, our own table; joins and writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casus.errors import KnowledgeBaseError
from casus.resolve.place_names import fold_name, strip_article, strip_kind
from casus.resolve.place_words import words

Table = Sequence[Mapping[str, str]]
"""A table of the knowledge base, read."""

NATIONS = frozenset({"country", "territory"})
ARABIC = words("arabic_countries")
_NOT_NAMES = words("not_names")


@dataclass(slots=True)
class Row:
    """One place on its way into the index; `keys` maps each folded name to 0 (its name), 1 (another), 2 (weak)."""

    name: str
    kind: str
    country: str | None
    lat: float | None
    lon: float | None
    population: int = 0
    geonameid: int | None = None
    admin1: str | None = None
    division: str | None = None
    keys: dict[str, int] = field(default_factory=dict)

    def add_key(self, key: str, strength: int) -> None:
        """Keep the strongest form of a name."""
        if len(key) > 1 and key not in _NOT_NAMES:
            self.keys[key] = min(strength, self.keys.get(key, strength))


def read_table(path: Path) -> Iterator[dict[str, str]]:
    """The rows of one of the knowledge base's tables.

    Raises:
        KnowledgeBaseError: A line has more or fewer fields than the header.
    """
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    columns = header.split("\t")
    for number, line in enumerate(lines, 2):
        fields = line.split("\t")
        if len(fields) != len(columns):
            raise KnowledgeBaseError(f"{path.name}:{number}: found {len(fields)} fields, allowed {len(columns)}")
        yield dict(zip(columns, fields, strict=True))


def read_city(row: Mapping[str, Any], codes: Mapping[str, str]) -> Row:
    """One city of GeoNames; `codes` maps two letters of a country to three."""
    country = codes.get(row["countrycode"], row["countrycode"])
    city = Row(row["name"], "city", country, row["latitude"], row["longitude"], row["population"], row["geonameid"])
    city.division = f"{country}.{row['admin1code']}"
    _add_spelling(city, row["name"], 0)
    for name in row["alternatenames"]:
        if _is_readable(name):
            _add_spelling(city, name, 1)
    return city


def _is_readable(name: str) -> bool:
    """Whether an English report could use an alternate name: no code, no other script, no transliteration."""
    if len(name) < 4 or name.isupper() or not name[0].isalpha() or name[0].islower():
        return len(name) > 6 and name[:3] in {"al-", "el-", "al ", "el "} and name.isascii()
    return name.isascii() or all(letter < "\u0250" or "\u1e00" <= letter < "\u2070" for letter in name)


def _add_spelling(row: Row, name: str, strength: int) -> None:
    key = fold_name(name)
    row.add_key(key, strength)
    bare = strip_article(key) if row.country in ARABIC else None
    if bare:
        row.add_key(bare, strength)


def read_own(
    data: Path, nations: Table, countries: Mapping[str, Mapping[str, Any]], codes: Mapping[str, str]
) -> list[Row]:
    """The rows of `places.tsv`; countries take their other names from `countries.tsv`."""
    people = {codes[code]: row for code, row in countries.items()}
    more = {nation["code"]: (nation["name"], *nation["aliases"].split("|")) for nation in nations}
    lines = list(read_table(data / "places.tsv"))
    smaller = {
        name for line in lines if line["kind"] not in NATIONS for name in (line["name"], *line["aliases"].split("|"))
    }
    rows = []
    for line in lines:
        row = Row(line["name"], line["kind"], line["country"] or None, float(line["lat"]), float(line["lon"]))
        names = (line["name"], *filter(None, line["aliases"].split("|")))
        if row.kind in {"country", "territory"}:
            known = people.get(line["country"], {})
            row.population, row.geonameid = known.get("population", 0), known.get("geonameid")
            names += tuple(name for name in more.get(line["country"], ()) if name and name not in smaller)
        for name in names:
            row.keys[fold_name(name)] = 0
        bare = strip_kind(fold_name(line["name"])) if row.kind in {"admin1", "district", "county"} else None
        if bare:
            row.add_key(bare[0], 2)
        rows.append(row)
    return rows


def read_counties(source: Any, own: list[Row]) -> Iterator[Row]:
    """Counties of the United States; GeoNames' copy gives no coordinates, so they stand at their state's centre."""
    states = {row.division: row for row in own if row.country == "USA" and row.kind == "admin1"}
    for county in source.get_us_counties():
        state = states.get(f"USA.{county['state']}")
        if state is None:
            continue
        row = Row(county["name"], "county", "USA", state.lat, state.lon, 0, None, state.name, state.division)
        row.keys[fold_name(county["name"])] = 0
        yield row
