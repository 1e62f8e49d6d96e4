"""HTML pages: one report each, freed from menus and advertisements by trafilatura, dated by htmldate.

Only dates that the page's mark-up declares are taken; none is guessed from its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BufferedReader
from typing import Any, cast

from casus.errors import InputError
from casus.ingest.charsets import decode_page, read_bytes
from casus.ingest.reports import Spot, Terms, make_report
from casus.records import Report

# The result must not depend on the day of the run, so the latest date allowed is not today.
PAGE_TYPES = {"text/html", "application/xhtml+xml"}
DATES = {"extensive_search": False, "original_date": True, "max_date": "2999-12-31"}
EXTRACTION: dict[str, Any] = {
    "with_metadata": True,
    "include_comments": False,
    "include_tables": False,
    "date_extraction_params": DATES,
}


def read_page(stream: BufferedReader, file: str, terms: Terms) -> Iterator[Report | InputError]:
    """Yield the report of an HTML page.

    Args:
        stream: The page.
        file: Its name.
        terms: What is taken.

    Raises:
        InputError: It cannot be taken, or no article was found in it.
    """
    spot = Spot(file)
    html = decode_page(read_bytes(stream, spot, terms.max_bytes), spot)
    yield make_report(extract_article(html, spot), spot, terms)


def report_page(html: str, spot: Spot, terms: Terms, given: Mapping[str, str | None]) -> Report:
    """Return the report of a page.

    Args:
        html: The page.
        spot: Where it came from.
        terms: What is taken.
        given: Fields that are known better than from the page; None leaves the page's own.

    Raises:
        InputError: It cannot be taken, or no article was found in it.
    """
    known = {name: value for name, value in given.items() if value}
    return make_report({**extract_article(html, spot), **known}, spot, terms)


def extract_article(html: str, spot: Spot) -> dict[str, Any]:
    """Return the fields of the article in a page.

    Raises:
        InputError: There is none.
    """
    from trafilatura import bare_extraction  # a third of a second, and only pages need it

    found = cast(Any, bare_extraction(html, **EXTRACTION))
    body = _join_paragraphs(found.text or "", found.title) if found else ""
    if found is None or not body:
        raise spot.error("body", "", "a page with an article")
    return {"title": found.title, "body": body, "published": found.date, "url": found.url, "publisher": found.sitename}


def _join_paragraphs(text: str, title: str | None) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "\n\n".join(lines[1:] if lines and lines[0] == title else lines)
