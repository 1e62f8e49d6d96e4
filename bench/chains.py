"""Score chains of mentions as the CoNLL 2012 shared task did: MUC, B-cubed, CEAF-e and their average.

Mentions are any hashable values; gold and system mentions are the same if equal. Counts of several documents add up
before they become F1. Does not read corpora (`bench.coreference` does).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from collections.abc import Set as AbstractSet

Chain = AbstractSet[Hashable]
Chains = Sequence[Chain]
Counts = tuple[float, float, float, float]  # recall's numerator and denominator, precision's numerator and denominator


def count_muc(gold: Chains, found: Chains) -> Counts:
    """Links kept (Vilain et al. 1995)."""
    return (*_count_links(gold, found), *_count_links(found, gold))


def _count_links(key: Chains, other: Chains) -> tuple[float, float]:
    place = {mention: n for n, chain in enumerate(other) for mention in chain}
    kept = 0
    for chain in key:
        parts = {place[m] for m in chain if m in place}
        kept += len(chain) - len(parts) - sum(m not in place for m in chain)
    return kept, sum(len(chain) - 1 for chain in key)


def count_b_cubed(gold: Chains, found: Chains) -> Counts:
    """How much of every mention's chain is right (Bagga and Baldwin 1998)."""
    return (*_count_shares(gold, found), *_count_shares(found, gold))


def _count_shares(key: Chains, other: Chains) -> tuple[float, float]:
    right = sum(len(chain & more) ** 2 / len(chain) for chain in key for more in other)
    return right, sum(len(chain) for chain in key)


def count_ceaf(gold: Chains, found: Chains) -> Counts:
    """Best one-to-one match of chains by φ4 (Luo 2005)."""
    likeness = [[2 * len(a & b) / (len(a) + len(b)) for b in found] for a in gold]
    best = best_assignment(likeness)
    return best, len(gold), best, len(found)


def best_assignment(values: Sequence[Sequence[float]]) -> float:
    """The largest sum of values, one at most a row and a column (Hungarian method with potentials)."""
    size = max(len(values), len(values[0]) if values else 0)
    cost = [
        [-values[i][j] if i < len(values) and j < len(values[i]) else 0.0 for j in range(size)] for i in range(size)
    ]
    rows, columns, owner = [0.0] * (size + 1), [0.0] * (size + 1), [0] * (size + 1)
    for i in range(1, size + 1):
        _place_row(i, cost, (rows, columns, owner))
    return -sum(cost[owner[j] - 1][j - 1] for j in range(1, size + 1))


def _place_row(i: int, cost: list[list[float]], state: tuple[list[float], list[float], list[int]]) -> None:
    """Give row i a column by the cheapest augmenting path; both count from 1, `owner[0]` is the row in hand."""
    rows, columns, owner = state
    size = len(cost)
    least, way, used = [float("inf")] * (size + 1), [0] * (size + 1), [False] * (size + 1)
    owner[0], j = i, 0
    while owner[j]:
        used[j] = True
        row = owner[j]
        for k in range(1, size + 1):
            step = cost[row - 1][k - 1] - rows[row] - columns[k]
            if not used[k] and step < least[k]:
                least[k], way[k] = step, j
        delta, nearest = min((least[k], k) for k in range(1, size + 1) if not used[k])
        for k in range(size + 1):
            if used[k]:
                rows[owner[k]] += delta
                columns[k] -= delta
            else:
                least[k] -= delta
        j = nearest
    while j:
        owner[j], j = owner[way[j]], way[j]


MEASURES: dict[str, Callable[[Chains, Chains], Counts]] = {
    "MUC": count_muc,
    "B³": count_b_cubed,
    "CEAF-e": count_ceaf,
}


def score_chains(documents: Iterable[tuple[Chains, Chains]]) -> dict[str, float]:
    """Per cent: F1 of each measure, their mean as `CoNLL`, and the mean recall and precision.

    Args:
        documents: gold and found chains of each document; chains of one mention are left out on both sides.
    """
    pairs = [tuple([c for c in side if len(c) > 1] for side in pair) for pair in documents]
    totals = {
        name: [sum(column) for column in zip(*(count(*p) for p in pairs), strict=True)]
        for name, count in MEASURES.items()
    }
    shares = {name: (t[0] / max(t[1], 1), t[2] / max(t[3], 1)) for name, t in totals.items()}
    figures = {name: 2 * r * p / (r + p) if r + p else 0.0 for name, (r, p) in shares.items()}
    recall, precision = (sum(side) / len(MEASURES) for side in zip(*shares.values(), strict=True))
    figures |= {"CoNLL": sum(figures.values()) / len(MEASURES), "recall": recall, "precision": precision}
    return {name: round(100 * value, 1) for name, value in figures.items()}
