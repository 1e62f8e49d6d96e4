"""Average-link clustering of a few hundred things by how likely two are one. Knows nothing of events.

The two groups that are likeliest one on average over all their pairs are joined first (Sokal and Michener 1958), until
no two are likely enough. Pairs that are not told count as 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from heapq import heapify, heappop, heappush

Pair = tuple[int, int]
NEVER = -math.inf
"""Keeps two things apart, and with them the groups they are in: no mean with it is over any threshold."""


def group_pairs(count: int, likely: Mapping[Pair, float], threshold: float) -> list[int]:
    """The group of each of `count` things, groups numbered from 1 in the order of their first members.

    Args:
        count: How many things, numbered from 0.
        likely: Probability that two are one, by pairs with the smaller number first; NEVER for two that must not be.
        threshold: Least mean probability at which two groups are joined, over 0.

    >>> group_pairs(4, {(0, 1): 0.9, (1, 2): 0.2, (2, 3): 0.6}, 0.5)
    [1, 1, 2, 2]
    """
    groups = _Groups(count, likely)
    heap = [(-chance, a, b) for (a, b), chance in likely.items() if chance >= threshold]
    heapify(heap)
    while heap:
        chance, a, b = heappop(heap)
        if groups.mean(a, b) != -chance:
            continue  # one of them has been joined to others since
        groups.join(a, b)
        for mean, pair in groups.means_of(a):
            if mean >= threshold:
                heappush(heap, (-mean, *pair))
    return groups.number()


class _Groups:
    """Groups by their first member, with the sums of the probabilities between them."""

    def __init__(self, count: int, likely: Mapping[Pair, float]) -> None:
        self.members = {i: [i] for i in range(count)}
        self.sums: dict[int, dict[int, float]] = {i: {} for i in range(count)}
        for (a, b), chance in likely.items():
            self.sums[a][b] = self.sums[b][a] = chance

    def mean(self, a: int, b: int) -> float | None:
        """Mean over all pairs of two groups, None where one of them is no more."""
        if a not in self.members or b not in self.members:
            return None
        return self.sums[a].get(b, 0.0) / (len(self.members[a]) * len(self.members[b]))

    def join(self, a: int, b: int) -> None:
        """Let group b go into group a, the earlier one."""
        self.members[a] = sorted(self.members[a] + self.members.pop(b))
        for other, total in self.sums.pop(b).items():
            del self.sums[other][b]
            if other != a:
                self.sums[a][other] = self.sums[other][a] = self.sums[a].get(other, 0.0) + total

    def means_of(self, a: int) -> Iterator[tuple[float, Pair]]:
        """What joins a group to each other one."""
        for other in self.sums[a]:
            mean = self.mean(a, other)
            if mean is not None:
                yield mean, (min(a, other), max(a, other))

    def number(self) -> list[int]:
        """The number of each thing's group."""
        numbers = {i: n for n, members in enumerate(self.members.values(), 1) for i in members}
        return [numbers[i] for i in sorted(numbers)]
