"""Who may come in: finds out whose request it is, holds callers to their rates, and turns forged requests away.

Nothing but the health of the server and its static files is shown to strangers. Which scope a route needs is said where
the route is declared, by `allow`.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from casus.store.house import Store
from casus.web import tokens
from casus.web.limits import Limiter
from casus.web.problems import INVALID, SAFE_METHODS, ProblemError, answer_problem
from casus.web.settings import WebSettings

HEALTH, STATIC = "/health", "/static/"
"""What is shown to everybody."""
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1", "[::1]"})
CHALLENGE = 'Bearer realm="casus"'
BROWSER_CHALLENGE = 'Basic realm="casus", charset="UTF-8"'
"""A browser asks its user for a name, which does not matter, and a password, which is the token."""
NO_TOKEN = "a token is needed: casus token create makes one"
WRONG_TOKEN = "this token does not count: it is unknown, revoked or expired"
WRONG_HOST = "this server is open to its own machine alone and not asked by this name; --name NAME allows it"
WRONG_ORIGIN = "a page of another site may not change anything here"
STRANGER = "somebody"
"""Who decides where nobody has to say who it is, and nobody does."""
NUL = "an address must not contain NUL"


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose request it is: `name` None where nobody has to say; what it may, and by what it is counted."""

    name: str | None
    scopes: frozenset[str]
    key: str


class Gate:
    """Lets in who may come in; the caller stands in `request.state.caller` from then on."""

    def __init__(self, app: ASGIApp, *, store: Store, settings: WebSettings, limiter: Limiter) -> None:
        self.app, self.store, self.settings, self.limiter = app, store, settings, limiter
        self._names = LOCAL_NAMES | {name.lower() for name in (*settings.names, settings.host)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        try:
            self._check_address(request)
            if scope["path"] != HEALTH and not scope["path"].startswith(STATIC):
                request.state.caller = await self._identify(request)
        except ProblemError as problem:
            await answer_problem(request, problem)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _check_address(self, request: Request) -> None:
        """Turn away what another site makes a browser ask, under a name of its own or from a page of its own.

        Raises:
            ProblemError: It is such a request.
        """
        if b"%00" in request.scope["raw_path"] or b"%00" in request.scope["query_string"]:
            raise ProblemError(400, NUL)
        headers = request.headers
        if self.settings.is_open and _host_name(headers.get("host", "")) not in self._names:
            raise ProblemError(421, WRONG_HOST)
        if request.method not in SAFE_METHODS and _is_foreign(headers):
            raise ProblemError(403, WRONG_ORIGIN)

    async def _identify(self, request: Request) -> Caller:
        address = request.client.host if request.client else "unknown"
        if self.settings.is_open:
            return Caller(None, frozenset(tokens.SCOPES), address)
        secret = read_secret(request.headers.get("authorization"))
        token = await run_in_threadpool(tokens.find_token, self.store, secret) if secret else None
        if token is None:
            await self._refuse(request, address, WRONG_TOKEN if secret else NO_TOKEN)
        assert token is not None
        return Caller(token.name, frozenset(token.scopes), f"token {token.number}")

    async def _refuse(self, request: Request, address: str, detail: str) -> None:
        check_rate(self.limiter, "read", f"stranger {address}")
        challenge = CHALLENGE if request.scope["path"].startswith("/api/") else BROWSER_CHALLENGE
        raise ProblemError(401, detail, headers={"www-authenticate": challenge})


def check_rate(limiter: Limiter, scope: str, caller: str) -> None:
    """Count a request of a caller.

    Raises:
        ProblemError: It came too often.
    """
    if wait := limiter.wait(scope, caller):
        detail = f"too many requests: {limiter.describe(scope)} are allowed, come again in {wait} seconds"
        raise ProblemError(429, detail, headers={"retry-after": str(wait)})


def read_secret(header: str | None) -> str | None:
    """Return the token of an Authorization header: of a Bearer, or the password that a browser asked for.

    >>> read_secret("Bearer casus_x"), read_secret("Basic OmNhc3VzX3g="), read_secret("Digest x")
    ('casus_x', 'casus_x', None)
    """
    kind, _, value = (header or "").partition(" ")
    if kind.lower() == "bearer":
        return value.strip() or None
    if kind.lower() != "basic":
        return None
    try:
        return b64decode(value, validate=True).decode().partition(":")[2] or None
    except (binascii.Error, UnicodeDecodeError):
        return None


def _host_name(host: str) -> str:
    """Return a Host header without its port."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_foreign(headers: Headers) -> bool:
    """Tell whether a browser says that a page of another origin is behind the request."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host", "")


def get_caller(request: Request) -> Caller:
    """Return whose request it is."""
    caller: Caller = request.state.caller
    return caller


def allow(scope: tokens.Scope) -> Any:
    """Return the dependency that lets in callers with a scope, as often as they may come."""

    async def check(request: Request) -> None:
        caller = get_caller(request)
        if scope not in caller.scopes:
            challenge = f'{CHALLENGE}, error="insufficient_scope", scope="{scope}"'
            raise ProblemError(403, f"this needs the scope {scope}", headers={"www-authenticate": challenge})
        check_rate(request.app.state.limiter, scope, caller.key)

    return Depends(check)


def allow_page() -> Any:
    """Return the dependency of pages: to look at them takes `read`, to change something by them `review`."""
    checks: dict[bool, Callable[[Request], Awaitable[None]]] = {
        safe: allow("read" if safe else "review").dependency for safe in (True, False)
    }

    async def check(request: Request) -> None:
        await checks[request.method in SAFE_METHODS](request)

    return Depends(check)


def sign(caller: Caller, given: str | None) -> str:
    """Return in whose name somebody decides; `given` is who they say they are.

    Raises:
        ProblemError: It is in another name than that of the token.
    """
    if caller.name is None:
        return given or STRANGER
    if given not in (None, caller.name):
        fault = {"field": "by", "found": given or "", "allowed": caller.name}
        raise ProblemError(INVALID, "a token judges in its own name", faults=[fault])
    return caller.name
