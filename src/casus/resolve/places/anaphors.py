"""Definite phrases for a place named elsewhere: "the region", "the capital", "the Iraqi capital", "Polish airspace"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from casus.resolve.gazetteer import Entry, Gazetteer
from casus.resolve.place_words import words, words_by_kind
from casus.resolve.places.names import NATIONS, TOWNS, WATERS, Name
from casus.resolve.places.ranking import Ranked
from casus.resolve.places.roles import acts

_DETERMINERS = words("anaphors", "determiners")
_SOIL = words("adjectival", "country")
_KIND_OF = {word: kind for word, kind in words_by_kind("anaphors").items() if kind != "determiners"}
_TRIGGERS = _SOIL | _KIND_OF.keys()
_FITS = {
    "country": NATIONS,
    "city": TOWNS | NATIONS,
    "admin1": frozenset({"admin1", "district", "county"}),
    "region": frozenset({"region", "disputed", "admin1", "continent", "gulf"}),
    "island": frozenset({"island", "region", "admin1", "peninsula"}) | NATIONS,
    "water": WATERS,
    "point": frozenset({"camp", "base", "airport", "prison", "landmark", "crossing"}),
}
_ONLY = {
    "island": words("nations", "islands"),
    "archipelago": words("nations", "islands"),
    "kingdom": words("nations", "kingdoms"),
    "peninsula": frozenset[str](),
} | dict.fromkeys(words("anaphors", "city"), words("nations", "cities"))
_DAYS = words("days")
_OWNERS = frozenset({"his", "her", "their"})
_FARTHEST = 160
"""Tokens back to the last place that a definite phrase may take up."""


@dataclass(frozen=True, slots=True)
class Back:
    """A phrase that stands for a place named elsewhere; `rule` is "anaphor" or "adjectival"."""

    start: int
    end: int
    entry: Entry
    rule: str
    direction: str = ""


def find_anaphors(doc: Doc, names: Sequence[Name], ranked: Sequence[Ranked], gazetteer: Gazetteer) -> Iterator[Back]:
    """All such phrases of a report that are resolved, in text order."""
    known = [(name, ranking.entries[0]) for name, ranking in zip(names, ranked, strict=True) if ranking.entries]
    triggers = {doc.vocab.strings[word] for word in _TRIGGERS}
    taken = {index for name in names if name.use != "adjective" for index in range(name.start, name.end)}
    for token in doc[1:]:
        if token.lower not in triggers or token.i in taken:
            continue
        back = _adjectival(token, known, gazetteer) or _definite(token, known, gazetteer)
        if back:
            yield back


def _adjectival(token: Token, known: Sequence[tuple[Name, Entry]], gazetteer: Gazetteer) -> Back | None:
    """Phrases like "the Iraqi capital" and "Algerian airspace"."""
    if token.lower_ not in _SOIL and token.lower_ != "capital":
        return None
    name, country = next(
        ((name, entry) for name, entry in known if name.end == token.i and entry.kind in NATIONS), (None, None)
    )
    if name is None or country is None or name.use != "adjective" or _is_named_next(token):
        return None
    if token.lower_ != "capital":
        return Back(name.start, token.i + 1, country, "adjectival", name.direction)
    entry = gazetteer.capital(country.country or "")
    return Back(name.start, token.i + 1, entry, "adjectival") if entry else None


def _definite(token: Token, known: Sequence[tuple[Name, Entry]], gazetteer: Gazetteer) -> Back | None:
    kind = _KIND_OF.get(token.lower_)
    first = token.i - 2 if token.i > 1 and token.nbor(-1).lower_ in {"air", "refugee"} else token.i - 1
    determiner = token.doc[first].lower_
    if kind is None or determiner not in _DETERMINERS | _OWNERS or _is_named_next(token):
        return None
    if determiner in _OWNERS and kind != "country":
        return None
    if kind in {"country", "city"} and token.dep_ and acts(token):
        return None
    if token.lower_ == "capital":
        entry = _capital_before(token, known, gazetteer)
    else:
        only = _ONLY.get(token.lower_)
        fitting = [(name, entry) for name, entry in known if only is None or _is_of(entry, only)]
        entry = _last(token, fitting, _FITS[kind])
    return Back(first, token.i + 1, entry, "anaphor") if entry else None


def _is_of(entry: Entry, nations: frozenset[str]) -> bool:
    """Whether a place may go by a word that fits these countries alone: no country but an island is "the island"."""
    return entry.kind not in NATIONS or entry.country in nations


def _is_named_next(token: Token) -> bool:
    """Whether the phrase goes on to name its place: "the city of Basra", "the region around", "the capital, Sanaa"."""
    if token.i + 1 >= len(token.doc):
        return False
    after = token.nbor(1)
    if token.lower_ == "capital" and after.lower_ == "city":
        return False
    if (
        after.lower_ == "of"
        or (after.text[0].isupper() and after.lower_ not in _DAYS)
        or (after.pos_ in {"NOUN", "PROPN"} and after.lower_ not in _DAYS)
    ):
        return True
    return after.text == "," and after.i + 1 < len(token.doc) and after.nbor(1).ent_type_ in {"GPE", "LOC"}


def _last(token: Token, known: Sequence[tuple[Name, Entry]], fits: frozenset[str]) -> Entry | None:
    """The last place of a fitting kind, of countries the sentence's first; adjectives only where nothing else is."""
    near = [(name, entry) for name, entry in known if token.i - _FARTHEST < name.start < token.i and entry.kind in fits]
    start = token.sent.start
    if fits is NATIONS and (here := [entry for name, entry in near if name.start >= start]):
        return here[0]
    named = [entry for name, entry in near if name.use != "adjective"]
    return named[-1] if named else near[-1][1] if near else None


def _capital_before(token: Token, known: Sequence[tuple[Name, Entry]], gazetteer: Gazetteer) -> Entry | None:
    last = _last(token, known, NATIONS | {"capital"})
    return last if last is None or last.kind == "capital" else gazetteer.capital(last.country or "")
