"""Fetching over real HTTP: what comes back, what is refused, what is tried again, and how politely."""

import zlib
from itertools import pairwise

import pytest

from casus.errors import FetchError
from casus.ingest.fetch import Stamp
from tests.ingest.sites import Reply, Site, html_reply, make_fetcher, pack, packed, silent_port

WORDS = b"The army said on Monday that its troops had left the town. " * 50


def refusal(address: str, **manners: object) -> FetchError:
    """Return the error that fetching an address gives."""
    with make_fetcher(**manners) as fetcher, pytest.raises(FetchError) as caught:  # type: ignore[arg-type]
        fetcher.get(address)
    return caught.value


def test_an_answer_comes_with_what_it_is(site: Site) -> None:
    """Body, type, charset and the stamp for the next time."""
    headers = {
        "Content-Type": "text/html; charset=latin-1",
        "ETag": '"a"',
        "Last-Modified": "Mon, 05 May 2031 07:00:00 GMT",
    }
    address = site.put("/a", Reply(WORDS, headers=headers))
    with make_fetcher() as fetcher:
        found = fetcher.get(address)
    assert (found.body, found.content_type, found.charset) == (WORDS, "text/html", "latin-1")
    assert found.stamp == Stamp('"a"', "Mon, 05 May 2031 07:00:00 GMT")


def test_what_is_not_new_is_not_sent_again(site: Site) -> None:
    """The stamp goes back as a condition; 304 brings no body."""
    address = site.put("/a", Reply(WORDS, headers={"ETag": '"a"'}))
    with make_fetcher() as fetcher:
        found = fetcher.get(address, fetcher.get(address).stamp)
    assert found.body is None
    assert site.visits("/a")[1]["if-none-match"] == '"a"'


def test_we_say_who_we_are(site: Site) -> None:
    """The user agent begins with our name; only what we can bound is asked for."""
    with make_fetcher() as fetcher:
        fetcher.get(site.put("/a", Reply(WORDS)))
    headers = site.visits("/a")[0]
    assert (headers["user-agent"].split("/")[0], headers["accept-encoding"]) == ("Casus", "gzip, deflate")
    assert headers["host"] == f"127.0.0.1:{site.port}"


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (pack(WORDS), "gzip"),
        (pack(WORDS[:100]) + pack(WORDS[100:]), "x-gzip"),
        (zlib.compress(WORDS), "deflate"),
        (zlib.compress(WORDS)[2:-4], "deflate"),
        (WORDS, "identity"),
    ],
)
def test_compressed_bodies_are_unpacked(site: Site, body: bytes, encoding: str) -> None:
    """In each way that servers have, several parts and missing headers included."""
    with make_fetcher() as fetcher:
        assert fetcher.get(site.put("/a", Reply(body, headers={"Content-Encoding": encoding}))).body == WORDS


@pytest.mark.parametrize(
    ("reply", "field", "found"),
    [
        (Reply(status=404), "status", 404),
        (Reply(status=410), "status", 410),
        (Reply(status=304), "status", 304),
        (Reply(WORDS, headers={"Content-Encoding": "br"}), "content-encoding", "br"),
        (packed(Reply(bytes(5_000_000))), "size", "more than 100000 bytes"),
        (Reply(WORDS * 10, endless=True), "size", "more than 100000 bytes"),
        (Reply(b"\x1f\x8b nothing", headers={"Content-Encoding": "gzip"}), "body", None),
        (Reply(status=302, headers={"Location": "ftp://example.org/"}), "address", "ftp://example.org"),
        (Reply(status=302, headers={"Location": "http://me:secret@127.0.0.1/"}), "address", "a name and password"),
        (Reply(status=503, headers={"Retry-After": "3600"}), "status", 503),
    ],
)
def test_what_is_refused_at_once(site: Site, reply: Reply, field: str, found: object) -> None:
    """Answers that another attempt would not change, and bodies that grow too large, packed or not."""
    error = refusal(site.put("/a", reply), max_bytes=100_000)
    assert (error.field, error.found) == (field, found if found is not None else error.found)
    assert len(site.visits("/a")) == 1


@pytest.mark.parametrize(
    "passing",
    [
        Reply(status=500),
        Reply(status=429),
        Reply(WORDS, length=len(WORDS) + 10),
        Reply(pack(WORDS)[:-20], headers={"Content-Encoding": "gzip"}),
    ],
)
def test_what_may_pass_is_tried_again(site: Site, passing: Reply) -> None:
    """A server in trouble and a body that is cut."""
    waits: list[float] = []
    with make_fetcher(waits.append) as fetcher:
        assert fetcher.get(site.put("/a", passing, Reply(WORDS))).body == WORDS
    assert [0.5 <= wait <= 1.5 for wait in waits] == [True]


def test_attempts_end(site: Site) -> None:
    """Waits grow, and the last failure is told."""
    waits: list[float] = []
    address = site.put("/a", Reply(status=500))
    with make_fetcher(waits.append) as fetcher, pytest.raises(FetchError, match="field status: found 500"):
        fetcher.get(address)
    assert len(site.visits("/a")) == 3
    assert waits[0] < 2 <= waits[1] * 2 <= 6


def test_a_server_says_when_to_come_again(site: Site) -> None:
    """Retry-After is what is waited."""
    waits: list[float] = []
    with make_fetcher(waits.append) as fetcher:
        fetcher.get(site.put("/a", Reply(status=503, headers={"Retry-After": "7"}), Reply(WORDS)))
    assert waits == [7.0]


@pytest.mark.parametrize("manners", [{"read": 0.2}, {"read": 5.0, "total": 0.3}])
def test_slow_servers_are_left(site: Site, manners: dict[str, float]) -> None:
    """One that says nothing for too long, and one that drips."""
    pace = 0.6 if manners["read"] < 1 else 0.05
    error = refusal(site.put("/a", Reply(b"x", pace=pace, endless=True)), attempts=1, **manners)
    assert error.field == "time"


def test_a_server_that_never_answers(site: Site) -> None:
    """It costs the time that was agreed on, no more."""
    with silent_port() as listener:
        error = refusal(f"http://127.0.0.1:{listener.getsockname()[1]}/", attempts=1, read=0.2)
    assert (error.field, "robots.txt" in str(error)) == ("robots.txt", True)


def test_no_server() -> None:
    """A port that nobody listens on, and a name that does not exist."""
    with silent_port() as listener:
        port = listener.getsockname()[1]
    assert refusal(f"http://127.0.0.1:{port}/").field == "robots.txt"
    assert "cannot be resolved" in str(refusal("http://no-such-name.invalid/"))


def test_redirects_are_followed(site: Site) -> None:
    """Relative ones too; the answer says where they led."""
    site.put("/b/c", html_reply("T", "Words."))
    with make_fetcher() as fetcher:
        found = fetcher.get(site.put("/b/a", Reply(status=301, headers={"Location": "c"})))
    assert found.address == site.url("/b/c")


@pytest.mark.parametrize(("chain", "found"), [("aba", "back to"), ("aa", "back to"), ("abcdefgh", "to ")])
def test_redirects_end(site: Site, chain: str, found: str) -> None:
    """A loop and a long chain are refused."""
    for here, there in pairwise(chain):
        site.put(f"/{here}", Reply(status=302, headers={"Location": f"/{there}"}))
    error = refusal(site.url("/a"))
    assert (error.field, str(error.found).startswith(found)) == ("redirect", True)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("ftp://example.org/", "ftp://example.org"),
        ("http:///path", "http://"),
        ("https://me:secret@example.org/", "a name and password"),
        ("http://example.org:99999999/", None),
    ],
)
def test_addresses_that_are_none(address: str, found: str | None) -> None:
    """They are told without their password, before anything is asked."""
    error = refusal(address)
    assert (error.field, error.found) == ("address", found or error.found)
    assert "secret" not in str(error)
