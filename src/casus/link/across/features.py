"""What two tellings of different reports have in common and where they differ, as named signs. Judges nothing.

Every sign that `compare_tellings` may give stands in `MEANINGS` with what it means, so that a decision can be told in
words. Distances are in kilometres, times in days; shares run from 0 to 1.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date

from casus.link.across.rarity import overlap, rarity
from casus.link.across.tellings import Figure, Telling
from casus.link.pairs import FAMILY, compare, load_groups
from casus.ontology import TYPES

EARTH = 6371.0  # km
NEAR = 30.0  # km: within one town and what lies around it
FAR = 300.0
LONG = 7  # days
MUCH = 40.0  # rarity of all that is shared, see `rarity`
RAREST = 9.0
SPECIFIC = frozenset({"point", "city", "near"})

MEANINGS: Mapping[str, str] = {
    "same type": "both are the same kind of act",
    "related type": "the kinds of act are told in turn for one another (attack and arrest, talks and accord)",
    "mode same": "both were done in the same way",
    "mode open": "one report does not say in which way",
    "mode differ": "they were done in different ways",
    "same modality": "both are told as done, or both as planned, or both as denied",
    "days same": "the days named are the same or overlap",
    "days next": "the days are next to each other",
    "days apart": "the days lie apart: a week or more is 1",
    "days stated apart": "both texts name the day, and not the same",
    "published apart": "days between the reports: a week or more is 1",
    "place same": "the same place",
    "place near": "two places at most 30 km apart",
    "place apart": "two towns further apart: 300 km and more is 1",
    "place differ": "two places that the texts keep apart by name",
    "place wider": "one place lies in the country that the other names",
    "place open": "one report names no place",
    "place country same": "the places lie in one country",
    "place country open": "one report does not say in which country",
    "place country differ": "the places lie in different countries",
    "actors same": "those who acted are of the same countries",
    "actors overlap": "some who acted are of the same country",
    "actors open": "one report does not say whose people acted",
    "actors differ": "those who acted are of different countries",
    "recipients same": "those it was done to are of the same countries",
    "recipients overlap": "some it was done to are of the same country",
    "recipients open": "one report does not say whose people it was done to",
    "recipients differ": "those it was done to are of different countries",
    "actor names same": "the same known parties acted",
    "actor names overlap": "some known parties are among those who acted in both",
    "actor names open": "one report names no known party as acting",
    "actor names differ": "other known parties acted",
    "recipient names same": "it was done to the same known parties",
    "recipient names overlap": "it was done to some of the same known parties",
    "recipient names open": "one report names no known party as being acted upon",
    "recipient names differ": "it was done to other known parties",
    "sides turned": "who acted in one was acted upon in the other",
    "toll equal": "an exact figure above ten is the same in both",
    "toll compatible": "figures of one kind can both be true",
    "toll grown": "the later report's figure is higher",
    "toll shrunk": "the later report's figure is lower",
    "toll open": "no kind of figure is given by both",
    "trigger same": "the same word tells the act",
    "trigger alike": "words that reporters use in turn tell the act",
    "trigger differ": "other words tell the act",
    "trigger and topic": "share of rare words of both reports, if the same word tells the act",
    "trigger and words": "share of rare words of both sentences, if the same word tells the act",
    "names shared": "share of rare names that both sentences hold",
    "no name shared": "both sentences hold names, and none in common",
    "words shared": "share of rare words that both sentences hold",
    "names weight": "how rare the names are that both sentences hold, all together: 1 is much",
    "words weight": "how rare the words are that both sentences hold, all together: 1 is much",
    "rarest name": "how rare the rarest name is that both sentences hold",
    "topic shared": "share of rare words that both reports hold",
    "topic and type": "share of rare words of both reports, if the kind of act is the same",
    "names and days": "share of rare names, if the days overlap",
    "names and type": "how rare the names are that both hold, if the kind of act is the same",
    "place and type": "the same kind of act at the same place",
    **{f"type {name}": f"both are {name}" for name in TYPES},
    "same origin": "one report is a copy of the other",
}


def compare_tellings(a: Telling, b: Telling) -> dict[str, float]:
    """The signs that two tellings tell of one happening, or of two; signs of weight 0 are left out."""
    signs = _compare_acts(a, b) | _compare_days(a, b) | _compare_places(a, b) | _compare_parties(a, b)
    signs |= _compare_tolls(a.figures, b.figures) | _compare_words(a, b)
    signs["same origin"] = float(a.origin == b.origin)
    signs["topic and type"] = signs["topic shared"] * signs["same type"]
    signs["trigger and topic"] = signs["topic shared"] * signs["trigger same"]
    signs["trigger and words"] = signs["words shared"] * signs["trigger same"]
    signs["names and type"] = signs["names weight"] * signs["same type"]
    signs["place and type"] = signs.get("place same", 0.0) * signs["same type"]
    signs["names and days"] = signs["names shared"] * signs.get("days same", 0.0)
    return {name: value for name, value in signs.items() if value}


def _compare_acts(a: Telling, b: Telling) -> dict[str, float]:
    groups = load_groups()
    kin = [set().union(*(groups.get(t, frozenset()) for t in telling.triggers)) for telling in (a, b)]
    same = not set(a.triggers).isdisjoint(b.triggers)
    alike = not same and not kin[0].isdisjoint(kin[1])
    related = a.type != b.type and FAMILY.get(a.type, "a") == FAMILY.get(b.type, "b")
    return {
        "same type": float(a.type == b.type),
        f"type {a.type}": float(a.type == b.type and a.type in TYPES),
        "related type": float(related),
        "same modality": float(not set(a.modalities).isdisjoint(b.modalities)),
        "trigger same": float(same),
        "trigger alike": float(alike),
        "trigger differ": float(not same and not alike),
        **_compare_sets("mode", [a.mode] if a.mode else [], [b.mode] if b.mode else []),
    }


def _compare_sets(name: str, a: Sequence[str], b: Sequence[str]) -> dict[str, float]:
    return compare(name, frozenset(a), frozenset(b))


def _compare_days(a: Telling, b: Telling) -> dict[str, float]:
    signs = {"published apart": min(abs(_gap(a.published, a.published, b.published, b.published) or 0) / LONG, 1.0)}
    gap = _gap(a.start, a.end, b.start, b.end)
    if gap is None:
        return signs
    stated = gap > 0 and a.stated and b.stated
    return signs | {
        "days same": float(gap <= 0),
        "days next": float(gap == 1),
        "days apart": min(max(gap, 0) / LONG, 1.0),
        "days stated apart": float(stated),
    }


def _gap(start: str | None, end: str | None, other_start: str | None, other_end: str | None) -> int | None:
    """Days from the end of the earlier stretch to the start of the later one; 0 or less where they overlap."""
    if start is None or end is None or other_start is None or other_end is None:
        return None
    first, last, begin, finish = (date.fromisoformat(d[:10]) for d in (start, end, other_start, other_end))
    return max((begin - last).days, (first - finish).days)


def _compare_places(a: Telling, b: Telling) -> dict[str, float]:
    signs = _compare_sets("place country", [a.country] if a.country else [], [b.country] if b.country else [])
    if a.place is None or b.place is None:
        return signs | {"place open": 1.0}
    if a.place == b.place or (a.geonameid is not None and a.geonameid == b.geonameid):
        return signs | {"place same": 1.0}
    if "country" in (a.precision, b.precision):
        return signs | {"place wider": float(a.country == b.country), "place differ": float(a.country != b.country)}
    return signs | _compare_points(a, b)


def _compare_points(a: Telling, b: Telling) -> dict[str, float]:
    distance = measure_distance(a, b)
    if distance is None or not {a.precision, b.precision} <= SPECIFIC:
        return {"place differ": 1.0}
    return {"place near": 1.0} if distance <= NEAR else {"place differ": 1.0, "place apart": min(distance / FAR, 1.0)}


def measure_distance(a: Telling, b: Telling) -> float | None:
    """Kilometres between the places of two tellings along the earth's surface (haversine), None if one is unknown."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    one, two = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((two - one) / 2) ** 2
    half += math.cos(one) * math.cos(two) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(half)))


def _compare_parties(a: Telling, b: Telling) -> dict[str, float]:
    return {
        "sides turned": float(_are_turned(a, b) or _are_turned(b, a)),
        **_compare_sets("actors", a.actors, b.actors),
        **_compare_sets("recipients", a.recipients, b.recipients),
        **_compare_sets("actor names", a.actor_names, b.actor_names),
        **_compare_sets("recipient names", a.recipient_names, b.recipient_names),
    }


def _are_turned(a: Telling, b: Telling) -> bool:
    return bool(a.actors) and a.actors == b.recipients and a.actors != b.actors


def _compare_tolls(a: Sequence[Figure], b: Sequence[Figure]) -> dict[str, float]:
    pairs = [(x, y) for x in a for y in b if x.kind == y.kind]
    if not pairs:
        return {"toll open": 1.0}
    signs: dict[str, float] = {}
    for x, y in pairs:
        signs |= _compare_figures(*((x, y) if (x.published or "") <= (y.published or "") else (y, x)))
    return signs


def _compare_figures(earlier: Figure, later: Figure) -> dict[str, float]:
    if meet(earlier, later):
        exact = earlier.min == earlier.max == later.min == later.max
        return {"toll compatible": 1.0, "toll equal": float(exact and (earlier.min or 0) > 10)}
    return {"toll grown": 1.0} if (earlier.max or 0) < (later.min or 0) else {"toll shrunk": 1.0}


def meet(a: Figure, b: Figure) -> bool:
    """Whether two figures can both be true of one moment: their ranges overlap."""
    low = max(a.min or 0, b.min or 0)
    return all(low <= figure.max for figure in (a, b) if figure.max is not None)


def _compare_words(a: Telling, b: Telling) -> dict[str, float]:
    names, shared = overlap(a.names, b.names), {*a.names} & {*b.names}
    return {
        "names shared": names,
        "no name shared": float(bool(a.names and b.names) and not names),
        "words shared": overlap(a.words, b.words),
        "topic shared": overlap(a.topic, b.topic),
        "names weight": min(sum(rarity(n) for n in shared) / MUCH, 1.0),
        "words weight": min(sum(rarity(w) for w in {*a.words} & {*b.words}) / MUCH, 1.0),
        "rarest name": max((rarity(n) for n in shared), default=0.0) / RAREST,
    }
