"""Fit small logistic models on named features and write them as readable JSON. Needs scikit-learn (extra `train`)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

Features = Mapping[str, float]
Row = tuple[str, Features, int]  # model, features, whether it is so
RARE = 3  # a feature seen less often is left out
OTHER_SHARE = 0.3  # weight of a case read without the network beside one read with it
SMALL = 0.005  # weights below this are left out of the file


def fit_binary(
    rows: Sequence[Features], labels: Sequence[int], *, shares: Sequence[float] | None = None, strength: float = 0.3
) -> dict[str, Any]:
    """One logistic model as {bias, weights, n, positives}.

    Args:
        rows: features of each case.
        labels: 0 or 1.
        shares: how much each case counts; None counts all alike.
        strength: inverse of the L2 penalty.
    """
    seen = Counter(name for row in rows for name, value in row.items() if value)
    names = DictVectorizer(sparse=True)
    matrix = names.fit_transform([{k: v for k, v in row.items() if seen[k] >= RARE} for row in rows])
    model = LogisticRegression(C=strength, max_iter=2000).fit(matrix, labels, sample_weight=shares)
    weights = {
        k: round(float(w), 3)
        for k, w in zip(names.get_feature_names_out(), model.coef_[0], strict=True)
        if abs(w) > SMALL
    }
    return {
        "bias": round(float(model.intercept_[0]), 3),
        "n": len(rows),
        "positives": int(np.sum(labels)),
        "weights": dict(sorted(weights.items())),
    }


def fit_all(rows: Sequence[Row], others: Sequence[Row] = ()) -> dict[str, Any]:
    """One logistic model for every name among the rows.

    Args:
        rows: cases as they will come in life.
        others: further cases that count `OTHER_SHARE` each, for what the first are too few to teach.
    """
    cases: dict[str, list[tuple[Features, int, float]]] = {}
    for group, share in ((rows, 1.0), (others, OTHER_SHARE)):
        for name, features, label in group:
            cases.setdefault(name, []).append((features, label, share))
    return {
        name: fit_binary([f for f, _, _ in own], [y for _, y, _ in own], shares=[w for *_, w in own])
        for name, own in sorted(cases.items())
    }


def write_models(path: Path, models: Mapping[str, Any], note: str) -> None:
    """Write models with a note on where they come from."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"note": note, "models": models}, indent=1, sort_keys=True) + "\n", "utf-8")
