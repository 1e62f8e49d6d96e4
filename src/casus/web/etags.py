"""Answers that tell whether they changed: entity tags, and 304 where the caller has the same already (RFC 9110)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from pydantic_core import to_json
from starlette.requests import Request
from starlette.responses import Response

JSON = "application/json"
CACHING = "private, no-cache"
"""May be kept, but only used after asking whether it still holds."""


def make_etag(*parts: object) -> str:
    r"""Return a strong entity tag for what the parts name.

    >>> make_etag("goma:i1", 2)
    '"4394ff05d0b50552"'
    """
    return f'"{hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()[:16]}"'


def has_same(header: str | None, etag: str) -> bool:
    """Tell whether an If-None-Match or If-Match header names a tag; weak ones compare as their strong twins."""
    if header is None:
        return False
    named = [part.strip().removeprefix("W/") for part in header.split(",")]
    return "*" in named or etag.removeprefix("W/") in named


def answer_json(
    request: Request, value: Any, *, headers: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    """Return a JSON value, or 304 where the caller has it; its tag is a digest of it."""
    body = value if isinstance(value, bytes) else to_json(value)
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:16]}"'
    return answer_tagged(request, etag, lambda: body, headers=headers, status=status)


def answer_tagged(
    request: Request,
    etag: str,
    make: Callable[[], bytes],
    *,
    headers: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    """Return what `make` gives, or 304 without making it where the caller has what the tag names."""
    told = {"etag": etag, "cache-control": CACHING, **(headers or {})}
    if request.method in ("GET", "HEAD") and has_same(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=told)
    return Response(make(), status, headers=told, media_type=JSON)
