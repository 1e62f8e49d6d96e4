"""`casus ingest`, `casus run` and `casus watch-feeds` from the outside: what they say, keep and return."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from casus.cli import app
from casus.store.house import Store
from tests.ingest.sites import Reply, Site, html_reply, open_site

BODY = "Police arrested 40 protesters in Lyon on Monday.\nIn response, unions called for a general strike in France."


@pytest.fixture
def site() -> Iterator[Site]:
    """Give a web site with a feed of two pages, one of them missing."""
    with open_site() as found:
        found.put("/1", html_reply("Arrests in Lyon", BODY, ETag='"1"'))
        items = "".join(f"<item><link>{found.url(path)}</link></item>" for path in ("/1", "/2"))
        feed = f"<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>".encode()
        found.put("/feed", Reply(feed, headers={"Content-Type": "application/rss+xml", "ETag": '"f"'}))
        yield found


@pytest.fixture
def sources(tmp_path: Path, site: Site) -> Path:
    """Return a list of two sources: the feed, and a table beside the list."""
    (tmp_path / "t.csv").write_text(f'story,day\n"{BODY}",2031-05-06\n')
    (tmp_path / "sources.toml").write_text(
        f"[[source]]\nname = 'feed'\nurl = '{site.url('/feed')}'\nevery = '1h'\ncountry = 'FRA'\n"
        "[[source]]\nname = 'table'\npath = 't.csv'\ncolumns = { text = 'story', published = 'day' }\n"
    )
    return tmp_path / "sources.toml"


def run(*arguments: object) -> Result:
    """Return what `casus` with these arguments gives."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def last_line(result: Result) -> str:
    """Return the last thing that was said."""
    return result.stderr.strip().splitlines()[-1]


def test_a_table_with_its_columns(tmp_path: Path) -> None:
    """Coded and kept; the second time known."""
    (tmp_path / "t.csv").write_text(f'story,day\n"{BODY}",2031-05-06\n')
    arguments = ["ingest", tmp_path / "t.csv", "--columns", "text=story,published=day", "--store", tmp_path / "c.db"]
    first, second = run(*arguments), run(*arguments)
    assert (first.exit_code, last_line(first)) == (0, "casus: 1 taken, 0 known, 0 skipped")
    assert (second.exit_code, last_line(second)) == (0, "casus: 0 taken, 1 known, 0 skipped")
    assert [one.counts["taken"] for one in Store(tmp_path / "c.db").runs()] == [1, 0]


def test_a_feed_over_http(tmp_path: Path, site: Site) -> None:
    """Its page is coded, what is missing is told, in the file of issues and in the store, too."""
    arguments = ["ingest", site.url("/feed"), "--allow-private", "--pause", "0", "--store", tmp_path / "c.db"]
    result = run(*arguments, "--issues", tmp_path / "issues.jsonl")
    assert (result.exit_code, last_line(result)) == (1, "casus: 1 taken, 0 known, 1 skipped (1 status)")
    issue = json.loads((tmp_path / "issues.jsonl").read_text())
    assert (issue["file"], issue["field"], issue["found"]) == (site.url("/2"), "status", 404)
    store = Store(tmp_path / "c.db")
    assert [dict(one) for one in store.issues()] == [issue]
    assert last_line(run(*arguments)) == "casus: 0 taken, 1 known, 1 put off, 0 skipped"


def test_private_addresses_need_leave(tmp_path: Path, site: Site) -> None:
    """Without it nothing is asked."""
    result = run("ingest", site.url("/feed"), "--store", tmp_path / "c.db")
    assert (result.exit_code, last_line(result)) == (1, "casus: 0 taken, 0 known, 1 skipped (1 address)")
    assert "allowed a public address (--allow-private takes those of your own network)" in result.stderr
    assert site.asked == []


def test_a_list_of_sources(tmp_path: Path, sources: Path) -> None:
    """All of it, or those that are named; what it says of them is kept with the reports."""
    arguments = ["ingest", "--sources", sources, "--allow-private", "--pause", "0", "--store", tmp_path / "c.db"]
    assert last_line(run(*arguments, "table")) == "casus: 1 taken, 0 known, 0 skipped"
    assert last_line(run(*arguments)) == "casus: 1 taken, 1 known, 1 skipped (1 status)"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ingest"], "a file, a folder, an address, or --sources FILE"),
        (["ingest", "--sources", "none.toml"], "none.toml: No such file or directory"),
        (["ingest", "x.csv", "--columns", "text"], "found 'text', allowed FIELD=COLUMN"),
        (["ingest", "x.csv", "--columns", "colour=c"], "found 'colour=c', allowed FIELD=COLUMN"),
        (["ingest", "x.csv", "--kind", "xml"], "'xml' is not one of"),
        (["ingest", "x.csv", "--published", "soon"], "found 'soon', allowed an ISO date"),
        (["ingest", "x.csv", "--pause", "-1"], "Invalid value for '--pause'"),
        (["run"], "sources.toml: No such file or directory"),
        (["watch-feeds"], "Missing argument"),
        (["watch-feeds", "x.xml"], "found 'x.xml', allowed http://… or https://…"),
        (["watch-feeds", "https://example.org/", "--every", "1s"], "found '1s', allowed a number with s, m, h or d"),
    ],
)
def test_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str) -> None:
    """It is told in words, before anything is done."""
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    told = " ".join(result.stderr.replace("│", " ").split())
    assert (result.exit_code, words in told) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_cannot_be_opened(tmp_path: Path) -> None:
    """It is one line, and nothing is taken."""
    result = run("ingest", tmp_path, "--store", tmp_path / "none" / "c.db")
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1


def test_one_round(tmp_path: Path, sources: Path, site: Site) -> None:
    """One line that says what came of it; when sources are due again is kept in the store."""
    result = run("run", "--sources", sources, "--once", "--allow-private", "--pause", "0", "--store", tmp_path / "c.db")
    assert result.exit_code == 1
    assert "round 1: 2 sources, 2 taken, 0 known, 1 skipped (1 status); next in 1" in last_line(result)
    assert set(Store(tmp_path / "c.db").states("source ")) == {"source feed", "source table"}


def test_feeds_by_themselves(tmp_path: Path, site: Site) -> None:
    """What they tell is taken, and pages are not asked for."""
    arguments = ["--summaries", "--once", "--allow-private", "--pause", "0", "--store", tmp_path / "c.db"]
    result = run("watch-feeds", site.url("/feed"), *arguments)
    assert "1 source, 0 taken, 0 known, 2 skipped (2 body)" in last_line(result)
    assert site.visits("/1") == []


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_clean_stop(tmp_path: Path, sources: Path, site: Site, sign: signal.Signals) -> None:
    """Ctrl-C and SIGTERM end the loop; what was taken is there."""
    command = [sys.executable, "-m", "casus", "run", "--sources", str(sources), "--allow-private", "--pause", "0"]
    said = []
    with subprocess.Popen([*command, "--store", str(tmp_path / "c.db")], stderr=subprocess.PIPE, text=True) as process:
        for line in process.stderr or ():
            said.append(line.strip())
            if "round 1" in line:
                time.sleep(0.2)
                process.send_signal(sign)
    assert (process.returncode, said[-1]) == (0, "casus: stopped; 2 taken, 0 known, 1 skipped (1 status)")
    assert Store(tmp_path / "c.db").runs()[0].ended is not None


def test_interrupted_while_a_server_is_slow(tmp_path: Path, site: Site) -> None:
    """Ctrl-C ends it at once; the same command goes on."""
    site.put("/slow", Reply(b"x", pace=0.1, endless=True))
    command = [sys.executable, "-m", "casus", "ingest", site.url("/slow"), "--allow-private"]
    with subprocess.Popen([*command, "--store", str(tmp_path / "c.db")], stderr=subprocess.PIPE, text=True) as process:
        while not site.visits("/slow"):
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.strip() == "casus: interrupted; 0 taken, 0 known, 0 skipped; the same command goes on from here"
