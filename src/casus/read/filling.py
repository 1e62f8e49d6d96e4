"""Write what the network says into a spaCy Doc: tags, lemmas, features, tree, entities, sentences, event reading.

White space, which the network does not see, hangs on the word before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, TAG
from spacy.strings import StringStore
from spacy.symbols import IDS
from spacy.tokens import Doc

from casus.read.event_readings import gather_readings
from casus.read.lemmas import lemma_of
from casus.read.model import Reading
from casus.read.morphology import find_features
from casus.read.sentences import find_starts

ATTRIBUTES = [POS, TAG, DEP, HEAD, LEMMA, MORPH, ENT_IOB, ENT_TYPE]
HEAD_AT, ENT_AT = 3, 6  # of these, columns of the head and of the first of the two for entities
INSIDE, OUTSIDE, BEGIN = 1, 2, 3  # spaCy's ENT_IOB
Sentence = tuple[list[int], list[str]]  # token indices and words, white space left out


def split_sentences(doc: Doc) -> list[Sentence]:
    """The sentences of a Doc of tokens, by what stands in them and no tree."""
    sentences: list[Sentence] = []
    texts = [token.text for token in doc]
    for i, (text, starts) in enumerate(zip(texts, find_starts(doc), strict=True)):
        if text.isspace():
            continue
        if starts or not sentences:
            sentences.append(([], []))
        sentences[-1][0].append(i)
        sentences[-1][1].append(text)
    return sentences


def fill_doc(doc: Doc, read: Sequence[tuple[list[int], list[str], Reading]], labels: dict[str, list[str]]) -> None:
    """Write the readings of a Doc's sentences into it.

    Args:
        doc: of tokens.
        read: token indices, words and reading of each sentence.
        labels: of the network.
    """
    strings = doc.vocab.strings
    rows = np.empty((len(doc), len(ATTRIBUTES)), dtype=np.uint64)
    rows[:] = [IDS["SPACE"], strings.add("_SP"), strings.add("dep"), 0, strings.add(" "), 0, OUTSIDE, 0]
    rows[1:, HEAD_AT] = np.uint64(2**64 - 1)
    order = [i for indices, _, _ in read for i in indices]
    if order:
        rows[order] = _word_rows(strings, read)
    _attach_spaces(rows, order)
    doc.from_array(ATTRIBUTES, rows)  # type: ignore[arg-type]  # thinc's name for an array of integers
    doc._.event_reading = gather_readings(len(doc), [(indices, r) for indices, _, r in read], labels)


def _word_rows(strings: StringStore, read: Sequence[tuple[list[int], list[str], Reading]]) -> NDArray[np.uint64]:
    """A row of ATTRIBUTES a word, sentence after sentence."""
    names: tuple[list[str], ...] = ([], [], [], [], [], [])
    offsets: list[int] = []
    marks: list[int] = []
    for indices, words, reading in read:
        heads = reading.heads
        offsets += [indices[head] - i for head, i in zip(heads, indices, strict=True)]
        found = list(_entity_marks(reading.entities))
        marks += [mark for mark, _ in found]
        relations = [
            "ROOT" if k == head else r for k, (head, r) in enumerate(zip(heads, reading.relations, strict=True))
        ]
        lemmas = map(lemma_of, words, reading.tags, reading.forms)
        features = find_features(words, reading.forms, reading.relations, heads)
        kinds = [kind for _, kind in found]
        for column, more in zip(names, (reading.tags, reading.forms, relations, lemmas, features, kinds), strict=True):
            column.extend(more)
    keys = [_keys(strings, column) for column in names]
    keys.insert(HEAD_AT, np.array(offsets, dtype=np.int64).astype(np.uint64))
    keys.insert(ENT_AT, np.array(marks, dtype=np.uint64))
    return np.stack(keys, axis=1)


def _keys(strings: StringStore, names: list[str]) -> NDArray[np.uint64]:
    """SpaCy's numbers of names; 0 for an empty one."""
    keys = {name: strings.add(name) if name else 0 for name in set(names)}
    return np.array([keys[name] for name in names], dtype=np.uint64)


def _entity_marks(tags: Sequence[str]) -> Iterator[tuple[int, str]]:
    """SpaCy's mark and the type of each BIO tag; an I- that continues nothing begins."""
    last = ""
    for tag in tags:
        prefix, _, kind = tag.partition("-")
        yield (OUTSIDE if not kind else INSIDE if prefix == "I" and kind == last else BEGIN), kind
        last = kind


def _attach_spaces(rows: NDArray[np.uint64], order: Sequence[int]) -> None:
    """Leading white space hangs on the first word after it; white space inside an entity belongs to it."""
    first = order[0] if order else 0
    rows[:first, HEAD_AT] = np.arange(first, 0, -1, dtype=np.uint64)
    words = set(order)
    for i in range(len(rows) - 2, -1, -1) if len(words) < len(rows) else ():
        if i not in words and rows[i + 1, ENT_AT] == INSIDE:
            rows[i, ENT_AT:] = rows[i + 1, ENT_AT:]
