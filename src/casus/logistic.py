"""Small logistic models with named features: who decides, and how much each sign weighs, in a file one can read.

Fitted by `train.decide` and `train.links` on annotated reports; the rooms ship them as `data/weights.json`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from casus.errors import ModelError

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Logistic:
    """P = 1 / (1 + exp(-(bias + Σ weight·feature))); a feature without a weight counts nothing."""

    bias: float
    weights: Mapping[str, float]

    def score(self, features: Features) -> float:
        """Log-odds."""
        known, total = self.weights.get, 0.0
        for name, value in features.items():
            if value:
                total += known(name, 0.0) * value
        return self.bias + total

    def probability(self, features: Features) -> float:
        """0 to 1."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.score(features)))))


@cache
def load_models(package: str) -> Mapping[str, Logistic]:
    """The models that a room ships, by name.

    Args:
        package: the room's import name (`casus.coding`).

    Raises:
        ModelError: the file is missing or broken.
    """
    try:
        table = json.loads(files(package).joinpath("data/weights.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{package}/data/weights.json: {error}") from error
    return {name: Logistic(row["bias"], row["weights"]) for name, row in table["models"].items()}


def logit(probability: float) -> float:
    """Log-odds of a probability, kept within ±7."""
    p = min(max(float(probability), 0.001), 0.999)
    return math.log(p / (1 - p))
