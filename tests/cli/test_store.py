"""The commands on a store, from the outside."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from casus import Store
from casus.cli import app
from tests.cli.builders import report


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a store with the report as two papers print it."""
    file = tmp_path_factory.mktemp("cli") / "casus.db"
    store = Store(file)
    store.add_all([report(), replace(report(), id="twin", publisher="Other Wire", published="2031-05-07")])
    store.close()
    return file


@pytest.fixture
def file(filled: Path, tmp_path: Path) -> Path:
    """Give a copy of the store to change."""
    copy = tmp_path / "casus.db"
    copy.write_bytes(filled.read_bytes())
    return copy


def run(store: Path, *arguments: object) -> Result:
    """Return what a command on a store gives."""
    return CliRunner().invoke(app, [*map(str, arguments), "--store", str(store)])


def lines(result: Result) -> list[Any]:
    """Return the JSON objects that a command printed."""
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_events_are_listed_as_a_table(filled: Path) -> None:
    """Newest first, with the names that other commands take."""
    result = run(filled, "events", "--type", "ASSAULT", "--place", "Goma")
    rows = [line.split()[0] for line in result.stdout.splitlines()[2:] if line and line[0] != " "]
    assert rows == ["twin:e1", "goma:e1"]


def test_events_are_listed_as_json(filled: Path) -> None:
    """One a line, as the library gives them."""
    found = lines(run(filled, "events", "-p", "COD/REB", "--actor", "COD", "--oldest", "-f", "json"))
    assert [event["id"] for event in found] == ["goma:e1", "twin:e1"]
    assert found[0] == Store(filled).event("goma:e1").to_json()


def test_incidents_are_listed_as_csv(filled: Path) -> None:
    """With a header; lists are joined."""
    rows = run(filled, "incidents", "--country", "COD", "-f", "csv").stdout.splitlines()
    assert rows[0].startswith("id,version,valid_from,type,mode,status,actors,actor_ids")
    assert [row.split(",")[0] for row in rows[1:]] == ["twin:i1", "goma:i1"]


def test_a_page_tells_where_the_next_begins(filled: Path) -> None:
    """On standard error, with the option to go on."""
    first = run(filled, "events", "-n", 3, "-f", "json")
    assert first.stderr.startswith("casus: more: --after ")
    shown = [event["id"] for event in lines(first)]
    rest = [event["id"] for event in lines(run(filled, "events", "--after", shown[-1], "-f", "json"))]
    assert {*shown, *rest} == {"goma:e1", "goma:e2", "twin:e1", "twin:e2"}


def test_two_sides_are_listed(filled: Path) -> None:
    """Whoever acts."""
    found = lines(run(filled, "dyad", "COD/REB", "the army", "-f", "json"))
    assert [event["id"] for event in found] == ["twin:e2", "goma:e2"]


def test_reports_are_searched(filled: Path) -> None:
    """By any form of a word."""
    assert {hit["report"] for hit in lines(run(filled, "search", "rebel shelling", "-f", "json"))} == {"goma", "twin"}


@pytest.mark.parametrize(
    ("id_", "words"),
    [
        ("goma", ["Rebels shell Goma", "2031-05-06 · Example Wire", "Chain", "Added"]),
        (
            "goma:e1",
            [
                "“Rebels shelled Goma on Monday",
                "goma, Example Wire, 2031-05-06; incident goma:i1",
                "ASSAULT:verb:shell",
            ],
        ),
        ("goma:i1", ["ASSAULT: heavy-weapons", "answers it “In response”", "History", "1 created"]),
    ],
)
def test_everything_is_shown_by_its_id(filled: Path, id_: str, words: list[str]) -> None:
    """Report, event and incident."""
    result = run(filled, "show", id_)
    assert result.exit_code == 0
    assert [word for word in words if word not in result.stdout] == []


@pytest.mark.parametrize("id_", ["goma", "goma:e1", "goma:i1"])
def test_everything_is_shown_as_json(filled: Path, id_: str) -> None:
    """With its kind."""
    (found,) = lines(run(filled, "show", id_, "-f", "json"))
    assert found["kind"] in found


def test_judgements_are_made_shown_and_taken_back(file: Path) -> None:
    """The last word counts, and none is lost."""
    assert run(file, "judge", "reject", "goma:i1", "--by", "ann", "--note", "old film").exit_code == 0
    assert len(lines(run(file, "events", "-f", "json"))) == 3
    assert run(file, "judge", "undo", 1, "--by", "ann").exit_code == 0
    assert len(lines(run(file, "events", "-f", "json"))) == 4
    listed = run(file, "judgements", "list", "goma:e1").stdout
    assert "ann: reject goma:i1 (old film)" in listed
    assert "Judgements" in run(file, "show", "goma:e1").stdout


def test_slots_are_corrected_in_words(file: Path) -> None:
    """And shown so from then on."""
    run(file, "judge", "correct", "goma:e1", "actors", "Rebels [RWA/REB MIL]", "--by", "ann")
    (event,) = lines(run(file, "events", "--actor", "RWA/MIL", "-f", "json"))
    assert (event["id"], event["judged"]) == ("goma:e1", "corrected")
    assert event["event"]["actors"][0]["sectors"] == ["REB", "MIL"]


def test_incidents_are_merged_and_split(file: Path) -> None:
    """Both lead to one, and to two again."""
    assert "merge goma:i1 twin:i1" in run(file, "judge", "merge", "goma:i1", "twin:i1", "--by", "ann").stdout
    assert len(lines(run(file, "incidents", "-f", "json"))) == 3
    assert run(file, "judge", "split", "goma:i1", "twin:e1", "--by", "ben").exit_code == 0
    assert len(lines(run(file, "incidents", "-f", "json"))) == 4


def test_judged_reports_are_exported_as_gold(file: Path, tmp_path: Path) -> None:
    """In a form that casus evaluate reads."""
    run(file, "judge", "confirm", "goma:e1", "--by", "ann")
    run(file, "judge", "reject", "goma:e2", "--by", "ann")
    gold = tmp_path / "gold"
    assert run(file, "judgements", "export", gold, "--whole").stdout == f"1 reports written to {gold}\n"
    coded = tmp_path / "coded.jsonl"
    coded.write_text(json.dumps(report().to_json()) + "\n", "utf-8")
    result = CliRunner().invoke(app, ["evaluate", str(gold), str(coded)])
    assert result.exit_code == 0, result.output


def test_sql_is_run(filled: Path) -> None:
    """Over the store as it is."""
    assert lines(run(filled, "query", "SELECT count(*) AS n FROM events", "-f", "json")) == [{"n": 4}]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["events", "--type", "HUG"], "found 'HUG', allowed ACCUSE"),
        (["events", "--since", "soon"], "a day, month or year"),
        (["events", "--after", "nobody"], "casus: found no 'nobody' in the store"),
        (["show", "nobody"], "casus: found no report, event or incident 'nobody'"),
        (["judge", "reject", "nobody"], "casus: found no event or incident 'nobody'"),
        (["judge", "correct", "goma:e1", "shape", "x"], "field slot: found 'shape', allowed type mode"),
        (["judge", "correct", "goma:e1", "where", "Paris"], "found 'Paris', allowed words that stand in the report"),
        (["judge", "split", "goma:i1", "goma:e1"], "allowed some but not all events of goma:i1: goma:e1"),
        (["judge", "merge", "goma:i1", "goma:i1"], "two or more different incidents"),
        (["judge", "undo", "7"], "found no judgement 7"),
        (["query", "SELECT"], "casus: SQL:"),
        (["search", "-x", "--"], "No such option"),
    ],
)
def test_mistakes_are_told_in_a_line(filled: Path, arguments: list[str], told: str) -> None:
    """With what was found and what is allowed; the status is 2."""
    result = run(filled, *arguments)
    assert (result.exit_code, told in result.stderr) == (2, True), result.stderr


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """It would hide a slip of the pen."""
    result = run(tmp_path / "none.db", "events")
    assert (result.exit_code, (tmp_path / "none.db").exists()) == (2, False)
    assert "there is no store" in result.stderr
