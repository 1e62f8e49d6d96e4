"""How likely two tellings are one happening, and what each sign adds to that. Weights in `data/weights.json`.

The weights are fitted by `train.across`. Text copies are no evidence that a fit could weigh (the portal prints nothing
twice), so the weight of `same origin` is set by hand.
"""

from __future__ import annotations

from dataclasses import dataclass

from casus.link.across.features import MEANINGS, compare_tellings
from casus.link.across.tellings import Telling
from casus.logistic import Logistic, load_models

PACKAGE = "casus.link.across.model"
SHOWN = 6  # signs that an explanation gives


@dataclass(frozen=True, slots=True)
class Reason:
    """One sign of a decision: its name, what it means and what it adds to the log-odds."""

    name: str
    meaning: str
    weight: float


def load_pair_model() -> Logistic:
    """The shipped model.

    Raises:
        ModelError: the file is missing or broken.
    """
    return load_models(PACKAGE)["across"]


def score_pair(a: Telling, b: Telling) -> float:
    """The chance that two tellings are one happening, 0 to 1; tellings of one report are told apart by that report."""
    return 0.0 if a.report == b.report else load_pair_model().probability(compare_tellings(a, b))


def explain_pair(a: Telling, b: Telling) -> tuple[Reason, ...]:
    """What each sign adds to the log-odds that two tellings are one happening, the weightiest first."""
    weights = load_pair_model().weights
    signs = {name: value * weights.get(name, 0.0) for name, value in compare_tellings(a, b).items()}
    ranked = sorted(signs.items(), key=lambda item: (-abs(item[1]), item[0]))
    return tuple(Reason(name, MEANINGS[name], round(weight, 3)) for name, weight in ranked if weight)
