"""What every route of the API tells of itself: its name, the scope it needs, what it answers, and an example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from types import MappingProxyType
from typing import Any

from fastapi import Request
from starlette.responses import Response

from casus.records import Record
from casus.web.api.queries import PageQuery
from casus.web.api.schemas import PREFIX, Schema
from casus.web.cursors import list_digest, make_cursor, next_address, read_cursor
from casus.web.etags import answer_json
from casus.web.gate import allow
from casus.web.problems import MEDIA_TYPE
from casus.web.tokens import Scope

ROOT = "/api/v1"
JSON = "application/json"
FOUND = MappingProxyType({200: "Found."})
PROBLEM: Schema = {
    "description": "What went wrong, as RFC 9457 tells it.",
    "content": {MEDIA_TYPE: {"schema": {"$ref": f"{PREFIX}Problem"}}},
}
ETAG: Schema = {"ETag": {"description": "Changes with what is answered.", "schema": {"type": "string"}}}


def told(name: str, answer: Schema, *, scope: Scope = "read", says: Mapping[int, str] = FOUND) -> dict[str, Any]:
    """Return what a route is declared with.

    Args:
        name: Its name in the document.
        answer: The schema of what it answers.
        scope: What callers must be allowed.
        says: Statuses of answers that are no errors, the usual one first, with what each means.
    """
    answers: dict[int | str, dict[str, Any]] = {
        status: {"description": words, "headers": ETAG, "content": {JSON: {"schema": answer}}}
        for status, words in says.items()
    }
    if scope == "read":
        answers[304] = {"description": "Not changed since the ETag that If-None-Match names."}
    return {
        "operation_id": name, "status_code": next(iter(says)), "responses": {**answers, "default": PROBLEM},
        "dependencies": [allow(scope)], "response_model": None, "openapi_extra": {"security": [{"token": [scope]}]},
    }  # fmt: skip


def start_after(request: Request, query: PageQuery) -> str | None:
    """Return the id behind which a page begins, None for the first.

    Raises:
        FieldError: The cursor is none of this list.
    """
    return None if query.cursor is None else read_cursor(query.cursor, list_digest(request))


def to_plain(value: Any) -> Any:
    """Return records, and dataclasses that are none, as JSON objects, all the way down."""
    if isinstance(value, Record):
        return value.to_json()
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: to_plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    return [to_plain(item) for item in value] if isinstance(value, tuple | list) else value


def answer_page(request: Request, found: Sequence[Any], limit: int, last: Any = None) -> Response:
    """Return a page of a list, with a Link header to the next.

    Args:
        request: What is answered.
        found: What was found, one more than `limit` where there is a next page.
        limit: How many a page has.
        last: From the last item of a page to its id; None where the list is whole.
    """
    shown = found[:limit] if last else found
    address = None
    if last and len(found) > limit:
        address = next_address(request, make_cursor(last(shown[-1]), list_digest(request)))
    items = [to_plain(item) for item in shown]
    headers = {"link": f'<{address}>; rel="next"'} if address else {}
    return answer_json(request, {"items": items, "next": address}, headers=headers)
