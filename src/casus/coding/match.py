"""Find which lexicon entries hold at which words of a Doc. Decides nothing: ambiguous words give several matches.

A key's head word is looked up by lemma, its other words must follow it (a noun's precede it) within a few words or hang
below it in the tree; then the entry's constraints are tested.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from casus.coding.lexicon import Entry, Lexicon
from casus.coding.slots import content_clause, fill_slot, light_verb
from casus.records import Facts

WINDOW = 7  # words between a key's head and its other words
PART_TAGS = {
    "verb": frozenset({"VERB", "AUX"}),
    "noun": frozenset({"NOUN", "PROPN"}),
    "adj": frozenset({"ADJ", "VERB", "ADV", "NOUN", "ADP"}),
}

SORTS = ("known", "place")  # what a constraint may ask for beside words and classes of words
PARTY_KINDS = {  # word classes that a resolved party may belong to by its sector
    "government": frozenset({"GOV", "LEG"}),
    "official": frozenset({"GOV", "LEG", "JUD"}),
    "troops": frozenset({"MIL"}),
    "police": frozenset({"COP"}),
    "fighter": frozenset({"REB", "UAF", "PRM"}),
    "criminal": frozenset({"CRM"}),
    "crowd": frozenset({"CVL"}),
    "organisation": frozenset({"SOC", "PTY", "BUS"}),
    "person": frozenset({"GOV", "CVL", "MIL", "LEG", "JRN", "REL", "OPP", "SOC", "ELI"}),
    "media": frozenset({"JRN"}),
}


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that holds: the tree hangs on `head`, `trigger` names the act (token indices)."""

    entry: Entry
    head: int
    trigger: int
    words: tuple[int, ...]


def find_matches(doc: Doc, lexicon: Lexicon, facts: Facts | None = None) -> dict[int, list[Match]]:
    """Matches by trigger token, the entry with the longest key first.

    Args:
        doc: with tree.
        lexicon: entries and classes.
        facts: what is known of the parties, for constraints such as `subj:government` on "China".
    """
    tester = Tester(doc, lexicon, facts or Facts())
    found: dict[int, list[Match]] = {}
    for i in range(len(doc)):
        for entry in _entries_at(tester, i, lexicon):
            match = match_entry(i, entry, tester)
            if match:
                found.setdefault(match.trigger, []).append(match)
    for matches in found.values():
        matches.sort(key=lambda m: (-len(m.words), m.entry.id))
    return found


def _entries_at(tester: Tester, i: int, lexicon: Lexicon) -> Iterator[Entry]:
    """Entries under the word's lemma or, where the tagger may be wrong, its lower-case form."""
    lemma, lower = tester.lemmas[i], tester.lower[i]
    for key in (lemma,) if lemma == lower else (lemma, lower):
        if key in lexicon.by_head:
            tag = tester.doc[i].pos_
            yield from (e for e in lexicon.by_head[key] if _fits_tag(tag, lower, e))


def _fits_tag(tag: str, lower: str, entry: Entry) -> bool:
    """The tagger is often wrong on `-ing` nouns and on words of several parts; such keys tell enough themselves."""
    if tag in PART_TAGS[entry.part]:
        return True
    if entry.part == "noun":
        return len(entry.words) > 1 or lower.endswith(("ing", "ings"))
    return entry.part == "verb" and tag not in ("NOUN", "PROPN", "ADJ") and lower.endswith(("ed", "es"))


def match_entry(i: int, entry: Entry, tester: Tester) -> Match | None:
    """The entry's match with its head at token i, if its words are there and its constraints hold."""
    words = _find_words(i, entry, tester)
    if words is None:
        return None
    token = tester.doc[i]
    if entry.needs and not any(tester.holds(token, words, t) for t in entry.needs):
        return None
    if any(tester.holds(token, words, t) for t in entry.unless):
        return None
    return Match(entry, i, words[entry.trigger], words)


def _find_words(i: int, entry: Entry, tester: Tester) -> tuple[int, ...] | None:
    """Token index of every word of the key: those before the head stand right before it, those after it follow."""
    if len(entry.words) == 1:
        return (i,)
    if not tester.spoken[i].issuperset(entry.words):
        return None
    head = entry.head
    start = i - head
    if start < tester.bounds[i][0] or any(not tester.is_word(start + k, w) for k, w in enumerate(entry.words[:head])):
        return None
    after = _find_after(i, entry.words[head + 1 :], tester)
    return None if after is None else (*range(start, i + 1), *after)


def _find_after(i: int, words: Sequence[str], tester: Tester) -> list[int] | None:
    found, at, end = [], i, tester.bounds[i][1]
    for word in words:
        ahead = next((k for k in range(at + 1, min(at + 1 + WINDOW, end)) if tester.is_word(k, word)), None)
        if ahead is None:
            below = tester.doc[i].children
            ahead = next((c.i for c in below if c.dep_ == "nsubj:pass" and tester.is_word(c.i, word)), None)
        if ahead is None:
            return None
        found.append(ahead)
        at = max(at, ahead)
    return found


class Tester:
    """Tests an entry's constraints: whether a slot holds a word of a class, a lemma, or a party of the class's kind.

    Args:
        doc: with tree.
        lexicon: whose classes the constraints name.
        facts: what is known of the parties.

    Attributes:
        lower, lemmas: the tokens' words in lower case, a list each.
        bounds: start and end of the sentence of each token.
        spoken: all words and lemmas of the sentence of each token.
    """

    def __init__(self, doc: Doc, lexicon: Lexicon, facts: Facts) -> None:
        self.doc = doc
        self.lower = [token.lower_ for token in doc]
        self.lemmas = [token.lemma_.lower() for token in doc]
        bounds = [(s.start, s.end) for s in doc.sents]
        spoken = [frozenset(self.lower[a:b]).union(self.lemmas[a:b]) for a, b in bounds]
        self.bounds = [ends for ends in bounds for _ in range(*ends)]
        self.spoken = [words for words, (a, b) in zip(spoken, bounds, strict=True) for _ in range(a, b)]
        self.classes = lexicon.classes
        self.facts = facts
        self.places = [(m.place.start, m.place.end) for m in facts.places]

    def is_word(self, i: int, word: str) -> bool:
        """Whether that word of a key stands at token i, in any form."""
        return self.lower[i] == word or self.lemmas[i] == word

    def holds(self, token: Token, words: tuple[int, ...], test: tuple[str, str]) -> bool:
        """Whether one `slot:class` holds for a match with its head at this token."""
        slot, value = test
        if slot == "any":
            if self.spoken[token.i].isdisjoint(self._wanted(value)) and value not in SORTS:
                return False
            others = (i for i in range(*self.bounds[token.i]) if i not in words)
            return any(self._is_called(i, value) or self._is_sort(self.doc[i], value) for i in others)
        if slot == "light":
            verb = light_verb(token)
            if verb is not None and self._is_kind(verb, value):
                return True
        if slot == "content":
            clause = content_clause(token) or next((c for c in token.children if c.dep_ == "acl"), None)
            if clause is not None and self._is_kind(clause, value):
                return True
        return any(self._phrase_is_kind(t, value) for t in fill_slot(token, slot))

    def _phrase_is_kind(self, head: Token, value: str) -> bool:
        """The head of the phrase, or a noun compounded with it or coordinated to it."""
        if self._is_kind(head, value):
            return True
        return any(
            c.dep_ in ("compound", "conj", "amod", "flat", "nummod", "nmod:desc")
            and self._is_kind(c, value, party=False)
            for c in head.children
        )

    def _is_kind(self, token: Token, value: str, *, party: bool = True) -> bool:
        if self._is_called(token.i, value) or self._is_sort(token, value):
            return True
        return party and value in self.classes and value in PARTY_KINDS and self._is_party(token, PARTY_KINDS[value])

    def _is_sort(self, token: Token, value: str) -> bool:
        """Whether a word is a `known` party or a `place`, unless the lexicon has a class of that name."""
        if value not in SORTS or value in self.classes:
            return False
        return self._is_known(token) if value == "known" else self._is_place(token)

    def _is_called(self, i: int, value: str) -> bool:
        """Whether a word belongs to a class or, where none is called so, is that word itself."""
        wanted = self._wanted(value)
        return self.lemmas[i] in wanted or self.lower[i] in wanted

    def _wanted(self, value: str) -> Collection[str]:
        """The words that a class has, or the word itself."""
        return self.classes.get(value) or (() if value in SORTS else (value,))

    def _is_party(self, token: Token, sectors: frozenset[str]) -> bool:
        mention = self.facts.parties.get(token.i)
        return mention is not None and bool(mention.party.sectors) and mention.party.sectors[0] in sectors

    def _is_known(self, token: Token) -> bool:
        mention = self.facts.parties.get(token.i)
        return mention is not None and bool(mention.party.country or mention.party.id)

    def _is_place(self, token: Token) -> bool:
        return any(start <= token.idx < end for start, end in self.places) or token.ent_type_ in ("GPE", "LOC", "FAC")
