"""Pages give their article, its title, and the date their mark-up declares."""

from pathlib import Path

import pytest

from casus.ingest import read_inputs
from casus.records import Report

WORDS = "The army said on Monday that its troops had left the town and that talks would go on in the capital."
PAGE = """<!DOCTYPE html><html><head><title>Troops leave</title>{head}</head><body><nav><a href="/">Home</a></nav>
<article><h1>Troops leave</h1><p>{words}</p>
<p>Caf\u00e9s opened \u201cagain\u201d in the evening of the day.</p></article></body></html>"""


def read(tmp_path: Path, head: str = "", charset: str = "utf-8") -> Report:
    """Return the report of a page with `head`, written in `charset`."""
    (tmp_path / "page.html").write_bytes(PAGE.format(head=head, words=WORDS).encode(charset))
    (report,) = read_inputs([tmp_path])
    assert isinstance(report, Report)
    return report


def test_the_article_without_what_surrounds_it(tmp_path: Path) -> None:
    """Title, blank line, paragraphs with blank lines between them."""
    text = f"Troops leave\n\n{WORDS}\n\nCafés opened “again” in the evening of the day."
    assert read(tmp_path).text == text


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta property="article:published_time" content="2031-05-02T10:00:00Z">', "2031-05-02"),
        ('<meta name="date" content="2019-05-02">', "2019-05-02"),
        ("", None),
    ],
)
def test_only_declared_dates_are_taken(tmp_path: Path, head: str, expected: str | None) -> None:
    """None is guessed, and none refused for lying after today."""
    assert read(tmp_path, head).published == expected


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        ('<meta charset="windows-1252">', "windows-1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', "windows-1252"),
        ("<meta charset=utf-8>", "utf-8-sig"),
        ("", "utf-16"),
        ("", "utf-8"),
    ],
)
def test_the_declared_charset_is_used(tmp_path: Path, head: str, charset: str) -> None:
    """Byte order marks come first; Latin 1 is what browsers take for it."""
    assert "Cafés opened “again”" in read(tmp_path, head, charset).text
