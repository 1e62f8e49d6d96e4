"""Make a valid tree of arc scores: one root, no cycle. Knows nothing of words, relations or the network.

The search is Chu-Liu/Edmonds (Chu and Liu 1965; Edmonds 1967), with a penalty on every word under the root.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Contraction:
    """A score matrix whose cycle has become one node, the last; `outside` are the words of the other nodes.

    `entry` is the cycle's word (by position in it) that each outside head enters, `leave` the one that each outside
    word hangs on should its head be the cycle.
    """

    scores: NDArray[np.float64]
    outside: list[int]
    entry: list[int]
    leave: list[int]


def is_tree(heads: Sequence[int]) -> bool:
    """Whether heads (item 0 is the root itself and is not read) form one tree with one word under the root."""
    if sum(h == 0 for h in heads[1:]) != 1:
        return False
    safe = [False] * len(heads)
    safe[0] = True
    for start in range(1, len(heads)):
        path, word = [], start
        while not safe[word]:
            if word in path:
                return False
            path.append(word)
            word = heads[word]
        for seen in path:
            safe[seen] = True
    return True


def best_tree(scores: Scores) -> list[int]:
    """Heads of the highest-scoring tree with a single root word.

    Where the best tree of all has several, every arc from the root is made so much worse that no tree with two of them
    can be the best (Zmigrod et al. 2020 show that such a penalty is enough).

    Args:
        scores: (W, W) of dependent and head, W counts the root at index 0; the words' own arcs to themselves are not
            looked at.
    """
    fixed = scores.astype(np.float64)
    np.fill_diagonal(fixed, 0.0)
    penalty = (float(fixed[1:].max()) - float(fixed[1:].min()) + 1.0) * len(fixed)
    np.fill_diagonal(fixed, -np.inf)
    heads = _edmonds(fixed)
    if heads[1:].count(0) == 1:
        return heads
    fixed[:, 0] -= penalty
    return _edmonds(fixed)


def _edmonds(scores: NDArray[np.float64]) -> list[int]:
    """Chu-Liu/Edmonds on a dense matrix; contracts one cycle at a time."""
    heads: list[int] = scores.argmax(axis=1).tolist()
    heads[0] = 0
    cycle = _find_cycle(heads)
    if not cycle:
        return heads
    contracted = _contract(scores, heads, cycle)
    return _expand(_edmonds(contracted.scores), heads, cycle, contracted)


def _find_cycle(heads: list[int]) -> list[int]:
    """The words of one cycle, empty if there is none."""
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path, word = [], start
        while state[word] == 0:
            state[word] = 1
            path.append(word)
            word = heads[word]
        if state[word] == 1:
            return path[path.index(word) :]
        for seen in path:
            state[seen] = 2
    return []


def _contract(scores: NDArray[np.float64], heads: Sequence[int], cycle: list[int]) -> Contraction:
    """Make the cycle one node: entering it breaks the arc of the word entered, leaving it is free."""
    words = np.array(cycle)
    free = np.ones(len(scores), dtype=bool)
    free[words] = False
    outside = np.flatnonzero(free)
    gain = scores[words[:, None], outside] - scores[words, np.array(heads)[words]][:, None]
    away = scores[outside[:, None], words]
    size = len(outside) + 1
    smaller = np.full((size, size), -np.inf)
    smaller[:-1, :-1] = scores[outside[:, None], outside]
    smaller[-1, :-1] = gain.max(axis=0)
    smaller[:-1, -1] = away.max(axis=1)
    return Contraction(smaller, outside.tolist(), gain.argmax(axis=0).tolist(), away.argmax(axis=1).tolist())


def _expand(solved: Sequence[int], heads: Sequence[int], cycle: Sequence[int], contracted: Contraction) -> list[int]:
    """Put the cycle's words back into the solution of the contracted matrix."""
    full, last = list(heads), len(contracted.outside)
    for small, word in enumerate(contracted.outside):
        head = solved[small]
        full[word] = cycle[contracted.leave[small]] if head == last else contracted.outside[head]
    full[cycle[contracted.entry[solved[last]]]] = contracted.outside[solved[last]]
    full[0] = 0
    return full
