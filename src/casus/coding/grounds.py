"""Where the facts of a report stand: times and places by sentence, tokens that name a place. Built once a report."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from casus.records import Facts, PlaceMention, TimeMention


@dataclass(frozen=True, slots=True)
class Grounds:
    """Indices over one report.

    `sentence` gives every token's first token of its sentence; `times` and `places` are keyed by that; `named` are the
    tokens of place names, `datelines` those of datelines.
    """

    sentence: Sequence[int]
    times: Mapping[int, Sequence[TimeMention]]
    places: Mapping[int, Sequence[PlaceMention]]
    named: frozenset[int]
    datelines: frozenset[int]


def index_facts(doc: Doc, facts: Facts) -> Grounds:
    """Put the facts of a report where they stand; metonyms are no places."""
    sentence = [s.start for s in doc.sents for _ in s]
    begins = [t.idx for t in doc]
    times: dict[int, list[TimeMention]] = {}
    places: dict[int, list[PlaceMention]] = {}
    named: set[int] = set()
    datelines: set[int] = set()
    for time in facts.times:
        times.setdefault(sentence[_token_at(begins, time.span.start)], []).append(time)
    for place in facts.places:
        tokens = range(_token_at(begins, place.place.start), _token_at(begins, place.place.end - 1) + 1)
        named.update(tokens)
        if place.rule == "dateline":
            datelines.update(tokens)
        if place.rule != "metonym":
            places.setdefault(sentence[tokens.start], []).append(place)
    return Grounds(sentence, times, places, frozenset(named), frozenset(datelines))


def _token_at(begins: Sequence[int], character: int) -> int:
    """The token that a character belongs to."""
    return max(bisect_right(begins, character) - 1, 0)
