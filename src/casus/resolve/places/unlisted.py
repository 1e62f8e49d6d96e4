"""Places that no gazetteer knows: told from noise, and put where the report puts them.

Also names whose only namesakes lie elsewhere: "Tine, Chad" is no town of France.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc

from casus.records import Place, PlaceMention, PlacePrecision, Span
from casus.resolve.gazetteer import Entry
from casus.resolve.place_names import KIND_WORDS
from casus.resolve.place_words import words
from casus.resolve.places.holders import leads_out
from casus.resolve.places.names import NATIONS, TOWNS, Name, contains
from casus.resolve.places.ranking import Ranked
from casus.resolve.places.roles import is_located
from casus.resolve.places.spans import PLACE_LABELS

_INSIDE = words("roles", "inside")
_DIRECTIONS = words("directions", "plain") | words("directions", "town")
_ENDS = frozenset({",", ".", ";", ")", ":", "-", "–", "—"})
_SMALL_TOWN = 200_000
"""A larger town before a comma is more likely the next of a list: "Cairo, Jordan and Syria"."""

_CLEAR_SHARE = 0.6
"""Share of a report's places in one country from which an unknown place is taken to lie there too."""


def disown_misfits(doc: Doc, names: Sequence[Name]) -> list[Name]:
    """The names, without senses where the place named after lies in none of their countries."""
    kept = list(names)
    for index, (left, right) in enumerate(pairwise(names)):
        if _is_placed_by(doc, left, right):
            kept[index] = replace(left, entries=(), label=left.label or "GPE")
    return kept


def _is_placed_by(doc: Doc, left: Name, right: Name) -> bool:
    """Whether `right` tells where `left` lies, and no place of left's name lies there."""
    holders = [entry for entry in right.entries if entry.kind in NATIONS | {"admin1"} and not entry.strength]
    if not left.entries or not holders or left.use != "place" or right.use == "adjective":
        return False
    if any(entry.kind not in TOWNS or entry.population >= _SMALL_TOWN for entry in left.entries):
        return False
    between = [token.lower_ for token in doc[left.end : right.start]]
    if between == [","]:
        closed = right.end >= len(doc) or doc[right.end].text in _ENDS or doc[right.end].is_space
    else:
        closed = len(between) <= 4 and between[:1] == ["in"] and leads_out(between)
    return closed and not any(contains(holder, entry) for holder in holders for entry in left.entries)


def is_unlisted_place(doc: Doc, name: Name, *, held: bool) -> bool:
    """Whether a name that no gazetteer knows is one of a place."""
    return name.label in PLACE_LABELS and _is_name(name.text) and (held or is_located(doc, name, _INSIDE))


def unlisted_mention(
    doc: Doc, names: Sequence[Name], index: int, ranked: Sequence[Ranked], holder: int | None
) -> PlaceMention:
    """A place that no gazetteer knows, put where its holder is, else in the country that the report speaks of."""
    name = names[index]
    held = holder is not None and bool(ranked[holder].entries)
    around = ranked[holder].entries[0] if holder is not None and held else _host(name, names, ranked)
    at_town = around is not None and around.kind in TOWNS
    piece = doc[name.start : name.end]
    place = Place(
        start=piece.start_char,
        end=piece.end_char,
        text=piece.text,
        name=name.text.title() if name.text.isupper() and len(name.text) > 4 else name.text,
        country=around.country if around else _country_around(doc, names, index, ranked),
        admin1=around.admin1 if around else None,
        lat=around.lat if around and at_town else None,
        lon=around.lon if around and at_town else None,
        precision="near" if at_town else _precision(name),
    )
    return PlaceMention(span=Span(place.start, place.end, place.text), place=place, candidates=(), rule="unlisted")


def _host(name: Name, names: Sequence[Name], ranked: Sequence[Ranked]) -> Entry | None:
    """The place named inside an unknown name, if the report speaks of its country or everybody knows it."""
    spoken = {country for _, country in _countries(names, ranked)}
    return next((host for host in name.hosts if host.country in spoken or host.kind in NATIONS | {"capital"}), None)


def _precision(name: Name) -> PlacePrecision:
    return "point" if name.label == "FAC" else "region" if name.label == "LOC" else "city"


def _is_name(text: str) -> bool:
    """Whether an unknown name looks like one of a place: not "Southern", not "London-based"."""
    first, last = text.split(" ")[0], text.rpartition(" ")[2]
    if first == last and (text.lower() in KIND_WORDS or len(text) < 3):
        return False
    if text.lower() in _DIRECTIONS:
        return False
    hyphened = text.partition("-")[2]
    return (first[0].isupper() and (not hyphened or hyphened[0].isupper())) or last.lower() in KIND_WORDS


def _country_around(doc: Doc, names: Sequence[Name], index: int, ranked: Sequence[Ranked]) -> str | None:
    """The country of the places in the same sentence if it is one alone, else of most of the report."""
    own = names[index]
    lying = [(name, country) for name, country in _countries(names, ranked) if name.use == "place"]
    here = {country for name, country in lying if not _is_apart(doc, own, name)}
    if len(here) == 1:
        return here.pop()
    counts = Counter(country for _, country in lying or _countries(names, ranked))
    country, count = max(counts.items(), key=lambda pair: pair[1], default=(None, 0))
    return country if count > _CLEAR_SHARE * counts.total() else None


def _is_apart(doc: Doc, one: Name, two: Name) -> bool:
    """Whether two names stand in different sentences."""
    first, second = (one, two) if one.start <= two.start else (two, one)
    return first.sent_differs(doc, second)


def _countries(names: Sequence[Name], ranked: Sequence[Ranked]) -> Iterator[tuple[Name, str]]:
    """Each name that lies in a country, with it."""
    for name, ranking in zip(names, ranked, strict=True):
        entry: Entry | None = ranking.entries[0] if ranking.entries else None
        if entry is not None and entry.country:
            yield name, entry.country
