"""A read Doc as plain lists, a list an attribute: what small rules ask for is then one look-up. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, LOWER, ORTH, POS, SENT_START, SPACY, TAG
from spacy.strings import StringStore
from spacy.tokens import Doc

STRINGS = (ORTH, LOWER, LEMMA, POS, TAG, DEP, ENT_TYPE)
BEGIN, INSIDE = 3, 1  # spaCy's ENT_IOB
PARAGRAPH_BREAK = 2  # line breaks


@dataclass(frozen=True, slots=True)
class Columns:
    """The words of a Doc; every list has one item a token.

    `relations` are without subtypes except those of `KEPT`; `children` are in text order; `lefts` and `rights` are the
    first and the last token of the subtree; `sentences` and `paragraphs` count from 0; `bounds` are the sentences'
    (start, end) token indices, end exclusive; `entities` maps every token of an entity to its (start, end, label);
    `spaced` tells whether white space follows.
    """

    words: list[str]
    lower: list[str]
    lemmas: list[str]
    tags: list[str]
    forms: list[str]
    relations: list[str]
    heads: list[int]
    children: list[list[int]]
    lefts: list[int]
    rights: list[int]
    sentences: list[int]
    paragraphs: list[int]
    bounds: list[tuple[int, int]]
    entities: dict[int, tuple[int, int, str]]
    spaced: list[bool]

    def climb(self, i: int) -> Iterator[int]:
        """The heads above a token, nearest first."""
        heads = self.heads
        while heads[i] != i:
            i = heads[i]
            yield i

    def kids(self, i: int, *relations: str) -> list[int]:
        """The children of a token by relation, subtypes told or not (`nsubj` finds `nsubj:pass` too)."""
        return [
            k
            for k in self.children[i]
            if self.relations[k].partition(":")[0] in relations or self.relations[k] in relations
        ]


def read_columns(doc: Doc) -> Columns:
    """The lists of a Doc with tags, tree and entities; who asks again for a Doc that has not changed gets the same."""
    names = doc.to_array(list(STRINGS))
    numbers = doc.to_array([HEAD, SENT_START, SPACY, ENT_IOB]).astype(np.int64)
    return _make_columns(doc.vocab.strings, names.tobytes(), numbers.tobytes())


@lru_cache(maxsize=2)  # speech and coreference ask one after the other
def _make_columns(strings: StringStore, names: bytes, numbers: bytes) -> Columns:
    """Lists of a Doc's attributes as `to_array` gives them."""
    table = np.frombuffer(names, dtype=np.uint64).reshape(-1, len(STRINGS))
    texts = {key: strings[key] for key in set(table.ravel().tolist())}
    words, lower, lemmas, tags, forms, relations, kinds = ([texts[k] for k in column] for column in table.T.tolist())
    offsets, starts, spaced, marks = np.frombuffer(numbers, dtype=np.int64).reshape(-1, 4).T.tolist()
    heads = [i + offset for i, offset in enumerate(offsets)]
    children: list[list[int]] = [[] for _ in heads]
    for i, head in enumerate(heads):
        if head != i and tags[i] != "SPACE":
            children[head].append(i)
    begins = [i for i, start in enumerate(starts) if start == 1 or i == 0]
    bounds = list(zip(begins, [*begins[1:], len(words)], strict=False))
    sentences = [n for n, (start, end) in enumerate(bounds) for _ in range(start, end)]
    return Columns(
        words, lower, [lemma.lower() for lemma in lemmas], tags, forms, relations, heads, children,
        *_edges(heads, children), sentences, _paragraphs(words), bounds, _entities(marks, kinds),
        [bool(s) for s in spaced],
    )  # fmt: skip


def _edges(heads: list[int], children: list[list[int]]) -> tuple[list[int], list[int]]:
    """First and last token of every subtree."""
    lefts, rights = list(range(len(heads))), list(range(len(heads)))
    order = [i for i, head in enumerate(heads) if head == i]
    for i in order:
        order.extend(children[i])
    for i in reversed(order):
        head = heads[i]
        lefts[head] = min(lefts[head], lefts[i])
        rights[head] = max(rights[head], rights[i])
    return lefts, rights


def _paragraphs(words: list[str]) -> list[int]:
    number, numbers = 0, []
    for word in words:
        if word[:1].isspace() and word.isspace() and word.count("\n") >= PARAGRAPH_BREAK:
            number += 1
        numbers.append(number)
    return numbers


def _entities(marks: list[int], kinds: list[str]) -> dict[int, tuple[int, int, str]]:
    found: dict[int, tuple[int, int, str]] = {}
    start = 0
    for i, mark in enumerate([*marks, 0]):
        if mark != INSIDE:
            if i and marks[i - 1] in (BEGIN, INSIDE):
                found.update(dict.fromkeys(range(start, i), (start, i, kinds[start])))
            start = i
    return found
