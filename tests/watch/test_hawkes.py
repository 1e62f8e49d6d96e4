"""Acts that set off acts: the fit against processes whose truth is known."""

import numpy as np
import pytest

from bench.dyads import simulate_hawkes
from casus.watch.hawkes import FEWEST, HawkesFit, fit_hawkes

TRUTHS = [
    pytest.param((0.1, 0.05), ((0.3, 0.2), (0.5, 0.1)), 3.0, 1460, id="both ways"),
    pytest.param((0.15, 0.05), ((0.2, 0.0), (0.6, 0.2)), 1.0, 1460, id="one way, within a day"),
    pytest.param((0.1, 0.1), ((0.4, 0.3), (0.3, 0.3)), 7.0, 1460, id="slow"),
]


def fitted(seed: int, pace: object, effect: object, half_life: float, days: int) -> HawkesFit:
    """Return the fit of a simulated history."""
    first, second = simulate_hawkes(seed, pace, effect, half_life, days)  # type: ignore[arg-type]
    found = fit_hawkes(first, second, days)
    assert found is not None
    return found


@pytest.mark.parametrize(("pace", "effect", "half_life", "days"), TRUTHS)
def test_a_known_process_is_recovered(pace: object, effect: object, half_life: float, days: int) -> None:
    """On average over twenty histories: every effect within 0.08, the pace within a quarter, the memory within half."""
    fits = [fitted(seed, pace, effect, half_life, days) for seed in range(20)]
    assert np.mean([fit.effect for fit in fits], axis=0) == pytest.approx(np.array(effect), abs=0.08)
    assert np.mean([fit.pace for fit in fits], axis=0) == pytest.approx(np.array(pace), rel=0.25)
    assert float(np.median([fit.half_life for fit in fits])) == pytest.approx(half_life, rel=0.5)


@pytest.mark.parametrize(("pace", "effect", "half_life", "days"), TRUTHS)
def test_the_errors_are_honest(pace: object, effect: object, half_life: float, days: int) -> None:
    """Two standard errors hold the truth about nineteen times in twenty."""
    fits = [fitted(seed, pace, effect, half_life, days) for seed in range(40)]
    found = np.array([fit.effect for fit in fits])
    errors = np.array([[[np.nan if one is None else one for one in row] for row in fit.effect_error] for fit in fits])
    known = ~np.isnan(errors)
    held = np.abs(found - np.array(effect))[known] <= 2 * errors[known]
    assert 0.88 <= held.mean() <= 1.0
    assert known.mean() > 0.7


def test_sides_that_do_not_mind_each_other_have_no_effect() -> None:
    """Few are taken for one: no more than one in ten lies two errors above nothing."""
    fits = [fitted(seed, (0.15, 0.1), ((0.3, 0.0), (0.0, 0.3)), 3.0, 1460) for seed in range(30)]
    crossed = [(fit.effect[0][1], fit.effect_error[0][1]) for fit in fits]
    crossed += [(fit.effect[1][0], fit.effect_error[1][0]) for fit in fits]
    taken = [error is not None and value > 2 * error for value, error in crossed]
    assert sum(taken) <= 6
    assert np.mean([value for value, _ in crossed]) < 0.08


def test_sides_can_be_exchanged() -> None:
    """Nothing hangs on which is first."""
    first, second = simulate_hawkes(4, (0.1, 0.05), ((0.3, 0.2), (0.5, 0.1)), 3.0, 730)
    one, other = fit_hawkes(first, second, 730), fit_hawkes(second, first, 730)
    assert one is not None
    assert other is not None
    assert np.array(other.effect)[::-1, ::-1] == pytest.approx(np.array(one.effect), abs=0.01)


@pytest.mark.parametrize(("one", "other"), [(FEWEST - 1, 90), (90, FEWEST - 1), (0, 0)])
def test_too_few_acts_are_not_fitted(one: int, other: int) -> None:
    """On either side."""
    assert fit_hawkes(list(range(one)), list(range(other)), 100) is None


def test_enough_acts_are() -> None:
    """From the stated number on; acts at regular times set off nothing."""
    found = fit_hawkes(list(range(0, 4 * FEWEST, 4)), list(range(2, 4 * FEWEST, 4)), 4 * FEWEST)
    assert found is not None
    assert found.acts == (FEWEST, FEWEST)
    assert found.pace[0] > 0


def test_acts_of_one_day_alone_do_not_break_it() -> None:
    """All at once, then silence."""
    found = fit_hawkes([3] * 30, [3] * 30, 60)
    assert found is not None
    assert np.isfinite(found.effect).all()
