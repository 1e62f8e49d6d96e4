"""The three formats hold the same reports."""

import csv
import json
from io import StringIO

import pytest

from casus.cli.outputs import FORMATS, PIPED_WIDTH, Look
from casus.cli.rows import COLUMNS
from casus.records import Report
from tests.cli.builders import report


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """It is."""
        return True


def test_json_comes_back_as_the_same_report() -> None:
    """One line a report, with the keys of record.md."""
    (line,) = FORMATS["json"](iter([report()]), Look())
    assert Report.from_json(json.loads(line)) == report()
    assert line.count("\n") == 1


def test_csv_has_one_header_and_one_row_an_event() -> None:
    """Empty where the text leaves it open."""
    first, second = csv.DictReader("".join(FORMATS["csv"](iter([report()]), Look())).splitlines())
    assert list(first) == list(COLUMNS)
    assert (first["actors"], first["actor_countries"], first["quantities"]) == ("Rebels", "COD", "12+ killed")
    assert (first["source"], first["stance"], first["lat"]) == ("police", "claims", "-1.68")
    assert (second["when_start"], second["where"], second["responds_to"]) == ("", "", "e1")
    assert second["sentence"] == "In response, the army may attack the rebels."


@pytest.mark.parametrize(("name", "expected"), [("json", ""), ("table", ""), ("csv", ",".join(COLUMNS) + "\n")])
def test_no_reports_at_all(name: str, expected: str) -> None:
    """Nothing but the header."""
    assert "".join(FORMATS[name](iter(()), Look())) == expected


def test_a_terminal_gives_its_width_and_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe gets neither; NO_COLOR is obeyed."""
    monkeypatch.setenv("COLUMNS", "77")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert Look.of(Terminal(), explain=True) == Look(77, colour=True, explain=True)
    assert Look.of(StringIO(), explain=False) == Look(PIPED_WIDTH)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not Look.of(Terminal(), explain=False).colour
