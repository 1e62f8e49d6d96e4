"""The noun phrase behind an amount: where it ends and which word is its head, by the tree, else by the words.

Works on one text, whose lower-case words and sentence bounds it holds. Does not judge what the count is of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from spacy.tokens import Doc

from casus.resolve.quantities.amounts import Amount
from casus.resolve.quantities.words import Lexicon, load_lexicon

LONGEST = 9
LETTERS = "abcdefghijklmnopqrstuvwxyz.$€£¥₹₩₱₽₪₦₺"
GLUED = re.compile(r"[a-z.]{0,4}[$€£¥₹₩₱₽₪₦₺]\d[\d.,]*")  # "AU$240" in one token
NOUNS = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "X", "PRON"})
BREAKS = frozenset(".;!?\n")


@dataclass(slots=True)
class Text:
    """A Doc with what the finders ask again and again."""

    doc: Doc
    words: list[str] = field(init=False)
    parsed: bool = field(init=False)
    tagged: bool = field(init=False)
    lexicon: Lexicon = field(init=False)
    ends: list[int] = field(init=False)
    glued: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self.words = [token.lower_ for token in self.doc]
        self.glued = {index for index, word in enumerate(self.words) if not word[0].isdigit() and GLUED.fullmatch(word)}
        for index in self.glued:
            self.words[index] = self.words[index].lstrip(LETTERS)
        self.parsed = self.doc.has_annotation("DEP")
        self.tagged = self.doc.has_annotation("POS")
        self.lexicon = load_lexicon()
        self.ends = _sentence_ends(self.doc, self.words)

    def end_of(self, index: int) -> int:
        """The index behind the sentence of a word."""
        return self.ends[index]

    def start_of(self, index: int) -> int:
        """The index where the sentence of a word begins."""
        while index and self.ends[index - 1] == self.ends[index]:
            index -= 1
        return index


@dataclass(frozen=True, slots=True)
class Counted:
    """An amount with its noun phrase: words `first` to `last` (excluded), its noun from `noun`, the head's index."""

    amount: Amount
    first: int
    last: int
    noun: int
    head: int

    @property
    def bare(self) -> bool:
        """Whether the number stands alone."""
        return self.noun >= self.last


def _sentence_ends(doc: Doc, words: list[str]) -> list[int]:
    """For every word the index behind its sentence."""
    ends = [0] * len(words)
    if doc.has_annotation("SENT_START"):
        for sentence in doc.sents:
            ends[sentence.start : sentence.end] = [sentence.end] * (sentence.end - sentence.start)
        return ends
    end = len(words)
    for index in range(len(words) - 1, -1, -1):
        if words[index][0] in BREAKS:
            end = index + 1
        ends[index] = end
    return ends


def read_phrase(text: Text, amount: Amount) -> Counted:
    """Find the noun phrase that an amount counts."""
    words, end = text.words, text.end_of(amount.core)
    start = amount.last
    if start < end and words[start] == "of":
        start += 1
    while (
        start < end and start > amount.last and words[start] in {"the", "its", "his", "her", "their", "those", "these"}
    ):
        start += 1
    if start + 1 < end and words[start] == "more" and _belongs(text, start + 1, start + 1):
        start += 1
    last = start
    while last < min(end, start + LONGEST) and _belongs(text, last, start):
        last += 1
    if last == start and not (start > amount.last and last < end and words[last] in {"them", "us", "whom"}):
        return Counted(amount, amount.first, amount.last, amount.last, amount.last - 1)
    last = max(last, start + 1)
    while last - 1 > start and words[last - 1] in {"'s", "’s", "-", "–"}:
        last -= 1
    return Counted(amount, amount.first, last, start, _head(text, start, last))


def _belongs(text: Text, index: int, start: int) -> bool:
    word = text.words[index]
    if word in {"-", "'s", "’s", "'"} and index > start:
        return True
    if not (
        word[0].isalpha() or (word[0].isdigit() and (index > start or "year" in "".join(text.words[index : index + 3])))
    ):
        return False
    if word in text.lexicon.sets["staged"]:
        return False
    roles = {role for _, role in text.lexicon.forms.get(word, ())}
    if roles & {"ed", "ing", "state", "struck", "subject", "base"} and not _is_modifier(text, index):
        return word in text.lexicon.things or ("noun" in roles and not ("state" in roles and index > start))
    if text.tagged and text.doc[index].pos_ in {"VERB", "AUX", "ADP", "SCONJ", "ADV", "CCONJ", "DET"}:
        return text.doc[index].dep_ in {"amod", "compound"}
    if not text.tagged and word.endswith("ed") and len(word) > 4 and index > start and not _is_modifier(text, index):
        return False
    return word not in text.lexicon.sets["stop"]


def _is_modifier(text: Text, index: int) -> bool:
    """Say whether a participle stands before the noun it describes ("12 wounded soldiers")."""
    following = text.words[index + 1] if index + 1 < len(text.words) else "."
    if text.tagged and text.doc[index].dep_ in {"amod", "compound"} and text.doc[index].head.i > index:
        return True
    known = text.lexicon
    return (
        following in known.things
        or following in known.sent
        or following in {"people", "men", "women", "children", "civilians", "members"}
    )


def _head(text: Text, start: int, last: int) -> int:
    """The head noun: the last word before a possessive's owner is left behind."""
    if text.parsed:
        inside = [
            token for token in text.doc[start:last] if not start <= token.head.i < last or token.head.i == token.i
        ]
        if inside:
            return int(inside[0].i)
    return last - 1
