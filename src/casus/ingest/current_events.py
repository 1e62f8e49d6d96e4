"""The Wikipedia portal "Current events": one report an item of a day, with its sources and the stories it belongs to.

Takes a day's page as HTML or as wikitext. An item is a line that names a source; lines above it without one are the
stories it continues. What lines there are is found in `portal_html` and `portal_wikitext`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from io import BufferedReader
from typing import Any

from casus.errors import InputError
from casus.ingest.charsets import decode_page, read_bytes
from casus.ingest.items import Item
from casus.ingest.portal_html import find_days
from casus.ingest.portal_lines import Line, Run
from casus.ingest.portal_wikitext import read_day
from casus.ingest.reports import Spot, Terms, make_report

PUBLISHER = "Wikipedia current events"
PAGE_SIGN = b"current-events-content"
LARGEST_PAGE = 10_000_000  # bytes; a page may hold a month
SPACE = re.compile(r"\s+")
DAY_IN_NAME = re.compile(r"(\d{4})[_ ]([A-Z][a-z]+)[_ ](\d{1,2})(?!\d)")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def read_current_events(stream: BufferedReader, file: str, terms: Terms) -> Iterator[Item | InputError]:
    """Yield the items of a page of the portal, whether HTML or wikitext.

    Args:
        stream: The page.
        file: Its name.
        terms: What is taken; `max_bytes` holds for each item.

    Raises:
        InputError: It is no page of the portal.
    """
    spot = Spot(file)
    data = read_bytes(stream, spot, LARGEST_PAGE)
    yield from read_portal(decode_page(data, spot), spot, terms)


def read_portal(page: str, spot: Spot, terms: Terms) -> Iterator[Item | InputError]:
    """Yield the items of a page of the portal.

    Args:
        page: HTML or wikitext.
        spot: Where it came from; the date is taken from there where the page has none.
        terms: What is taken.

    Raises:
        InputError: It is no page of the portal, or of no day.
    """
    days = find_days(page) if page.lstrip().startswith("<") else (read_day(page),)
    count = 0
    for day in days:
        published = day.published or _day_in_name(spot.file) or terms.published
        if published is None:
            raise spot.error("date", None, "a page of one day (2030_May_6)")
        for line, story in _find_items(day.lines):
            count += 1
            yield _make_item(line, story, published, spot, terms)
    if not count:
        raise spot.error("page", page.strip()[:40], "a day of Portal:Current events with items that name a source")


def portal_name(day: date) -> str:
    """Return how the portal names a day, as in `Portal:Current_events/2030_May_6`.

    >>> portal_name(date(2030, 5, 6))
    '2030_May_6'
    """
    return f"{day.year}_{MONTHS[day.month - 1]}_{day.day}"


def _day_in_name(name: str) -> str | None:
    found = DAY_IN_NAME.search(name)
    if found is None or found[2] not in MONTHS:
        return None
    try:
        return date(int(found[1]), MONTHS.index(found[2]) + 1, int(found[3])).isoformat()
    except ValueError:
        return None


def _find_items(lines: tuple[Line, ...]) -> Iterator[tuple[Line, tuple[str, ...]]]:
    """Yield the lines that name a source, each with the text of the lines it stands under."""
    above: list[Line] = []
    for line in lines:
        above = [one for one in above if one.depth < line.depth and one.category == line.category]
        if any(run.url for run in line.runs):
            yield line, tuple(_compose(one.runs)[0] for one in above)
        else:
            above.append(line)


def _make_item(line: Line, story: tuple[str, ...], published: str, spot: Spot, terms: Terms) -> Item | InputError:
    text, links = _compose(line.runs)
    sources = [{"name": run.text.strip(" ()"), "url": run.url} for run in line.runs if run.url]
    origin: dict[str, Any] = {"category": line.category, "storyline": list(story), "links": links, "sources": sources}
    fields = {"text": text, "published": published, "publisher": terms.publisher or PUBLISHER}
    try:
        return Item(make_report(fields, Spot(spot.file, line.number), terms), origin)
    except InputError as error:
        return error


def _compose(runs: tuple[Run, ...]) -> tuple[str, list[dict[str, Any]]]:
    """Return the text of a line without its sources, white space as one blank, and its links with their offsets."""
    text, links = "", []
    for run in runs:
        words = SPACE.sub(" ", "" if run.url else run.text)
        words = words.lstrip() if not text or text.endswith(" ") else words
        start, text = len(text), text + words
        shown = words.strip()
        if run.title and shown:
            begin = start + words.index(shown)
            links.append({"start": begin, "end": begin + len(shown), "text": shown, "title": run.title})
    return text.rstrip(), links
