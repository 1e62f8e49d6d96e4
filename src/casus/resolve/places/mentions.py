"""Finds the places of a report, chooses what each name means, and leaves out names that stand for governments.

The stages are in `find_places`, in order. What it cannot place on the map it still names, without coordinates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from casus.records import Place, PlaceMention, PlacePrecision, Span
from casus.resolve.gazetteer import Entry, Gazetteer
from casus.resolve.place_names import KIND_WORDS
from casus.resolve.place_words import words
from casus.resolve.places.anaphors import Back, find_anaphors
from casus.resolve.places.holders import find_holders
from casus.resolve.places.names import NATIONS, TOWNS, WATERS, Name
from casus.resolve.places.ranking import Ranked, rank_names
from casus.resolve.places.roles import is_party
from casus.resolve.places.spans import find_names
from casus.resolve.places.unlisted import disown_misfits, is_unlisted_place, unlisted_mention

_NEAR_PREPOSITIONS = words("near", "prepositions")
_NEAR_NOUNS = words("near", "nouns")
_COMPASS = words("near", "compass")
_TOWN_PARTS = words("directions", "town")
_DIRECTIONS = words("directions", "plain") | _TOWN_PARTS
_DASHES = frozenset({"-", "--", "–", "—"})
_DIVISIONS = frozenset({"admin1", "district", "county"})
_BROAD = WATERS | {"region", "disputed", "continent", "desert", "mountains", "peninsula", "island", "border"}
_OPEN_MARGIN, _MOST_CANDIDATES = 1.5, 4
"""Runners-up are kept that are worth at least a thirtieth of the best, at most four."""


def find_places(doc: Doc, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """The places a report names, in text order.

    Args:
        doc: The report as read: words, tree and entities; what is missing is done without.
        gazetteer: Where names are looked up.

    Returns:
        One mention a name or definite phrase that stands for a place. `candidates` are the other places it may well
        mean. `rule` is "name", "held" (another name tells which: "Paris, Texas"), "dateline", "anaphor", "adjectival",
        or "unlisted" (no gazetteer knows it).
    """
    names, ranked, holders = find_toponyms(doc, gazetteer)
    mentions = [
        name_mention(doc, names, index, ranked, holders.get(index))
        for index, name in enumerate(names)
        if name.use == "place" and (ranked[index].entries or is_unlisted_place(doc, name, held=index in holders))
    ]
    mentions += [back_mention(doc, back, names, ranked) for back in find_anaphors(doc, names, ranked, gazetteer)]
    return tuple(sorted(mentions, key=lambda mention: mention.span.start))


def find_toponyms(doc: Doc, gazetteer: Gazetteer) -> tuple[list[Name], list[Ranked], dict[int, int]]:
    """All names of places whatever they stand for, their senses, and which name holds which."""
    names = find_names(doc, gazetteer)
    names = disown_misfits(doc, [with_role(doc, name) for name in names])
    holders = find_holders(doc, names)
    return names, rank_names(names, holders), holders


def with_role(doc: Doc, name: Name) -> Name:
    """The name, as a party where it acts in its sentence."""
    if name.use != "place" or _is_dateline(doc, name) or not is_party(doc, name):
        return name
    return replace(name, use="party")


def _is_dateline(doc: Doc, name: Name) -> bool:
    """Openings like "BAGHDAD (AP) —" or "ISTANBUL —" at the start of a paragraph."""
    before = doc[name.start - 1] if name.start else None
    if before is not None and "\n" not in before.text + before.whitespace_ and not before.is_space:
        return False
    following = doc[name.end : name.end + 8]
    dash = next((token for token in following if token.text in _DASHES), None)
    if dash is None:
        return False
    return name.text.isupper() or dash.i == name.end or doc[name.end].text in {"(", ","}


def name_mention(
    doc: Doc, names: Sequence[Name], index: int, ranked: Sequence[Ranked], holder: int | None
) -> PlaceMention:
    """The mention of a name in its best sense; `holder` is the index of the name that holds it."""
    name, ranking = names[index], ranked[index]
    article = bool(ranking.entries) and ranking.entries[0].name == f"The {name.text}" and _has_article(doc, name)
    span = _span(doc, name.start - article, name.end)
    if not ranking.entries:
        return unlisted_mention(doc, names, index, ranked, holder)
    rule = "dateline" if _is_dateline(doc, name) else "held" if holder is not None else "name"
    best = ranking.scores[0] - _OPEN_MARGIN
    others = [entry for entry, score in zip(ranking.entries[1:], ranking.scores[1:], strict=True) if score > best]
    candidates = tuple(_place(doc, name, span, entry) for entry in others[:_MOST_CANDIDATES])
    return PlaceMention(span=span, place=_place(doc, name, span, ranking.entries[0]), candidates=candidates, rule=rule)


def _place(doc: Doc, name: Name, span: Span, entry: Entry) -> Place:
    return Place(
        start=span.start,
        end=span.end,
        text=span.text,
        name=_shown_name(name, entry),
        geonameid=entry.geonameid,
        country=entry.country,
        admin1=entry.admin1,
        lat=entry.lat,
        lon=entry.lon,
        precision=_precision(doc, name, entry),
    )


def _shown_name(name: Name, entry: Entry) -> str:
    """The name as the report writes it; abbreviations written out, countries by their name for adjectives."""
    if name.use == "adjective" and not name.direction:
        return entry.name
    text = name.text.title() if name.text.isupper() else name.text
    if name.use == "adjective" or _is_abbreviated(name.text) or entry.name == f"The {text}":
        text = entry.name
    elif entry.kind not in NATIONS:
        bare, _, last = text.rpartition(" ")
        text = bare if bare and last.islower() and KIND_WORDS.get(last) in {"admin1", "district"} else text
    if entry.kind in NATIONS:
        return f"{name.direction} {text}" if name.direction else text
    return text


def _has_article(doc: Doc, name: Name) -> bool:
    return name.start > 0 and doc[name.start - 1].lower_ == "the"


def _is_abbreviated(text: str) -> bool:
    return (len(text) <= 4 and text.isupper()) or (text.endswith(".") and " " not in text)


def _precision(doc: Doc, name: Name, entry: Entry) -> PlacePrecision:
    if name.direction and name.direction.lower() not in _TOWN_PARTS and entry.kind not in TOWNS:
        return "region"
    if entry.kind in NATIONS:
        return "country"
    if entry.kind in _BROAD:
        return "region"
    if _is_near(doc, name):
        return "near"
    return "admin1" if entry.kind in _DIVISIONS else "city" if entry.kind in TOWNS else "point"


def _is_near(doc: Doc, name: Name) -> bool:
    """Whether the words before put the act beside the place: "near X", "outskirts of X", "30 km north of X"."""
    before = [
        token.lower_
        for token in doc[max(0, name.start - 4) : name.start]
        if token.pos_ != "DET" and token.lower_ != "the"
    ]
    if not before:
        return False
    if before[-1] in _NEAR_PREPOSITIONS:
        return True
    if before[-1] in {"of", "to", "from"} and len(before) > 1:
        return before[-2] in _NEAR_NOUNS | _COMPASS | {
            "close",
            "next",
            "adjacent",
            "kilometers",
            "kilometres",
            "miles",
            "km",
        }
    return False


def back_mention(doc: Doc, back: Back, names: Sequence[Name], ranked: Sequence[Ranked]) -> PlaceMention:
    """The mention of a phrase that stands for a place named elsewhere."""
    span = _span(doc, back.start, back.end)
    source = next(
        (name for name, ranking in zip(names, ranked, strict=True) if ranking.entries[:1] == (back.entry,)), None
    )
    known = source or Name(back.start, back.end, back.entry.name, "", (back.entry,))
    text = back.entry.name if known.use == "adjective" else known.text
    shown = Name(back.start, back.end, text, known.key, known.entries, direction=back.direction)
    return PlaceMention(span=span, place=_place(doc, shown, span, back.entry), candidates=(), rule=back.rule)


def _span(doc: Doc, start: int, end: int) -> Span:
    piece = doc[start:end]
    return Span(piece.start_char, piece.end_char, piece.text)
