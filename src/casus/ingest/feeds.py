"""RSS and Atom feeds: their entries, with address, title, date and what they tell; fetches nothing.

A feed with broken XML gives the entries that can be made out, and an error that says where it breaks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from io import BytesIO
from time import struct_time
from typing import Any
from xml.sax import SAXException

from casus.errors import FetchError, InputError
from casus.ingest.addresses import clean_address
from casus.ingest.markup import plain_text
from casus.ingest.reports import Spot, parse_published

SIGN = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*|<\?[^>]*>\s*|<!DOCTYPE[^>]*>\s*)*<(rss|feed|rdf:RDF)\b", re.DOTALL
)
LOOKED_AT = 4096  # bytes
A_FEED = "an RSS or Atom feed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed: `text` is what the feed itself tells of it, often no more than a sentence."""

    address: str | None
    title: str | None
    published: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its title, its entries as they stand in it, and where it breaks, if it does."""

    title: str | None
    entries: tuple[Entry, ...]
    broken: InputError | None = None


def is_feed(data: bytes) -> bool:
    """Tell whether data begins as a feed does.

    >>> is_feed(b"<?xml version='1.0'?><rss version='2.0'>"), is_feed(b"<html>")
    (True, False)
    """
    return bool(SIGN.match(data[:LOOKED_AT].removeprefix(b"\xef\xbb\xbf")))


def parse_feed(data: bytes, spot: Spot, headers: Mapping[str, str] | None = None) -> Feed:
    """Return the feed that `data` holds.

    Args:
        data: The feed as it came.
        spot: Where it came from.
        headers: What the server said of it: `content-type`, `content-location`.

    Raises:
        InputError: It is no feed.
    """
    if b"<!ENTITY" in data:
        raise spot.error("feed", "<!ENTITY", f"{A_FEED} that defines no entities")
    import feedparser

    found = feedparser.parse(BytesIO(data), response_headers=dict(headers or {}))
    reason = found.get("bozo_exception")
    added = 0 if data.lstrip().startswith(b"<?xml") else 1  # feedparser puts a declaration before what has none
    broken = _where(reason, spot, added) if isinstance(reason, SAXException) else None
    if not found.get("version") and not found.entries:
        raise broken or spot.error("feed", data[:40].decode("utf-8", "replace"), A_FEED)
    title = plain_text(found.feed.get("title", "")) or None
    return Feed(title, tuple(_read_entry(entry) for entry in found.entries), broken)


def _where(reason: SAXException, spot: Spot, added: int) -> InputError:
    line = reason.getLineNumber() if hasattr(reason, "getLineNumber") else 1
    return Spot(spot.file, max(1, (line or 1) - added)).error("feed", reason.getMessage(), "well-formed XML")


def _read_entry(entry: Any) -> Entry:
    contents = [content.get("value", "") for content in entry.get("content", ())]
    text = max((plain_text(html) for html in [*contents, entry.get("summary", "")]), key=len)
    return Entry(_read_link(entry), plain_text(entry.get("title", "")) or None, _read_moment(entry), text)


def _read_link(entry: Any) -> str | None:
    link = entry.get("feedburner_origlink") or entry.get("link")
    try:
        return clean_address(link) if link and link.startswith(("http://", "https://")) else None
    except FetchError:
        return None


def _read_moment(entry: Any) -> str | None:
    """Return when an entry was published, in its own time zone: by that its "Monday" is a Monday."""
    told, parsed = entry.get("published"), entry.get("published_parsed")
    if not told and "updated" in entry.keys():  # noqa: SIM118  feedparser answers get() with another field
        told, parsed = entry.get("updated"), entry.get("updated_parsed")
    return read_moment(told, parsed) if told else None


def read_moment(told: str, parsed: struct_time | None = None) -> str | None:
    """Return a feed's date as the record holds it: with its zone; the day alone where it names no zone.

    Args:
        told: As it stands in the feed.
        parsed: As feedparser understands it, in UTC.

    >>> read_moment("Mon, 06 May 2030 21:30:00 -0500"), read_moment("2030-05-06T21:30:00Z"), read_moment("6 May 2030")
    ('2030-05-06T21:30:00-05:00', '2030-05-06T21:30:00+00:00', None)
    """
    if (iso := parse_published(told.strip())) is not None:
        return iso
    try:
        moment = parsedate_to_datetime(told)
    except ValueError:
        return date(*parsed[:3]).isoformat() if parsed else None
    return moment.isoformat() if moment.tzinfo else moment.date().isoformat()
