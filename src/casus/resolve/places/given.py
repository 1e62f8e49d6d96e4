"""Places at spans that are known to name one: which place each means, whatever part it plays in its sentence.

Used where a person or another program has marked the words; `find_places` looks for them itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from casus.records import Place, PlaceMention, Span
from casus.resolve.gazetteer import Gazetteer
from casus.resolve.places.anaphors import find_anaphors
from casus.resolve.places.holders import find_holders
from casus.resolve.places.mentions import back_mention, name_mention, with_role
from casus.resolve.places.names import TOWNS, Name
from casus.resolve.places.ranking import Ranked, rank_names
from casus.resolve.places.spans import find_names, make_name
from casus.resolve.places.unlisted import disown_misfits

_CARRIERS = 3
"""Places before a phrase without a name that are looked through for a town."""


def resolve_spans(doc: Doc, spans: Sequence[tuple[int, int]], gazetteer: Gazetteer) -> tuple[PlaceMention | None, ...]:
    """The place that each span names, None where it cannot be told.

    Args:
        doc: The report as read.
        spans: First and last-plus-one character of each.
        gazetteer: Where names are looked up.

    Returns:
        One answer a span, in the same order. Of several names in a span ("the palace in Kirkuk, Iraq") the one that
        the others hold counts.
    """
    tokens = [_tokens(doc, *span) for span in spans]
    names = disown_misfits(doc, _with_given(doc, find_names(doc, gazetteer), tokens, gazetteer))
    holders = find_holders(doc, names)
    ranked = rank_names(names, holders)
    playing = [with_role(doc, name) for name in names]
    backs = tuple(find_anaphors(doc, playing, ranked, gazetteer))
    answers: list[PlaceMention | None] = []
    for start, end in tokens:
        back = next((back for back in backs if back.start < end and start < back.end), None)
        inside = [index for index, name in enumerate(names) if name.start < end and start < name.end]
        index = _innermost(names, inside, holders)
        if back is not None and all(names[i].use == "adjective" or names[i].end <= start for i in inside):
            answers.append(back_mention(doc, back, names, ranked))
        elif index is not None:
            answers.append(name_mention(doc, names, index, ranked, holders.get(index)))
        else:
            answers.append(_carried(doc, (start, end), names, ranked))
    return tuple(answers)


def _tokens(doc: Doc, start: int, end: int) -> tuple[int, int]:
    span = doc.char_span(start, end, alignment_mode="expand")
    return (span.start, span.end) if span is not None else (0, 0)


def _with_given(doc: Doc, names: list[Name], tokens: Sequence[tuple[int, int]], gazetteer: Gazetteer) -> list[Name]:
    """The names found, and one for each span that holds none."""
    more = {}
    for start, end in tokens:
        capital = any(token.text[0].isupper() and token.pos_ != "DET" for token in doc[start:end])
        if capital and not any(name.start < end and start < name.end for name in names):
            name = make_name(doc, start, end, gazetteer, "GPE")
            if name is not None:
                more[name.start] = name
    return sorted([*names, *more.values()], key=lambda name: name.start)


def _innermost(names: Sequence[Name], inside: Sequence[int], holders: dict[int, int]) -> int | None:
    """The first name that is held, else the first that the gazetteer knows, adjectives last."""
    order = sorted(
        inside,
        key=lambda index: (names[index].use == "adjective", holders.get(index) not in inside, not names[index].entries),
    )
    return order[0] if order else None


def _carried(doc: Doc, span: tuple[int, int], names: Sequence[Name], ranked: Sequence[Ranked]) -> PlaceMention | None:
    """A phrase without a name ("the airport", "a park") lies where the last place before it does."""
    before = [
        (name, ranking.entries[0])
        for name, ranking in zip(names, ranked, strict=True)
        if ranking.entries and name.end <= span[0] and name.use == "place"
    ]
    if span[0] == span[1] or not before:
        return None
    around = next((entry for name, entry in reversed(before[-_CARRIERS:]) if entry.kind in TOWNS), before[-1][1])
    piece = doc[span[0] : span[1]]
    at_town = around.kind in TOWNS
    place = Place(
        start=piece.start_char,
        end=piece.end_char,
        text=piece.text,
        name=piece.text,
        country=around.country,
        admin1=around.admin1,
        lat=around.lat if at_town else None,
        lon=around.lon if at_town else None,
        precision="near" if at_town else "region",
    )
    return PlaceMention(span=Span(place.start, place.end, place.text), place=place, candidates=(), rule="carried")
