"""A look opens, updates and cancels alerts as the incidents of a store change, on both databases."""

from dataclasses import replace
from pathlib import Path

import pytest

from casus.store.house import Store
from casus.watch.ledger import read_alerts
from tests.watch.alerts.builders import kinds, later, look, messages, rule, told


def test_what_passes_opens_one_alert(store: Store, tmp_path: Path) -> None:
    """With a message that says what and why, and the sentence that tells of it."""
    store.add(told(killed=3))
    assert look(store, rule(tmp_path, "toll = { killed = 2 }")) == {"opened": 1, "messages": 1}
    (alert,) = read_alerts(store)
    assert (alert.incident, alert.level, alert.state, alert.day) == ("north:i1", "notice", "open", "2031-05-05")
    (message,) = messages(store)
    assert message.key == f"{alert.id}.1"
    assert message.why == ("3 killed, 2 or more",)
    assert message.sources[0].sentence == "the Kestrel Front struck police in Aldmoor, 3 dead."


def test_a_second_look_finds_nothing_new(store: Store, tmp_path: Path) -> None:
    """However often it is taken."""
    store.add(told())
    watching = rule(tmp_path)
    assert [look(store, watching, later(minutes=n)) for n in range(3)] == [{"opened": 1, "messages": 1}, {}, {}]


def test_what_comes_later_is_found_then(store: Store, tmp_path: Path) -> None:
    """And only that."""
    watching = rule(tmp_path)
    store.add(told())
    look(store, watching)
    store.add(told("south", type="PROTEST"))
    store.add(told("west"))
    assert look(store, watching, later(minutes=1)) == {"opened": 1, "messages": 1}
    assert [alert.incident for alert in read_alerts(store)] == ["west:i1", "north:i1"]


def test_what_is_long_past_raises_no_alert(store: Store, tmp_path: Path) -> None:
    """Neither at the first look nor when it is told late."""
    watching = rule(tmp_path, 'type = "ASSAULT"\nwithin = "10d"')
    store.add(told("old", day="2031-04-20"))
    assert look(store, watching) == {}
    store.add(told("older", day="2031-03-20"))
    store.add(told("open", day=None))
    assert look(store, watching, later(minutes=1)) == {"opened": 1, "messages": 1}


def test_a_correction_updates_the_alert(store: Store, tmp_path: Path) -> None:
    """With what is different in words."""
    watching = rule(tmp_path)
    store.add(told(killed=3))
    look(store, watching)
    store.correct("north:e1", "quantities", "3 [killed 5]", by="ann")
    assert look(store, watching, later(minutes=1)) == {"updated": 1, "messages": 1}
    assert messages(store)[1].changes == ("3 killed → 5 killed",)
    assert [alert.state for alert in read_alerts(store)] == ["updated"]


def test_a_change_that_says_nothing_new_is_not_told(store: Store, tmp_path: Path) -> None:
    """A copy of a report joins the incident: its version rises, what it says does not change."""
    watching = rule(tmp_path)
    store.add(told(killed=3))
    look(store, watching)
    store.add(replace(told("twin", killed=3), publisher="North Wire"))
    store.merge("north:i1", ["twin:i1"], by="ann")
    store.set_origin("twin", "north")
    look(store, watching, later(minutes=1))
    assert [message.kind for message in messages(store)].count("alert") == 1


def test_a_rejected_event_cancels_the_alert(store: Store, tmp_path: Path) -> None:
    """And the cancellation follows the alert that was told."""
    watching = rule(tmp_path)
    store.add(told())
    look(store, watching)
    store.reject("north:e1", by="ann")
    assert look(store, watching, later(minutes=1)) == {"cancelled": 1, "messages": 1}
    alert, cancel = messages(store)
    assert (cancel.kind, cancel.state, [one.key for one in cancel.earlier]) == ("cancel", "cancelled", [alert.key])


def test_a_corrected_type_cancels_the_alert(store: Store, tmp_path: Path) -> None:
    """As the incident is no longer of the rule; corrected back it opens another one."""
    watching = rule(tmp_path)
    store.add(told())
    look(store, watching)
    store.correct("north:e1", "type", "PROTEST", by="ann")
    look(store, watching, later(minutes=1))
    assert messages(store)[1].changes == ("no longer of the rule; what: ASSAULT → PROTEST",)
    store.correct("north:e1", "type", "ASSAULT", by="ann")
    assert look(store, watching, later(minutes=2)) == {"opened": 1, "messages": 1}
    assert [alert.state for alert in read_alerts(store)] == ["open", "cancelled"]


def test_a_report_that_no_longer_tells_of_it_cancels_the_alert(store: Store, tmp_path: Path) -> None:
    """Its incident is retired into no other."""
    watching = rule(tmp_path)
    store.add(told())
    look(store, watching)
    store.add(replace(told(), events=(), incidents=()))
    assert look(store, watching, later(minutes=1)) == {"cancelled": 1, "messages": 1}
    assert messages(store)[1].changes == ("its incident is gone: no report tells of it any more",)


def test_a_merge_leaves_one_alert(store: Store, tmp_path: Path) -> None:
    """The one opened first goes on; the other is cancelled and says where it went."""
    watching = rule(tmp_path)
    store.add(told())
    store.add(told("south"))
    look(store, watching)
    store.merge("south:i1", ["north:i1"], by="ann")
    assert look(store, watching, later(minutes=1))["cancelled"] == 1
    newer, older = read_alerts(store)
    assert (older.incident, newer.state) == ("south:i1", "cancelled")
    assert older.state in ("open", "updated")
    assert newer.history[-1]["what"] == f"cancelled: its incident went into that of alert {older.id}"


def test_an_alert_follows_its_incident_into_another(store: Store, tmp_path: Path) -> None:
    """Where the other had no alert it is an update, not a new one."""
    watching = rule(tmp_path, "toll = { killed = 2 }")
    store.add(told(killed=3))
    store.add(told("south"))
    look(store, watching)
    store.merge("south:i1", ["north:i1"], by="ann")
    assert look(store, watching, later(minutes=1)) == {"updated": 1, "messages": 1}
    assert [alert.incident for alert in read_alerts(store)] == ["south:i1"]
    assert "incident: now south:i1" in messages(store)[1].changes


def test_what_is_split_off_has_an_alert_of_its_own(store: Store, tmp_path: Path) -> None:
    """And the one it was split off tells of it."""
    watching = rule(tmp_path)
    store.add_all([told(killed=3), told("south", killed=7)])
    store.merge("north:i1", ["south:i1"], by="ann")
    look(store, watching)
    store.split("north:i1", ["south:e1"], by="ann")
    assert look(store, watching, later(minutes=1)) == {"opened": 1, "updated": 1, "messages": 2}
    assert [alert.state for alert in read_alerts(store)] == ["open", "updated"]


def test_a_changed_rule_looks_anew(store: Store, tmp_path: Path) -> None:
    """What it no longer means is cancelled, what it means besides is found though nothing changed."""
    store.add(told(killed=3))
    store.add(told("south", type="PROTEST"))
    look(store, rule(tmp_path, 'type = "ASSAULT"'))
    assert look(store, rule(tmp_path, 'type = "PROTEST"'), later(minutes=1)) == {
        "opened": 1, "cancelled": 1, "messages": 2,
    }  # fmt: skip


LEVELS = 'type = "ASSAULT"\n[[rule.raise]]\nlevel = "warning"\ntoll = { killed = 3 }\n[[rule.raise]]\nlevel = "alert"\n'
LEVELS += "toll = { killed = 10 }"


@pytest.mark.parametrize(("killed", "level"), [(None, "notice"), (3, "warning"), (9, "warning"), (10, "alert")])
def test_steps_raise_the_level(desk: Store, tmp_path: Path, killed: int | None, level: str) -> None:
    """To the highest that is reached."""
    desk.add(told(killed=killed))
    look(desk, rule(tmp_path, LEVELS))
    assert [alert.level for alert in read_alerts(desk)] == [level]


def test_a_level_only_rises(desk: Store, tmp_path: Path) -> None:
    """A lower toll is told as an update at the level that was reached."""
    watching = rule(tmp_path, LEVELS)
    desk.add(told(killed=3))
    look(desk, watching)
    for minute, killed in enumerate((12, 4), 1):
        desk.correct("north:e1", "quantities", f"3 [killed {killed}]", by="ann")
        look(desk, watching, later(minutes=minute))
    assert kinds(desk) == [("alert", "warning"), ("update", "alert"), ("update", "alert")]
    assert "level: warning → alert" in messages(desk)[1].changes


def test_time_alone_ends_no_alert(desk: Store, tmp_path: Path) -> None:
    """A later change is looked at as on the day on which the alert was opened."""
    watching = rule(tmp_path, 'within = "3d"\nahead = { within = "5d" }')
    desk.add(told(day="2031-05-08", modality="future"))
    assert look(desk, watching) == {"opened": 1, "messages": 1}
    desk.correct("north:e1", "quantities", "no [killed 1]", by="ann")
    assert look(desk, watching, later(days=20)) == {"updated": 1, "messages": 1}


def test_what_is_planned_is_found_when_its_day_comes_near(desk: Store, tmp_path: Path) -> None:
    """Though nothing in the store changed since it was told."""
    watching = rule(tmp_path, 'ahead = { within = "7d" }')
    desk.add(told(day="2031-05-20", modality="future"))
    assert look(desk, watching) == {}
    assert look(desk, watching, later(days=7)) == {"opened": 1, "messages": 1}
    assert messages(desk)[0].why == ("for 2031-05-20, in 7 days",)


def test_a_rule_that_counts_from_now_on_cancels_its_alerts(desk: Store, tmp_path: Path) -> None:
    """And one that counts no longer, the one about numbers."""
    desk.add_all([told(f"n{nth}") for nth in range(6)])
    desk.add(told("old", day="2031-03-01"))
    counting = rule(tmp_path, "type = 'ASSAULT'\nchange = { least = 5 }")
    look(desk, rule(tmp_path))
    assert look(desk, counting, later(minutes=1)) == {"opened": 1, "cancelled": 6, "messages": 7}
    assert look(desk, rule(tmp_path), later(minutes=2)) == {"opened": 6, "cancelled": 1, "messages": 7}
