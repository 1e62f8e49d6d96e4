"""Where a page of a list ended, as a word that callers pass back and need not understand."""

from __future__ import annotations

import binascii
import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from urllib.parse import urlencode

from starlette.requests import Request

from casus.errors import FieldError
from casus.web.problems import show_path

ALLOWED = "a cursor as `next` of the page before gave it, with the same filters"
NOT_OF_THE_LIST = frozenset({"cursor", "limit"})


def list_digest(request: Request) -> str:
    """Return a digest of what list is asked for: its address and filters, without cursor and size of the page."""
    asked = sorted(pair for pair in request.query_params.multi_items() if pair[0] not in NOT_OF_THE_LIST)
    return hashlib.sha256(repr((show_path(request.scope), asked)).encode("utf-8", "backslashreplace")).hexdigest()[:12]


def make_cursor(last: str, digest: str) -> str:
    """Return the cursor behind the item `last` of a list."""
    return urlsafe_b64encode(json.dumps([last, digest]).encode()).decode().rstrip("=")


def read_cursor(cursor: str, digest: str) -> str:
    """Return the id of the item behind which a cursor stands.

    >>> read_cursor(make_cursor("goma:e1", "12ab"), "12ab")
    'goma:e1'

    Raises:
        FieldError: It is none, or of another list.
    """
    try:
        last, of = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise FieldError("cursor", cursor, ALLOWED) from error
    if not isinstance(last, str) or of != digest or not last.isprintable():
        raise FieldError("cursor", cursor, ALLOWED)
    return last


def next_address(request: Request, cursor: str) -> str:
    """Return the address of the next page, without scheme and host."""
    kept: Iterable[tuple[str, str]] = (pair for pair in request.query_params.multi_items() if pair[0] != "cursor")
    return f"{show_path(request.scope)}?{urlencode([*kept, ('cursor', cursor)])}"
