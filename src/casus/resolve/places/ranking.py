"""Orders the places that each name of a report may mean, all names together; rejects none, so runners-up stay.

A score is in powers of ten of population: what the place is worth by itself, plus what the other names of the report
lend it. Names of one spelling have one sense, unless a mention says otherwise ("Paris, Texas").
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casus.resolve.gazetteer import Entry
from casus.resolve.places.names import NATIONS, Name, contains

Floats = NDArray[np.float64]

_KIND_WORTH = {"admin1": 6.7, "region": 6.9, "disputed": 6.9, "continent": 8.0, "sea": 6.8, "gulf": 6.8, "strait": 6.8}
_KIND_WORTH |= {"county": 5.3, "district": 6.0, "river": 5.8, "lake": 5.8, "canal": 6.2, "desert": 5.8, "island": 6.0}
_POINT_WORTH = 6.2
_WIDE = frozenset({"region", "continent", "sea", "gulf", "strait", "disputed"})
WIDE_WORTH = 12.0
"""A region of several countries: no other name of the report can speak for it, so it needs no help."""

_STRENGTH_COST = (0.0, 1.2, 2.0)
_TRUST = 1.6
"""How sharply scores become shares: ten times the people, e**1.6 times the share."""

WEIGHT, REACH, ROUNDS = 2.0, 0.3, 3
"""Calibrated on half of LGL: worth of context, how soon more of it stops to help, rounds."""

NATION_WORTH = 2.5
NATION_VOICE = 0.25
"""How much less the name of a country speaks for what shares its own name with another country ("Georgia")."""

TOWN_WORTH = {"city": 0.0, "seat": 0.2, "capital": 0.9}
"""Powers of ten that a country or a seat of government is worth above its people."""

NEAR_KM = 60.0
MARGIN = 0.5
"""A runner-up this near to the best (in powers of ten) leaves the choice open."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """The places a name may mean, best first, with their scores in powers of ten."""

    entries: tuple[Entry, ...]
    scores: tuple[float, ...]

    @property
    def is_clear(self) -> bool:
        """Whether the best stands well before the next."""
        return len(self.scores) < 2 or self.scores[0] - self.scores[1] > MARGIN


def rank_names(names: Sequence[Name], outer: Mapping[int, int]) -> list[Ranked]:
    """Rank the candidates of every name.

    Args:
        names: All names of one report, parties and adjectives too (they are context).
        outer: For a name's index, the index of the name that holds it ("Kirkuk" in "Kirkuk, Iraq").

    Returns:
        One ranking a name, in the same order.
    """
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    held = {index: _held_entries(name, names[outer[index]]) for index, name in enumerate(names) if index in outer}
    for index, entries in list(held.items()):
        if sum(entry.kind in NATIONS for entry in names[outer[index]].entries) > 1:
            held.setdefault(outer[index], _holding_entries(names[outer[index]], entries))
    senses: dict[str, tuple[Entry, ...]] = {}
    for index, entries in held.items():
        if entries:
            senses.setdefault(names[index].key, entries)
    for index, name in enumerate(names):
        entries = held.get(index) or senses.get(name.key) or name.entries
        groups[name.key, hash(entries)].append(index)
    pools = [
        _pool(held.get(members[0]) or senses.get(key) or names[members[0]].entries)
        for (key, _), members in groups.items()
    ]
    ranked = _rank_pools(pools, [len(members) for members in groups.values()])
    answer = [Ranked((), ())] * len(names)
    for members, ranking in zip(groups.values(), ranked, strict=True):
        for index in members:
            answer[index] = ranking
    return answer


def _held_entries(name: Name, holder: Name) -> tuple[Entry, ...]:
    return tuple(inner for inner in name.entries if any(contains(entry, inner) for entry in holder.entries))


def _holding_entries(holder: Name, held: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Senses of a country's name in which it holds: "Brazzaville, Congo" is the republic."""
    return tuple(entry for entry in holder.entries if any(contains(entry, inner) for inner in held[:1]))


def _pool(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=_worth, reverse=True)[:25])


def _worth(entry: Entry) -> float:
    """What a place is worth before the report is read."""
    people = math.log10(max(entry.population, 100))
    if entry.kind in NATIONS:
        value = max(people, 5.5) + NATION_WORTH
    elif entry.kind in {"city", "seat", "capital"}:
        value = people + TOWN_WORTH[entry.kind]
    elif entry.country is None and entry.kind in _WIDE:
        value = WIDE_WORTH
    else:
        value = _KIND_WORTH.get(entry.kind, _POINT_WORTH)
    return value - _STRENGTH_COST[entry.strength]


def _rank_pools(pools: Sequence[tuple[Entry, ...]], counts: Sequence[int]) -> list[Ranked]:
    flat = [entry for pool in pools for entry in pool]
    if not flat:
        return [Ranked((), ()) for _ in pools]
    owner = np.repeat(np.arange(len(pools)), [len(pool) for pool in pools])
    worth = np.array([_worth(entry) for entry in flat])
    closeness = _closeness(flat) * (owner[:, None] != owner[None, :])
    nations = np.array([entry.kind in NATIONS for entry in flat])
    closeness[np.ix_(_beside_nation(pools), nations)] *= NATION_VOICE
    weight = (1.0 + np.log2(np.array(counts, dtype=float)))[owner]
    scores = worth
    for _ in range(ROUNDS if len(pools) > 1 else 0):
        context = closeness @ (_shares(scores, owner, len(pools)) * weight)
        scores = worth + WEIGHT * np.log1p(context / REACH)
    return [_sorted(flat, scores, np.flatnonzero(owner == index)) for index in range(len(pools))]


def _beside_nation(pools: Sequence[tuple[Entry, ...]]) -> NDArray[np.bool_]:
    """Candidates for a name that is also a country's: that the report speaks of another country tells them little."""
    has_nation = [any(entry.kind in NATIONS for entry in pool) for pool in pools]
    flat = [
        nation and entry.kind not in NATIONS for pool, nation in zip(pools, has_nation, strict=True) for entry in pool
    ]
    return np.array(flat, dtype=bool)


def _sorted(flat: Sequence[Entry], scores: Floats, members: NDArray[np.intp]) -> Ranked:
    order = members[np.argsort(-scores[members], kind="stable")]
    return Ranked(tuple(flat[index] for index in order), tuple(float(scores[index]) for index in order))


def _shares(scores: Floats, owner: NDArray[np.intp], pools: int) -> Floats:
    """Scores as shares that add to one within each name."""
    top = np.full(pools, -np.inf)
    np.maximum.at(top, owner, scores)
    odds = np.exp(_TRUST * (scores - top[owner]))
    shares: Floats = odds / np.bincount(owner, odds, pools)[owner]
    return shares


def _closeness(flat: Sequence[Entry]) -> Floats:
    """How much each place (column) speaks for each other place (row), 0 to 1."""
    country = _codes([entry.country for entry in flat])
    division = _codes([entry.division for entry in flat])
    broad = np.array([entry.kind in NATIONS for entry in flat])
    same_country = (country[:, None] == country[None, :]) & (country >= 0)[None, :]
    same_division = (division[:, None] == division[None, :]) & (division >= 0)[None, :]
    lat, lon = np.radians([entry.lat for entry in flat]), np.radians([entry.lon for entry in flat])
    near = np.exp(-_gaps(lat, lon) / NEAR_KM)
    near[broad, :] = 0.0
    near[:, broad] = 0.0
    told = np.where(broad[None, :], 0.45, 0.2)
    close: Floats = np.maximum.reduce([near, np.where(same_division, 0.7, 0.0), np.where(same_country, told, 0.0)])
    return close


def _gaps(lat: Floats, lon: Floats) -> Floats:
    """Distances in kilometres, good enough for near places."""
    north = lat[:, None] - lat[None, :]
    east = (lon[:, None] - lon[None, :]) * np.cos((lat[:, None] + lat[None, :]) / 2)
    gaps: Floats = 6371.0 * np.hypot(north, east)
    return gaps


def _codes(values: Sequence[str | None]) -> NDArray[np.intp]:
    """Equal strings as equal numbers, None as -1."""
    numbers: dict[str, int] = {}
    return np.array([-1 if value is None else numbers.setdefault(value, len(numbers)) for value in values])
