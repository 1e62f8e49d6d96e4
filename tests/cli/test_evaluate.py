"""`casus evaluate` from the outside."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from casus.cli import app
from tests.evaluate.builders import bombed, report, sent, shelled


def run(*arguments: str | Path) -> Result:
    """Return what `casus evaluate` with these arguments gives."""
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments)])


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Return a folder with one annotated report."""
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "goma.json").write_text(json.dumps(report(shelled(), bombed())), "utf-8")
    return folder


def coded(path: Path, *events: dict[str, object]) -> Path:
    """Write the coded report and return its file."""
    path.write_text(json.dumps(report(*events)) + "\n", "utf-8")
    return path


def test_figures_are_shown(gold: Path, tmp_path: Path) -> None:
    """Slots, types, what is taken for what."""
    result = run(gold, coded(tmp_path / "own.jsonl", shelled(), bombed(type="AID")))
    lines = result.stdout.splitlines()
    assert (result.exit_code, lines[0]) == (0, "1 reports, 2 events")
    assert "type                     50.0   50.0   50.0      2      2     1" in lines
    assert "ASSAULT         100.0   50.0   66.7      2      1     1" in lines
    assert "ASSAULT       as AID               1" in lines


def test_errors_of_one_kind(gold: Path, tmp_path: Path) -> None:
    """No more than asked for."""
    own = coded(tmp_path / "own.jsonl", shelled(actors=[], mode=None))
    result = run(gold, own, "--errors", "5", "--only", "actors")
    assert [line for line in result.stdout.splitlines() if " | goma | " in line] == [result.stdout.splitlines()[-1]]
    assert result.stdout.splitlines()[-1].startswith("actors | goma | ASSAULT | shelled")


def test_two_runs_are_compared(gold: Path, tmp_path: Path) -> None:
    """Gained and lost are listed, in JSON too."""
    own = coded(tmp_path / "own.jsonl", shelled())
    other = coded(tmp_path / "other.jsonl", bombed(), sent())
    lines = run(gold, own, "--compare", other).stdout.splitlines()
    assert [line.split(":")[0] for line in lines if ": " in line] == ["gained 1", "lost 1", "wrong 0", "gone 1"]
    changes = json.loads(run(gold, own, "--compare", other, "--format", "json").stdout)["changes"]
    assert [len(changes[kind]) for kind in ("gained", "lost", "wrong", "gone")] == [1, 1, 0, 1]


def test_a_page_is_written(gold: Path, tmp_path: Path) -> None:
    """As Markdown."""
    page = tmp_path / "accuracy.md"
    assert run(gold, coded(tmp_path / "own.jsonl", shelled()), "--table", page).exit_code == 0
    assert page.read_text("utf-8").startswith("## Slots\n\n| slot | precision | recall |")


def test_without_predictions_the_gold_is_coded(gold: Path, tmp_path: Path) -> None:
    """And can be written for a later comparison."""
    out = tmp_path / "own.jsonl"
    first = run(gold, "--out", out)
    assert first.exit_code == 0
    assert run(gold, out).stdout == first.stdout
    assert json.loads(out.read_text("utf-8"))["published"] == "2031-05-07"


def test_an_uncoded_report_is_told(gold: Path, tmp_path: Path) -> None:
    """The status is 1."""
    (tmp_path / "own.jsonl").write_text("")
    result = run(gold, tmp_path / "own.jsonl")
    assert (result.exit_code, "1 of 1 reports are not coded: goma" in result.stderr) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Missing argument"),
        (("nowhere",), "does not exist"),
        (("{gold}", "{own}", "--only", "colour"), "found 'colour', allowed missed spurious type"),
        (("{gold}", "{own}", "--out", "x.jsonl"), "goes without PREDICTED"),
        (("{gold}", "{own}", "--table", "/nowhere/page.md"), "/nowhere/page.md: No such file"),
        (("{gold}", "{bad}"), "bad.jsonl:1: field report: found 'no"),
        (("{empty}", "{own}"), "no annotated report"),
    ],
)
def test_wrong_usage_is_two(gold: Path, tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    """With one line that says what is wrong."""
    (tmp_path / "bad.jsonl").write_text("no\n")
    (tmp_path / "empty").mkdir()
    files = {"gold": gold, "own": coded(tmp_path / "own.jsonl", shelled()), "bad": tmp_path / "bad.jsonl"}
    result = run(*(argument.format(**files, empty=tmp_path / "empty") for argument in arguments))
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.split())
