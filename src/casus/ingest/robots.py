"""What a site's robots.txt allows us, after RFC 9309: kept for some hours; a site that cannot say is left alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import httpx
from protego import Protego

from casus.errors import FetchError
from casus.ingest.pacing import Clock

KEPT = 6 * 3600.0  # seconds; RFC 9309 says no more than 24 hours
KEPT_FAILURE = 300.0
LONGEST_DELAY = 120.0  # seconds; who asks for more does not want to be read
LARGEST = 512_000  # bytes that are read; RFC 9309 asks for at least 500 KiB
TOO_MANY = 429

Ask = Callable[[str], tuple[int, bytes]]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one site until `until`; None where the site could not be asked, for the reason `why`."""

    until: float
    parsed: Protego | None
    why: str = ""


class Robots:
    """Tells which addresses may be fetched.

    Args:
        ask: From the address of a robots.txt to status and body; raises FetchError where it cannot be reached.
        agent: The product name that the rules know us by.
        clock: Seconds that only go forward.
    """

    def __init__(self, ask: Ask, agent: str, clock: Clock = time.monotonic) -> None:
        self._ask, self._agent, self._clock = ask, agent, clock
        self._rules: dict[str, Rules] = {}

    def check(self, url: httpx.URL) -> float:
        """Return the seconds that the site wants between two requests, 0 where it does not say.

        Raises:
            FetchError: The address may not be fetched, or the site cannot say.
        """
        rules = self._find(url)
        if rules.parsed is None:
            raise FetchError(str(url), "robots.txt", rules.why, "a robots.txt that can be read, or none at all")
        if not rules.parsed.can_fetch(str(url), self._agent):
            raise FetchError(str(url), "robots.txt", "disallowed", f"an address that it allows {self._agent}")
        delay = rules.parsed.crawl_delay(self._agent) or 0.0
        if not 0 <= delay <= LONGEST_DELAY:
            raise FetchError(str(url), "crawl-delay", delay, f"at most {LONGEST_DELAY:.0f} seconds")
        return delay

    def _find(self, url: httpx.URL) -> Rules:
        site = f"{url.scheme}://{url.netloc.decode('ascii')}"
        rules = self._rules.get(site)
        if rules is None or rules.until <= self._clock():
            rules = self._rules[site] = self._read(f"{site}/robots.txt")
        return rules

    def _read(self, address: str) -> Rules:
        now = self._clock()
        try:
            status, body = self._ask(address)
        except FetchError as error:
            if error.field == "address":  # it would be refused for the page too, and says more
                raise
            return Rules(now + KEPT_FAILURE, None, f"{error.field} {error.found}")
        if status == TOO_MANY or status >= httpx.codes.INTERNAL_SERVER_ERROR:
            return Rules(now + KEPT_FAILURE, None, f"status {status}")
        text = body.decode("utf-8", "replace") if status == httpx.codes.OK else ""
        return Rules(now + KEPT, Protego.parse(text))
