"""Errors as RFC 9457 tells them, `application/problem+json`; a browser that asks for a page is shown one."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import responses
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic_core import to_json
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Scope

from casus.errors import CasusError, FieldError, StoreError
from casus.web.logs import REQUEST_ID

log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
LONGEST_FOUND = 100
"""Characters of a wrong value that are shown."""
NOT_FOUND, NOT_ALLOWED, CONFLICT, TOO_LARGE, INVALID, UNAVAILABLE = 404, 405, 409, 413, 422, 503
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
API = "/api/"

Fault = Mapping[str, str]
"""One wrong value: `field`, what was `found` and what is `allowed`."""


class ProblemError(Exception):
    """What a route raises to answer with a problem.

    Args:
        status: HTTP status.
        detail: What is wrong with this request, in one sentence.
        headers: Sent with it.
        faults: The wrong values.
    """

    def __init__(
        self, status: int, detail: str, *, headers: Mapping[str, str] | None = None, faults: Sequence[Fault] = ()
    ) -> None:
        super().__init__(status, detail)
        self.status, self.detail, self.headers, self.faults = status, detail, dict(headers or {}), tuple(faults)


def make_body(status: int, detail: str | None, path: str, faults: Sequence[Fault] = ()) -> bytes:
    """Return a problem as JSON: `type title status detail instance request errors`, without what is not known."""
    told: dict[str, Any] = {"type": "about:blank", "title": phrase(status), "status": status, "detail": detail}
    told |= {"instance": path, "request": REQUEST_ID.get(), "errors": [dict(fault) for fault in faults]}
    return to_json({name: value for name, value in told.items() if value})


def show_path(scope: Scope) -> str:
    """Return the path of a request as it was asked for."""
    raw: bytes = scope["raw_path"]
    return raw.decode("ascii", "backslashreplace")


def phrase(status: int) -> str:
    """Return the name of an HTTP status.

    >>> phrase(404)
    'Not Found'
    """
    return responses.get(status, "Error")


def answer_problem(request: Request, problem: ProblemError) -> Response:
    """Return the answer to a request that failed: JSON, or a page where a browser asks for one."""
    if not show_path(request.scope).startswith(API) and "text/html" in request.headers.get("accept", ""):
        from casus.web.deps import render

        page = render(
            request, "problem.html", status_code=problem.status, title=phrase(problem.status), problem=problem
        )
        page.headers.update(problem.headers)
        return page
    body = make_body(problem.status, problem.detail, show_path(request.scope), problem.faults)
    return Response(body, problem.status, headers=problem.headers, media_type=MEDIA_TYPE)


def explain(error: CasusError, method: str) -> ProblemError:
    """Return what an error of Casus means to somebody who asks over HTTP."""
    if isinstance(error, FieldError):
        status = TOO_LARGE if error.field == "size" else INVALID
        detail = f"{error.field}: {_short(error.found)} is not allowed"
        return ProblemError(status, detail, faults=[_fault(error.field, error.found, error.allowed)])
    if isinstance(error.__cause__, SQLAlchemyError | sqlite3.Error):
        return store_is_gone()
    if isinstance(error, StoreError):
        return ProblemError(NOT_FOUND if method in SAFE_METHODS else CONFLICT, str(error))
    return ProblemError(INVALID, str(error))


def store_is_gone() -> ProblemError:
    """Return the problem that the database does not answer, which may pass."""
    return ProblemError(UNAVAILABLE, "the store does not answer at the moment", headers={"retry-after": "5"})


@contextmanager
def looking_up() -> Iterator[None]:
    """Tell that something is not there as such, also where the request is to change it."""
    try:
        yield
    except StoreError as error:
        raise explain(error, "GET") from error


def _fault(field: str, found: object, allowed: str) -> Fault:
    return {"field": field, "found": _short(found), "allowed": allowed}


def _short(found: object) -> str:
    shown = found if isinstance(found, str) else repr(found)
    clean = shown.encode("utf-8", "backslashreplace").decode()
    return clean if len(clean) <= LONGEST_FOUND else clean[:LONGEST_FOUND] + "…"


def add_handlers(app: FastAPI) -> None:
    """Let an app answer every error with a problem."""

    async def answer_own(request: Request, error: Exception) -> Response:
        assert isinstance(error, ProblemError)
        return answer_problem(request, error)

    async def answer_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        detail = error.detail if error.detail != phrase(error.status_code) else _plain(error.status_code, request)
        return answer_problem(request, ProblemError(error.status_code, detail, headers=error.headers))

    async def answer_invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        faults = [_read_fault(told) for told in error.errors()]
        detail = "; ".join(f"{fault['field']}: {fault['allowed']}" for fault in faults[:3])
        return answer_problem(request, ProblemError(INVALID, detail, faults=faults))

    async def answer_casus(request: Request, error: Exception) -> Response:
        assert isinstance(error, CasusError)
        return answer_problem(request, explain(error, request.method))

    async def answer_database(request: Request, error: Exception) -> Response:
        log.error("the database does not answer", exc_info=error)  # such as: no connection became free in time
        return answer_problem(request, store_is_gone())

    handlers = {
        ProblemError: answer_own, HTTPException: answer_http, RequestValidationError: answer_invalid,
        CasusError: answer_casus, SQLAlchemyError: answer_database,
    }  # fmt: skip
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


def _plain(status: int, request: Request) -> str:
    if status == NOT_FOUND:
        return f"there is nothing at {show_path(request.scope)}"
    if status == NOT_ALLOWED:
        return f"{request.method} is not possible here"
    return phrase(status)


def _read_fault(told: Mapping[str, Any]) -> Fault:
    where = ".".join(map(str, told["loc"]))
    return _fault(where, told.get("input"), str(told["msg"]))
