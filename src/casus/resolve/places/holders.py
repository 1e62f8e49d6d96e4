"""Which place name is held by which: "Kirkuk, Iraq", "the Syrian province of Idlib", "Iraq's Anbar province"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from casus.resolve.place_names import KIND_WORDS
from casus.resolve.place_words import words
from casus.resolve.places.names import Name, contains

_BETWEEN = (
    frozenset({",", "(", "in", "of", "the", "-", "–"}) | words("directions", "plain") | words("directions", "town")
)
_MOST_BETWEEN = 5
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


def find_holders(doc: Doc, names: Sequence[Name]) -> dict[int, int]:
    """For the index of a held name, the index of its holder; only where a sense of one lies in a sense of the other."""
    holders: dict[int, int] = {}
    for index in range(len(names) - 1):
        left, right = names[index], names[index + 1]
        if right.start - left.end > _MOST_BETWEEN or left.sent_differs(doc, right):
            continue
        between = [token.lower_ for token in doc[left.end : right.start]]
        if leads_out(between) and right.use != "adjective" and _fits(right, left):
            holders[index] = index + 1
        elif _leads_in(between, left) and _fits(left, right):
            holders[index + 1] = index
    return holders


def leads_out(between: Sequence[str]) -> bool:
    """Words that tell that the next place holds this one: ", ", "in", "in the northern", "of"."""
    return all(word in _BETWEEN or KIND_WORDS.get(word) in {"admin1", "district"} for word in between)


def _leads_in(between: Sequence[str], left: Name) -> bool:
    """Words that tell that this place holds the next one: "Syria 's", "the Syrian city of"."""
    if between and between[0] in _POSSESSIVE:
        return len(between) <= 4
    return left.use == "adjective" and all(
        word in KIND_WORDS or word in _BETWEEN or word == "capital" for word in between
    )


def _fits(outer: Name, inner: Name) -> bool:
    if not inner.entries:
        return bool(outer.entries)
    return any(contains(holder, held) for holder in outer.entries for held in inner.entries)
