"""Put sentences together that one pass of the network reads, and write them as its input tensors.

A sentence is padded to a size that follows from itself alone, and only sentences of one size are read together. So
every sum in the network runs over the same numbers in the same order whatever else is read, and a sentence reads the
same alone, in any batch and in any order, to the last bit (`tests/read/test_model.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain

import numpy as np
from numpy.typing import NDArray

from casus.read.wordpieces import WordPieces, shape_of

Coded = Sequence[Sequence[int]]  # the pieces of every word of a sentence
BUDGET = 512  # padded word pieces a batch: fits the cache, see reader.md and bench/reader
PLACES = 512  # of the encoder; two are taken by [CLS] and [SEP]
STEP = 4  # sizes are multiples of this: the larger, the fuller the batches and the more of them is padding
MARK = 6  # shape of [CLS] and [SEP]


def size_of(coded: Coded) -> int:
    """Places that a sentence takes: its pieces and two marks, rounded up."""
    return -(-(sum(map(len, coded)) + 2) // STEP) * STEP


def group_sentences(coded: Sequence[Coded], budget: int = BUDGET) -> Iterator[tuple[int, list[int]]]:
    """Size and indices of the sentences of each batch, short ones first; at most `budget` places together."""
    by_size: dict[int, list[int]] = {}
    for index, words in enumerate(coded):
        by_size.setdefault(size_of(words), []).append(index)
    for size, indices in sorted(by_size.items()):
        count = max(1, budget // size)
        for start in range(0, len(indices), count):
            yield size, indices[start : start + count]


def make_tensors(
    sentences: Sequence[Sequence[str]], coded: Sequence[Coded], pieces: WordPieces, *, length: int
) -> dict[str, NDArray[np.int64]]:
    """The graph's three inputs, padded with 0.

    Args:
        sentences: of words.
        coded: their pieces.
        pieces: the vocabulary.
        length: places of each sentence. Words past the encoder's last place share its last piece.

    Returns:
        `pieces` and `shapes` (batch, places), `first` (batch, places): each word's first piece, the root's is 0.
    """
    places = min(length, PLACES)
    most = places - 2
    ids, shapes = (np.zeros((len(coded), places), dtype=np.int64) for _ in range(2))
    first = np.zeros((len(coded), length), dtype=np.int64)
    for i, (words, own) in enumerate(zip(sentences, coded, strict=True)):
        flat = list(chain.from_iterable(own))[:most]
        ids[i, : len(flat) + 2] = [pieces.classify, *flat, pieces.separate]
        counts = list(map(len, own))
        shape = [s for w, n in zip(words, counts, strict=True) for s in [shape_of(w)] * n][:most]
        shapes[i, : len(shape) + 2] = [MARK, *shape, MARK]
        first[i, 1 : len(own) + 1] = list(accumulate(counts[:-1], initial=1))
    return {"pieces": ids, "shapes": shapes, "first": np.minimum(first, most)}
