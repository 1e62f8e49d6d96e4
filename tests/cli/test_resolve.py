"""`casus resolve` from the outside."""

import json

import pytest
from typer.testing import CliRunner, Result

from casus.cli import app


def run(*arguments: str, stdin: str | None = None) -> Result:
    """Return what `casus resolve` with these arguments gives."""
    return CliRunner().invoke(app, ["resolve", *arguments], input=stdin)


def objects(*arguments: str) -> list[dict[str, object]]:
    """Return the findings as JSON objects."""
    return [json.loads(line) for line in run(*arguments, "--format", "json").stdout.splitlines()]


def test_who() -> None:
    """Parties with country and sectors, as a table."""
    head, _, *rows = run("who", "French police fled.").stdout.splitlines()
    assert head.split() == ["text", "name", "id", "country", "sectors"]
    (row,) = (row for row in rows if row.startswith("French police"))
    assert row.split()[-2:] == ["FRA", "COP"]


def test_when_needs_a_date() -> None:
    """Without it the day stays open, and why is told."""
    (found,) = objects("when", "Police fled on Monday.", "--published", "2031-05-07")
    assert found["when"]["start"] == "2031-05-05"  # type: ignore[index]  # JSON
    (left_open,) = objects("when", "Police fled on Monday.")
    assert (left_open["when"], bool(left_open["reason"])) == (None, True)


def test_where_tells_the_runners_up() -> None:
    """Under --explain alone."""
    (found,) = objects("where", "A bomb exploded in Tripoli.", "--explain")
    assert (found["name"], found["country"]) == ("Tripoli", "LBY")
    assert "LBN" in {other["country"] for other in found["others"]}  # type: ignore[attr-defined]  # JSON
    assert found["rule"]
    assert "others" not in objects("where", "A bomb exploded in Tripoli.")[0]
    assert "LBN" in run("where", "A bomb exploded in Tripoli.", "--explain").stdout


def test_count() -> None:
    """With kind and what was counted."""
    row = run("count", "At least 12 soldiers were killed.").stdout.splitlines()[-1]
    assert "12+ killed" in row


def test_a_name_may_mean_several() -> None:
    """The others of the knowledge base are told."""
    found = objects("who", "Washington threatened Iran.", "--explain")
    assert found[0]["country"] == "USA"
    assert all({"rule", "others"} <= one.keys() for one in found)


def test_standard_input() -> None:
    """Is read with -."""
    assert "Lyon" in run("where", "-", stdin="Protesters marched in Lyon.").stdout


def test_nothing_found_is_one() -> None:
    """And is told."""
    result = run("when", "Police fled.")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "found nothing that says when" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("why", "Police fled."), "'why' is not one of 'who', 'when', 'where', 'count'"),
        (("who",), "Missing argument"),
        (("who", " "), "found nothing, allowed a text"),
        (("when", "Police fled.", "--published", "soon"), "found 'soon', allowed an ISO date"),
        (("who", "Police fled.", "--reader", "no_such_reader"), "no_such_reader"),
    ],
)
def test_wrong_usage_is_two(arguments: tuple[str, ...], words: str) -> None:
    """With one line that says what is wrong."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.split())
