"""From what a server answered to reports: a feed, a page, or a file that lies on the web; fetches nothing itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BufferedReader, BytesIO
from pathlib import PurePosixPath

from casus.errors import FetchError
from casus.ingest.addresses import clean_address, parse_address
from casus.ingest.charsets import decode_answer
from casus.ingest.current_events import PAGE_SIGN, read_portal
from casus.ingest.feeds import is_feed
from casus.ingest.fetch import Fetched
from casus.ingest.inputs import GZIP, KINDS, READERS, read_opened
from casus.ingest.items import Found, Item
from casus.ingest.pages import PAGE_TYPES, report_page
from casus.ingest.portal_wikitext import SIGN as WIKITEXT_SIGN
from casus.ingest.reports import Spot, Terms

HTML_SIGN = re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype\s+html|html)\b", re.IGNORECASE)
PAGE, FEED, TEXT, PORTAL, FILE = "page", "feed", "text", "current-events", "file"
# What servers call the kinds of files; text/plain is decided last, since much else is called that.
TYPES: Mapping[str, str] = {
    "application/json": "json",
    "application/jsonl": "json",
    "application/warc": "warc",
    "application/x-ndjson": "json",
    "text/csv": "csv",
    "text/plain": TEXT,
    "text/tab-separated-values": "csv",
    **dict.fromkeys(PAGE_TYPES, PAGE),
}


def find_kind(answer: Fetched, body: bytes) -> str:
    """Return what an answer is: one of a source's kinds, or `file` where the address's end tells.

    Raises:
        FetchError: It is nothing that holds reports.
    """
    if is_feed(body):
        return FEED
    if PAGE_SIGN in body or WIKITEXT_SIGN.match(body):
        return PORTAL
    if answer.content_type not in PAGE_TYPES and _suffix(answer.address) in READERS:
        return FILE
    kind = TYPES.get(answer.content_type) or (PAGE if not answer.content_type and HTML_SIGN.match(body) else None)
    if kind is None:
        raise FetchError(answer.address, "content-type", answer.content_type, f"a feed, {', '.join(sorted(TYPES))}")
    return kind


def read_answer(answer: Fetched, kind: str, asked: str, terms: Terms) -> Iterator[Found]:
    """Yield the reports of an answer that is no feed.

    Args:
        answer: With a body.
        kind: What it is.
        asked: The address that was asked for; a page's report is known by it, wherever redirects led.
        terms: What is taken.

    Raises:
        InputError: It cannot be taken.
    """
    body, spot = answer.body or b"", Spot(answer.address)
    if kind == PAGE:
        yield read_web_page(answer, asked, {"publisher": terms.publisher}, terms)
    elif kind == PORTAL:
        yield from read_portal(decode_answer(body, answer.charset, spot), spot, terms)
    elif kind == TEXT:
        text = decode_answer(body, answer.charset, spot).encode()
        yield from KINDS[TEXT](_opened(text), answer.address, terms)
    else:
        yield from read_opened(
            _opened(body), answer.address, terms, KINDS.get(kind) or READERS[_suffix(answer.address)]
        )


def read_web_page(answer: Fetched, asked: str, given: Mapping[str, str | None], terms: Terms) -> Item:
    """Return the report of a page.

    Args:
        answer: With a body.
        asked: The address that was asked for.
        given: Fields that are known better than from the page.
        terms: What is taken.

    Raises:
        InputError: It is no page, or none with an article.
    """
    if answer.content_type and answer.content_type not in PAGE_TYPES:
        raise FetchError(answer.address, "content-type", answer.content_type, ", ".join(sorted(PAGE_TYPES)))
    spot = Spot(answer.address)
    html = decode_answer(answer.body or b"", answer.charset, spot)
    report = report_page(html, spot, terms, {**given, "url": clean_address(asked)})
    return Item(report, {"address": answer.address})


def _suffix(address: str) -> str:
    return PurePosixPath(parse_address(address).path.lower().removesuffix(GZIP)).suffix


def _opened(data: bytes) -> BufferedReader:
    return BufferedReader(BytesIO(data))
