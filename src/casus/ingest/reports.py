"""What every kind of source shares: from loose fields to a checked Report; opens no file.

A Report's text is the title, a blank line and the body, or the body alone; a text that comes as such is taken as it is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from casus.errors import InputError
from casus.ingest.languages import guess_language
from casus.records import Report

FIELDS = ("id", "url", "publisher", "published", "title", "text", "body")
DATES = "an ISO date (2020-01-03) or a datetime with its zone (2020-01-03T14:05:00Z)"
LONGEST_FOUND = 60  # characters of a bad value that an error shows
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
DAY_IN_NAME = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")
SURROGATES = re.compile("[\ud800-\udfff]")


def _nothing_known(_id: str) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What reports are taken on.

    Attributes:
        published: Date of the reports that carry none, ISO.
        title: Title of the reports that carry none.
        max_bytes: Size above which a report is refused, in bytes.
        languages: Languages that are taken, ISO 639-1.
        publisher: Publisher of the reports that name none.
        columns: Which column of a table holds which field of a report, where their names do not tell.
        known: Tells whether a report of that id need not be read; asked where reading takes long.
    """

    published: str | None = None
    title: str | None = None
    max_bytes: int = 1_000_000
    languages: tuple[str, ...] = ("en",)
    publisher: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict, hash=False)
    known: Callable[[str], bool] = _nothing_known


@dataclass(frozen=True, slots=True)
class Spot:
    """A line of a file, counted from one."""

    file: str
    line: int = 1

    def error(self, field: str, found: object, allowed: str) -> InputError:
        """Return the error that says what stood here; long values are cut."""
        shown = f"{found[:LONGEST_FOUND]}…" if isinstance(found, str) and len(found) > LONGEST_FOUND else found
        return InputError(self.file, self.line, field, shown, allowed)


def parse_published(text: str) -> str | None:
    """Return a publication date as the record holds it, or None if it is none.

    A clock time without a zone names no moment: its day is kept.

    >>> parse_published("2020-01-03T14:05:00Z"), parse_published("2020-01-03 14:05"), parse_published("3 January")
    ('2020-01-03T14:05:00+00:00', '2020-01-03', None)
    """
    if not DAY.match(text):
        return None
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text).isoformat()
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.isoformat() if moment.tzinfo else moment.date().isoformat()


def make_report(fields: Mapping[str, Any], spot: Spot, terms: Terms) -> Report:
    """Return the report that `fields` describe; those not in FIELDS are passed over, so coded reports go in again.

    Raises:
        InputError: A field is missing, of a wrong kind, or not allowed.
    """
    told = {name: _read_field(fields, name, spot) for name in FIELDS}
    title = told["title"] or terms.title or None
    text = _join_text(told["text"], title, told["body"], spot)
    _check_size(text, spot, terms.max_bytes)
    _check_language(text, spot, terms.languages)
    return Report(
        id=told["id"] or make_id(told["url"] or text),
        url=told["url"],
        publisher=told["publisher"] or terms.publisher,
        title=title,
        published=_read_date(told["published"], spot, terms),
        text=text,
    )


def make_id(key: str) -> str:
    """Return a stable id: the same url or text gives the same one on every machine.

    >>> make_id("https://example.org/1")
    '18c17418f5ad82f0'
    """
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _read_field(fields: Mapping[str, Any], name: str, spot: Spot) -> str | None:
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise spot.error(name, value, "a string")
    if broken := SURROGATES.search(value):
        raise spot.error(name, broken[0], "whole Unicode characters, no half surrogates")
    if "\0" in value:
        raise spot.error(name, value[: value.index("\0") + 1][-20:], "text without NUL, which PostgreSQL cannot keep")
    return value if name == "text" else value.strip()


def _join_text(text: str | None, title: str | None, body: str | None, spot: Spot) -> str:
    if text is None and body is None:
        raise spot.error("text", None, "a field text or body")
    name, told = ("body", body or "") if text is None else ("text", text)
    if not told.strip():
        raise spot.error(name, "", "a text that is not empty")
    return told if title is None or text is not None else f"{title}\n\n{told}"


def _check_size(text: str, spot: Spot, max_bytes: int) -> None:
    size = len(text.encode())
    if size > max_bytes:
        raise too_large(spot, size, max_bytes)


def too_large(spot: Spot, size: int | str, max_bytes: int) -> InputError:
    """Return the error for a report of `size` bytes."""
    return spot.error("size", size, f"at most {max_bytes} bytes a report (more with --max-bytes)")


def _check_language(text: str, spot: Spot, languages: tuple[str, ...]) -> None:
    language = guess_language(text)
    if language is not None and language not in languages:
        raise spot.error("language", language, " ".join(languages))


def _read_date(told: str | None, spot: Spot, terms: Terms) -> str | None:
    """Return the report's own date, else the one given for all, else the one its file's name begins with."""
    if not told:
        return terms.published or _name_date(spot.file)
    published = parse_published(told)
    if published is None:
        raise spot.error("published", told, DATES)
    return published


def _name_date(file: str) -> str | None:
    begins = DAY_IN_NAME.match(re.split(r"[\\/]", file)[-1])
    return parse_published(begins[0]) if begins else None
