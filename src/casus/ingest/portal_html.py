"""The portal "Current events" as HTML: the days of a page and their lists; understands nothing of what they say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from casus.ingest.markup import SILENT
from casus.ingest.portal_lines import Day, Line, Run
from casus.ingest.reports import parse_published

HEADINGS = {"b", "strong", "h2", "h3", "h4", "h5", "dt"}
LISTS = {"ul", "ol", "dl"}
WIKI = "/wiki/"


def find_days(page: str) -> tuple[Day, ...]:
    """Return the days of a page; one without lists is none."""
    from lxml.etree import ParserError
    from lxml.html import document_fromstring

    try:
        tree = document_fromstring(page.encode(), parser=_parser())
    except ParserError:
        return ()
    contents = tree.find_class("current-events-content")
    return tuple(Day(_find_date(content), tuple(_find_lines(content))) for content in contents)


def _parser() -> Any:
    from lxml.html import HTMLParser

    return HTMLParser(encoding="utf-8")


def _find_date(content: Any) -> str | None:
    """Return the date in the heading of the box around a day's content."""
    box = content
    while box is not None:
        for mark in box.find_class("bday"):
            return parse_published(mark.text_content().strip())
        if "current-events" in (box.get("class") or "").split():
            return None
        box = box.getparent()
    return None


def _find_lines(content: Any) -> Iterator[Line]:
    """Yield the lines under the headings, which stand beside the lists, not in them."""
    category: str | None = None
    for child in content:
        if child.tag in LISTS:
            yield from _read_list(child, 1, category)
        elif isinstance(child.tag, str) and (heading := _heading(child)):
            category = heading


def _heading(element: Any) -> str | None:
    found = next((one for one in element.iter() if one.tag in HEADINGS or one.get("role") == "heading"), None)
    return found.text_content().strip() or None if found is not None else None


def _read_list(items: Any, depth: int, category: str | None) -> Iterator[Line]:
    for item in items:
        if item.tag not in {"li", "dd"}:
            continue
        yield Line(depth, category, tuple(_runs(item)), item.sourceline or 1)
        for inner in item:
            if inner.tag in LISTS:
                yield from _read_list(inner, depth + 1, category)


def _runs(element: Any) -> Iterator[Run]:
    """Yield the stretches of a line, without the lists within it."""
    if element.text:
        yield Run(element.text)
    for child in element:
        if child.tag == "a" and child.get("href"):
            yield _link(child)
        elif isinstance(child.tag, str) and child.tag not in LISTS | SILENT and child.tag != "sup":
            yield from _runs(child)
        if child.tail:
            yield Run(child.tail)


def _link(anchor: Any) -> Run:
    text, address = anchor.text_content(), anchor.get("href")
    if "external" in (anchor.get("class") or "").split() or (address.startswith("http") and WIKI not in address):
        return Run(text, url=address)
    page = unquote(address.partition(WIKI)[2].partition("#")[0]).replace("_", " ")
    return Run(text, title=anchor.get("title") or page or None)
