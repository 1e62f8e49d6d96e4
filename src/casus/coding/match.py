"""Find which lexicon entries hold at which words of a Doc. Decides nothing: ambiguous words give several matches.

A key's head word is looked up by lemma, its other words must follow it (a noun's precede it) within a few words or hang
below it in the tree; then the entry's constraints are tested.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from casus.coding.lexicon import Entry, Lexicon, Tests
from casus.coding.slots import fill_slot, light_verb

WINDOW = 7  # words between a key's head and its other words
PART_TAGS = {
    "verb": frozenset({"VERB", "AUX"}),
    "noun": frozenset({"NOUN", "PROPN"}),
    "adj": frozenset({"ADJ", "VERB", "ADV", "NOUN", "ADP"}),
}


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that holds: `head` is the word the tree hangs on, `trigger` the word that names the act (token indices)."""

    entry: Entry
    head: int
    trigger: int
    words: tuple[int, ...]


def find_matches(doc: Doc, lexicon: Lexicon) -> dict[int, list[Match]]:
    """Matches by trigger token, the entry with the longest key first."""
    found: dict[int, list[Match]] = {}
    for token in doc:
        for entry in _entries_of(token, lexicon):
            match = match_entry(token, entry, lexicon)
            if match:
                found.setdefault(match.trigger, []).append(match)
    for matches in found.values():
        matches.sort(key=lambda m: (-len(m.words), m.entry.id))
    return found


def _entries_of(token: Token, lexicon: Lexicon) -> Iterator[Entry]:
    """Entries under the word's lemma or, where the tagger may be wrong, its lower-case form."""
    seen = set()
    for key in (token.lemma_.lower(), token.lower_):
        for entry in lexicon.by_head.get(key, ()) if key not in seen else ():
            seen.add(key)
            if token.pos_ in PART_TAGS[entry.part]:
                yield entry


def match_entry(token: Token, entry: Entry, lexicon: Lexicon) -> Match | None:
    """The entry's match with its head at this token, if its words are there and its constraints hold."""
    words = _find_words(token, entry)
    if words is None:
        return None
    if entry.needs and not any(_holds(token, words, t, lexicon) for t in entry.needs):
        return None
    if any(_holds(token, words, t, lexicon) for t in entry.unless):
        return None
    return Match(entry, token.i, words[entry.trigger], words)


def _find_words(token: Token, entry: Entry) -> tuple[int, ...] | None:
    """Token index of every word of the key."""
    if len(entry.words) == 1:
        return (token.i,)
    if entry.part == "noun":
        start = token.i - len(entry.words) + 1
        if start < token.sent.start or any(not _is_word(token.doc[start + k], w) for k, w in enumerate(entry.words)):
            return None
        return tuple(range(start, token.i + 1))
    return _find_after(token, entry)


def _find_after(token: Token, entry: Entry) -> tuple[int, ...] | None:
    found, at = [token.i], token.i
    end = token.sent.end
    for word in entry.words[1:]:
        ahead = next((i for i in range(at + 1, min(at + 1 + WINDOW, end)) if _is_word(token.doc[i], word)), None)
        if ahead is None:
            ahead = next((c.i for c in token.children if c.dep_ == "nsubj:pass" and _is_word(c, word)), None)
        if ahead is None:
            return None
        found.append(ahead)
        at = max(at, ahead)
    return tuple(found)


def _is_word(token: Token, word: str) -> bool:
    return token.lower_ == word or token.lemma_.lower() == word


def _holds(token: Token, words: tuple[int, ...], test: tuple[str, str], lexicon: Lexicon) -> bool:
    """Whether a slot holds a word of a class (or the lemma itself)."""
    slot, value = test
    wanted = lexicon.classes.get(value, frozenset((value,)))
    if slot == "any":
        return any(t.i not in words and _in_class(t, wanted) for t in token.sent)
    if slot == "light":
        verb = light_verb(token)
        return verb is not None and _in_class(verb, wanted)
    return any(_phrase_in_class(t, wanted) for t in fill_slot(token, slot))


def _phrase_in_class(head: Token, wanted: frozenset[str]) -> bool:
    """The head of the phrase, or a noun compounded with it or coordinated to it."""
    return _in_class(head, wanted) or any(c.dep_ in ("compound", "conj", "amod", "flat", "nummod") and _in_class(c, wanted) for c in head.children)


def _in_class(token: Token, wanted: frozenset[str]) -> bool:
    return token.lemma_.lower() in wanted or token.lower_ in wanted


def tests_named(entry: Entry) -> Tests:
    """All constraints of an entry."""
    return entry.needs + entry.unless
