"""Find which lexicon entries hold at which words of a Doc. Decides nothing: ambiguous words give several matches.

A key's head word is looked up by lemma, its other words must follow it (a noun's precede it) within a few words or hang
below it in the tree; then the entry's constraints are tested.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    tester = Tester(lexicon, facts or Facts())
    found: dict[int, list[Match]] = {}
    for token in doc:
        for entry in _entries_of(token, lexicon):
            match = match_entry(token, entry, tester)
            if match:
                found.setdefault(match.trigger, []).append(match)
    for matches in found.values():
        matches.sort(key=lambda m: (-len(m.words), m.entry.id))
    return found


def _entries_of(token: Token, lexicon: Lexicon) -> Iterator[Entry]:
    """Entries under the word's lemma or, where the tagger may be wrong, its lower-case form."""
    for key in dict.fromkeys((token.lemma_.lower(), token.lower_)):
        yield from (e for e in lexicon.by_head.get(key, ()) if _fits_tag(token, e))


def _fits_tag(token: Token, entry: Entry) -> bool:
    """The tagger is often wrong on `-ing` nouns and on words of several parts; such keys tell enough themselves."""
    if token.pos_ in PART_TAGS[entry.part]:
        return True
    if entry.part == "noun":
        return len(entry.words) > 1 or token.lower_.endswith(("ing", "ings"))
    return entry.part == "verb" and token.pos_ not in ("NOUN", "PROPN", "ADJ") and token.lower_.endswith(("ed", "es"))


def match_entry(token: Token, entry: Entry, tester: Tester) -> Match | None:
    """The entry's match with its head at this token, if its words are there and its constraints hold."""
    words = _find_words(token, entry)
    if words is None:
        return None
    if entry.needs and not any(tester.holds(token, words, t) for t in entry.needs):
        return None
    if any(tester.holds(token, words, t) for t in entry.unless):
        return None
    return Match(entry, token.i, words[entry.trigger], words)


def _find_words(token: Token, entry: Entry) -> tuple[int, ...] | None:
    """Token index of every word of the key: those before the head stand right before it, those after it follow."""
    head = entry.head
    start = token.i - head
    if start < token.sent.start or any(not _is_word(token.doc[start + k], w) for k, w in enumerate(entry.words[:head])):
        return None
    after = _find_after(token, entry.words[head + 1 :])
    return None if after is None else (*range(start, token.i + 1), *after)


def _find_after(token: Token, words: Sequence[str]) -> list[int] | None:
    found, at, end = [], token.i, token.sent.end
    for word in words:
        ahead = next((i for i in range(at + 1, min(at + 1 + WINDOW, end)) if _is_word(token.doc[i], word)), None)
        if ahead is None:
            ahead = next((c.i for c in token.children if c.dep_ == "nsubj:pass" and _is_word(c, word)), None)
        if ahead is None:
            return None
        found.append(ahead)
        at = max(at, ahead)
    return found


def _is_word(token: Token, word: str) -> bool:
    return token.lower_ == word or token.lemma_.lower() == word


class Tester:
    """Tests an entry's constraints: whether a slot holds a word of a class, a lemma, or a party of the class's kind."""

    def __init__(self, lexicon: Lexicon, facts: Facts) -> None:
        self.classes = lexicon.classes
        self.facts = facts
        self.places = [(m.place.start, m.place.end) for m in facts.places]

    def holds(self, token: Token, words: tuple[int, ...], test: tuple[str, str]) -> bool:
        """Whether one `slot:class` holds for a match with its head at this token."""
        slot, value = test
        if slot == "any":
            return any(t.i not in words and self._is_kind(t, value, party=False) for t in token.sent)
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
        wanted = self.classes.get(value)
        if wanted is None:
            known = {"known": self._is_known, "place": self._is_place}.get(value)
            return known(token) if known else value in (token.lemma_.lower(), token.lower_)
        if token.lemma_.lower() in wanted or token.lower_ in wanted:
            return True
        return party and value in PARTY_KINDS and self._is_party(token, PARTY_KINDS[value])

    def _is_party(self, token: Token, sectors: frozenset[str]) -> bool:
        mention = self.facts.parties.get(token.i)
        return mention is not None and bool(mention.party.sectors) and mention.party.sectors[0] in sectors

    def _is_known(self, token: Token) -> bool:
        mention = self.facts.parties.get(token.i)
        return mention is not None and bool(mention.party.country or mention.party.id)

    def _is_place(self, token: Token) -> bool:
        return any(start <= token.idx < end for start, end in self.places) or token.ent_type_ in ("GPE", "LOC", "FAC")
