"""The outermost frame of every request: its id, its log line, its count, and an answer where something broke."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from time import perf_counter
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

from fastapi import HTTPException, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from casus.web.logs import ACCESS, REQUEST_ID
from casus.web.metrics import Metrics
from casus.web.problems import MEDIA_TYPE, ProblemError, answer_problem, make_body, show_path

GOOD_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
SLASH = re.compile(rb"%2f", re.IGNORECASE)
SMALL, LEVEL = 2000, 5
"""Bytes below which nothing is packed, and how hard it is: a page of 100 kB in two milliseconds."""
LONGEST_LENGTH = 15
"""Digits of a Content-Length that are read as a number."""
BROKEN = "something broke in this server; its log tells what under the id of this request"
log, access = logging.getLogger(__name__), logging.getLogger(ACCESS)


@dataclass(slots=True)
class Seen:
    """What was sent so far."""

    status: int = 0
    sent: int = 0


class Frame:
    """Gives each request an id, `X-Request-ID`, that its answer, its logs and its errors carry.

    A HEAD request is answered as GET is; the server leaves the body out. A slash that is percent-encoded belongs to an
    id and parts no path.
    """

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if GOOD_ID.fullmatch(given) else uuid4().hex
        here = {**scope, "method": "GET" if scope["method"] == "HEAD" else scope["method"], "path": read_path(scope)}
        seen, begun, mark = Seen(), perf_counter(), REQUEST_ID.set(request_id)

        async def send_framed(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen.status = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = request_id
            seen.sent += len(message.get("body", b""))
            await send(message)

        try:
            await self._answer(here, receive, send_framed, seen)
        finally:
            self._tell(scope, here, seen, perf_counter() - begun)
            REQUEST_ID.reset(mark)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, seen: Seen) -> None:
        try:
            await self.app(scope, receive, send)
        except Exception:
            log.exception("a request broke")
            if not seen.status:
                await Response(make_body(500, BROKEN, show_path(scope)), 500, media_type=MEDIA_TYPE)(
                    scope, receive, send
                )

    def _tell(self, scope: Scope, here: Scope, seen: Seen, seconds: float) -> None:
        route: str | None = getattr(here.get("route"), "path", None)
        self.metrics.count_request(route, scope["method"], seen.status, seconds)
        caller: Any = here.get("state", {}).get("caller")
        told = {
            "method": scope["method"], "path": show_path(scope), "route": route, "status": seen.status,
            "ms": round(seconds * 1000, 1), "bytes": seen.sent, "caller": caller.name if caller else None,
            "address": scope["client"][0] if scope.get("client") else None,
        }  # fmt: skip
        access.info("%s %s", seen.status, scope["method"], extra={"told": told})


def read_path(scope: Scope) -> str:
    """Return the path of a request to the API with NUL where a slash belongs to an id; other paths as they are."""
    raw = scope["raw_path"]
    if not raw.startswith(b"/api/") or b"%2f" not in raw.lower():
        path: str = scope["path"]
        return path
    return unquote(SLASH.sub(b"%00", raw).decode("ascii"))


class Compressed:
    """Packs pages, styles and scripts where the browser takes that; answers of the API go as they are."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.packed = app, GZipMiddleware(app, minimum_size=SMALL, compresslevel=LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        as_it_is = scope["type"] != "http" or scope["path"].startswith("/api/")
        await (self.app if as_it_is else self.packed)(scope, receive, send)


class BodyLimit:
    """Turns away requests with a body that is too large, whether they say so or not, without keeping it."""

    def __init__(self, app: ASGIApp, *, most: int) -> None:
        self.app, self.most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        told = Headers(scope=scope).get("content-length", "0")
        if told.isdecimal() and (len(told) > LONGEST_LENGTH or int(told) > self.most):
            await answer_problem(Request(scope), ProblemError(413, self._detail))(scope, receive, send)
            return
        body = 0

        async def receive_bounded() -> Message:
            nonlocal body
            message = await receive()
            body += len(message.get("body", b""))
            if body > self.most:
                raise HTTPException(413, self._detail)  # what FastAPI lets through while it reads a body
            return message

        await self.app(scope, receive_bounded, send)

    @property
    def _detail(self) -> str:
        return f"the body has more than {self.most} bytes"
