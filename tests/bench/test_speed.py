"""The clock of the whole way."""

from dataclasses import replace
from pathlib import Path

import pytest

from bench.speed import EXAMPLES, STAGES, Start, measure_words, read_reports, start_cold
from casus.config import read_settings
from casus.pipeline import Coder

SETTINGS = replace(read_settings(), threads=1)


def test_words_and_seconds_are_counted() -> None:
    """Of every stage; the reports are coded at least once."""
    reports = read_reports(EXAMPLES, SETTINGS)[:1]
    words, spent = measure_words(Coder(SETTINGS), reports, 0.01)
    assert words % len(reports[0].text.split()) == 0
    assert words > 0
    assert all(spent[stage] > 0 for stage in STAGES)


def test_a_cold_start_is_split() -> None:
    """Into import, load and code; the memory is that of the process."""
    start = start_cold(min(EXAMPLES.glob("*.txt")), SETTINGS)
    assert start.importing > 0
    assert start.loading > 0
    assert start.coding > 0
    assert 50e6 < start.memory < 5e9


def test_parts_make_the_whole() -> None:
    """What is neither load nor code is import."""
    start = Start(2.0, {"load reader": 0.5, "read": 0.25, "link": 0.25, "import": 0.5}, 0)
    assert (start.loading, start.coding, start.importing) == (0.5, 0.5, 1.0)


def test_a_failed_start_is_an_error(tmp_path: Path) -> None:
    """It has no speed."""
    with pytest.raises(Exception, match="exit status"):
        start_cold(tmp_path / "nowhere.txt", SETTINGS)
