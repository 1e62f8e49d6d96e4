"""Whether the newest week has more or fewer acts than the weeks before it would let one expect.

The count of one week is held against the negative-binomial distribution that the weeks before predict: with a Gamma
(Jeffreys) prior, `n` acts in `w` weeks predict a mean of (n + 1/2) / w and a variance of φ · mean · (1 + 1/w), where φ
>= 1 says how much more the weeks of the longest baseline scatter than chance alone would have it (Bolstad and Curran,
Introduction to Bayesian Statistics, 3rd ed., ch. 10; φ as in Farrington et al. 1996, Journal of the Royal Statistical
Society A 159). So a baseline of four weeks needs more to be exceeded than one of a year. Knows no acts, only counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma, log
from typing import Literal

from casus.records import Record

ChangeLabel = Literal["far above", "above", "as before", "below", "far below", "too short a history"]
CLEAR, FAR = 0.025, 0.001
"""Chances, one-sided, below which a count is above or below, and far above or far below, what was to be expected."""
ENOUGH_WEEKS = 8
"""Weeks from which on scatter is measured; over fewer it would be a guess."""
MOST = 10_000
"""Acts a week beyond which chances are no longer summed up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Record):
    """The newest week against a baseline: its count, what was expected, and the chance to see so much or so little.

    `chance` is that of the tail on whose side the count lies, 0 to 1; it and `expected`, acts a week, are None where
    the store does not reach back far enough.
    """

    weeks: int
    count: int
    expected: float | None = None
    chance: float | None = None
    label: ChangeLabel = "too short a history"


def measure_change(before: Sequence[int], count: int, weeks: int) -> Change:
    """Return how the count of a week compares with the weeks before it.

    Args:
        before: Counts of the weeks before, oldest first, as far back as is known, a year at most.
        count: Acts of the week.
        weeks: Length of the baseline: the last so many of `before`.

    >>> measure_change([2] * 52, 9, 4).label, measure_change([2] * 52, 9, 52).label
    ('above', 'far above')
    >>> measure_change([2] * 3, 9, 4).label
    'too short a history'
    """
    if len(before) < weeks:
        return Change(weeks=weeks, count=count)
    mean = (sum(before[-weeks:]) + 0.5) / weeks
    spread = measure_scatter(before) * (1 + 1 / weeks)
    lower = chance_below(count, mean, spread)
    upper = max(0.0, 1 - chance_below(count - 1, mean, spread))
    above = upper <= lower
    return Change(
        weeks=weeks,
        count=count,
        expected=round(mean, 2),
        chance=round(min(upper, lower), 6),
        label=_label(upper if above else lower, above=above),
    )


def _label(chance: float, *, above: bool) -> ChangeLabel:
    if chance < FAR:
        return "far above" if above else "far below"
    if chance < CLEAR:
        return "above" if above else "below"
    return "as before"


def measure_scatter(counts: Sequence[int]) -> float:
    """Return variance over mean of counts, at least 1: 1 is chance alone."""
    mean = sum(counts) / len(counts) if counts else 0.0
    if len(counts) < ENOUGH_WEEKS or not mean:
        return 1.0
    return max(1.0, sum((count - mean) ** 2 for count in counts) / (len(counts) - 1) / mean)


def chance_below(count: int, mean: float, spread: float) -> float:
    """Return the chance of at most `count` under a negative binomial of this mean and variance `spread` · mean.

    Args:
        count: 0 or more; -1 gives 0.
        mean: Above 0.
        spread: Above 1.
    """
    if count > MOST:
        return 1.0
    size = mean / (spread - 1)
    stay, go = log(1 / spread), log(1 - 1 / spread)
    logs = (lgamma(size + n) - lgamma(size) - lgamma(n + 1) + size * stay + n * go for n in range(count + 1))
    return min(1.0, sum(map(exp, logs)))
