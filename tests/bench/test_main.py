"""One table of all benches whose data is there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.__main__ import BENCHES, Bench, Figure, Folders, main, measure_all


def two(_folders: Folders) -> Iterator[Figure]:
    """Give two figures."""
    yield from (("hits, F1", "50.0"), ("words/s", "1,000"))


def test_what_is_there_is_measured(tmp_path: Path) -> None:
    """What is not is named at the end."""
    (tmp_path / "here").mkdir()
    benches = (Bench("b", two, ("here", "there")), Bench("a", two, ("here",)))
    first, second, last = measure_all(benches, Folders(tmp_path, tmp_path))
    assert first.split() == ["a", "hits,", "F1", "50.0"]
    assert second.split() == ["a", "words/s", "1,000"]
    assert last == "b: not measured, there is not there"


def test_gold_is_a_folder_with_reports(tmp_path: Path) -> None:
    """An empty one is none."""
    folders = Folders(tmp_path, tmp_path)
    assert folders.missing(("gold",)) == ["gold"]
    (tmp_path / "a.json").write_text("{}")
    assert folders.missing(("gold",)) == []


def test_speed_and_store_need_nothing() -> None:
    """All others are left out where the project is alone."""
    assert [bench.name for bench in BENCHES if not bench.needs] == ["speed", "store"]


def test_some_may_be_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By name."""
    main(["--only", "places", "--only", "trees", "--data", str(tmp_path), "--gold", str(tmp_path)])
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == ["trees", "places"]


def test_unknown_names_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """With the known ones."""
    with pytest.raises(SystemExit):
        main(["--only", "beauty"])
    assert "invalid choice: 'beauty'" in capsys.readouterr().err
