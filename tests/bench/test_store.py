"""The benches of the store measure what they say, and would see a loss."""

from pathlib import Path

from bench.kills import count_faults, kill_often
from bench.store import QUESTIONS, measure_store
from bench.synthetic import make_report
from casus import Store


def test_every_question_is_measured(tmp_path: Path) -> None:
    """For events and for incidents."""
    names = [name for name, _ in measure_store(Store(tmp_path / "casus.db"), 3)]
    assert [name for name in QUESTIONS if not any(f"events by {name}," in told for told in names)] == []


def test_invented_reports_are_always_the_same() -> None:
    """With whole records, which their text bears out."""
    told = make_report(7)
    assert told == make_report(7)
    assert {told.text[event.trigger.start : event.trigger.end] for event in told.events} == {"moved"}


def test_a_killed_writer_is_survived(tmp_path: Path) -> None:
    """And the bench says so."""
    _, faults = kill_often(str(tmp_path / "casus.db"), 1)
    assert faults == 0


def test_a_lost_report_is_a_fault(tmp_path: Path) -> None:
    """As is one that is not as it went in."""
    store = Store(tmp_path / "casus.db")
    store.add_all([make_report(0), make_report(1, events=2)])
    store.close()
    assert count_faults(str(tmp_path / "casus.db"), 2) == 2
