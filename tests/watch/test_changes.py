"""The newest week against those before."""

from math import comb

import numpy as np
import pytest

from casus.watch.changes import CLEAR, FAR, chance_below, measure_change, measure_scatter


def test_chances_are_those_of_the_negative_binomial() -> None:
    """Three failures before the second success at one half: C(4, 3) / 2^5; mean 2, variance twice that."""
    exact = [sum(comb(k + 1, k) / 2 ** (k + 2) for k in range(count + 1)) for count in range(6)]
    assert [chance_below(count, 2.0, 2.0) for count in range(6)] == pytest.approx(exact)


@pytest.mark.parametrize(("before", "weeks"), [([1, 0, 2, 1], 4), ([0] * 4, 4), ([3] * 52, 52)])
def test_the_prediction_is_that_of_counts_with_an_unknown_rate(before: list[int], weeks: int) -> None:
    """Drawn anew: a rate from the Gamma distribution that the weeks leave, then a count."""
    chance = np.random.default_rng(7)
    rates = chance.gamma(sum(before) + 0.5, 1 / weeks, 400_000)
    drawn = float((chance.poisson(rates) >= 3).mean())
    told = 1 - chance_below(2, (sum(before) + 0.5) / weeks, 1 + 1 / weeks)
    assert told == pytest.approx(drawn, abs=0.003)


@pytest.mark.parametrize(
    ("before", "count", "weeks", "label"),
    [
        ([2] * 52, 2, 52, "as before"),
        ([2] * 52, 9, 52, "far above"),
        ([2] * 52, 9, 4, "above"),
        ([20] * 52, 9, 52, "below"),
        ([20] * 52, 3, 52, "far below"),
        ([0] * 52, 1, 4, "as before"),
        ([0] * 52, 1, 52, "above"),
        ([2] * 51, 9, 52, "too short a history"),
        ([], 9, 4, "too short a history"),
    ],
)
def test_changes_have_a_label(before: list[int], count: int, weeks: int, label: str) -> None:
    """A short baseline needs more to be exceeded, and none is invented where the store does not reach back."""
    assert measure_change(before, count, weeks).label == label


def test_only_the_baseline_is_averaged() -> None:
    """The four weeks before, whatever the year was like."""
    assert measure_change([9] * 48 + [1] * 4, 4, 4).expected == pytest.approx(4.5 / 4, abs=0.01)


def test_bursts_are_forgiven() -> None:
    """Weeks that always scattered may scatter on."""
    bursts = [0, 0, 8, 0] * 13
    assert measure_scatter(bursts) > 5
    assert (measure_change(bursts, 8, 52).label, measure_change([2] * 52, 8, 52).label) == ("as before", "above")


@pytest.mark.parametrize("weeks", [4, 52])
@pytest.mark.parametrize("mean", [0.3, 3.0, 15.0])
def test_a_level_series_is_seldom_called_changed(mean: float, weeks: int) -> None:
    """No oftener than the labels say, for either side."""
    chance = np.random.default_rng(11)
    series = chance.poisson(mean, (1500, 53)).tolist()
    labels = [measure_change(row[:-1], row[-1], weeks).label for row in series]
    assert sum(label in ("above", "below") for label in labels) / 1500 < 2 * CLEAR + 0.015
    assert sum("far" in label for label in labels) / 1500 < 2 * FAR + 0.004
