"""`casus export`, from the outside."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import casus
from casus import Store
from casus.cli import app
from casus.cli.export import NAMES
from casus.export import FORMATS


def run(store: Store, *arguments: object) -> Result:
    """Return what the command on a store gives."""
    path = store.url.removeprefix("sqlite:///")
    return CliRunner().invoke(app, ["export", *map(str, arguments), "--store", path])


def test_it_tells_what_was_written_and_lost(store: Store, tmp_path: Path) -> None:
    """In a few lines on standard error."""
    result = run(store, "icews", "--out", tmp_path / "out.tsv")
    assert result.exit_code == 0
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert lines[0] == "casus: read 9 events, wrote 7"
    assert lines[1].startswith("casus: left out: 2 events that are denied or failed; 2 events that are planned; 1 ")
    assert lines[2].startswith("casus: changed: 1 events dated by the publication of their report")
    assert "; 2 events without a CAMEO code, given that of their type; 2 rows more" in lines[2]
    assert lines[3].startswith("casus: not held: ")
    assert lines[3].endswith(" more kinds of slots")


def test_it_takes_the_filters_of_events(store: Store, tmp_path: Path) -> None:
    """All of them, as `casus events` does."""
    arguments = ("--actor", "SDN/MIL", "--type", "ASSAULT", "--since", "2031-05-04", "--judged", "corrected")
    assert run(store, "csv", "-o", tmp_path / "out.csv", *arguments).exit_code == 0
    rows = (tmp_path / "out.csv").read_text("utf-8").splitlines()
    assert [row.partition(",")[0] for row in rows] == ["id", "copy:e2"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [((), 7), (("all",), 11), (("future",), 9), (("none",), 7), (("future", "negated"), 11)],
)
def test_what_goes_in_is_chosen_by_words(store: Store, tmp_path: Path, words: tuple[str, ...], expected: int) -> None:
    """Rows of a table of another system; the strikes have two actors each."""
    options = [option for word in words for option in ("--include", word)]
    assert run(store, "polecat", "--out", tmp_path / "out", *options).exit_code == 0
    assert len((tmp_path / "out").read_text("utf-8").splitlines()) == 1 + expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("xls", "--out", "out"), "casus: field format: found 'xls', allowed jsonl csv"),
        (("csv", "--out", "out", "--include", "maybe"), "casus: field include: found 'maybe', allowed actual future"),
        (("csv", "--out", "."), "casus: .: found a folder, allowed the path of a file"),
        (("csv", "--out", "nowhere/out.csv"), "casus: nowhere/out.csv: No such file or directory"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(store: Store, arguments: tuple[str, ...], expected: str) -> None:
    """With exit status 2."""
    result = run(store, *arguments)
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert result.stderr.startswith(expected)


def test_the_command_names_all_formats() -> None:
    """In the order of their list."""
    assert NAMES.split() == list(FORMATS)


@pytest.mark.parametrize(("name", "module", "extra"), [("stix", "stix2", "stix"), ("parquet", "pyarrow", "analysis")])
def test_a_missing_extra_is_named(store: Store, tmp_path: Path, name: str, module: str, extra: str) -> None:
    """As the command that installs it; nothing is left behind."""
    code = (
        f"import sys; sys.modules[{module!r}] = None\n"
        "from casus.cli import app; app()"
    )  # fmt: skip
    path = store.url.removeprefix("sqlite:///")
    command = [sys.executable, "-c", code, "export", name, "--out", str(tmp_path / "out"), "--store", path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert f"pip install 'casus[{extra}]'" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_progress_is_told_while_it_runs(long_store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the unit of the format."""
    from casus.cli.issues import Issues
    from casus.cli.progress import Progress

    with Progress(Issues(), what="incidents") as progress:
        progress._told -= 60
        casus.export.write(long_store, "gdelt", tmp_path / "out", step=progress.step)
    assert progress.done == 1200
    assert "casus: 1000 incidents, " in capsys.readouterr().err
