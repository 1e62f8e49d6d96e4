"""`casus watch …` and `--rules` from the outside: what they say, keep and return."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from casus.cli import app
from casus.store.house import Store
from casus.watch.ledger import read_alerts
from casus.watch.rules_file import read_rules
from tests.ingest.sites import html_reply, open_site
from tests.watch.alerts.builders import told

ROOT = Path(__file__).parents[3]
RULES = """\
[[channel]]
name = "desk"
kind = "terminal"

[[channel]]
name = "feed"
kind = "atom"
file = "alerts.atom"

[[rule]]
name = "strikes"
level = "warning"
type = "ASSAULT"
"""


@pytest.fixture
def folder(tmp_path: Path, desk: Store, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with rules, and with a store in which there is an attack."""
    desk.add(told(killed=3))
    (tmp_path / "watch.toml").write_text(RULES)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: object) -> Result:
    """Run `casus` with these words."""
    return CliRunner().invoke(app, [str(word) for word in words])


def watch(*words: object) -> Result:
    """Run `casus watch` with these words on the store."""
    return run("watch", *words, "--store", "casus.db")


def rows(*words: object) -> list[dict[str, Any]]:
    """Return what `casus watch` tells as JSON."""
    return [json.loads(line) for line in watch(*words, "--format", "json").stdout.splitlines()]


def test_rules_are_checked_and_told() -> None:
    """Those that are shipped as an example, too."""
    result = run("watch", "check", ROOT / "examples" / "watch.toml")
    assert result.exit_code == 0
    assert (
        "usa-iran-force: warning where between USA or IRN, rung coercion, alert where toll 10 killed, origins 2; "
        "tells desk, feed"
    ) in result.stdout.splitlines()


def test_the_example_says_each_channel_and_each_kind_of_condition(tmp_path: Path) -> None:
    """What is commented out in it is right as well."""
    text = (ROOT / "examples" / "watch.toml").read_text("utf-8")
    whole = "\n".join(line.removeprefix("# ") if " = " in line or "[[" in line else line for line in text.splitlines())
    (tmp_path / "whole.toml").write_text(whole, "utf-8")
    book = read_rules(tmp_path / "whole.toml")
    assert sorted({channel.KIND for channel in book.channels.values()}) == [
        "atom", "cap", "command", "email", "terminal", "webhook",
    ]  # fmt: skip


def test_a_mistake_is_one_line(folder: Path) -> None:
    """With status 2, wherever rules are read."""
    (folder / "watch.toml").write_text(RULES.replace("ASSAULT", "HUG"))
    for words in (("watch", "check", "watch.toml"), ("watch", "run", "--rules", "watch.toml")):
        result = run(*words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("casus: watch.toml:13: field type: found 'HUG', allowed ACCUSE")
        assert len(result.stderr.splitlines()) == 1


def test_a_missing_secret_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything depends on it."""
    monkeypatch.delenv("NONE_SUCH", raising=False)
    hook = '[[channel]]\nname = "room"\nkind = "webhook"\nurl = "https://example.org/"\nsecret_env = "NONE_SUCH"\n'
    (folder / "watch.toml").write_text(hook + RULES)
    result = run("watch", "check", "watch.toml")
    assert (result.exit_code, result.stderr) == (
        0, "casus: channel room: environment variable NONE_SUCH is not set\n",
    )  # fmt: skip


def test_a_look_tells_and_delivers(folder: Path) -> None:
    """Once."""
    result = watch("run", "--rules", "watch.toml")
    assert result.exit_code == 0
    assert result.stdout.startswith("WARNING strikes: ASSAULT · the Kestrel Front [GBR REB] → police [FRA COP]")
    assert result.stderr == "casus: alerts: 1 opened; deliveries: 2 sent\n"
    assert (folder / "alerts.atom").exists()
    again = watch("run", "--rules", "watch.toml")
    assert (again.stdout, again.stderr) == ("", "casus: nothing new\n")


def test_what_failed_is_told(folder: Path) -> None:
    """It is tried again later, so the status is 0."""
    (folder / "alerts.atom").mkdir()
    result = watch("run", "--rules", "watch.toml")
    assert result.exit_code == 0
    first, second = result.stderr.splitlines()
    assert first == "casus: alerts: 1 opened; deliveries: 1 sent, 1 to be tried again"
    assert second.startswith("casus: feed: ")
    assert second.endswith(" (try 1)")


def test_what_is_given_up_is_told(folder: Path) -> None:
    """With status 1: its channel is gone."""
    (folder / "alerts.atom").mkdir()
    watch("run", "--rules", "watch.toml")
    store = Store(folder / "casus.db")
    store.change_delivery(2, due="2000-01-01T00:00:00Z")
    (folder / "watch.toml").write_text(RULES.replace('"feed"', '"other"'))
    result = watch("run", "--rules", "watch.toml")
    assert result.exit_code == 1
    assert "channel feed: not in the rules any more, allowed desk, other" in result.stderr


def test_alerts_are_listed_and_decided(folder: Path) -> None:
    """In every format; decisions say who made them."""
    watch("run", "--rules", "watch.toml")
    ((alert),) = rows("list")
    assert (alert["rule"], alert["level"], alert["state"], alert["incident"]) == (
        "strikes", "warning", "open", "north:i1",
    )  # fmt: skip
    assert watch("ack", alert["id"], "--by", "ann").stdout.startswith(f"{alert['id']} acknowledged: strikes warning")
    assert rows("list", "--open")[0]["history"][-1]["by"] == "ann"
    assert watch("clear", "strikes", "--by", "ben", "--note", "seen to").stdout == "strikes: 1 alerts cleared\n"
    assert rows("list", "--open") == []
    assert "cancelled" in watch("false-alarm", alert["id"], "--by", "cleo").stdout
    assert "cancelled, false alarm" in watch("list").stdout
    assert watch("list", "--format", "csv").stdout.splitlines()[0].startswith("id,rule,level,title,incident")


def test_a_false_alarm_is_told_by_the_next_look(folder: Path) -> None:
    """To all who heard of it."""
    watch("run", "--rules", "watch.toml")
    watch("false-alarm", read_alerts(Store(folder / "casus.db"))[0].id, "--by", "ann", "--note", "a film")
    result = watch("run", "--rules", "watch.toml")
    assert result.stdout.splitlines()[:2] == [
        "CANCELLED (false alarm) strikes: ASSAULT · the Kestrel Front [GBR REB] → police [FRA COP] · Aldmoor · "
        "2031-05-05 · 3 killed",
        "  changed: false alarm, says ann: a film",
    ]
    assert [(row["kind"], row["channel"], row["state"]) for row in rows("deliveries")] == [
        ("cancel", "feed", "sent"), ("cancel", "desk", "sent"), ("alert", "feed", "sent"), ("alert", "desk", "sent"),
    ]  # fmt: skip


@pytest.mark.parametrize("words", [("ack", "nobody"), ("clear", "nobody"), ("false-alarm", "nobody")])
def test_an_unknown_alert_is_one_line(folder: Path, words: tuple[str, ...]) -> None:
    """And changes nothing."""
    result = watch(*words, "--by", "ann")
    assert (result.exit_code, result.stderr) == (2, "casus: found no alert 'nobody' in the store\n")


def test_several_are_decided_together_or_not_at_all(folder: Path) -> None:
    """A slip of the pen in one leaves the others as they are."""
    watch("run", "--rules", "watch.toml")
    (alert,) = rows("list")
    assert watch("ack", alert["id"], "nobody", "--by", "ann").exit_code == 2
    assert rows("list")[0]["state"] == "open"


def test_the_board(folder: Path) -> None:
    """Level, trend and the last alert of each rule."""
    assert watch("board").stderr == "casus: nothing found\n"
    watch("run", "--rules", "watch.toml")
    (row,) = rows("board", "--rules", "watch.toml")
    assert (row["rule"], row["level"], row["open"], row["incident"]) == ("strikes", "warning", 1, "north:i1")
    assert "ASSAULT · the Kestrel Front" in watch("board").stdout


def test_alerts_come_after_each_round(tmp_path: Path) -> None:
    """Of `casus run`, and of `casus watch-feeds`, from a page to a message."""
    (tmp_path / "watch.toml").write_text(RULES.replace("ASSAULT", "COERCE"))
    with open_site() as site:
        site.put("/1", html_reply("Arrests in Lyon", "Police arrested 40 protesters in Lyon on Monday."))
        listed = f"[[source]]\nname = 'page'\nurl = '{site.url('/1')}'\npublished = '2031-05-06'\n"
        (tmp_path / "sources.toml").write_text(listed)
        manners = ["--once", "--allow-private", "--pause", "0", "--store", tmp_path / "c.db"]
        result = run("run", "--sources", tmp_path / "sources.toml", "--rules", tmp_path / "watch.toml", *manners)
    assert result.exit_code == 0, result.stderr
    lines = result.stderr.splitlines()
    assert any(line.startswith("casus: WARNING strikes: COERCE: arrest · Police") for line in lines)
    assert lines[-1] == "casus: alerts: 1 opened; deliveries: 2 sent"
    assert (tmp_path / "alerts.atom").exists()


def test_wrong_rules_stop_a_run_before_it_begins(tmp_path: Path) -> None:
    """Nothing is taken in."""
    (tmp_path / "watch.toml").write_text(RULES.replace("ASSAULT", "HUG"))
    words = ["watch-feeds", "https://example.org/", "--once", "--store", tmp_path / "c.db"]
    result = run(*words, "--rules", tmp_path / "watch.toml")
    assert result.exit_code == 2
    assert not (tmp_path / "c.db").exists()
