"""One visit to a source: what is new there, what is known, what failed; it remembers nothing itself.

What the next visit must know (what a server called its answer, which pages failed) comes out as notes, to be kept
together with the reports: a visit that is cut short anywhere is made again and gives no report twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from casus.errors import FetchError, InputError
from casus.ingest.addresses import address_id
from casus.ingest.answers import FEED, find_kind, read_answer, read_web_page
from casus.ingest.current_events import portal_name
from casus.ingest.feeds import Entry, Feed, parse_feed
from casus.ingest.fetch import Fetched, Stamp
from casus.ingest.inputs import read_items
from casus.ingest.items import Item, Note, Passed, as_item
from casus.ingest.reports import Spot, Terms, make_report
from casus.ingest.sources import DAY, Source

Visited = Item | Passed | Note | InputError

FIRST_WAIT = 3600.0  # seconds until a page that failed is tried again; four times as long after each further failure
GIVEN_UP = 5  # failures


class Memory(Protocol):
    """What is known from before."""

    def knows(self, id_: str) -> bool:
        """Tell whether there is a report of that id."""
        ...

    def recall(self, key: str) -> Mapping[str, Any] | None:
        """Return what was noted under a key."""
        ...


class Getter(Protocol):
    """What fetches: a `Fetcher`, or whatever answers like one."""

    def get(self, address: str, stamp: Stamp | None = None) -> Fetched:
        """Return what stands at an address; raises FetchError."""
        ...


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Visits sources.

    Attributes:
        getter: What fetches.
        memory: What is known.
        terms: What reports are taken on.
        now: The time, with its zone.
    """

    getter: Getter
    memory: Memory
    terms: Terms
    now: Callable[[], datetime] = _now

    def visit(self, source: Source) -> Iterator[Visited]:
        """Yield what a source has; errors are part of it and end nothing but the source they are of."""
        terms = replace(
            self.terms,
            publisher=source.publisher or self.terms.publisher,
            columns={**self.terms.columns, **source.columns},
            published=source.published or self.terms.published,
            known=self.memory.knows,
        )
        given = source.origin()
        if source.url:
            given["fetched"] = self.now().isoformat(timespec="seconds")
        for found in self._open(source, terms):
            yield Item(found.report, {**given, **found.origin}) if isinstance(found, Item) else found

    def _open(self, source: Source, terms: Terms) -> Iterator[Visited]:
        if source.path is not None:
            yield from read_items([source.path], terms, kind=source.kind)
        for address in self._addresses(source):
            try:
                yield from self._visit_address(address, source, terms)
            except InputError as error:
                yield error

    def _addresses(self, source: Source) -> Iterator[str]:
        """Yield the source's address, or those of its days, the oldest first."""
        if source.url is None:
            return
        if DAY not in source.url:
            yield source.url
            return
        today = self.now().date()
        for back in reversed(range(source.days)):
            yield source.url.replace(DAY, portal_name(today - timedelta(days=back)))

    def _visit_address(self, address: str, source: Source, terms: Terms) -> Iterator[Visited]:
        """Yield what an address has; what its server called the answer is noted only if nothing is left to be done."""
        key = f"http {address}"
        answer = self.getter.get(address, Stamp(**(self.memory.recall(key) or {})))
        if answer.body is None:
            yield Passed(address, "unchanged")
            return
        kind = source.kind or find_kind(answer, answer.body)
        whole = True
        for found in self._read(answer, kind, source, terms):
            whole = whole and not _is_open(found)
            yield found
        if whole:
            yield Note(key, {"etag": answer.stamp.etag, "modified": answer.stamp.modified})

    def _read(self, answer: Fetched, kind: str, source: Source, terms: Terms) -> Iterator[Visited]:
        if kind != FEED:
            yield from map(as_item, read_answer(answer, kind, source.url or answer.address, terms))
            return
        headers = {"content-type": answer.content_type, "content-location": answer.address}
        feed = parse_feed(
            answer.body or b"", Spot(answer.address), {name: told for name, told in headers.items() if told}
        )
        if feed.broken is not None:
            yield feed.broken
        for entry in feed.entries:
            yield from self._take_entry(entry, feed, Spot(answer.address), source, terms)

    def _take_entry(self, entry: Entry, feed: Feed, spot: Spot, source: Source, terms: Terms) -> Iterator[Visited]:
        """Yield the report of an entry, unless it is known."""
        if entry.address is None:
            yield spot.error("link", entry.title, "an entry with the address of a page")
            return
        terms = replace(terms, publisher=terms.publisher or feed.title, title=entry.title)
        if self.memory.knows(address_id(entry.address)):
            yield Passed(address_id(entry.address))
        elif source.follow:
            yield from self._follow(entry.address, {"published": entry.published, "publisher": source.publisher}, terms)
        else:
            yield _read_entry(entry, spot, terms)

    def _follow(self, address: str, given: Mapping[str, str | None], terms: Terms) -> Iterator[Visited]:
        """Yield the report of the page that an entry leads to; a page that fails is put off, longer each time."""
        key = f"page {address}"
        before = self.memory.recall(key)
        if before and not self._is_due(before):
            yield Passed(address_id(address), "put off" if before["again"] else "given up")
            return
        try:
            yield read_web_page(self.getter.get(address), address, given, terms)
        except InputError as error:
            yield error
            yield Note(key, self._put_off(before, error))
        else:
            if before:
                yield Note(key, None)

    def _is_due(self, before: Mapping[str, Any]) -> bool:
        return before["again"] is not None and datetime.fromisoformat(before["again"]) <= self.now()

    def _put_off(self, before: Mapping[str, Any] | None, error: InputError) -> Mapping[str, Any]:
        """Return what to note of a page that failed: how often, and when it is tried again, if ever."""
        failed = (before["failed"] if before else 0) + 1
        wait = timedelta(seconds=FIRST_WAIT * 4 ** (failed - 1))
        hopeless = failed >= GIVEN_UP or not isinstance(error, FetchError)
        return {"failed": failed, "again": None if hopeless else (self.now() + wait).isoformat(), "why": str(error)}


def _is_open(found: Visited) -> bool:
    """Tell whether something is left to be done at the next visit, even if the source says nothing new."""
    return isinstance(found, InputError) or (isinstance(found, Passed) and found.why == "put off")


def _read_entry(entry: Entry, spot: Spot, terms: Terms) -> Item | InputError:
    """Return the report that a feed itself tells."""
    fields = {"url": entry.address, "title": entry.title, "published": entry.published, "body": entry.text}
    try:
        return Item(make_report(fields, spot, terms), {"address": spot.file})
    except InputError as error:
        return error
