"""Acts in weeks."""

from datetime import timedelta
from typing import Any

import pytest

from casus.watch.ladder import RUNGS
from casus.watch.series import count_weeks, dated, standing_of, week_rows
from tests.watch.histories import FIRST, act, day


@pytest.mark.parametrize(
    ("type_", "modality", "expected"),
    [
        ("ASSAULT", "actual", "done"),
        ("ASSAULT", "future", "planned"),
        ("ASSAULT", "hypothetical", "possible"),
        ("ASSAULT", "negated", "denied"),
        ("THREATEN", "actual", "threatened"),
        ("THREATEN", "future", "threatened"),
        ("THREATEN", "hypothetical", "possible"),
        ("THREATEN", "negated", "denied"),
    ],
)
def test_acts_have_their_standing(type_: str, modality: Any, expected: str) -> None:
    """A threat is never a deed, whenever it was uttered."""
    assert standing_of(act(0, type_=type_, modality=modality)) == expected


def test_weeks_are_counted_back_from_the_last_day() -> None:
    """So the newest one is whole, and the first may be short."""
    weeks = count_weeks([act(0), act(1), act(9)], FIRST, FIRST + timedelta(days=9))
    assert [(week.start, week.days, week.both.done) for week in weeks] == [(day(0), 3, 2), (day(3), 7, 1)]


def test_every_act_of_the_window_is_in_one_week() -> None:
    """And none from outside."""
    acts = [act(number) for number in range(-5, 60)]
    weeks = count_weeks(acts, FIRST, FIRST + timedelta(days=51))
    assert [week.both.done for week in weeks] == [3, *[7] * 7]


def test_standings_are_kept_apart() -> None:
    """Score and rung are of what took place."""
    acts = [
        act(0, type_="THREATEN"),
        act(1, type_="ASSAULT", modality="future"),
        act(2, type_="ASSAULT", modality="negated"),
        act(3, type_="ASSAULT", modality="hypothetical"),
        act(4, type_="AID"),
    ]
    (week,) = count_weeks(acts, FIRST, FIRST + timedelta(days=6))
    side = week.a_to_b
    assert (side.done, side.threatened, side.planned, side.possible, side.denied, side.conflict) == (1, 1, 1, 1, 1, 1)
    assert (side.score_sum, RUNGS[side.rung or 0]) == (6.5, "threat")


def test_a_week_without_acts_has_no_rung() -> None:
    """A line is broken there, not at zero."""
    (week,) = count_weeks([act(0, modality="negated")], FIRST, FIRST + timedelta(days=6))
    assert (week.a_to_b.rung, week.b_to_a.rung) == (None, None)


def test_an_incident_that_goes_both_ways_is_counted_once_in_both() -> None:
    """A clash that either side is said to have begun."""
    acts = [act(0, "a_to_b", incident="clash"), act(0, "b_to_a", incident="clash"), act(1, "together")]
    (week,) = count_weeks(acts, FIRST, FIRST + timedelta(days=6))
    assert (week.a_to_b.done, week.b_to_a.done, week.both.done) == (1, 1, 2)


def test_acts_of_a_vague_time_have_no_week() -> None:
    """As of March."""
    vague = act(0, until=day(30))
    assert dated([vague, act(1, until=day(8))]) == (act(1, until=day(8)),)
    assert count_weeks([vague], FIRST, FIRST + timedelta(days=6))[0].both.done == 0


def test_weeks_are_rows_for_charts() -> None:
    """One a week and direction, named."""
    rows = week_rows(count_weeks([act(0)], FIRST, FIRST + timedelta(days=6)), "USA", "IRN")
    told = [(row["start"], row["direction"], row["done"], row["rung"]) for row in rows]
    assert told == [(day(0), "USA → IRN", 1, RUNGS.index("limited violence")), (day(0), "IRN → USA", 0, None)]
