"""Make a valid tree of arc scores: one root, no cycle. The greedy answer where it is valid, else the best tree there is.

The search is Chu-Liu/Edmonds (Chu and Liu 1965; Edmonds 1967), tried once per likely root word.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
ROOTS_TRIED = 3


def is_tree(heads: Sequence[int]) -> bool:
    """Whether heads (item 0 is the root itself and is not read) form one tree with one word under the root."""
    if sum(h == 0 for h in heads[1:]) != 1:
        return False
    safe = [False] * len(heads)
    safe[0] = True
    for word in range(1, len(heads)):
        path = []
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

    Args:
        scores: (W, W) of dependent and head, W counts the root at index 0.
    """
    count = len(scores)
    if count == 2:
        return [0, 0]
    roots = np.argsort(-scores[1:, 0])[:ROOTS_TRIED] + 1
    trees = [_tree_under(scores, int(root)) for root in roots]
    return max(trees, key=lambda heads: float(scores[np.arange(1, count), heads[1:]].sum()))


def _tree_under(scores: Scores, root: int) -> list[int]:
    """The best tree whose only word under the root is `root`."""
    fixed = scores.astype(np.float64)
    np.fill_diagonal(fixed, -np.inf)
    only = fixed[root, 0]
    fixed[:, 0] = -np.inf
    fixed[root, :] = -np.inf
    fixed[root, 0] = only
    return _edmonds(fixed)


def _edmonds(scores: NDArray[np.float64]) -> list[int]:
    """Chu-Liu/Edmonds on a dense matrix; contracts one cycle at a time."""
    heads = scores.argmax(axis=1)
    heads[0] = 0
    cycle = _find_cycle(heads.tolist())
    if not cycle:
        return [int(h) for h in heads]
    inside = np.zeros(len(scores), dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    smaller, entry, leave = _contract(scores, heads, cycle, outside)
    solved = _edmonds(smaller)
    return _expand(solved, heads, cycle, outside, entry, leave)


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


def _contract(
    scores: NDArray[np.float64], heads: NDArray[np.int64], cycle: list[int], outside: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """The matrix with the cycle as its last node; which cycle word each outside head enters and each outside word leaves."""
    gain = scores[np.ix_(cycle, outside)] - scores[cycle, heads[cycle]][:, None]
    entry = gain.argmax(axis=0)
    away = scores[np.ix_(outside, cycle)]
    leave = away.argmax(axis=1)
    size = len(outside) + 1
    smaller = np.full((size, size), -np.inf)
    smaller[:-1, :-1] = scores[np.ix_(outside, outside)]
    smaller[-1, :-1] = gain.max(axis=0)
    smaller[:-1, -1] = away.max(axis=1)
    return smaller, entry, leave


def _expand(
    solved: list[int],
    heads: NDArray[np.int64],
    cycle: list[int],
    outside: NDArray[np.int64],
    entry: NDArray[np.int64],
    leave: NDArray[np.int64],
) -> list[int]:
    """Put the cycle's words back into the solution of the contracted matrix."""
    full = [int(h) for h in heads]
    last = len(outside)
    for small, word in enumerate(outside):
        head = solved[small]
        full[int(word)] = cycle[int(leave[small])] if head == last else int(outside[head])
    full[cycle[int(entry[solved[last]])]] = int(outside[solved[last]])
    full[0] = 0
    return full
