"""`casus recode` codes what an older coder coded, and keeps judgements."""

from pathlib import Path

from typer.testing import CliRunner, Result

from casus import Store
from casus.cli import app
from casus.records import Report

TEXT = "Rebels shelled Goma on Monday, killing at least 12 people."


def run(file: Path, *arguments: str) -> Result:
    """Return what `casus recode` gives."""
    return CliRunner().invoke(app, ["recode", "--store", str(file), *arguments])


def test_a_store_is_coded_anew_once(tmp_path: Path) -> None:
    """The second time nothing is left to do; a judgement stays."""
    file = tmp_path / "casus.db"
    store = Store(file)
    store.add(Report(id="goma", text=TEXT, published="2031-05-06"), store.begin_run("ingest", {"code": "old"}))
    first = run(file)
    assert (first.exit_code, "1 of 1 reports" in first.stderr, "1 recoded" in first.stderr) == (0, True, True)
    (event,) = store.events()
    assert (event.event.type, event.incident) == ("ASSAULT", "goma:i1")
    store.reject(event.id, by="ann")
    assert "0 of 1 reports are to be coded anew" in run(file).stderr
    assert "1 the same" in run(file, "--all").stderr
    assert store.events() == ()
    assert [told.command for told in store.runs()] == ["ingest", "recode", "recode", "recode"]


def test_without_a_store_nothing_is_done(tmp_path: Path) -> None:
    """It says so in a line."""
    result = run(tmp_path / "none.db")
    assert (result.exit_code, "there is no store" in result.stderr) == (2, True)
