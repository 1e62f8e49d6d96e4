"""How many acts of one side set off acts of the other: a bivariate Hawkes process with exponential memory.

The rate at which side i acts is mu_i, its own pace, plus alpha_ij times what is left of each act of side j; that decays
as beta · exp(-beta · days), so alpha_ij is the number of acts of i that one act of j directly sets off (Hawkes 1971,
Biometrika 58; maximum likelihood: Ozaki 1979, Annals of the Institute of Statistical Mathematics 31).

News knows days, not hours. So the likelihood is that of daily counts given the days before: Poisson with the mean that
the process has over a day, acts that follow on the very day included (binned Hawkes processes: Rizoiu et al. 2022,
Journal of Machine Learning Research 23; Cheysson and Lang 2022, Annals of Statistics 50). Given beta it is concave and
solved by projected Newton steps (Bertsekas 1982, SIAM Journal on Control 20); beta is searched. Standard errors are of
the observed information in its sandwich form (White 1982, Econometrica 50), as days scatter more than Poisson's.

Knows days and counts only. One decay serves both sides; a side cannot calm the other (alpha_ij >= 0). A change of the
own pace would be taken for long memory: it may be told of, and half-lives end at `LONGEST` days.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from casus.records import Record

Array = np.ndarray[Any, np.dtype[Any]]
FEWEST = 25
"""Acts of either side, below which nothing is fitted."""
SHORTEST, LONGEST = 0.5, 30.0
"""Half-lives, in days, between which the memory is searched."""
GRID = 15
CLOSE = 0.01
"""How near, in the logarithm of beta, the search for it ends."""
STEPS, SMALL = 60, 1e-9
STEP = 1e-4
"""Of numerical derivatives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HawkesFit(Record):
    """What was fitted; index 0 is the first side, 1 the second.

    Attributes:
        pace: Acts a day of each side's own accord, mu, on average.
        effect: `effect[i][j]`: acts of side i that one act of side j directly sets off, alpha.
        effect_error: Their standard errors; None where the effect is at its bound of 0.
        half_life: Days in which the memory of an act halves, ln 2 / beta.
        acts: Acts of each side.
        days: Length of the window.
    """

    pace: tuple[float, ...]
    effect: tuple[tuple[float, ...], ...]
    effect_error: tuple[tuple[float | None, ...], ...]
    half_life: float
    acts: tuple[int, ...]
    days: int


class _Fit(NamedTuple):
    """A maximum for one beta: log-likelihood and, a side each, its paces and then its weights of both memories."""

    likelihood: float
    weights: tuple[Array, ...]


class _Past(NamedTuple):
    """What is fitted: counts, shape `(2, days)`, and for each side which stretch of its own pace a day is in.

    The stretches of a side have the shape `(stretches, days)`, 1 where the day is in the stretch, else 0.
    """

    counts: Array
    stretches: tuple[Array, Array]


def fit_hawkes(
    first: Sequence[int], second: Sequence[int], days: int, *, breaks: tuple[Sequence[int], Sequence[int]] = ((), ())
) -> HawkesFit | None:
    """Return the bivariate Hawkes process that best explains two sides' acts, None where there are too few.

    Args:
        first: Days of the acts of the first side, 0 to `days` - 1, in any order, one number an act.
        second: Those of the second side.
        days: Length of the window.
        breaks: Days from which on the own pace of the first and of the second side is another; without them, a level
            that changes would be taken for memory.
    """
    if min(len(first), len(second)) < FEWEST:
        return None
    past = _Past(
        np.stack([np.bincount(np.asarray(side, dtype=int), minlength=days)[:days] for side in (first, second)]) * 1.0,
        (_stretch(breaks[0], days), _stretch(breaks[1], days)),
    )
    log_beta = _search(lambda value: _fit_weights(past, value).likelihood)
    weights = _fit_weights(past, log_beta).weights
    memory = np.stack([own[-2:] for own in weights])
    effect = np.maximum(_to_effect(memory, log_beta), 0.0)
    errors = _measure_errors(past, weights, log_beta)
    pace = [float((own[:-2] @ days_of).mean()) for own, days_of in zip(weights, past.stretches, strict=True)]
    same_day = np.eye(2) - _shares(np.exp(log_beta))[0] * effect
    return HawkesFit(
        pace=_rounded(same_day @ pace),
        effect=tuple(map(_rounded, effect)),
        effect_error=tuple(tuple(None if np.isnan(one) else round(float(one), 4) for one in row) for row in errors),
        half_life=round(float(np.log(2) / np.exp(log_beta)), 2),
        acts=(len(first), len(second)),
        days=days,
    )


def _stretch(breaks: Sequence[int], days: int) -> Array:
    """Return which stretch each day is in, shape `(stretches, days)`."""
    nth = np.searchsorted(np.asarray(sorted(breaks)), np.arange(days), side="right")
    return np.stack([np.where(nth == stretch, 1.0, 0.0) for stretch in range(len(breaks) + 1)])


def _rounded(values: Array) -> tuple[float, ...]:
    return tuple(round(float(value), 4) for value in values)


def _search(likelihood: Callable[[float], float]) -> float:
    """Return the logarithm of beta with the highest likelihood: over a grid, then by golden section around its best."""
    grid = np.linspace(np.log(np.log(2) / LONGEST), np.log(np.log(2) / SHORTEST), GRID)
    best = int(np.argmax([likelihood(value) for value in grid]))
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, GRID - 1)]
    golden = (np.sqrt(5) - 1) / 2
    left, right = high - golden * (high - low), low + golden * (high - low)
    at_left, at_right = likelihood(left), likelihood(right)
    while high - low > CLOSE:
        if at_left > at_right:
            high, right, at_right = right, left, at_left
            left = high - golden * (high - low)
            at_left = likelihood(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + golden * (high - low)
            at_right = likelihood(right)
    return float((low + high) / 2)


def _shares(beta: float) -> tuple[float, float]:
    """Return what of an act's effect falls on its own day, and the height of its effect on later days.

    With the act anywhere in its day, its effect on the k-th day after it is height · exp(-beta · k).
    """
    return 1 - (1 - np.exp(-beta)) / beta, (np.exp(beta) + np.exp(-beta) - 2) / beta


def _remember(counts: Array, log_beta: float) -> Array:
    """Return what is left, each day, of the acts of the days before.

    Args:
        counts: Shape `(2, days)`.
        log_beta: Logarithm of the decay a day.

    Returns:
        Shape `(2, days)`.
    """
    beta = float(np.exp(log_beta))
    height, keep = float(_shares(beta)[1]), float(np.exp(-beta))
    left = np.empty_like(counts)
    for side, row in enumerate(counts.tolist()):
        state, states = 0.0, []
        for count in row:
            states.append(state)
            state = keep * (state + height * count)
        left[side] = states
    return left


def _fit_weights(past: _Past, log_beta: float) -> _Fit:
    """Return the best own paces and weights of memory for one beta."""
    memory = _remember(past.counts, log_beta)
    fits = []
    for row, stretches in zip(past.counts, past.stretches, strict=True):
        design = np.vstack([stretches, memory])
        fits.append(_climb(design[:, row > 0], row[row > 0], design.sum(axis=1)))
    return _Fit(sum(likelihood for likelihood, _ in fits), tuple(weights for _, weights in fits))


def _climb(design: Array, counts: Array, total: Array) -> tuple[float, Array]:
    """Return the maximum over weights >= 0 of sum(counts · log(weights @ design)) - weights @ total, and the weights.

    Args:
        design: Shape `(stretches + 2, days with acts)`: stretches of the own pace and the memory of each side.
        counts: Shape `(days with acts,)`.
        total: Shape `(stretches + 2,)`: the sums of the design over all days.
    """
    days = np.full(len(total) - 2, total[:-2].sum())
    weights = counts.sum() / np.append(
        2 * days, 4 * np.maximum(total[-2:], SMALL)
    )  # half of the acts own, half set off
    likelihood = _likelihood(weights, design, counts, total)
    for _ in range(STEPS):
        step = _newton_step(weights, design, counts / (weights @ design), total)
        size = 1.0
        while (ahead := _likelihood(new := np.maximum(weights + size * step, 0.0), design, counts, total)) < likelihood:
            size /= 2
            if size < SMALL:
                return likelihood, weights
        gain, weights, likelihood = ahead - likelihood, new, ahead
        if gain < SMALL:
            break
    return likelihood, weights


def _likelihood(weights: Array, design: Array, counts: Array, total: Array) -> float:
    rates = weights @ design
    return float(counts @ np.log(rates) - weights @ total) if rates.min() > 0 else -np.inf


def _newton_step(weights: Array, design: Array, ratio: Array, total: Array) -> Array:
    """Return the Newton step of those weights that are free to move: not at 0 and pulled below it."""
    gradient = design @ ratio - total
    free = (weights > SMALL) | (gradient > 0)
    curve = (design * (ratio / (weights @ design))) @ design.T
    step = np.zeros(len(total))
    step[free] = np.linalg.lstsq(curve[np.ix_(free, free)], gradient[free], rcond=None)[0]
    return step


def _to_effect(weights: Array, log_beta: float) -> Array:
    """Return alpha of the weights of memory: W = (1 - c alpha)^-1 alpha, with c the share that falls on its own day."""
    same_day = _shares(np.exp(log_beta))[0]
    effect: Array = weights @ np.linalg.inv(np.eye(2) + same_day * weights)
    return effect


def _measure_errors(past: _Past, weights: tuple[Array, ...], log_beta: float) -> Array:
    """Return the standard errors of alpha, shape `(2, 2)`, NaN where a weight of memory is 0."""
    scores, curve = _score_days(past, weights, log_beta)
    free = np.append(np.concatenate(weights) > SMALL, True)
    inverse = np.linalg.pinv(curve[np.ix_(free, free)])
    spread = inverse @ (scores[free] @ scores[free].T) @ inverse
    way = _slope_of_effect(weights, log_beta)[:, free]
    errors = np.sqrt(np.maximum(np.diag(way @ spread @ way.T), 0.0)).reshape(2, 2)
    found: Array = np.where(np.stack([own[-2:] for own in weights]) > SMALL, errors, np.nan)
    return found


def _score_days(past: _Past, weights: tuple[Array, ...], log_beta: float) -> tuple[Array, Array]:
    """Return each day's slopes of the log-likelihood, shape `(n, days)`, and minus the curvature of its sum, `(n, n)`.

    The n are paces and two weights of memory of the first side, those of the second, and log beta.
    """
    now, less, more = (_remember(past.counts, log_beta + step) for step in (0.0, -STEP, STEP))
    turn, bend = (more - less) / (2 * STEP), (more - 2 * now + less) / STEP**2
    number = sum(map(len, weights)) + 1
    scores, curve = np.zeros((number, past.counts.shape[1])), np.zeros((number, number))
    begin = 0
    for row, stretches, own in zip(past.counts, past.stretches, weights, strict=True):
        design = np.vstack([stretches, now])
        rates = np.maximum(own @ design, SMALL)
        slopes, here = np.zeros_like(scores), slice(begin, begin + len(own))
        slopes[here], slopes[-1] = design, own[-2:] @ turn
        off = row / rates - 1
        scores += off * slopes
        curve += (slopes * (row / rates**2)) @ slopes.T
        mixed = np.append(np.zeros(len(own) - 2), turn @ off)
        curve[here, -1] -= mixed
        curve[-1, here] -= mixed
        curve[-1, -1] -= off @ (own[-2:] @ bend)
        begin += len(own)
    return scores, curve


def _slope_of_effect(weights: tuple[Array, ...], log_beta: float) -> Array:
    """Return how alpha, row by row, changes with all that is fitted, shape `(4, n)`, by central differences."""
    flat = np.append(np.concatenate(weights), log_beta)
    split = len(weights[0])

    def effect(values: Array) -> Array:
        memory = np.stack([values[split - 2 : split], values[-3:-1]])
        return _to_effect(memory, float(values[-1])).ravel()

    steps = STEP * np.eye(len(flat))
    return np.stack([(effect(flat + step) - effect(flat - step)) / (2 * STEP) for step in steps], axis=1)
