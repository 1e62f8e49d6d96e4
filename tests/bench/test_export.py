"""The bench of exports measures what it says."""

from pathlib import Path

import pytest

from bench.desk import open_desk
from bench.export import measure, measure_all


def test_an_export_is_measured(tmp_path: Path) -> None:
    """Time, memory, rows and size; three reports have thirty events."""
    open_desk(tmp_path / "desk.db", 3).close()
    seconds, memory, rows, size = measure(tmp_path / "desk.db", "csv")
    assert (seconds > 0, memory > 20, rows, size > 0.005) == (True, True, 30, True)


def test_every_format_asked_for_has_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each from a process of its own."""
    open_desk(tmp_path / "desk.db", 3).close()
    measure_all(tmp_path / "desk.db", ["icews", "geojson"])
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["format", "icews", "geojson"]
