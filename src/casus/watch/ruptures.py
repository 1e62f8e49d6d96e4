"""Weeks in which a series of weekly counts changed its level, and how sure that week is.

The best division of the series into stretches of one level each is found exactly, by optimal partitioning (Jackson et
al. 2005, IEEE Signal Processing Letters 12; PELT without its pruning, which a few hundred weeks do not need), under the
likelihood of Poisson counts. Counts that scatter more than Poisson's, as acts that come in bursts do, are given as much
less weight. Levels only; no trends and no seasons.

The library `ruptures` divides series too; it has no cost for counts and would bring scipy, so it is not used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import Any, NamedTuple

import numpy as np

from casus.records import Record

Array = np.ndarray[Any, np.dtype[Any]]

SHORTEST = 4
"""Weeks that a level lasts at least."""
PENALTY = 2.5
"""What one more rupture must gain in log-likelihood, as a multiple of log(weeks); see `tests/watch/test_ruptures.py`
for how often a level series is then taken for a broken one."""
LAG = 4
"""Weeks between the counts whose differences measure scatter: a burst of acts is over by then, a level is not."""
SURE = 0.9


class Shift(NamedTuple):
    """A change of level: index of its first week, the range that holds it with 90 %, acts a week before and after."""

    at: int
    earliest: int
    latest: int
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rupture(Record):
    """A change of level: its first week, the first and last it may be with 90 %, and acts a week before and after.

    Weeks are named by their first day.
    """

    week: str
    earliest: str
    latest: str
    before: float
    after: float


def find_ruptures(starts: Sequence[str], counts: Sequence[int]) -> tuple[Rupture, ...]:
    """Return where weekly counts change their level, oldest first.

    Args:
        starts: First day of each week, oldest first.
        counts: Acts of each week, as many.

    >>> weeks = [f"2031-{month:02}-01" for month in range(1, 13)] + [f"2032-{month:02}-01" for month in range(1, 13)]
    >>> [(found.week, found.before, found.after) for found in find_ruptures(weeks, [1] * 12 + [9] * 12)]
    [('2032-01-01', 1.0, 9.0)]
    """
    return tuple(
        Rupture(
            week=starts[shift.at],
            earliest=starts[shift.earliest],
            latest=starts[shift.latest],
            before=round(shift.before, 2),
            after=round(shift.after, 2),
        )
        for shift in find_shifts(counts)
    )


def find_shifts(counts: Sequence[int]) -> tuple[Shift, ...]:
    """Return where counts change their level, as indices."""
    if len(counts) < 2 * SHORTEST or not any(counts):
        return ()
    sums = np.concatenate([[0.0], np.cumsum(np.asarray(counts, dtype=float))])
    scatter = _measure_scatter(counts)
    ends = [0, *_divide(sums, PENALTY * log(len(counts)) * scatter), len(counts)]
    spots = zip(pairwise(ends), ends[2:], strict=False)
    return tuple(_describe(sums, scatter, (left, at, right)) for (left, at), right in spots)


def _measure_scatter(counts: Sequence[int]) -> float:
    """Return variance over mean, at least 1, from differences, which a change of level hardly touches."""
    values = np.asarray(counts, dtype=float)
    gaps = values[LAG:] - values[:-LAG]
    return max(1.0, float(np.mean(gaps**2) / 2 / np.mean(values)))


def _divide(sums: Array, penalty: float) -> tuple[int, ...]:
    """Return the first weeks of all stretches but the first, of the cheapest division.

    Args:
        sums: Shape `(weeks + 1,)`: acts before each week.
        penalty: Cost of a stretch more.
    """
    weeks = len(sums) - 1
    best = np.full(weeks + 1, np.inf)
    best[0] = -penalty
    last = np.zeros(weeks + 1, dtype=int)
    for end in range(SHORTEST, weeks + 1):
        first = np.arange(end - SHORTEST + 1)
        costs = best[first] + _cost(sums, first, end) + penalty
        last[end] = int(np.argmin(costs))
        best[end] = costs[last[end]]
    return tuple(_walk_back(last))


def _cost(sums: Array, first: Array, end: int) -> Array:
    """Return minus the log-likelihood of stretches from `first` up to `end`, without what no division changes."""
    acts = sums[end] - sums[first]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(acts > 0, -acts * np.log(acts / (end - first)), 0.0)


def _walk_back(last: Array) -> Iterator[int]:
    found, end = [], len(last) - 1
    while end:
        end = int(last[end])
        found.append(end)
    return reversed(found[:-1])


def _describe(sums: Array, scatter: float, ends: tuple[int, int, int]) -> Shift:
    """Return a change between its neighbours; where it lies is weighed by the likelihood of each week."""
    left, at, right = ends
    weeks = range(left + 1, right)
    costs = np.array([_cost_of(sums, left, week) + _cost_of(sums, week, right) for week in weeks])
    chances = np.exp((costs.min() - costs) / scatter)
    reached = np.cumsum(chances / chances.sum())
    tail = (1 - SURE) / 2
    first, last = (weeks[min(int(np.searchsorted(reached, part)), len(weeks) - 1)] for part in (tail, 1 - tail))
    before, after = (sums[at] - sums[left]) / (at - left), (sums[right] - sums[at]) / (right - at)
    return Shift(at, min(first, at), max(last, at), float(before), float(after))


def _cost_of(sums: Array, first: int, end: int) -> float:
    return float(_cost(sums, np.array([first]), end)[0])
