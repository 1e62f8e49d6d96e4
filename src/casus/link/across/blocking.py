"""Which happenings are looked at for a new telling: those filed under a day, a kind of act and a place or a party.

A telling is filed under its own days and looked for some days around them, so what one report costs does not grow with
the archive, only with how much happened in those days. Scores nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from casus.link.across.rarity import rarest
from casus.link.across.tellings import Telling
from casus.link.pairs import FAMILY

AROUND = 3  # days: reports of the same happening may date it by publication
LONGEST = 7  # days: a longer stretch ("in 2019") is filed under its first and last days
RARE_NAMES = 4
LAST = date.max.toordinal()


def filing_keys(telling: Telling) -> tuple[str, ...]:
    """The keys under which a telling is filed."""
    return _combine(telling, 0)


def search_keys(telling: Telling) -> tuple[str, ...]:
    """The keys under which tellings of the same happening would be filed."""
    return _combine(telling, AROUND)


def _combine(telling: Telling, around: int) -> tuple[str, ...]:
    days = list(_days(telling, around))
    return tuple(sorted({f"{day}|{anchor}" for day in days for anchor in anchors(telling)}))


def anchors(telling: Telling) -> tuple[str, ...]:
    """Kind of act with place, with country and with each party: `force|p:paris`, `force|c:FRA`, `force|n:per-x`."""
    family = FAMILY.get(telling.type, telling.type.lower())
    parties = (*telling.actors, *telling.recipients)
    named = (*telling.actor_names, *telling.recipient_names)
    places = [f"p:{telling.geonameid or telling.place}"] if telling.place else []
    marks = [*places, *(f"c:{c}" for c in (telling.country, *parties) if c), *(f"n:{n}" for n in named)]
    marks += [f"w:{name}" for name in rarest(telling.names, RARE_NAMES)]
    return tuple(dict.fromkeys(f"{family}|{mark}" for mark in marks))


def _days(telling: Telling, around: int) -> Iterator[str]:
    if telling.start is None or telling.end is None:
        return
    first, last = date.fromisoformat(telling.start), date.fromisoformat(telling.end)
    stretches = [(first, last)] if (last - first).days <= LONGEST else [(first, first), (last, last)]
    for begin, finish in stretches:
        low, high = max(1, begin.toordinal() - around), min(LAST, finish.toordinal() + around)
        yield from (date.fromordinal(day).isoformat() for day in range(low, high + 1))
