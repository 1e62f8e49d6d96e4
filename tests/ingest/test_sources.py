"""The list of sources: what it says, and what is said of one that breaks the rules."""

from pathlib import Path

import pytest

from casus.errors import ConfigError
from casus.ingest.sources import Source, choose_sources, name_source, parse_every, read_sources

GOOD = """
[[source]]
name = "wire"
kind = "feed"
url = "https://example.org/feed"
every = "2h"
publisher = "Example Wire"
language = "en"
country = "GBR"
follow = false

[[source]]
name = "table"
path = "old/reports.csv"
columns = { text = "story", published = "day" }
published = 2031-05-06
"""
ENTRY = '[[source]]\nname = "wire"\nurl = "https://example.org/feed"\n'


def read(tmp_path: Path, text: str) -> tuple[Source, ...]:
    """Return the sources of a file with that text."""
    (tmp_path / "sources.toml").write_text(text)
    return read_sources(tmp_path / "sources.toml")


def test_what_a_list_says(tmp_path: Path) -> None:
    """In its order, paths from where the file lies."""
    wire, table = read(tmp_path, GOOD)
    assert (wire.kind, wire.url, wire.every, wire.follow) == ("feed", "https://example.org/feed", 7200.0, False)
    assert wire.origin() == {"source": "wire", "kind": "feed", "language": "en", "country": "GBR"}
    assert (table.path, table.every) == (tmp_path / "old" / "reports.csv", 900.0)
    assert (table.columns, table.published) == ({"text": "story", "published": "day"}, "2031-05-06")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ENTRY + 'every = "soon"', "source 'wire': field every: found 'soon', allowed a number with s, m, h or d"),
        (
            ENTRY + 'every = "5s"',
            "source 'wire': field every: found '5s', allowed a number with s, m, h or d, one minute",
        ),
        (ENTRY + "every = 900", "source 'wire': field every: found 900, allowed a number with s, m, h or d"),
        (ENTRY + 'kind = "fed"', "source 'wire': field kind: found 'fed', allowed 'csv', 'current-events', 'feed'"),
        (ENTRY + 'colour = "red"', "source 'wire': field colour: found 'red', allowed the fields name kind url path"),
        (ENTRY + 'follow = "yes"', "source 'wire': field follow: found 'yes', allowed a valid boolean"),
        (ENTRY + 'country = "gb"', "source 'wire': field country: found 'gb', allowed ISO 3166-1 alpha-3"),
        (ENTRY + 'language = "english"', "source 'wire': field language: found 'english', allowed ISO 639-1"),
        (ENTRY + 'published = "May"', "source 'wire': field published: found 'May', allowed an ISO date"),
        (
            ENTRY + "columns = { colour = 'c' }",
            "source 'wire': field columns: found {'colour': 'c'}, allowed columns for",
        ),
        (ENTRY + "columns = { text = 1 }", "source 'wire': field columns.text: found 1, allowed a valid string"),
        (ENTRY + 'kind = "feed"\ncolumns = { text = "t" }', "source 'wire': field columns: found with kind 'feed'"),
        (ENTRY + "days = 3", "source 'wire': field days: found 3, allowed with {day} in the url"),
        (ENTRY + "days = 400", "source 'wire': field days: found 400, allowed less than or equal to 31"),
        (ENTRY + 'path = "x"', "source 'wire': field url: found both of url and path, allowed one of them"),
        ('[[source]]\nname = "a"', "source 'a': field url: found neither of url and path, allowed one of them"),
        ('[[source]]\nname = "a"\npath = "x"\nkind = "feed"', "source 'a': field kind: found 'feed' with path"),
        ('[[source]]\nname = "a"\nurl = "ftp://x"', "source 'a': field url: found 'ftp://x', allowed an address"),
        ('[[source]]\nname = "a"\nurl = "http://me:pw@x/"', "allowed an address without them"),
        ('[[source]]\nurl = "https://example.org/"', "source 1: field name: found nothing, allowed a value"),
        (ENTRY + ENTRY, "source 'wire': field name: found twice, allowed a name of its own"),
        ("", "found nothing, allowed entries that begin with [[source]]"),
        ("[source]\nname = 'a'", "found source, allowed entries that begin with [[source]]"),
        ("[[sources]]\nname = 'a'", "found sources, allowed entries that begin with [[source]]"),
        ("name =", "Invalid value (at end of document)"),
    ],
)
def test_lists_that_break_the_rules(tmp_path: Path, text: str, message: str) -> None:
    """File, entry, field, what was found and what is allowed."""
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text)
    assert str(caught.value).startswith(str(tmp_path / "sources.toml"))
    assert message in str(caught.value)


def test_a_list_that_is_not_there(tmp_path: Path) -> None:
    """It is told."""
    with pytest.raises(ConfigError, match="No such file"):
        read_sources(tmp_path / "none.toml")


def test_some_of_a_list(tmp_path: Path) -> None:
    """In the order asked for; an unknown name lists those that are known."""
    sources = read(tmp_path, GOOD)
    assert [source.name for source in choose_sources(sources, ["table", "wire"])] == ["table", "wire"]
    with pytest.raises(ConfigError, match="found 'wires', allowed wire, table"):
        choose_sources(sources, ["wires"])


def test_sources_that_are_named() -> None:
    """An address is one, anything else is a file or a folder."""
    assert (name_source("HTTPS://example.org/a").url, name_source("https").path) == (
        "HTTPS://example.org/a",
        Path("https"),
    )
    assert name_source("x.csv", kind="csv", publisher="Wire").publisher == "Wire"


@pytest.mark.parametrize("told", ["15", "1.5h", "-1h", "0d", "", None, 60])
def test_times_that_are_none(told: object) -> None:
    """A number, a unit, and no less than a minute."""
    with pytest.raises(ValueError, match="one minute or more"):
        parse_every(told)
