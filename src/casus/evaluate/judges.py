"""When a slot of a coded statement is right; one small function each, all without memory."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable
from datetime import date

from casus.evaluate.statements import Days, Number, Somebody, Spot, Statement

RIGHT_KM = 161.0
"""A hundred miles, by which the field counts a place as right."""

EARTH_KM = 12742.0

Items = frozenset[Hashable]


def fold(text: str | None) -> str:
    """Return the letters and digits of a text in lower case."""
    return "".join(character for character in (text or "").lower() if character.isalnum())


def same_source(gold: Somebody, own: Somebody) -> bool:
    """Tell whether one source's words hold the other's, or both stand for one country."""
    a, b = fold(gold.text), fold(own.text)
    return bool(a and b and (a in b or b in a)) or bool(gold.country and gold.country == own.country)


def same_place(gold: Spot, own: Spot) -> bool:
    """Tell whether two places are near each other, or have one name and country."""
    if distance_km(gold, own) <= RIGHT_KM:
        return True
    return fold(gold.name or gold.text) == fold(own.name or own.text) and (gold.country or None) == (
        own.country or None
    )


def distance_km(a: Spot, b: Spot) -> float:
    """Return the great-circle distance in kilometres, infinite where a point is not known.

    >>> round(distance_km(Spot(lat=0, lon=0), Spot(lat=0, lon=1)))
    111
    """
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    south, north, turn = math.radians(a.lat), math.radians(b.lat), math.radians(b.lon - a.lon)
    half = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin(turn / 2) ** 2
    return EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def same_time(gold: Days, own: Days) -> bool:
    """Tell whether two times share at least half of the days that either has.

    >>> same_time(Days("2031-05-01", "2031-05-04"), Days("2031-05-03", "2031-05-04"))
    True
    """
    try:
        a, b, c, d = (_day(text) for text in (gold.start, gold.end, own.start, own.end))
    except ValueError:
        return False
    both = (min(b, d) - max(a, c)).days + 1
    return both > 0 and both * 2 >= (max(b, d) - min(a, c)).days + 1


def _day(text: str | None) -> date:
    """Return an ISO date; a year or month is its first day."""
    parts = [int(part) for part in (text or "")[:10].split("-")]
    if len(parts) > 3:
        raise ValueError(text)
    year, month, day = (*parts, 1, 1)[:3]
    return date(year, month, day)


def countries(parties: Iterable[Somebody]) -> Items:
    """Return the countries of parties; None stands for all without one."""
    return frozenset(party.country or None for party in parties)


def sectors(parties: Iterable[Somebody]) -> Items:
    """Return the country and first sector of each party."""
    return frozenset((party.country or None, party.sectors[0] if party.sectors else None) for party in parties)


def figures(numbers: Iterable[Number]) -> Items:
    """Return kind, least and most of each quantity."""
    return frozenset((number.kind, number.min, number.max) for number in numbers)


SETS: dict[str, Callable[[Statement], Items]] = {
    "actor": lambda event: countries(event.actors),
    "recipient": lambda event: countries(event.recipients),
    "quantity": lambda event: figures(event.quantities),
}
"""Slots that hold several things, each of which may be right or wrong."""

PRESENT: dict[str, Callable[[Statement, Statement], bool]] = {
    "attribution": lambda g, o: bool(g.attribution and o.attribution and same_source(g.attribution, o.attribution)),
    "when": lambda g, o: bool(g.when and o.when and same_time(g.when, o.when)),
    "where": lambda g, o: bool(g.where and o.where and same_place(g.where, o.where)),
}
"""Slots that hold one thing or none, named as the field; true where both have it and it is the same."""
