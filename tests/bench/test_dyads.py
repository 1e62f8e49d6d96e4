"""The bench of the figures of two sides."""

from pathlib import Path

from bench.desk import open_desk
from bench.dyads import measure_changes, measure_ruptures, measure_strangers, measure_times, measure_truth


def test_every_question_is_timed(tmp_path: Path) -> None:
    """On a small desk's store."""
    figures = dict(measure_times(open_desk(tmp_path / "desk.db", 60)))
    assert len(figures) == 7
    assert all(value.endswith(")") for value in figures.values())


def test_every_truth_is_measured() -> None:
    """In shares, but for the effects themselves."""
    figures = [*measure_truth(6), *measure_strangers(4), *measure_ruptures(20), *measure_changes(40)]
    assert [value[-1] for _, value in figures] == [")"] * 4 + ["%"] * 14
