"""Tells whether the verb that governs an expression looks ahead: by the tree, else by the words around it.

Two answers only, past and future: news tells what happened unless it says otherwise.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from importlib import resources

from spacy.tokens import Doc, Token

from casus.resolve.times.frames import Tense

REACH = 110
CLAUSE = re.compile(r"[.;:!?\n]\s|\n")
DEPTH = 6


@cache
def load_cues() -> tuple[re.Pattern[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Read `tense.toml` once: one pattern of cues, and the auxiliaries, expecting and scheduling lemmas."""
    table = tomllib.loads(resources.files("casus.resolve.data").joinpath("tense.toml").read_text("utf-8"))
    future, past = ("|".join(table[name]["patterns"]) for name in ("future", "past"))
    pattern = re.compile(rf"(?P<future>{future})|(?P<past>\b(?:{past})\b)", re.IGNORECASE)
    return pattern, frozenset(table["will"]), frozenset(table["expect"]), frozenset(table["schedule"])


def guess_tense(text: str, start: int, end: int) -> Tense:
    """The tense by the nearest cue in the clause, those before the expression first."""
    cues = load_cues()[0]
    before = CLAUSE.split(text[max(0, start - REACH) : start])[-1]
    last = None
    for last in cues.finditer(before):  # noqa: B007
        pass
    if last is None:
        last = cues.search(CLAUSE.split(text[end : end + REACH])[0])
    return "future" if last is not None and last.lastgroup == "future" else "past"


def read_tense(doc: Doc) -> Callable[[int, int], Tense]:
    """A function that tells the tense around two character offsets of the text."""
    if not doc.has_annotation("DEP"):
        return lambda start, end: guess_tense(doc.text, start, end)

    def tense(start: int, end: int) -> Tense:
        span = doc.char_span(start, end, alignment_mode="expand")
        verb = None if span is None else _find_verb(span.root)
        return guess_tense(doc.text, start, end) if verb is None else _tense_of(verb)

    return tense


def _find_verb(token: Token) -> Token | None:
    """The nearest verb above a token."""
    for _ in range(DEPTH):
        if token.pos_ in {"VERB", "AUX"} or any(child.dep_ == "cop" for child in token.children):
            return token
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _tense_of(verb: Token) -> Tense:
    _, will, expect, schedule = load_cues()
    if any(child.lower_ in will and child.dep_.startswith("aux") for child in verb.children):
        return "future"
    lemma = verb.lemma_.lower() or verb.lower_
    if lemma in schedule:
        return "future"
    infinitive = any(child.lower_ == "to" and child.dep_ in {"mark", "aux"} for child in verb.children)
    if infinitive and verb.head.i != verb.i:
        head = verb.head.lemma_.lower() or verb.head.lower_
        return "future" if head in expect or head in schedule else _tense_of_coordinate(verb.head)
    return _tense_of_coordinate(verb) if verb.dep_ == "conj" else "past"


def _tense_of_coordinate(verb: Token) -> Tense:
    """The tense a coordinated or subordinate verb shares with its head: by the head's auxiliary."""
    will = load_cues()[1]
    for _ in range(DEPTH):
        if any(child.lower_ in will and child.dep_.startswith("aux") for child in verb.children):
            return "future"
        if verb.dep_ not in {"conj", "xcomp"} or verb.head.i == verb.i:
            break
        verb = verb.head
    return "past"
