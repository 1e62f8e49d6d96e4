"""Whether stated confidence can be trusted: of the events coded at each confidence, how many are right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casus.evaluate.twins import Match

EDGES = (0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Lowest confidence of each bin; the last one ends with 1."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The events coded at a confidence from `low` on: how many, their mean confidence, how many with the right type."""

    low: float
    count: int
    mean: float
    right: int


def bin_confidence(matches: Iterable[Match]) -> tuple[Bin, ...]:
    """Return the bins that have any event, the least confident first; events without confidence are left out."""
    told = [
        (event.confidence, j in match.good.values())
        for match in matches
        for j, event in enumerate(match.own.events)
        if event.confidence is not None
    ]
    filled = [(low, [pair for pair in told if _place(pair[0]) == nth]) for nth, low in enumerate(EDGES)]
    return tuple(
        Bin(low, len(some), sum(confidence for confidence, _ in some) / len(some), sum(right for _, right in some))
        for low, some in filled
        if some
    )


def _place(confidence: float) -> int:
    return max((nth for nth, low in enumerate(EDGES) if confidence >= low), default=0)


def expected_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error: how far share and confidence are apart on average, 0 to 1.

    Source: Naeini, Cooper and Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", AAAI 2015.

    >>> round(expected_error([Bin(0.8, 10, 0.85, 8), Bin(0.9, 10, 0.95, 9)]), 2)
    0.05
    """
    total = sum(one.count for one in bins)
    return sum(abs(one.right - one.count * one.mean) for one in bins) / total if total else 0.0
