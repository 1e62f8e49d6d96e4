"""A place name as it stands in a report, and which places lie in which; finds none and chooses none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc

from casus.resolve.gazetteer import Entry
from casus.resolve.geometry import distance_km

Use = Literal["place", "party", "adjective"]

NATIONS = frozenset({"country", "territory"})
TOWNS = frozenset({"capital", "seat", "city"})
WATERS = frozenset({"sea", "gulf", "strait", "river", "lake", "canal"})
_WIDE = WATERS | {"region", "disputed", "continent", "desert", "mountains", "peninsula"}
_WIDE_KM, _DIVISION_KM, _TOWN_KM = 600.0, 120.0, 40.0


@dataclass(frozen=True, slots=True)
class Name:
    """One mention of a place name.

    Attributes:
        start, end: Tokens of the mention with its kind word and direction ("northern Anbar province").
        text: The bare name as written ("Anbar").
        key: The bare name folded; mentions of one key have one sense.
        entries: All places the name may mean.
        use: Whether the mention is a place, somebody who acts, or an adjective.
        label: The reader's entity label, empty where it marked none.
        direction: "northern", "downtown", …; empty where there is none.
        hosts: Places named inside a name that is itself unknown ("Kuwait" in "Kuwait Oil Refinery").
    """

    start: int
    end: int
    text: str
    key: str
    entries: tuple[Entry, ...]
    use: Use = "place"
    label: str = ""
    direction: str = ""
    hosts: tuple[Entry, ...] = ()

    def sent_differs(self, doc: Doc, other: Name) -> bool:
        """Whether a sentence ends between two mentions."""
        return any(token.is_sent_start for token in doc[self.end : other.start + 1] if token.i > self.start)


def contains(outer: Entry, inner: Entry) -> bool:
    """Whether a place lies in another, as far as their positions tell."""
    if outer.id == inner.id or inner.kind in NATIONS | {"continent"}:
        return False
    if outer.kind in NATIONS:
        return outer.country == inner.country
    if outer.country and inner.country and outer.country != inner.country:
        return False
    gap = distance_km((outer.lat, outer.lon), (inner.lat, inner.lon))
    if outer.kind in {"admin1", "county", "district"}:
        return (outer.division is not None and outer.division == inner.division) or gap < _DIVISION_KM
    if outer.kind in _WIDE:
        return gap < _WIDE_KM
    return gap < _TOWN_KM and inner.kind not in {"admin1", "region"}
