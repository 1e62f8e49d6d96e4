"""A real web site on loopback for the tests of fetching: answers what it is told to, and keeps what it was asked."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from casus.ingest.fetch import Fetcher, Manners

HTML = "text/html; charset=utf-8"


def pack(data: bytes) -> bytes:
    """Return gzip's form of the data, without the time: tests in several processes must have the same names."""
    return gzip.compress(data, mtime=0)


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered; `pace` are seconds before each of the pieces, `endless` repeats the body for ever."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    pace: float = 0.0
    endless: bool = False
    length: int | None = None


@dataclass(slots=True)
class Site:
    """A site: what stands at which path, several replies one after the other, the last one for good."""

    port: int
    pages: dict[str, list[Reply]] = field(default_factory=lambda: defaultdict(list))
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str = "/") -> str:
        """Return the address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def put(self, path: str, *replies: Reply) -> str:
        """Put replies at a path and return its address."""
        self.pages[path] = list(replies)
        return self.url(path)

    def visits(self, path: str) -> list[dict[str, str]]:
        """Return the headers of the requests for a path."""
        return [headers for asked, headers in self.asked if asked == path]


def page(title: str, body: str, date: str = "2031-05-06") -> bytes:
    """Return an article as a page with a menu."""
    paragraphs = "".join(f"<p>{part}</p>" for part in body.split("\n"))
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{title}</title>"
        f"<meta property='article:published_time' content='{date}T08:00:00Z'></head>"
        f"<body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{title}</h1>{paragraphs}</article><footer>All rights reserved</footer></body></html>"
    ).encode()


def html_reply(title: str, body: str, **headers: str) -> Reply:
    """Return the reply that is a page."""
    return Reply(page(title, body), headers={"Content-Type": HTML, **headers})


def packed(reply: Reply) -> Reply:
    """Return a reply compressed by gzip."""
    return Reply(pack(reply.body), reply.status, {**reply.headers, "Content-Encoding": "gzip"})


@contextmanager
def open_site() -> Iterator[Site]:
    """Give a site that listens on a free port of loopback."""
    site = Site(0)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _make_handler(site))
    server.daemon_threads = True
    server.block_on_close = False
    site.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def _make_handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            replies = site.pages.get(self.path) or [Reply(status=404)]
            reply = replies.pop(0) if len(replies) > 1 else replies[0]
            self.close_connection = True
            self.send_response(self._status(reply))
            if not reply.endless:
                self.send_header("Content-Length", str(len(reply.body) if reply.length is None else reply.length))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self._send(reply)

        def _status(self, reply: Reply) -> int:
            known = self.headers.get("If-None-Match")
            return 304 if known and known == reply.headers.get("ETag") else reply.status

        def _send(self, reply: Reply) -> None:
            try:
                while True:
                    time.sleep(reply.pace)
                    self.wfile.write(reply.body)
                    if not reply.endless:
                        return
            except OSError:  # the other side has had enough
                return

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name of the overridden method
            return

    return Handler


def make_fetcher(sleep: Callable[[float], None] | None = None, **manners: object) -> Fetcher:
    """Return a fetcher that takes loopback and waits for nothing, but tells `sleep` what it would wait."""
    from casus.ingest.pacing import Pacer

    given = {"allow_private": True, "pause": 0.0, "connect": 2.0, "read": 2.0, **manners}
    return Fetcher(Manners(**given), pacer=Pacer(sleep=sleep or (lambda _seconds: None)))  # type: ignore[arg-type]


def silent_port() -> socket.socket:
    """Return a socket that takes connections and never answers."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.listen()
    return listener
