"""Which events are one happening, and what is said of it: parties, place, toll, status."""

from typing import Any

import pytest

from casus.link.incidents import build_incidents, count_toll, group_events, status_of, sum_up
from casus.records import Event, Toll
from tests.link.builders import count, day, event, party, place, report

REBELS, ARMY = party("rebels", "COD"), party("the army", "RWA")


def told(name: str, at: int, **fields: Any) -> Event:
    """Return one mention of rebels attacking the army."""
    return event(name, at=at, **{"actors": (REBELS,), "recipients": (ARMY,), **fields})


def test_the_same_told_twice_is_one_incident() -> None:
    """Same word, parties, place and day."""
    twice = [told(name, at, where=place("Goma"), when=day("2031-05-05")) for name, at in (("e1", 10), ("e2", 110))]
    assert group_events(report(*twice)) == {"e1": "i1", "e2": "i1"}


def test_what_differs_in_all_is_two() -> None:
    """Type, parties, place and day."""
    one = told("e1", 10, where=place("Goma"), when=day("2031-05-05"))
    two = event(
        "e2", "CONSULT", "met", 310, actors=(party("Paris", "FRA"),), recipients=(party("Oslo", "NOR"),),
        where=place("Oslo"), when=day("2031-06-01"),
    )  # fmt: skip
    assert group_events(report(one, two)) == {"e1": "i1", "e2": "i2"}


def test_incidents_are_numbered_in_order_of_first_mention() -> None:
    """Every event is in just one."""
    events = [event("e1", "PROTEST", "marched", 10), told("e2", 110), event("e3", "CONSULT", "met", 210)]
    groups = group_events(report(*events))
    assert list(groups) == ["e1", "e2", "e3"]
    assert list(dict.fromkeys(groups.values())) == [f"i{n}" for n in range(1, len(set(groups.values())) + 1)]


def test_no_events_no_incidents() -> None:
    """An empty report stays empty."""
    assert (group_events(report()), build_incidents(report())) == ({}, ())


def test_each_incident_lists_its_events() -> None:
    """By the ids that they carry; one without is an incident of its own."""
    events = [event("e1", incident="i1"), event("e2", at=110, incident="i2"), event("e3", at=210, incident="i1")]
    assert [(i.id, i.events) for i in build_incidents(report(*events, event("e4", at=310)))] == [
        ("i1", ("e1", "e3")),
        ("i2", ("e2",)),
        ("e4", ("e4",)),
    ]


def test_an_incident_is_summed_up() -> None:
    """Majority type and its mode, the fullest parties, the first time and place."""
    events = [
        event("e1", "COERCE", "raid", mode="arrest"),
        event("e2", at=110, mode="aerial", actors=(party("it"),), when=day("2031-05-05")),
        event("e3", at=210, mode="aerial", actors=(REBELS, ARMY), where=place("Goma"), when=day("2031-05-06")),
    ]
    made = sum_up("i1", events, "r")
    assert (made.type, made.mode, made.actors, made.recipients) == ("ASSAULT", "aerial", (REBELS, ARMY), ())
    assert (made.when, made.where) == (day("2031-05-05"), place("Goma"))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([(12, 12)], Toll(12, 12, 12, ("r",))),
        ([(9, 9), (12, 12)], Toll(9, 12, 12, ("r",))),
        ([(12, None)], Toll(12, 12, None, ("r",))),
        ([(None, 30)], Toll(None, 30, 30, ("r",))),
        ([(10, None), (15, 15), (None, 40)], Toll(10, 15, 40, ("r",))),
        ([(5, None), (8, None)], Toll(5, 8, None, ("r",))),
    ],
)
def test_tolls(counts: list[tuple[int | None, int | None]], expected: Toll) -> None:
    """Lowest, likeliest (the last exact figure) and highest."""
    events = [event(f"e{n}", quantities=(count("killed", low, high),)) for n, (low, high) in enumerate(counts)]
    assert count_toll(events, "r") == {"killed": expected}


def test_kinds_are_counted_apart() -> None:
    """The dead are not the injured."""
    both = event("e1", quantities=(count("killed", 2, 2), count("injured", 9, 9)))
    assert {kind: toll.best for kind, toll in count_toll([both], "r").items()} == {"killed": 2, "injured": 9}


@pytest.mark.parametrize(
    ("moods", "expected"),
    [
        (["actual"], "reported"),
        (["actual", "future"], "reported"),
        (["future", "hypothetical"], "announced"),
        (["negated"], "denied"),
        (["actual", "negated"], "disputed"),
    ],
)
def test_status(moods: list[str], expected: str) -> None:
    """What one report alone can say."""
    assert status_of([event(f"e{n}", modality=mood) for n, mood in enumerate(moods)]) == expected
