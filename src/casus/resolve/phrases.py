"""Noun phrases over the tree: their heads, their spans, the parts that tell whose and what they are."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from casus.records import Span
from casus.resolve.party_words import words

ALONE = frozenset({"NUM", "ADJ", "DET"})
ARGUMENTS = frozenset({"nsubj", "obj", "nsubj:pass", "obl", "conj", "nmod"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
CONNECTED = frozenset({"compound", "flat", "amod", "nmod:poss", "nmod", "nmod:desc", "appos", "nmod:unmarked", "det"})
OUTSIDE = frozenset({
    "acl", "acl:relcl", "advcl", "appos", "conj", "cc", "punct", "case", "parataxis", "advcl:relcl", "ccomp", "cop",
    "nsubj", "nsubj:pass", "mark", "discourse", "aux", "advmod", "orphan", "list",
})  # fmt: skip
DASHES = frozenset({"-", "–", "‑"})
GENERIC = words("generic")
PLACING = words("placing")
SIDES = words("sides")
BACKED = words("backed")
BOUNDS = words("bounds")  # `at least four`, `up to 30` belong to the phrase
TAILS = frozenset({"'s", "’s", "'", "’"})
ADVERBS = words("adverbs")


def nominal_heads(doc: Doc) -> Iterator[Token]:
    """Words that may head a party: nouns, names, pronouns, numbers and determiners alone, nationality adjectives."""
    for token in doc:
        part = token.pos_
        if part in NOMINAL or (part in ALONE and _stands_alone(token, part)):
            yield token


def _stands_alone(token: Token, part: str) -> bool:
    """Whether a number, adjective or determiner stands for somebody itself: `some of them`, `the wounded`."""
    if part == "NUM":
        return token.dep_ not in ("nummod", "compound")
    return token.dep_ in ARGUMENTS or (part == "ADJ" and token.text[:1].isupper())


def phrase_parts(head: Token) -> list[Token]:
    """Modifiers that say whose or what the head is, nearest to the head first; of-phrases before other prepositions."""
    if is_bare(head):
        return []
    parts = [c for c in head.children if c.dep_ in CONNECTED]
    inner = [g for c in parts if not is_bare(c) for g in c.children if g.dep_ in CONNECTED and g.dep_ != "appos"]
    if len(parts) > 1:
        parts.sort(key=lambda c: (_rank(c), abs(c.i - head.i)))
    return [p for p in (*parts, *inner) if not is_partisan(p)]


def is_bare(token: Token) -> bool:
    """Whether nothing depends on a word."""
    return not token.n_lefts and not token.n_rights


def preposition_of(token: Token) -> str:
    """The preposition before a phrase, empty where it has none."""
    if not token.n_lefts:
        return ""
    return next((c.lower_ for c in token.children if c.dep_ == "case"), "")


def is_several(head: Token) -> bool:
    """Whether a phrase means several states: `NATO member states`, `neighbouring countries`."""
    return head.tag_ in ("NNS", "NNPS") and head.lemma_.lower() in GENERIC


def is_from_several(head: Token) -> bool:
    """Whether people come from several states: `citizens from 15 countries`."""
    if not head.n_rights:
        return False
    return any(c.dep_ == "nmod" and is_several(c) and preposition_of(c) in ("of", "from") for c in head.children)


def is_partisan(part: Token) -> bool:
    """`pro-Iran`, `anti-government`, `Turkish-backed`: whose side a phrase is on or against, not whose it is."""
    doc, i = part.doc, part.i
    if i >= 2 and doc[i - 1].text in DASHES and doc[i - 2].lower_ in SIDES:
        return True
    if part.lower_.startswith(("pro-", "anti-")):
        return True
    return i + 2 < len(doc) and doc[i + 1].text in DASHES and doc[i + 2].lower_ in BACKED


def _rank(part: Token) -> int:
    if part.dep_ in ("compound", "amod", "flat", "nmod:desc"):
        return 0
    if part.dep_ == "nmod:poss":
        return 1
    if part.dep_ == "nmod":
        return 2 if preposition_of(part) == "of" else 4
    return 3


def phrase_span(head: Token) -> Span:
    """The phrase as written, without relative clauses, appositions and coordination."""
    if is_bare(head):
        return Span(head.idx, head.idx + len(head), head.text)
    indices = {t.i for t in _phrase(head)}
    start = end = head.i
    while start - 1 in indices:
        start -= 1
    while end + 1 in indices:
        end += 1
    while end > start and (head.doc[end].lower_ in TAILS or head.doc[end].pos_ in ("SPACE", "PUNCT")):
        end -= 1
    while (
        start < end and head.doc[start].pos_ in ("SPACE", "PUNCT", "ADP") and head.doc[start + 1].lower_ not in BOUNDS
    ):
        start += 1
    low, high = head.doc[start].idx, head.doc[end].idx + len(head.doc[end])
    return Span(low, high, head.doc[start : end + 1].text)


def _phrase(head: Token) -> Iterator[Token]:
    yield head
    for child in head.children:
        if (
            child.dep_ not in OUTSIDE
            or (child.dep_ == "punct" and child.lower_ in ("-", "–", "/"))
            or (child.lower_ in ADVERBS and child.dep_ != "case")
        ):
            yield from _inner(child)


def _inner(token: Token) -> Iterator[Token]:
    yield token
    if is_bare(token):
        return
    for child in token.children:
        if child.dep_ not in ("acl:relcl", "advcl", "parataxis", "appos"):
            yield from _inner(child)
