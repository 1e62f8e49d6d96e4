"""Cool-down, what is told along, what getting worse breaks, and what people decide about alerts."""

from dataclasses import replace
from pathlib import Path

import pytest

from casus.errors import FieldError, StoreError
from casus.store.house import Store
from casus.watch.ledger import (
    acknowledge,
    clear,
    clear_watch,
    mark_false_alarm,
    point_arrow,
    read_alert,
    read_alerts,
    read_board,
    read_deliveries,
)
from casus.watch.rules import Rule
from tests.watch.alerts.builders import NOW, kinds, later, look, messages, rule, told

STEP = '\n[[rule.raise]]\nlevel = "alert"\ntoll = { killed = 10 }'


def patient(folder: Path) -> Rule:
    """Return a rule with a cool-down of an hour and a higher level for ten dead."""
    return replace(rule(folder, f'type = "ASSAULT"{STEP}'), cooldown=3600)


def test_several_at_once_are_told_together(desk: Store, tmp_path: Path) -> None:
    """The loudest in full, the others along with it."""
    desk.add_all([told("north"), told("south", killed=12), told("west")])
    assert look(desk, patient(tmp_path)) == {"opened": 3, "messages": 1}
    (message,) = messages(desk)
    assert (message.level, message.incident.id) == ("alert", "south:i1")
    assert [(other.incident, other.level) for other in message.others] == [
        ("north:i1", "notice"),
        ("west:i1", "notice"),
    ]


def test_without_cool_down_each_is_told(desk: Store, tmp_path: Path) -> None:
    """By a message of its own."""
    desk.add_all([told("north"), told("south")])
    assert look(desk, rule(tmp_path)) == {"opened": 2, "messages": 2}


def test_the_cool_down_keeps_back_and_then_tells(desk: Store, tmp_path: Path) -> None:
    """Nothing is lost: what came meanwhile is told when it is over."""
    desk.add(told("north"))
    look(desk, patient(tmp_path))
    desk.add_all([told("south"), told("west")])
    assert look(desk, patient(tmp_path), later(minutes=10)) == {"opened": 2}
    assert look(desk, patient(tmp_path), later(minutes=59)) == {}
    assert look(desk, patient(tmp_path), later(minutes=61)) == {"messages": 1}
    assert [other.incident for other in messages(desk)[1].others] == ["west:i1"]


def test_a_higher_level_breaks_the_cool_down(desk: Store, tmp_path: Path) -> None:
    """What was kept back is told along."""
    desk.add(told("north"))
    look(desk, patient(tmp_path))
    desk.add_all([told("south"), told("west", killed=11)])
    assert look(desk, patient(tmp_path), later(minutes=10)) == {"opened": 2, "messages": 1}
    assert kinds(desk) == [("alert", "notice"), ("alert", "alert")]


def test_an_equal_level_does_not_break_it(desk: Store, tmp_path: Path) -> None:
    """Once a level is open, only a higher one is louder."""
    desk.add(told("north", killed=11))
    look(desk, patient(tmp_path))
    desk.add(told("south", killed=11))
    assert look(desk, patient(tmp_path), later(minutes=10)) == {"opened": 1}


def test_updates_wait_too_unless_it_gets_worse(desk: Store, tmp_path: Path) -> None:
    """Several changes that waited are told in one."""
    desk.add(told("north", killed=3))
    look(desk, patient(tmp_path))
    for minute, killed in ((5, 4), (6, 5)):
        desk.correct("north:e1", "quantities", f"3 [killed {killed}]", by="ann")
        assert look(desk, patient(tmp_path), later(minutes=minute)) == {"updated": 1}
    assert look(desk, patient(tmp_path), later(minutes=70)) == {"messages": 1}
    assert messages(desk)[1].changes == ("3 killed → 4 killed", "4 killed → 5 killed")
    desk.correct("north:e1", "quantities", "3 [killed 10]", by="ann")
    assert look(desk, patient(tmp_path), later(minutes=71)) == {"updated": 1, "messages": 1}


def test_a_cancellation_waits_for_nothing(desk: Store, tmp_path: Path) -> None:
    """Also of an alert that was only told along with another."""
    desk.add_all([told("north"), told("south")])
    look(desk, patient(tmp_path))
    desk.reject("south:e1", by="ann")
    assert look(desk, patient(tmp_path), later(minutes=1)) == {"cancelled": 1, "messages": 1}
    first, cancel = messages(desk)
    assert [one.key for one in cancel.earlier] == [first.key]


def test_what_nobody_heard_of_is_cancelled_in_silence(desk: Store, tmp_path: Path) -> None:
    """An alert that was kept back and went before it was told."""
    desk.add(told("north"))
    look(desk, patient(tmp_path))
    desk.add(told("south"))
    look(desk, patient(tmp_path), later(minutes=1))
    desk.reject("south:e1", by="ann")
    assert look(desk, patient(tmp_path), later(minutes=2)) == {"cancelled": 1}


def test_an_acknowledged_alert_is_silent_until_it_gets_worse(desk: Store, tmp_path: Path) -> None:
    """The change is kept and told then."""
    watching = rule(tmp_path, f'type = "ASSAULT"{STEP}')
    desk.add(told(killed=3))
    look(desk, watching)
    (alert,) = read_alerts(desk)
    assert acknowledge(desk, alert.id, by="ann", now=later(minutes=1)).state == "acknowledged"
    desk.correct("north:e1", "quantities", "3 [killed 4]", by="ann")
    assert look(desk, watching, later(minutes=2)).get("messages") is None
    assert read_alert(desk, alert.id).state == "acknowledged"
    desk.correct("north:e1", "quantities", "3 [killed 40]", by="ann")
    assert look(desk, watching, later(minutes=3)) == {"updated": 1, "messages": 1}
    assert messages(desk)[1].changes == ("3 killed → 4 killed", "level: notice → alert", "4 killed → 40 killed")


def test_a_cleared_alert_stays_closed_unless_it_gets_worse(desk: Store, tmp_path: Path) -> None:
    """Then another one is opened."""
    watching = rule(tmp_path, f'type = "ASSAULT"{STEP}')
    desk.add(told(killed=3))
    look(desk, watching)
    clear(desk, read_alerts(desk)[0].id, by="ann", note="seen to", now=later(minutes=1))
    desk.correct("north:e1", "quantities", "3 [killed 4]", by="ann")
    assert look(desk, watching, later(minutes=2)) == {}
    desk.correct("north:e1", "quantities", "3 [killed 40]", by="ann")
    assert look(desk, watching, later(minutes=3)) == {"opened": 1, "messages": 1}
    assert [alert.state for alert in read_alerts(desk)] == ["open", "cleared"]


def test_a_false_alarm_is_cancelled_and_told(desk: Store, tmp_path: Path) -> None:
    """It does not come again."""
    watching = rule(tmp_path)
    desk.add(told())
    look(desk, watching)
    marked = mark_false_alarm(desk, read_alerts(desk)[0].id, by="ann", note="a film", now=later(minutes=1))
    assert (marked.state, marked.false_alarm) == ("cancelled", True)
    assert messages(desk)[1].changes == ("false alarm, says ann: a film",)
    desk.correct("north:e1", "hedged", "true", by="ann")
    assert look(desk, watching, later(minutes=2)) == {}
    with pytest.raises(FieldError, match="not marked as a false alarm yet"):
        mark_false_alarm(desk, marked.id, by="ben")


def test_a_cleared_alert_can_still_be_called_false(desk: Store, tmp_path: Path) -> None:
    """For the figures of the method page."""
    desk.add(told())
    look(desk, rule(tmp_path))
    (alert,) = read_alerts(desk)
    clear(desk, alert.id, by="ann")
    assert mark_false_alarm(desk, alert.id, by="ben").false_alarm


def test_the_level_of_a_watch_stays_until_it_is_cleared(desk: Store, tmp_path: Path) -> None:
    """And falls to the highest that is still open."""
    watching = rule(tmp_path, f'type = "ASSAULT"{STEP}')
    desk.add_all([told("north", killed=3), told("south", killed=12)])
    look(desk, watching)
    levels = [read_board(desk, [watching], now=NOW)[0].level]
    clear(desk, next(alert.id for alert in read_alerts(desk) if alert.level == "alert"), by="ann")
    levels.append(read_board(desk, [watching], now=NOW)[0].level)
    assert clear_watch(desk, "strikes", by="ann") == 1
    levels.append(read_board(desk, [watching], now=NOW)[0].level)
    assert levels == ["alert", "notice", "quiet"]


def test_a_cleared_watch_tells_at_once_again(desk: Store, tmp_path: Path) -> None:
    """Its cool-down ends with it."""
    desk.add(told("north"))
    look(desk, patient(tmp_path))
    clear_watch(desk, "strikes", by="ann", now=later(minutes=1))
    desk.add(told("south"))
    assert look(desk, patient(tmp_path), later(minutes=2)) == {"opened": 1, "messages": 1}


def test_what_cannot_be_decided_is_told_in_a_line(desk: Store, tmp_path: Path) -> None:
    """Unknown alerts, closed ones, unknown rules."""
    desk.add(told())
    look(desk, rule(tmp_path))
    clear(desk, read_alerts(desk)[0].id, by="ann")
    with pytest.raises(FieldError, match="allowed an open alert; this one is cleared"):
        acknowledge(desk, read_alerts(desk)[0].id, by="ann")
    with pytest.raises(StoreError, match="found no alert 'x'"):
        clear(desk, "x", by="ann")
    with pytest.raises(FieldError, match="found 'strike', allowed strikes"):
        clear_watch(desk, "strike", by="ann")


def test_the_board_counts_weeks_by_the_day_told_of(desk: Store, tmp_path: Path) -> None:
    """False alarms are no part of it."""
    watching = rule(tmp_path, 'type = "ASSAULT"\nwithin = "100d"')
    days = ("2031-05-05", "2031-04-30", "2031-04-29", "2031-04-01", "2031-05-01")
    desk.add_all([told(f"r{nth}", day=day) for nth, day in enumerate(days)])
    look(desk, watching)
    wrong = next(alert.id for alert in read_alerts(desk) if alert.incident == "r4:i1")
    mark_false_alarm(desk, wrong, by="ann")
    (row,) = read_board(desk, [watching], now=NOW)
    assert row.weeks == (0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 2)
    assert (row.arrow, row.open, row.level) == ("up", 4, "notice")


@pytest.mark.parametrize(
    ("weeks", "expected"), [((2, 2, 2, 2, 3), "flat"), ((2, 2, 2, 2, 4), "up"), ((2, 2, 2, 2, 1), "down")]
)
def test_arrows_need_half_as_many_again(weeks: tuple[int, ...], expected: str) -> None:
    """Or as few."""
    assert point_arrow(weeks) == expected


def test_a_rule_that_never_looked_is_quiet(desk: Store, tmp_path: Path) -> None:
    """And is on the board all the same."""
    (row,) = read_board(desk, [rule(tmp_path)], now=NOW)
    assert (row.level, row.arrow, row.last, sum(row.weeks)) == ("quiet", "flat", None, 0)


def test_alerts_come_in_pages(store: Store, tmp_path: Path) -> None:
    """Newest first, of one rule, open ones only, on both databases."""
    store.add_all([told(f"r{nth}") for nth in range(5)])
    look(store, rule(tmp_path))
    look(store, rule(tmp_path, name="other"))
    first = read_alerts(store, rule="strikes", limit=2)
    second = read_alerts(store, rule="strikes", limit=9, after=first[-1].id)
    assert [alert.incident for alert in (*first, *second)] == [f"r{nth}:i1" for nth in (4, 3, 2, 1, 0)]
    clear(store, first[0].id, by="ann")
    assert len(read_alerts(store, rule="strikes", open_only=True)) == 4
    assert len(read_deliveries(store)) == 10
