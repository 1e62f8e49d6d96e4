"""What a site forbids is left alone, and hosts are asked no faster than they may be."""

import httpx
import pytest

from casus.errors import FetchError
from casus.ingest.fetch import Fetcher, Manners
from casus.ingest.pacing import Pacer
from casus.ingest.retries import retry_after
from casus.ingest.robots import KEPT, KEPT_FAILURE, Robots
from tests.ingest.sites import Reply, Site, make_fetcher

RULES = b"User-agent: *\nDisallow: /private\n\nUser-agent: Casus\nDisallow: /*.pdf$\nDisallow: /secret\n"


class Clock:
    """A clock that only moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now, self.slept = 100.0, 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds
        self.slept += seconds


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/news", True),
        ("/private", True),
        ("/secret", False),
        ("/secret/a", False),
        ("/a.pdf", False),
        ("/a.pdf?x", True),
    ],
)
def test_rules_for_us_are_kept(site: Site, path: str, allowed: bool) -> None:
    """Those that name us come before those for all; signs are understood as RFC 9309 says."""
    site.put("/robots.txt", Reply(RULES, headers={"Content-Type": "text/plain"}))
    address = site.put(path, Reply(b"here"))
    with make_fetcher() as fetcher:
        if allowed:
            assert fetcher.get(address).body == b"here"
            return
        with pytest.raises(FetchError, match="found 'disallowed'"):
            fetcher.get(address)
    assert site.visits(path) == []


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (429, False), (503, False)])
def test_rules_that_cannot_be_read(site: Site, status: int, allowed: bool) -> None:
    """No rules allow everything; a site in trouble is left alone."""
    site.put("/robots.txt", Reply(status=status))
    address = site.put("/a", Reply(b"here"))
    with make_fetcher() as fetcher:
        if allowed:
            assert fetcher.get(address).body == b"here"
            return
        with pytest.raises(FetchError, match=f"found 'status {status}'"):
            fetcher.get(address)


def test_a_redirect_does_not_lead_around_the_rules(site: Site) -> None:
    """Where it leads is checked as the first address was."""
    site.put("/robots.txt", Reply(RULES))
    address = site.put("/a", Reply(status=302, headers={"Location": "/secret"}))
    with make_fetcher() as fetcher, pytest.raises(FetchError, match="disallowed"):
        fetcher.get(address)
    assert site.visits("/secret") == []


def test_rules_are_asked_for_once(site: Site) -> None:
    """And kept for the run."""
    site.put("/robots.txt", Reply(RULES))
    with make_fetcher() as fetcher:
        for path in ("/a", "/b"):
            fetcher.get(site.put(path, Reply(b"here")))
    assert len(site.visits("/robots.txt")) == 1


@pytest.mark.parametrize(("status", "kept"), [(200, KEPT), (500, KEPT_FAILURE)])
def test_rules_grow_old(status: int, kept: float) -> None:
    """After some hours, or minutes where the site was in trouble, they are asked for again."""
    asked, clock = [], Clock()

    def ask(address: str) -> tuple[int, bytes]:
        asked.append(address)
        return status, b""

    robots = Robots(ask, "Casus", clock)
    for _ in range(3):
        try:
            robots.check(httpx.URL("https://example.org/a"))
        except FetchError:
            assert status != 200
        clock.sleep(kept * 0.6)
    assert asked == ["https://example.org/robots.txt"] * 2


def test_hosts_are_given_a_pause(site: Site) -> None:
    """Ours, or the longer one that robots.txt asks for; the first request waits for nothing."""
    site.put("/robots.txt", Reply(b"User-agent: *\nCrawl-delay: 4\n"))
    clock = Clock()
    with Fetcher(Manners(allow_private=True, pause=1.0), pacer=Pacer(clock, clock.sleep)) as fetcher:
        for path in ("/a", "/b", "/c"):
            fetcher.get(site.put(path, Reply(b"here")))
    assert clock.slept == 8.0


def test_pauses_are_for_one_host() -> None:
    """Another host need not wait; time that passed anyway counts."""
    clock = Clock()
    pacer = Pacer(clock, clock.sleep)
    pacer.wait("a", 3.0)
    pacer.wait("b", 3.0)
    assert clock.slept == 0.0
    clock.now += 2.0
    pacer.wait("a", 3.0)
    assert clock.slept == 1.0


def test_nobody_stops_us_for_long(site: Site) -> None:
    """A delay of hours is a refusal."""
    site.put("/robots.txt", Reply(b"User-agent: *\nCrawl-delay: 86400\n"))
    with make_fetcher() as fetcher, pytest.raises(FetchError, match="crawl-delay"):
        fetcher.get(site.put("/a", Reply(b"here")))


@pytest.mark.parametrize(
    ("told", "expected"), [(None, None), ("0", 0.0), ("-1", None), ("Mon, 06 May 1996 07:08:09 GMT", 0.0), ("²", None)]
)
def test_retry_after(told: str | None, expected: float | None) -> None:
    """Seconds or a date; one that is past is now; nonsense is nothing."""
    assert retry_after(told) == expected
