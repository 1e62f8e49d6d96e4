"""`casus chain` from the outside."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from casus.cli import app
from casus.link.across import link_across
from casus.records import Link, Report, Span
from casus.store import Store
from tests.link.across.builders import attack, report, told

TEXT = (
    "The army of Norland shelled camps of the Kestrel Front in response to its attack: gunmen of the Kestrel Front "
    "had stormed the Harrowgate market in Aldmoor."
)


def answer(id_: str) -> Report:
    """Return a report of shelling that answers the attack."""
    one = attack("a1").events[0]
    shelling = told("e1", TEXT, "shelled", mode="heavy-weapons")
    blow = told("e2", TEXT, "attack", actors=one.actors, recipients=one.recipients, where=one.where, mode="firearms")
    cue = Span(TEXT.index("in response"), TEXT.index("in response") + 14, "in response to")
    return report(id_, TEXT, shelling, blow, links=(Link("i1", "i2", "responds_to", True, cue, 0.9),))


@pytest.fixture
def coded(tmp_path: Path) -> Path:
    """Return a file of two coded reports."""
    path = tmp_path / "coded.jsonl"
    path.write_text("".join(json.dumps(r.to_json()) + "\n" for r in (attack("a1"), answer("b1"))), "utf-8")
    return path


def run(*arguments: str) -> Result:
    """Return what `casus chain` with these arguments gives."""
    return CliRunner().invoke(app, ["chain", *arguments])


def test_reports_of_a_file_are_matched(coded: Path) -> None:
    """The attack that one report tells is answered in the other; its retired id still leads there."""
    first, *rest = run("a1:i1", str(coded)).stdout.splitlines()
    assert first.startswith("ASSAULT firearms")
    assert [line for line in rest if line.startswith("└─ answered by (“in response to”) ASSAULT heavy-weapons")]
    assert run("b1:i2", str(coded)).stdout.splitlines()[0] == first


@pytest.mark.parametrize(
    ("name", "begins"),
    [("tree", "ASSAULT"), ("table", "step"), ("json", "{"), ("mermaid", "flowchart"), ("dot", "digraph")],
)
def test_formats(coded: Path, name: str, begins: str) -> None:
    """Each begins as its readers expect."""
    assert run("b1:i1", str(coded), "--format", name).stdout.startswith(begins)


def test_one_report_needs_no_name(tmp_path: Path) -> None:
    """The incident's own id will do."""
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps(answer("b1").to_json()), "utf-8")
    assert "[b1:i1]" in run("i1", str(path), "--depth", "0").stdout


def test_the_store_is_asked(tmp_path: Path) -> None:
    """Where no file is given."""
    url = str(tmp_path / "casus.db")
    store = Store(url)
    for one in (attack("a1"), answer("b1")):
        with store.transaction():
            store.add(one)
            link_across(one, store)
    first, *rest = run("b1:i2", "--store", url).stdout.splitlines()
    assert first.endswith("[a1:i1]")
    assert [line[:14] for line in rest] == ["└─ answered by"]


def test_mistakes_are_told(coded: Path, tmp_path: Path) -> None:
    """An unknown incident, a store that is not there, a file that holds no records."""
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{}", "utf-8")
    for arguments in (["x:i9", str(coded)], ["i1", "--store", str(tmp_path / "none.db")], ["i1", str(broken)]):
        result = run(*arguments)
        assert (result.exit_code, result.stderr.startswith("casus: ")) == (2, True)
