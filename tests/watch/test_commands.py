"""`casus escalation` and `casus outlook`, from the outside."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from casus import Store
from casus.cli import app
from casus.records import Link
from tests.watch.histories import Told, make_reports
from tests.watch.test_dyads import QUARREL
from tests.watch.test_outlook import fill


@pytest.fixture(scope="module")
def quarrel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a store with a quarrel."""
    file = tmp_path_factory.mktemp("commands") / "casus.db"
    store = Store(file)
    store.add_all(make_reports((Told("old", -60, "KEN", "UGA", "AID"), *QUARREL)))
    store.put_links([Link("back:i1", "hit:i1", "responds_to", explicit=True, confidence=0.9)])
    store.close()
    return file


@pytest.fixture(scope="module")
def tale(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a store in which a sanction follows every threat."""
    file = tmp_path_factory.mktemp("commands") / "casus.db"
    fill(file, "sanction").close()
    return file


def run(store: Path, *arguments: str) -> Result:
    """Return what a command on a store gives."""
    return CliRunner().invoke(app, [*arguments, "--store", str(store)])


def squeeze(result: Result) -> str:
    """Return what a command printed, with single spaces."""
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


@pytest.mark.parametrize(
    "words",
    [
        "USA and IRN, 2031-01-03 to 2032-01-01",
        "incidents 5 2 8",
        "1 done, 1 threatened,",
        "score -12.5, -6.2 each -12.0, -6.0 each -20.5, -4.1 each",
        "toll 4 killed 30 killed 34 killed",
        "answered, as reports say 1 of 2 (50%), 3 days",
        "too few acts of conflict too few acts of conflict",
        "THREATEN 1 1",
    ],
)
def test_an_escalation_is_a_table(quarrel: Path, words: str) -> None:
    """With what was done, how it was answered, and what is different."""
    assert words in squeeze(run(quarrel, "escalation", "USA", "IRN", "--until", "2032-01-01"))


def test_an_escalation_is_json(quarrel: Path) -> None:
    """Figures and weeks in one object."""
    told = json.loads(run(quarrel, "escalation", "USA", "IRN", "--since", "2031", "-f", "json").stdout)
    assert told["figures"]["a_to_b"]["reciprocity"]["answered"] == 1
    assert sum(week["both"]["done"] for week in told["weeks"]) == 3


def test_weeks_are_csv(quarrel: Path) -> None:
    """A row a week and direction."""
    result = run(quarrel, "escalation", "USA,FRA", "IRN", "--since", "2031-12", "--until", "2031-12", "-f", "csv")
    rows = list(csv.DictReader(StringIO(result.stdout)))
    assert {row["direction"] for row in rows} == {"USA,FRA → IRN", "IRN → USA,FRA"}
    assert sum(int(row["done"]) for row in rows) == 2


def test_sides_that_did_nothing_are_told_so(quarrel: Path) -> None:
    """On standard error."""
    assert run(quarrel, "escalation", "FRA", "GBR").stderr == "casus: nothing found\n"


@pytest.mark.parametrize(
    "words",
    [
        "After IRN:THREATEN, last on",
        "USA → IRN SANCTION",
        "better than the base rate (Brier",
        "Highest rung within 7 days",
        "rejection or sanction",
    ],
)
def test_an_outlook_is_a_table(tale: Path, words: str) -> None:
    """With counts, base rate and what it is worth."""
    assert words in squeeze(run(tale, "outlook", "USA", "IRN", "--after", "IRN:THREATEN", "--days", "7"))


def test_an_outlook_is_json_and_csv(tale: Path) -> None:
    """The same chances."""
    arguments = ("outlook", "USA", "IRN", "--after", "IRN:THREATEN", "--days", "7", "-f")
    told = json.loads(run(tale, *arguments, "json").stdout)
    rows = list(csv.DictReader(StringIO(run(tale, *arguments, "csv").stdout)))
    assert [float(row["chance"]) for row in rows if row["of"] == "next"] == [row["chance"] for row in told["next"]]


def test_a_thin_outlook_says_why(quarrel: Path) -> None:
    """And nothing else."""
    result = run(quarrel, "outlook", "USA", "IRN", "--after", "ASSAULT")
    assert (result.exit_code, "Next act" in result.stdout) == (0, False)
    assert result.stderr.startswith("casus: too few: 'ASSAULT' and the 14 days after it are known 0 times")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["escalation", "USA", "USA"], "field side: found 'USA', allowed a party of one side only"),
        (["escalation", "USA", ","], "field side: found ','"),
        (["escalation", "USA", "IRN", "--since", "soon"], "field since: found 'soon', allowed a day, month or year"),
        (["escalation", "USA", "IRN", "--since", "2032", "--until", "2031"], "field window: found"),
        (["escalation", "USA/HUG", "IRN"], "HUG"),
        (["outlook", "USA", "IRN", "--after", "HUG"], "field after: found 'HUG', allowed quiet, or steps of any"),
        (["outlook", "USA", "IRN", "--days", "0"], "--days"),
    ],
)
def test_mistakes_are_told_in_a_line(quarrel: Path, arguments: list[str], told: str) -> None:
    """With what was found and what is allowed; the status is 2."""
    result = run(quarrel, *arguments)
    assert (result.exit_code, told in result.stderr) == (2, True), result.stderr
