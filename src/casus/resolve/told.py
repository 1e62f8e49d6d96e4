"""Where a report names countries, by its places and parties: in which sentence and paragraph, how often, how early.

Counts and keeps; which country a phrase takes from it is decided in `ground`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc, Token

from casus.records import PartyMention, PlaceMention

SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
SLOTS = {name: name for name in (*SUBJECTS, "obj", "obl", "nmod", "conj")}
SLOTS |= dict.fromkeys(("amod", "compound", "nmod:poss"), "owner")
STATE = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY"})
PARAGRAPH_BREAK = 2  # line breaks
PLACE_VOTE = 2  # a place says more of where the report plays than a nationality


class Naming(NamedTuple):
    """A country named at a token; its head in the tree, and whether it is the subject there."""

    token: int
    country: str
    head: int
    slot: str


def name_slot(token: Token) -> str:
    """Its relation where that tells who acts on whom, `owner` for what stands before a noun, else `other`."""
    return SLOTS.get(token.dep_, "other")


@dataclass(slots=True)
class Seen:
    """Countries of one kind of mention in text order, and their counts by sentence and paragraph."""

    tokens: list[int] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    spans: dict[int, list[Naming]] = field(default_factory=dict)
    sentences: dict[int, Counter[str]] = field(default_factory=dict)
    paragraphs: dict[int, Counter[str]] = field(default_factory=dict)
    whole: Counter[str] = field(default_factory=Counter)

    def add(self, token: Token, country: str, sentence: int, paragraph: int) -> None:
        """Note a country; in text order."""
        self.tokens.append(token.i)
        self.countries.append(country)
        self.spans.setdefault(sentence, []).append(Naming(token.i, country, token.head.i, name_slot(token)))
        self.sentences.setdefault(sentence, Counter())[country] += 1
        self.paragraphs.setdefault(paragraph, Counter())[country] += 1
        self.whole[country] += 1

    def of_sentence(self, sentence: int) -> Sequence[Naming]:
        """The countries named in one sentence."""
        return self.spans.get(sentence, ())


class Before:
    """The country last told for a key (a word, a sector) before a token, else the first told after it."""

    def __init__(self) -> None:
        self._told: dict[str, tuple[list[int], list[str]]] = {}

    def add(self, key: str, token: int, country: str) -> None:
        """Note a country for a key; in text order."""
        tokens, countries = self._told.setdefault(key, ([], []))
        tokens.append(token)
        countries.append(country)

    def get(self, key: str, token: int) -> str | None:
        """The country for the key that is last told before the token, or first after it."""
        if key not in self._told:
            return None
        tokens, countries = self._told[key]
        return countries[max(bisect_left(tokens, token) - 1, 0)]


@dataclass(frozen=True, slots=True)
class Told:
    """All that a report tells of countries.

    `sentence` and `paragraph` give every token's; `votes` weigh the countries of a paragraph and `whole` those of the
    report, early ones more; `spread` is the share of the paragraphs with any country that name this one; `organs`
    counts the mentions of its officials, soldiers, police and courts.
    """

    sentence: Sequence[int]
    paragraph: Sequence[int]
    places: Seen
    parties: Seen
    words: Before
    sectors: Before
    votes: Mapping[int, Counter[str]]
    whole: Counter[str]
    spread: Mapping[str, float]
    organs: Counter[str]


def tell_countries(doc: Doc, found: Mapping[int, PartyMention], places: Sequence[PlaceMention]) -> Told:
    """Note every country that the places and parties of a report name."""
    sentence, paragraph = number_sentences(doc), _paragraphs(doc)
    where = sorted(_place_tokens(doc, places))
    who = [(i, m.party.country) for i, m in sorted(found.items()) if m.party.country]
    votes: dict[int, Counter[str]] = {}
    for mentions, weight in ((where, PLACE_VOTE), (who, 1)):
        for i, country in mentions:  # up to double at the top of the report; whole numbers keep the sums exact
            votes.setdefault(paragraph[i], Counter())[country] += weight * (100 + 100 * (len(doc) - i) // len(doc))
    seen = [_note(doc, mentions, sentence, paragraph) for mentions in (where, who)]
    words, sectors = _note_keys(doc, found, who)
    whole: Counter[str] = sum(votes.values(), Counter())
    spread = {c: sum(c in v for v in votes.values()) / len(votes) for c in whole}
    organs = Counter(c for i, c in who if STATE.intersection(found[i].party.sectors[:1]))
    return Told(sentence, paragraph, seen[0], seen[1], words, sectors, votes, whole, spread, organs)


def _note(doc: Doc, mentions: Iterable[tuple[int, str]], sentence: Sequence[int], paragraph: Sequence[int]) -> Seen:
    seen = Seen()
    for i, country in mentions:
        seen.add(doc[i], country, sentence[i], paragraph[i])
    return seen


def _note_keys(doc: Doc, found: Mapping[int, PartyMention], who: Iterable[tuple[int, str]]) -> tuple[Before, Before]:
    """Which countries the parties of one noun, and those of one sector, have."""
    words, sectors = Before(), Before()
    for i, country in who:
        if doc[i].pos_ == "NOUN":
            words.add(doc[i].lemma_.lower(), i, country)
        if own := found[i].party.sectors:
            sectors.add(own[0], i, country)
    return words, sectors


def _place_tokens(doc: Doc, places: Iterable[PlaceMention]) -> Iterable[tuple[int, str]]:
    begins = doc.to_array("IDX").tolist()
    for mention in places:
        if mention.place.country:
            yield max(bisect_left(begins, mention.place.start + 1) - 1, 0), mention.place.country


def number_sentences(doc: Doc) -> list[int]:
    """The number of the sentence of every token."""
    starts = doc.to_array("SENT_START") == 1
    if len(starts):
        starts[0] = False
    return [int(n) for n in starts.cumsum()]


def _paragraphs(doc: Doc) -> list[int]:
    """The number of the paragraph of every token."""
    numbers = [0] * len(doc)
    breaks = [int(i) for i in doc.to_array("IS_SPACE").nonzero()[0] if doc[int(i)].text.count("\n") >= PARAGRAPH_BREAK]
    for number, (start, end) in enumerate(pairwise([*breaks, len(doc)]), 1):
        numbers[start:end] = [number] * (end - start)
    return numbers
