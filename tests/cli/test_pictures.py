"""`casus brief` and `casus chart`, from the outside."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from casus import Store
from casus.cli import app
from casus.cli.chart import NAMES
from casus.cli.drawings import KINDS
from casus.link.across import sum_up_events
from tests.web.browser.desk import fill

ABOUT = {"mirror": ("CAF/REB", "CAF/MIL"), "ladder": ("CAF/REB", "CAF/MIL"), "tolls": ("first:i1",)}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a store of three reports."""
    file = tmp_path_factory.mktemp("pictures") / "casus.db"
    store = Store(file, sum_up=sum_up_events)
    fill(store)
    store.confirm("first:e1", by="ann")
    store.close()
    return file


def run(store: Path, *arguments: object) -> Result:
    """Return what a command on a store gives."""
    return CliRunner().invoke(app, [*map(str, arguments), "--store", str(store)])


def test_the_help_names_every_kind_of_chart() -> None:
    """Without loading what makes them."""
    assert NAMES.split() == list(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_chart_is_written(desk: Path, tmp_path: Path, kind: str) -> None:
    """And what it shows is said on standard error."""
    out = tmp_path / "chart.json"
    result = run(desk, "chart", kind, *ABOUT.get(kind, ()), "--out", out)
    assert result.exit_code == 0, result.stderr
    spec = json.loads(out.read_text("utf-8"))
    assert result.stderr == f"casus: {out}: {spec['description']}\n"
    assert [rows for rows in spec["datasets"].values() if rows]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("lanes", "Timeline of 4 acts from 2031-05-01 to 2031-05-18"),
        ("mirror", "CAF/MIL → CAF/REB: 1 done"),
        ("ladder", "CAF/MIL → CAF/REB: at most coercion"),
        ("tolls", "12-30 killed over all reports."),
        ("reliability", "Reliability of stated confidence, 1 event: at 95% 100% of 1 are right."),
    ],
)
def test_a_chart_shows_what_the_store_has(desk: Path, tmp_path: Path, kind: str, words: str) -> None:
    """As the same figures elsewhere."""
    assert words in run(desk, "chart", kind, *ABOUT.get(kind, ()), "--out", tmp_path / "chart.json").stderr


def test_quads_of_two_sides_are_told_each_way(desk: Path, tmp_path: Path) -> None:
    """Without sides, of those that did most."""
    told = run(desk, "chart", "quads", "CAF/REB", "CAF/MIL", "--out", tmp_path / "q.json").stderr
    assert "CAF/REB → CAF/MIL: 0 acts; CAF/MIL → CAF/REB: 1 material conflict" in told


def test_filters_choose_what_is_drawn(desk: Path, tmp_path: Path) -> None:
    """As in every other command."""
    told = run(desk, "chart", "lanes", "--type", "CONSULT", "--out", tmp_path / "lanes.json").stderr
    assert "Timeline of 1 act on 2031-05-01, in 1 lane: UNO" in told


@pytest.mark.parametrize(("name", "begin"), [("a.png", b"\x89PNG"), ("a.svg", b"<svg"), ("A.SVG", b"<svg")])
def test_the_name_says_the_format(desk: Path, tmp_path: Path, name: str, begin: bytes) -> None:
    """In capitals too."""
    assert run(desk, "chart", "quads", "--out", tmp_path / name, "--theme", "dark").exit_code == 0
    assert (tmp_path / name).read_bytes().startswith(begin)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("pie", "-o", "x.png"), f"field kind: found 'pie', allowed {NAMES}"),
        (("lanes", "-o", "x.gif"), "field out: found 'x.gif', allowed a name that ends in .png, .svg or .json"),
        (("tolls", "-o", "x.png"), "field what tolls is about: found '', allowed INCIDENT"),
        (("mirror", "CAF", "-o", "x.png"), "field what mirror is about: found 'CAF', allowed PARTY PARTY"),
        (("tolls", "nine:i9", "-o", "x.png"), "found no incident 'nine:i9' in the store"),
        (("quads", "-o", "no/such/folder/x.svg"), "no/such/folder/x.svg: No such file or directory"),
    ],
)
def test_what_cannot_be_drawn_is_one_line(desk: Path, arguments: tuple[str, ...], words: str) -> None:
    """And the status is 2."""
    result = run(desk, "chart", *arguments)
    assert (result.exit_code, result.stderr) == (2, f"casus: {words}\n")


def test_a_briefing_is_written(desk: Path, tmp_path: Path) -> None:
    """Of the week up to the newest report, with a count of what is in it."""
    out = tmp_path / "brief.html"
    result = run(desk, "brief", "--since", "7d", "--out", out)
    assert (result.exit_code, result.stderr) == (0, f"casus: {out}: 2031-05-01 to 2031-05-07: 4 done, 1 threatened\n")
    assert out.read_text("utf-8").startswith("<!doctype html>")


def test_a_briefing_goes_where_it_is_told(desk: Path) -> None:
    """To standard output, with filters."""
    result = run(desk, "brief", "--since", "2031-05", "--until", "2031-05", "--party", "UNO", "--out", "-")
    assert "Only party UNO." in result.stdout
    assert result.stderr == "casus: 2031-05-01 to 2031-05-31: 1 done\n"


def test_a_wrong_time_is_one_line(desk: Path, tmp_path: Path) -> None:
    """And no page is written."""
    result = run(desk, "brief", "--since", "soon", "--out", tmp_path / "b.html")
    assert result.exit_code == 2
    assert result.stderr.startswith("casus: field since: found 'soon', allowed a time to look back, 7d or 2w")
    assert not list(tmp_path.iterdir())
