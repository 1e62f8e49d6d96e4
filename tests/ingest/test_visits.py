"""Visits to sources over real HTTP: what is new comes once, what failed is put off, what did not change is not read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from casus.errors import InputError
from casus.ingest import Item, Note, Passed, Terms
from casus.ingest.addresses import address_id
from casus.ingest.sources import Source, name_source
from casus.ingest.visits import Visited, Visitor
from tests.ingest.sites import HTML, Reply, Site, html_reply, make_fetcher, page

BODY = "The army said on Monday that its troops had left the town.\nTalks go on in the capital, officials said."
GERMAN = (
    "Die Regierung hat am Montag mitgeteilt, dass sie die Gespräche mit der Opposition nicht fortsetzen werde, "
    "weil die Bedingungen dafür nach ihrer Ansicht nicht erfüllt seien."
)
NOW = datetime(2031, 5, 7, 12, 0, tzinfo=UTC)
XML = {"Content-Type": "application/rss+xml"}


@dataclass(slots=True)
class Memory:
    """What a store would remember."""

    ids: set[str] = field(default_factory=set)
    notes: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    now: datetime = NOW

    def knows(self, id_: str) -> bool:
        """Tell whether a report was taken."""
        return id_ in self.ids

    def recall(self, key: str) -> Mapping[str, Any] | None:
        """Return what was noted."""
        return self.notes.get(key)

    def keep(self, found: Visited) -> None:
        """Keep what a store would keep."""
        if isinstance(found, Item):
            self.ids.add(found.report.id)
        elif isinstance(found, Note) and found.value is None:
            self.notes.pop(found.key, None)
        elif isinstance(found, Note) and found.value is not None:
            self.notes[found.key] = found.value


def visit(source: Source | str, memory: Memory | None = None, terms: Terms | None = None) -> list[Visited]:
    """Return what a visit gives, and let the memory keep it."""
    memory = memory or Memory()
    source = name_source(source) if isinstance(source, str) else source
    with make_fetcher(attempts=1) as fetcher:
        visitor = Visitor(getter=fetcher, memory=memory, terms=terms or Terms(), now=lambda: memory.now)
        found = list(visitor.visit(source))
    for one in found:
        memory.keep(one)
    return found


def kinds(found: list[Visited]) -> list[str]:
    """Return what was found, in short."""
    return [one.why if isinstance(one, Passed) else type(one).__name__ for one in found]


def feed(site: Site, *paths: str, date: str = "Tue, 06 May 2031 22:00:00 -0500") -> bytes:
    """Return a feed with an entry a path."""
    entries = "".join(
        f"<item><title>News {path}</title><link>{site.url(path)}</link><pubDate>{date}</pubDate>"
        f"<description>The truce of {path} holds.</description></item>"
        for path in paths
    )
    return f"<rss version='2.0'><channel><title>Example Wire</title>{entries}</channel></rss>".encode()


def only(found: list[Visited]) -> Item:
    """Return the one report that was found."""
    (item,) = (one for one in found if isinstance(one, Item))
    return item


def test_a_page(site: Site) -> None:
    """Its address is its id, its date and its title are its own, and where it came from is told."""
    site.put("/moved", html_reply("Calm in the town", BODY))
    address = site.put("/a?utm_source=x", Reply(status=301, headers={"Location": "/moved"}))
    item = only(visit(Source(name="wire", url=f"{address}#top", language="en", publisher="Wire")))
    assert (item.report.url, item.report.id) == (site.url("/a"), address_id(site.url("/a")))
    assert (item.report.title, item.report.published, item.report.publisher) == (
        "Calm in the town",
        "2031-05-06",
        "Wire",
    )
    assert item.origin == {
        "source": "wire",
        "language": "en",
        "address": site.url("/moved"),
        "fetched": "2031-05-07T12:00:00+00:00",
    }


def test_a_page_that_did_not_change(site: Site) -> None:
    """The second visit brings nothing, and says so."""
    memory, address = Memory(), site.put("/a", html_reply("Calm", BODY, ETag='"1"'))
    assert kinds(visit(address, memory)) == ["Item", "Note"]
    assert kinds(visit(address, memory)) == ["unchanged"]


def test_a_feed_leads_to_pages(site: Site) -> None:
    """The page gives text and title, the feed the date in its own zone, and the publisher where nobody else does."""
    site.put("/1", html_reply("Calm in the town", BODY))
    item = only(visit(site.put("/feed", Reply(feed(site, "/1"), headers=XML))))
    assert item.report.text == "Calm in the town\n\n" + BODY.replace("\n", "\n\n")
    assert (item.report.published, item.report.publisher) == ("2031-05-06T22:00:00-05:00", "Example Wire")


def test_a_feed_tells_by_itself(site: Site) -> None:
    """Where pages are not to be followed, none is asked for."""
    address = site.put("/feed", Reply(feed(site, "/1"), headers=XML))
    item = only(visit(Source(name="f", url=address, follow=False)))
    assert item.report.text == "News /1\n\nThe truce of /1 holds."
    assert site.visits("/1") == []


def test_what_is_known_is_not_fetched(site: Site) -> None:
    """A feed with a new entry costs one page; an unchanged one costs none."""
    memory = Memory()
    for path in ("/1", "/2"):
        site.put(path, html_reply(f"News {path}", BODY))
    address = site.put("/feed", Reply(feed(site, "/1"), headers={**XML, "ETag": '"1"'}))
    assert kinds(visit(address, memory)) == ["Item", "Note"]
    site.put("/feed", Reply(feed(site, "/2", "/1"), headers={**XML, "ETag": '"2"'}))
    assert kinds(visit(address, memory)) == ["Item", "known", "Note"]
    assert kinds(visit(address, memory)) == ["unchanged"]
    assert [len(site.visits(path)) for path in ("/1", "/2", "/feed")] == [1, 1, 3]


def test_a_visit_that_is_cut_short_is_made_again(site: Site) -> None:
    """What the server called the feed is noted last, so nothing is lost."""
    memory = Memory()
    for path in ("/1", "/2"):
        site.put(path, html_reply(f"News {path}", BODY))
    address = site.put("/feed", Reply(feed(site, "/1", "/2"), headers={**XML, "ETag": '"1"'}))
    with make_fetcher() as fetcher:
        memory.keep(next(Visitor(getter=fetcher, memory=memory, terms=Terms()).visit(name_source(address))))
    assert kinds(visit(address, memory)) == ["known", "Item", "Note"]


def test_a_page_that_fails_is_put_off(site: Site) -> None:
    """Longer each time; the feed is read again while something is left to be done; in the end it is given up."""
    memory = Memory()
    address = site.put("/feed", Reply(feed(site, "/1"), headers={**XML, "ETag": '"1"'}))
    waits = []
    for _ in range(5):
        assert kinds(visit(address, memory))[0] == "FetchError"
        asked = len(site.visits("/1"))
        again = memory.notes[f"page {site.url('/1')}"]["again"]
        if again:
            assert kinds(visit(address, memory)) == ["put off"]
            waits.append((datetime.fromisoformat(again) - memory.now) / timedelta(hours=1))
            memory.now = datetime.fromisoformat(again)
        assert len(site.visits("/1")) == asked
    assert waits == [1, 4, 16, 64]
    assert kinds(visit(address, memory)) == ["given up", "Note"]
    assert kinds(visit(address, memory)) == ["unchanged"]


def test_a_page_that_comes_back(site: Site) -> None:
    """It is taken, and that it failed is forgotten."""
    memory, address = Memory(), site.put("/feed", Reply(feed(site, "/1"), headers=XML))
    visit(address, memory)
    site.put("/1", html_reply("Calm", BODY))
    memory.now += timedelta(hours=2)
    assert kinds(visit(address, memory)) == ["Item", "Note", "Note"]
    assert list(memory.notes) == [f"http {address}"]


def test_what_is_not_for_us_is_not_asked_for_again(site: Site) -> None:
    """A page in another language, and one without an article."""
    memory = Memory()
    site.put("/1", html_reply("Gespräche", GERMAN))
    site.put("/2", Reply(b"<html><body></body></html>", headers={"Content-Type": HTML}))
    address = site.put("/feed", Reply(feed(site, "/1", "/2"), headers=XML))
    errors = [one for one in visit(address, memory) if isinstance(one, InputError)]
    assert [error.field for error in errors] == ["language", "body"]
    assert kinds(visit(address, memory)) == ["given up", "given up", "Note"]


def test_a_broken_feed(site: Site) -> None:
    """What can be made out is taken, the break is told, and the feed is read again next time."""
    memory = Memory()
    site.put("/1", html_reply("Calm", BODY))
    address = site.put("/feed", Reply(feed(site, "/1")[:-20], headers={**XML, "ETag": '"1"'}))
    assert kinds(visit(address, memory)) == ["InputError", "Item"]
    assert kinds(visit(address, memory)) == ["InputError", "known"]


def test_an_empty_feed(site: Site) -> None:
    """There is nothing to tell."""
    assert kinds(visit(site.put("/feed", Reply(feed(site), headers=XML)))) == ["Note"]


@pytest.mark.parametrize(
    ("path", "reply", "field"),
    [
        ("/a", Reply(status=404), "status"),
        ("/a", Reply(b"\x89PNG\r\n", headers={"Content-Type": "image/png"}), "content-type"),
        ("/a", Reply(b"%PDF-1.7"), "content-type"),
        ("/a", Reply(page("Caf\xe9", BODY).decode().encode("latin-1"), headers={"Content-Type": "text/html"}), "byte"),
        (
            "/a",
            Reply(page("Calm", BODY).replace(b"utf-8", b"utf-99"), headers={"Content-Type": "text/html"}),
            "charset",
        ),
        ("/a.csv", Reply(b"day,story\n2031-05-06,x\n", headers={"Content-Type": "text/csv"}), "header"),
        ("/a.jsonl", Reply(b'{"text":', headers={"Content-Type": "application/json"}), "column"),
    ],
)
def test_what_cannot_be_taken(site: Site, path: str, reply: Reply, field: str) -> None:
    """One error, and no note: it is looked at again next time."""
    (error,) = visit(site.put(path, reply))
    assert isinstance(error, InputError)
    assert error.field.split()[0] == field


@pytest.mark.parametrize(
    ("raw", "content_type"),
    [
        (page("Café", BODY), "text/html"),
        (page("Café", BODY), ""),
        (page("Café", BODY), "text/html; charset=iso-8859-1"),
        (page("Café", BODY).decode().encode("cp1252"), "text/html; charset=ISO-8859-1"),
        (page("Café", BODY).decode().replace("utf-8", "windows-1252").encode("cp1252"), "text/html"),
        (page("Café", BODY).decode().replace("utf-8", "windows-1252").encode("cp1252"), "text/html; charset=nonsense"),
        (b"\xff\xfe" + page("Café", BODY).decode().encode("utf-16-le"), "text/html; charset=utf-8"),
    ],
)
def test_charsets(site: Site, raw: bytes, content_type: str) -> None:
    """UTF-8 where it is that, else what the server says, else what the page says."""
    assert only(visit(site.put("/a", Reply(raw, headers={"Content-Type": content_type})))).report.title == "Café"


@pytest.mark.parametrize(
    ("path", "content_type", "body"),
    [
        ("/reports.csv", "text/csv", f"text,date\n{BODY.splitlines()[0]},2031-05-06\n".encode()),
        ("/reports.csv", "application/octet-stream", f"text,date\n{BODY.splitlines()[0]},2031-05-06\n".encode()),
        (
            "/api?page=1",
            "application/json",
            b'[{"text": "%s", "published": "2031-05-06"}]' % BODY.splitlines()[0].encode(),
        ),
        ("/2031-05-06.txt", "text/plain", BODY.splitlines()[0].encode()),
    ],
)
def test_files_on_the_web(site: Site, path: str, content_type: str, body: bytes) -> None:
    """By what the server calls them, or by their name."""
    item = only(visit(site.put(path, Reply(body, headers={"Content-Type": content_type}))))
    assert (item.report.text, item.report.published) == (BODY.splitlines()[0], "2031-05-06")
    assert item.origin["address"] == site.url(path)


def test_a_portal_is_visited_day_by_day(site: Site) -> None:
    """The address names the day; the oldest comes first."""
    for day in (5, 6, 7):
        link = f"<a class='external' href='{site.url()}'>(Wire)</a>"
        text = f"<div class='current-events-content'><ul><li>Talks go on. {link}</li></ul></div>"
        site.put(f"/Current_events/2031_May_{day}", Reply(text.encode(), headers={"Content-Type": HTML}))
    found = visit(Source(name="portal", kind="current-events", url=site.url("/Current_events/{day}"), days=2))
    assert [one.report.published for one in found if isinstance(one, Item)] == ["2031-05-06", "2031-05-07"]


def test_a_file_is_a_source_too(tmp_path: Path) -> None:
    """With its columns, its date and its publisher."""
    (tmp_path / "t.csv").write_text(f"story\n{BODY.splitlines()[0]}\n")
    source = Source(
        name="t", path=tmp_path / "t.csv", columns={"text": "story"}, published="2031-05-06", publisher="Wire"
    )
    item = only(visit(source))
    assert (item.report.published, item.report.publisher) == ("2031-05-06", "Wire")
    assert item.origin == {"source": "t", "address": str(tmp_path / "t.csv")}
