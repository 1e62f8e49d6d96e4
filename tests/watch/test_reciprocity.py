"""How acts are answered."""

from datetime import timedelta

import numpy as np
import pytest

from bench.dyads import simulate_hawkes
from casus.store.query.acts import Act, Given
from casus.watch.hawkes import FEWEST
from casus.watch.reciprocity import WITHIN, Effect, Times, measure_effects, measure_reciprocity
from tests.watch.histories import FIRST, act, day

WINDOW = (FIRST, FIRST + timedelta(days=99))
NONE = Effect(why="not asked for")


def theirs(*days: int) -> list[Act]:
    """Return acts of the other side on those days."""
    return [act(number, "b_to_a", incident=f"back{number}") for number in days]


def test_answered_acts_are_counted_once() -> None:
    """However many answers; the first counts for the time; answers to other acts are passed over."""
    acts = [act(number, incident=f"hit{number}") for number in (0, 10, 20)]
    answers = [
        Given("hit0", "x", day(4)), Given("hit0", "y", day(2)), Given("hit10", "x", day(20)),
        Given("elsewhere", "z", day(3)), Given("hit20", "undated", ""),
    ]  # fmt: skip
    found = measure_reciprocity(acts, [], answers, NONE, WINDOW)
    assert (found.acts, found.answered, found.answered_share) == (3, 3, 1.0)
    assert found.answer_times == Times(known=2, quarter=4.0, median=6.0, three_quarters=8.0)


def test_following_needs_no_link_but_a_later_day() -> None:
    """An act of the same day may have been first."""
    acts = [act(number, incident=f"hit{number}") for number in (0, 30, 60)]
    found = measure_reciprocity(acts, theirs(0, 5, 60, 60 + WITHIN), [], NONE, WINDOW)
    assert (found.followed, found.followed_of, found.followed_share) == (2, 3, pytest.approx(2 / 3, abs=0.001))
    assert found.follow_times == Times(known=2, quarter=7.25, median=9.5, three_quarters=11.75)


def test_what_came_too_late_to_tell_is_left_out() -> None:
    """The last days of the window may still be followed."""
    acts = [act(100 - WITHIN - 1, incident="old"), act(100 - WITHIN, incident="new")]
    assert measure_reciprocity(acts, theirs(99), [], NONE, WINDOW).followed_of == 1


def test_chance_is_told_beside_it() -> None:
    """Where the other side acts every day, every act is followed, and so is every day."""
    found = measure_reciprocity([act(3)], theirs(*range(100)), [], NONE, WINDOW)
    assert (found.followed_share, found.followed_after_any_day) == (1.0, 1.0)
    found = measure_reciprocity([act(3)], theirs(4), [], NONE, WINDOW)
    assert (found.followed_share, found.followed_after_any_day) == (1.0, pytest.approx(4 / 86, abs=0.001))


def test_without_acts_there_is_no_share() -> None:
    """None, not nought."""
    found = measure_reciprocity([], [], [], NONE, WINDOW)
    assert (found.answered_share, found.followed_share, found.answer_times) == (None, None, None)


def test_effects_go_the_right_way() -> None:
    """Acts of the first side set off acts of the second, not the reverse."""
    first, second = simulate_hawkes(2, (0.15, 0.05), ((0.1, 0.0), (0.7, 0.1)), 2.0, 1000)
    ours = [act(number, incident=f"a{nth}") for nth, number in enumerate(first)]
    others = [act(number, "b_to_a", incident=f"b{nth}") for nth, number in enumerate(second)]
    window = (FIRST, FIRST + timedelta(days=999))
    on_them, on_us = measure_effects(ours, others, window)
    assert on_them.value == pytest.approx(0.7, abs=2 * (on_them.error or 0.0))
    assert (on_us.value or 0.0) < 0.2 < (on_them.value or 0.0)


def test_effects_are_of_conflict_only() -> None:
    """Talks do not count, and too few acts are told as such."""
    talks = [act(number, type_="CONSULT", incident=f"t{number}") for number in range(90)]
    blows = theirs(*range(FEWEST - 1))
    told = f"too few acts of conflict: {{}} and {{}} back, at least {FEWEST} of each side"
    expected = (Effect(why=told.format(0, FEWEST - 1)), Effect(why=told.format(FEWEST - 1, 0)))
    assert measure_effects(talks, blows, WINDOW) == expected


def test_a_changing_level_is_not_tit_for_tat() -> None:
    """Both sides act ten times as often from the middle on, without minding each other: seldom is an effect told."""
    taken = []
    for seed in range(12):
        chance = np.random.default_rng(seed)
        sides = [np.repeat(np.arange(1000), chance.poisson([0.05] * 500 + [0.5] * 500)) for _ in range(2)]
        ours, others = ([act(int(number), incident=f"{nth}") for nth, number in enumerate(side)] for side in sides)
        effects = measure_effects(ours, others, (FIRST, FIRST + timedelta(days=999)))
        taken += [effect.error is not None and (effect.value or 0) > 2 * effect.error for effect in effects]
    assert sum(taken) <= 3


def test_what_grows_slowly_is_not_tit_for_tat() -> None:
    """Both sides act more and more: that is told instead of an effect."""
    chance = np.random.default_rng(1)
    sides = [np.repeat(np.arange(1000), chance.poisson(np.linspace(0.05, 0.5, 1000))) for _ in range(2)]
    ours, others = ([act(int(number), incident=f"{nth}") for nth, number in enumerate(side)] for side in sides)
    effects = measure_effects(ours, others, (FIRST, FIRST + timedelta(days=999)))
    assert {effect.value for effect in effects} == {None}
    assert {(effect.why or "").partition(":")[0] for effect in effects} == {"no short memory"}
