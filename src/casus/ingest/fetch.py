"""One address over HTTP, politely: conditional, paced, as robots.txt allows, bounded in time and size, retried.

It gives bytes; what they are is told elsewhere. All network access of the room goes through `Fetcher.get`.
"""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import httpx

from casus.errors import FetchError
from casus.ingest.addresses import parse_address
from casus.ingest.bodies import ENCODINGS, TruncatedBodyError, read_body
from casus.ingest.deadlines import Deadline
from casus.ingest.guard import GuardedTransport, is_public
from casus.ingest.pacing import Pacer
from casus.ingest.retries import Retry, retry_after
from casus.ingest.robots import LARGEST, Robots

PRODUCT = "Casus"
AGENT = f"{PRODUCT}/1 (news event coding for research; obeys robots.txt)"
REDIRECTS = {301, 302, 303, 307, 308}
PASSING = {408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524}  # the latter are Cloudflare's
STATUSES = "200 (or 304 where nothing is new)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How we behave on the network.

    Attributes:
        agent: What we call ourselves; begins with the name that robots.txt knows us by.
        connect: Seconds to wait for a connection.
        read: Seconds to wait for the next bytes.
        total: Seconds for one address, redirects included, waiting for our turn not.
        pause: Seconds between two requests to one host, at least.
        attempts: How often an address is asked while its failure may pass.
        patience: Seconds we are ready to wait before an attempt; who asks for more is left for another run.
        redirects: How many are followed.
        max_bytes: Size above which an answer is refused, compressed or not.
        allow_private: Take addresses that are not of the public internet.
    """

    agent: str = AGENT
    connect: float = 10.0
    read: float = 20.0
    total: float = 120.0
    pause: float = 1.0
    attempts: int = 3
    patience: float = 60.0
    redirects: int = 5
    max_bytes: int = 10_000_000
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a server told us by which it knows later whether anything is new."""

    etag: str | None = None
    modified: str | None = None

    def headers(self) -> dict[str, str]:
        """Return the headers of a conditional request."""
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: `address` is where redirects led; `body` is None where nothing is new since the stamp."""

    address: str
    body: bytes | None
    content_type: str = ""
    charset: str | None = None
    stamp: Stamp = field(default_factory=Stamp)


class Fetcher:
    """Fetches addresses.

    Args:
        manners: How it behaves.
        pacer: What spaces requests to one host.
        transport: What sends a request; by default one that connects to public addresses only.
    """

    def __init__(
        self,
        manners: Manners | None = None,
        *,
        pacer: Pacer | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.manners = manners or Manners()
        self._pacer = pacer or Pacer()
        self._client = httpx.Client(
            transport=transport or GuardedTransport(judge=_any_address if self.manners.allow_private else is_public),
            headers={"User-Agent": self.manners.agent, "Accept-Encoding": ENCODINGS, "Accept": "*/*"},
            timeout=httpx.Timeout(self.manners.read, connect=self.manners.connect),
            trust_env=False,
        )
        self._robots = Robots(self._ask_robots, self.manners.agent.partition("/")[0])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def get(self, address: str, stamp: Stamp | None = None) -> Fetched:
        """Return what stands at an address.

        Args:
            address: Beginning with http:// or https://.
            stamp: That of the last answer, so that the same is not sent again.

        Raises:
            FetchError: It cannot be fetched, or may not be.
        """
        url = parse_address(address)
        for attempt in range(1, self.manners.attempts + 1):
            try:
                return self._follow(url, (stamp or Stamp()).headers(), obey=True)
            except Retry as failure:
                wait = failure.wait if failure.wait is not None else _backoff(attempt)
                if attempt == self.manners.attempts or wait > self.manners.patience:
                    raise failure.error from failure
                self._pacer.sleep(wait)
        raise AssertionError("there is at least one attempt")

    def _ask_robots(self, address: str) -> tuple[int, bytes]:
        try:
            return 200, self._follow(parse_address(address), {}, obey=False).body or b""
        except Retry as failure:
            raise failure.error from failure
        except FetchError as error:
            if error.field == "status" and isinstance(error.found, int):
                return error.found, b""
            raise

    def _follow(self, url: httpx.URL, headers: Mapping[str, str], *, obey: bool) -> Fetched:
        """Return the answer at the end of the redirects; each of them is checked as the first address was."""
        limit = time.monotonic() + self.manners.total
        first, visited = url, [url]
        while True:
            limit += self._wait_for_turn(url, obey=obey)
            answer = self._send(url, headers, limit, obey=obey)
            if isinstance(answer, Fetched):
                return answer
            url = answer
            if url in visited:
                raise FetchError(str(first), "redirect", f"back to {url}", "redirects that end")
            if len(visited) > self.manners.redirects:
                raise FetchError(str(first), "redirect", f"to {url}", f"at most {self.manners.redirects} redirects")
            visited.append(url)

    def _wait_for_turn(self, url: httpx.URL, *, obey: bool) -> float:
        """Wait until the host may be asked; return the seconds that this took."""
        begun = time.monotonic()
        pause = max(self.manners.pause, self._robots.check(url)) if obey else 0.0
        if obey:
            self._pacer.wait(url.netloc.decode("ascii"), pause)
        return time.monotonic() - begun

    def _send(self, url: httpx.URL, headers: Mapping[str, str], limit: float, *, obey: bool) -> Fetched | httpx.URL:
        """Return the answer, or where it redirects to."""
        with Deadline(limit - time.monotonic()) as deadline:
            try:
                with self._client.stream(
                    "GET", url, headers=dict(headers), extensions={"trace": deadline.watch}
                ) as answer:
                    most = self.manners.max_bytes if obey else LARGEST
                    found = self._take(url, answer, conditional=bool(headers), most=most)
                if deadline.over:  # a body without a length ends where the connection does
                    raise httpx.ReadTimeout("cut")
            except httpx.TimeoutException as error:
                raise Retry(FetchError(str(url), "time", type(error).__name__, "an answer in time")) from error
            except (httpx.HTTPError, TruncatedBodyError) as error:
                field, told = (
                    ("time", "too long") if deadline.over else ("connection", str(error) or type(error).__name__)
                )
                raise Retry(FetchError(str(url), field, told, "a server that answers in full and in time")) from error
            return found

    def _take(self, url: httpx.URL, response: httpx.Response, *, conditional: bool, most: int) -> Fetched | httpx.URL:
        if response.status_code in REDIRECTS and "location" in response.headers:
            return _redirected(url, response.headers["location"])
        if response.status_code == httpx.codes.NOT_MODIFIED and conditional:
            return Fetched(str(url), None)
        _check_status(response)
        return _answer(response, read_body(response, most))


def _any_address(_address: str) -> bool:
    return True


def _redirected(url: httpx.URL, location: str) -> httpx.URL:
    try:
        return parse_address(str(url.join(location)))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(str(url), "redirect", location, "an address") from error


def _check_status(response: httpx.Response) -> None:
    if response.status_code == httpx.codes.OK:
        return
    error = FetchError(str(response.url), "status", response.status_code, STATUSES)
    if response.status_code in PASSING:
        raise Retry(error, retry_after(response.headers.get("retry-after")))
    raise error


def _answer(response: httpx.Response, body: bytes) -> Fetched:
    content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    stamp = Stamp(response.headers.get("etag"), response.headers.get("last-modified"))
    return Fetched(str(response.url), body, content_type, response.charset_encoding, stamp)


def _backoff(attempt: int) -> float:
    """Return the seconds before the next attempt: about 1, 2, 4, …, never all clients at once."""
    return float(2 ** (attempt - 1) * random.uniform(0.5, 1.5))
