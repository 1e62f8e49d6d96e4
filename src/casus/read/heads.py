"""Choose the head of every word of a batch: by arc and relation together, one valid tree a sentence, few crossings.

Knows nothing of words or of the network; what relations weigh is asked of the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from casus.read.crossings import find_crossed, uncross
from casus.read.trees import best_tree, is_tree

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
Sureness = Callable[[Numbers, Numbers, Numbers], Floats]
CLOSE = 3.0  # log-odds behind the best head within which the relation has a say; six gave the same trees


def choose_heads(arcs: Floats, lengths: Sequence[int], sureness: Sureness) -> Numbers:
    """Heads (B, W), 0 for the root.

    Args:
        arcs: (B, W, W) scores of dependent and head; W counts the root at index 0. Not changed.
        lengths: words of each sentence, the root not counted.
        sureness: log-probabilities of the likeliest relation between the words w and their heads h in the sentences i.
    """
    scores = _mask(arcs, lengths)
    _weigh_relations(scores, sureness)
    heads: Numbers = scores.argmax(-1)
    heads[:, 0] = 0
    for i, n in enumerate(lengths):
        if not is_tree(heads[i, : n + 1].tolist()):
            heads[i, : n + 1] = best_tree(scores[i, : n + 1, : n + 1])
    for i in find_crossed(heads, lengths):
        n = lengths[i]
        heads[i, : n + 1] = uncross(scores[i, : n + 1, : n + 1], heads[i, : n + 1].tolist())
    return heads


def _mask(arcs: Floats, lengths: Sequence[int]) -> Floats:
    """Scores without the arcs to padding and to oneself."""
    words = arcs.shape[1]
    padding = np.arange(words)[None, :] > np.asarray(lengths)[:, None]
    scores = np.where(padding[:, None, :], -np.inf, arcs)
    scores[:, np.arange(words), np.arange(words)] = -np.inf
    return scores


def _weigh_relations(scores: Floats, sureness: Sureness) -> None:
    """Where several heads are close, add how sure the relation to each would be: a subject of nothing is none."""
    close = scores > scores.max(-1, keepdims=True) - CLOSE
    close[:, 0] = False
    close &= close.sum(-1, keepdims=True) > 1
    i, w, h = np.nonzero(close)
    if len(i):
        scores[i, w, h] += sureness(i, w, h)
