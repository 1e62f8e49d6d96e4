"""Feeds: their entries, however they are written, and what is said of what is none."""

import pytest

from casus.errors import InputError
from casus.ingest.feeds import is_feed, parse_feed, read_moment
from casus.ingest.markup import plain_text
from casus.ingest.reports import Spot

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Example &amp; Co</title>
<entry><title type="html">Rebels &lt;b&gt;shell&lt;/b&gt; Goma</title><link rel="self" href="https://example.org/self"/>
<link href="/news/1?utm_source=feed#top"/><id>tag:example.org,2031:1</id><updated>2031-05-07T01:00:00Z</updated>
<published>2031-05-06T22:30:00-05:00</published>
<summary>Short.</summary>
<content type="html">&lt;p&gt;Rebels shelled Goma.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;&lt;p&gt;Two died.</content>
</entry></feed>"""
RSS = """<rss version="2.0"><channel><title>Wire</title>
<item><title>Calm</title><link>https://example.org/2</link><pubDate>Tue, 06 May 2031 08:00:00 +0200</pubDate>
<description>The truce holds.</description></item>
<item><title>No link</title><description>Words.</description></item>
<item><link>https://example.org/3</link><pubDate>sometime</pubDate></item>
</channel></rss>"""
SPOT = Spot("https://example.org/feed")


def test_an_atom_feed() -> None:
    """Addresses are whole and without counters, text is plain, the date keeps its zone."""
    feed = parse_feed(ATOM.encode(), SPOT, {"content-location": "https://example.org/feed"})
    (entry,) = feed.entries
    assert (feed.title, feed.broken) == ("Example & Co", None)
    assert (entry.address, entry.title) == ("https://example.org/news/1", "Rebels shell Goma")
    assert (entry.published, entry.text) == ("2031-05-06T22:30:00-05:00", "Rebels shelled Goma.\n\nTwo died.")


def test_an_rss_feed() -> None:
    """What an entry leaves out is None; a date that is none is left out."""
    found = [(entry.address, entry.published, entry.text) for entry in parse_feed(RSS.encode(), SPOT).entries]
    assert found == [
        ("https://example.org/2", "2031-05-06T08:00:00+02:00", "The truce holds."),
        (None, None, "Words."),
        ("https://example.org/3", None, ""),
    ]


def test_a_feed_that_breaks_off() -> None:
    """Its entries so far are kept, and where it breaks is told."""
    feed = parse_feed(RSS[: RSS.index("<item><title>No link")].encode(), SPOT)
    assert [entry.address for entry in feed.entries] == ["https://example.org/2"]
    assert str(feed.broken).startswith("https://example.org/feed:4: field feed: found 'no element found'")


def test_an_empty_feed_is_one() -> None:
    """Nothing happened; that is no error."""
    feed = parse_feed(b"<rss version='2.0'><channel><title>Wire</title></channel></rss>", SPOT)
    assert (feed.entries, feed.broken) == ((), None)


@pytest.mark.parametrize(
    "data", [b"", b"Not found", b"<html><body><p>Moved</body></html>", b'{"version": 1}', b"\x00\x01"]
)
def test_what_is_no_feed(data: bytes) -> None:
    """It is told as such."""
    with pytest.raises(InputError, match="field feed"):
        parse_feed(data, SPOT)


def test_entities_are_not_unfolded() -> None:
    """A feed that defines its own could be made to fill the memory."""
    bomb = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">]><rss version="2.0"><channel/></rss>'
    with pytest.raises(InputError, match="defines no entities"):
        parse_feed(bomb, SPOT)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (RSS.encode(), True),
        (ATOM.encode(), True),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- made by hand -->\n<rdf:RDF>", True),
        (b"<!DOCTYPE html><html>", False),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", False),
        (b"<feedback>", False),
    ],
)
def test_a_feed_is_known_when_seen(data: bytes, expected: bool) -> None:
    """By its first element, whatever stands before it."""
    assert is_feed(data) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Tue, 06 May 2031 08:00:00 EST", "2031-05-06T08:00:00-05:00"),
        ("2031-05-06T08:00:00", "2031-05-06"),
        ("Tue, 06 May 2031 08:00:00", "2031-05-06"),
        ("", None),
    ],
)
def test_moments(told: str, expected: str | None) -> None:
    """A clock time without a zone names a day and no moment."""
    assert read_moment(told) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("plain & simple", "plain & simple"),
        ("a<br>b", "a\n\nb"),
        ("<!-- -->", ""),
        ("<p>one<div>two <i>three</i></div>four", "one\n\ntwo three\n\nfour"),
        ("<style>p{}</style><p>x\n\n  y", "x y"),
    ],
)
def test_fragments_become_plain(html: str, expected: str) -> None:
    """Blocks are paragraphs, white space is one blank."""
    assert plain_text(html) == expected
