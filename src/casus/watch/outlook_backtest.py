"""Chances learnt from counts, and what they would have been worth: a backtest by Brier score against the base rate.

A chance is the share of earlier occasions with that outcome, drawn toward the base rate as if so many more occasions
had followed it; how many, the counts say themselves (a Dirichlet prior about the base rate, its weight the likeliest of
`WEIGHTS`: Good 1965, The Estimation of Probabilities). Each occasion is forecast from those whose outcome was known by
its day, never from later ones; the Brier score (Brier 1950, Monthly Weather Review 78) is the sum over outcomes of
(chance - happened)², 0 to 2, less is better; skill is 1 - score / score of the base rate (Murphy 1973, Journal of
Applied Meteorology 12). Knows no acts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import lgamma
from typing import Any, Literal

import numpy as np

from casus.records import Record

Array = np.ndarray[Any, np.dtype[Any]]
WEIGHTS = (5, 10, 20, 50, 100, 300, 1000, 10_000)
"""Occasions that the base rate may count as; with the last, a pattern tells nothing of its own."""
ENOUGH = 10
"""Occasions apart from each other, below which no chance is told."""
TESTS = 20
"""Occasions that must be forecast before a score is told."""
FIRMLY = 2.0
"""Standard errors beyond which a gain over the base rate is taken for one."""

Verdict = Literal["better than the base rate", "not surely better than the base rate", "worse than the base rate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score(Record):
    """What forecasts were worth: Brier scores of them and of the base rate, over so many occasions.

    `error` is the standard error of the difference, with occasions of the same days taken together.
    """

    tested: int
    brier: float
    base: float
    skill: float
    error: float
    verdict: Verdict


def draw_to_base(counts: Array, base: Array) -> Array:
    """Return chances of outcomes from their counts and base rates, shapes `(outcomes,)`."""
    some = [(float(count), float(share)) for count, share in zip(counts, base, strict=True) if count and share]
    number = float(counts.sum())
    weight = max(WEIGHTS, key=lambda weight: _evidence(some, number, weight))
    chances: Array = (counts + weight * base) / (number + weight)
    return chances


def _evidence(some: Sequence[tuple[float, float]], number: float, weight: float) -> float:
    """Return the log-likelihood of counts if chances scatter about base rates with this weight.

    Args:
        some: Count and base rate of each outcome that occurred.
        number: Sum of the counts.
        weight: Of the Dirichlet prior.
    """
    each = sum(lgamma(count + weight * share) - lgamma(weight * share) for count, share in some)
    return each + lgamma(weight) - lgamma(number + weight)


def backtest(outcomes: Sequence[int], occasions: Sequence[int], days: int, kinds: int) -> Score | None:
    """Return what the forecasts of occasions would have been worth, None where there are too few.

    Args:
        outcomes: Outcome after each day of the history, 0 to `kinds` - 1.
        occasions: Days, as indices into `outcomes`, in order.
        days: Days after which an outcome is known.
        kinds: Number of outcomes.
    """
    happened = np.eye(kinds)[np.asarray(outcomes, dtype=int)]
    before = np.vstack([np.zeros(kinds), np.cumsum(happened, axis=0)])
    places = np.asarray(occasions, dtype=int)
    tested, ours, theirs = [], [], []
    for day in places:
        known = places[places + days <= day]
        if len(known) >= ENOUGH:
            base = before[day - days + 1] / (day - days + 1)
            tested.append(day)
            ours.append(_miss(draw_to_base(happened[known].sum(axis=0), base), happened[day]))
            theirs.append(_miss(base, happened[day]))
    return _score(np.array(tested), np.array(ours), np.array(theirs), days) if len(tested) >= TESTS else None


def _miss(chances: Array, happened: Array) -> float:
    return float(((chances - happened) ** 2).sum())


def _score(tested: Array, ours: Array, theirs: Array, days: int) -> Score:
    gains = theirs - ours
    blocks = np.bincount(tested // days, weights=gains - gains.mean())
    error = float(np.sqrt((blocks**2).sum()) / len(gains))
    return Score(
        tested=len(gains),
        brier=round(float(ours.mean()), 4),
        base=round(float(theirs.mean()), 4),
        skill=round(float(1 - ours.mean() / theirs.mean()), 4) if theirs.any() else 0.0,
        error=round(error, 4),
        verdict=_judge(float(gains.mean()), error),
    )


def _judge(gain: float, error: float) -> Verdict:
    if gain > FIRMLY * error and gain > 0:
        return "better than the base rate"
    return "worse than the base rate" if gain < -FIRMLY * error else "not surely better than the base rate"
