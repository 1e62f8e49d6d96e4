"""Take crossing arcs out of trees. English arcs seldom cross, and those that a parser crosses are mostly wrong.

Where two arcs cross, the one that loses least by another head gets it, if that costs little: a local search instead of
the exact one (Eisner 1996), which gained no more on GUM's dev part and takes twenty times as long.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
COST = 2.0  # log-odds that an uncrossed arc may lose; best LAS on GUM's dev part of 1 to 5
CHOICES = 5  # heads tried for a word
ROUNDS = 8  # arcs moved in one sentence at most


def find_crossed(heads: NDArray[np.int64], lengths: Sequence[int]) -> list[int]:
    """Numbers of the sentences of a batch (B, W) with crossing arcs; W counts the root at index 0."""
    words = np.arange(heads.shape[1])
    low, high = np.minimum(heads, words), np.maximum(heads, words)
    low[:, 0] = high[:, 0] = 0
    over = words[None, :] > np.asarray(lengths)[:, None]
    low[over] = high[over] = 0
    inside = (low[:, :, None] < low[:, None, :]) & (low[:, None, :] < high[:, :, None])
    crossed = (inside & (high[:, :, None] < high[:, None, :])).any((1, 2))
    return [int(n) for n in np.flatnonzero(crossed)]


def uncross(scores: Scores, heads: list[int]) -> list[int]:
    """A tree with fewer crossings, or the same one.

    Args:
        scores: (W, W) of dependent and head, as for `trees.best_tree`.
        heads: a valid tree; item 0 is the root itself.
    """
    heads = list(heads)
    for _ in range(ROUNDS):
        moves = [m for word in sorted(crossed_words(heads)) if (m := _find_move(scores, heads, word))]
        if not moves:
            return heads
        _, word, head = min(moves)
        heads[word] = head
    return heads


def crossed_words(heads: Sequence[int]) -> set[int]:
    """Words whose arc crosses another's."""
    arcs = sorted((min(h, w), max(h, w), w) for w, h in enumerate(heads) if w)
    found: set[int] = set()
    for k, (low, high, word) in enumerate(arcs):
        for other_low, other_high, other in arcs[k + 1 :]:
            if other_low >= high:
                break
            if low < other_low and high < other_high:
                found |= {word, other}
    return found


def _find_move(scores: Scores, heads: Sequence[int], word: int) -> tuple[float, int, int] | None:
    """What a word loses by its best head that crosses nothing and makes no cycle, with the word and that head."""
    if heads[word] == 0:
        return None  # the tree keeps its root
    row = scores[word]
    for head in np.argsort(-row)[:CHOICES].tolist():
        loss = float(row[heads[word]] - row[head])
        if loss > COST:
            return None
        if head not in (0, word, heads[word]) and not _is_above(heads, word, head) and _is_clear(heads, word, head):
            return loss, word, head
    return None


def _is_above(heads: Sequence[int], word: int, start: int) -> bool:
    """Whether a word stands over another one, or is it."""
    while start not in (0, word):
        start = heads[start]
    return start == word


def _is_clear(heads: Sequence[int], word: int, head: int) -> bool:
    """Whether an arc between two words crosses no other word's arc."""
    low, high = min(word, head), max(word, head)
    for other, over in enumerate(heads):
        if other in (0, word):
            continue
        start, end = min(other, over), max(other, over)
        if start < low < end < high or low < start < high < end:
            return False
    return True
