"""Fit a logistic model whose weights may not have the wrong sign: a shared name never counts against a match.

Keeps a small model readable where signs overlap: without bounds, a fit sets the weights of two near-equal signs against
each other, and what it says of one of them alone is nonsense. Needs scipy (comes with scikit-learn, extra `train`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import minimize

from train.fitting import RARE, SMALL

Bounds = tuple[float | None, float | None]
STRENGTH = 0.3  # inverse of the L2 penalty


def fit_signed(
    rows: Sequence[Mapping[str, float]],
    labels: Sequence[int],
    shares: Sequence[float],
    bound: Callable[[str], Bounds],
) -> dict[str, Any]:
    """One logistic model as {bias, weights, n, positives}.

    Args:
        rows: features of each case.
        labels: 0 or 1.
        shares: how much each case counts.
        bound: lowest and highest weight of a feature, None for no bound.
    """
    seen = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in seen.items() if count >= RARE)
    matrix = np.array([[1.0, *(row.get(name, 0.0) for name in names)] for row in rows])
    signs, weight = np.where(np.array(labels) > 0, 1.0, -1.0), np.array(shares)

    def lose(x: np.ndarray) -> tuple[float, np.ndarray]:
        margin = signs * (matrix @ x)
        slope = -signs * weight / (1 + np.exp(np.clip(margin, -30, 30)))
        penalty = np.concatenate([[0.0], x[1:]]) / STRENGTH
        return float((weight * np.logaddexp(0, -margin)).sum() + penalty @ x / 2), matrix.T @ slope + penalty

    bounds = [(None, None), *(bound(name) for name in names)]
    best = minimize(lose, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    weights = {name: round(float(w), 3) for name, w in zip(names, best[1:], strict=True) if abs(w) > SMALL}
    return {"bias": round(float(best[0]), 3), "n": len(rows), "positives": int(np.sum(labels)), "weights": weights}
