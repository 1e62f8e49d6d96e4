"""Changes of level in weekly counts."""

from itertools import combinations, pairwise
from math import log

import numpy as np
import pytest

from bench.dyads import simulate_hawkes
from casus.watch.ruptures import PENALTY, SHORTEST, find_ruptures, find_shifts
from tests.watch.histories import day

LEVELS = [([2] * 60, [9] * 30), ([12] * 30, [3] * 60), ([1] * 45, [5] * 45)]


@pytest.mark.parametrize(("before", "after"), LEVELS)
@pytest.mark.parametrize("seed", range(5))
def test_a_planted_rupture_is_found(before: list[int], after: list[int], seed: int) -> None:
    """Once, within two weeks of where it is, and the range of weeks holds it."""
    chance = np.random.default_rng(seed)
    (found,) = find_shifts(chance.poisson(before + after).tolist())
    assert abs(found.at - len(before)) <= 2
    assert found.earliest <= len(before) <= found.latest
    assert (found.before < found.after) == (before[0] < after[0])


def test_two_ruptures_are_told_apart() -> None:
    """Up, and down again."""
    series = np.random.default_rng(3).poisson([2] * 40 + [10] * 20 + [2] * 40).tolist()
    assert [shift.at for shift in find_shifts(series)] == [pytest.approx(40, abs=2), pytest.approx(60, abs=2)]


@pytest.mark.parametrize("weeks", [52, 156])
@pytest.mark.parametrize("mean", [0.2, 2.0, 12.0])
def test_a_level_series_has_none(mean: float, weeks: int) -> None:
    """But for one in a hundred at most."""
    chance = np.random.default_rng(5)
    broken = [bool(find_shifts(chance.poisson(mean, weeks).tolist())) for _ in range(200)]
    assert sum(broken) <= 2


def test_bursts_are_seldom_taken_for_a_level() -> None:
    """Acts that set off others come in heaps; no oftener than once in ten are they taken for more."""
    broken = []
    for seed in range(60):
        acts, _ = simulate_hawkes(seed, (0.2, 0.0), ((0.5, 0.0), (0.0, 0.0)), 5.0, 728)
        counts = np.bincount(np.array(acts, dtype=int) // 7, minlength=104)
        broken.append(bool(find_shifts(counts.tolist())))
    assert sum(broken) <= 6


@pytest.mark.parametrize("seed", range(12))
def test_the_division_is_the_best_there_is(seed: int) -> None:
    """As found by trying all."""
    chance = np.random.default_rng(seed)
    counts = chance.poisson([1] * 6 + [9] * 6 + [2] * 5).tolist()
    values = np.array(counts, dtype=float)
    scatter = max(1.0, float(np.mean((values[4:] - values[:-4]) ** 2) / 2 / values.mean()))
    price = PENALTY * log(len(counts)) * scatter

    def cost(ends: tuple[int, ...]) -> float:
        pieces = [values[left:right] for left, right in pairwise((0, *ends, len(counts)))]
        if min(map(len, pieces)) < SHORTEST:
            return float("inf")
        return price * len(ends) - sum(float(p.sum() * np.log(p.mean())) if p.any() else 0.0 for p in pieces)

    every = [ends for number in range(4) for ends in combinations(range(1, len(counts)), number)]
    assert tuple(shift.at for shift in find_shifts(counts)) == min(every, key=cost)


@pytest.mark.parametrize("counts", [[], [3], [0] * 60, [5] * 7])
def test_what_cannot_break_does_not(counts: list[int]) -> None:
    """Too few weeks, or none with an act."""
    assert find_shifts(counts) == ()


def test_ruptures_are_told_by_their_weeks() -> None:
    """With the level before and after."""
    starts = [day(7 * week) for week in range(40)]
    (found,) = find_ruptures(starts, [0, 1] * 10 + [10, 11] * 10)
    assert (found.week, found.before, found.after) == (starts[20], 0.5, 10.5)
    assert found.earliest <= found.week <= found.latest
