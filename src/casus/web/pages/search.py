"""The search page: filters, what was found, facets of it, and the way to take it home."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response, StreamingResponse
from starlette.background import BackgroundTask

from casus.errors import CasusError, FieldError
from casus.store.house import Store
from casus.store.query.facets import Facets, count_facets
from casus.store.query.filters import Filters
from casus.stored import Hit, IncidentVersion, StoredEvent
from casus.web.deps import StoreDep, render
from casus.web.queries import TYPED, Search, read_search
from casus.web.takeaway import FORMS, PACKED, Item, pack

router = APIRouter(include_in_schema=False)
PAGE = 50
BULK = 500
"""Items that are read at a time when all are taken home."""
FACETS = ("type", "status", "modality", "country", "party", "source", "month")


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found, the id of its last one if there are more, and the facets of all."""

    items: Sequence[Item] = ()
    last: str | None = None
    facets: Facets | None = None


@router.get("/search")
def search(request: Request, store: StoreDep) -> HTMLResponse:
    """Show what was found."""
    asked, found, error = Search("incidents", {}), Found(), None
    try:
        asked = read_search(request.query_params)
        found = _find(store, asked)
    except CasusError as told:
        error = str(told)
    return render(
        request,
        "search.html",
        status_code=422 if error else 200,
        search=asked,
        found=found,
        error=error,
        facets=FACETS,
        typed=TYPED,
        forms=FORMS,
        packed=PACKED,
    )


def _find(store: Store, asked: Search) -> Found:
    if asked.kind == "reports":
        return _find_reports(store, asked)
    filters = asked.filters()
    items = _page(store, asked, filters, PAGE + 1, asked.after)
    facets = count_facets(store, filters, asked.kind)
    return Found(items[:PAGE], _id(items[PAGE - 1]) if len(items) > PAGE else None, facets)


def _find_reports(store: Store, asked: Search) -> Found:
    """Find reports by their words; without words there is nothing to rank them by."""
    words = asked.values.get("text")
    return Found(store.search(words[0], limit=PAGE)) if words else Found()


def _page(
    store: Store, asked: Search, filters: Filters, limit: int, after: str | None
) -> tuple[StoredEvent, ...] | tuple[IncidentVersion, ...]:
    if asked.kind == "events":
        return store.events(filters, limit=limit, after=after)
    return store.incidents(filters, limit=limit, after=after)


def _id(item: Item) -> str:
    if isinstance(item, Hit):
        return item.report
    return item.incident.id if isinstance(item, IncidentVersion) else item.id


@router.get("/search/take")
def take(request: Request, store: StoreDep) -> Response:
    """Give all that was found as a file; incidents and events are read page by page, so there may be any number.

    Raises:
        FieldError: There is no such format, or a filter has a value that it cannot have.
    """
    asked, name = read_search(request.query_params), request.query_params.get("format", "csv")
    if name not in FORMS:
        raise FieldError("format", name, " ".join(FORMS))
    form = FORMS[name]
    pages = iter([_find_reports(store, asked).items]) if asked.kind == "reports" else _pages(store, asked)
    headers = {"Content-Disposition": f'attachment; filename="casus-{asked.kind}.{form.suffix}"'}
    return StreamingResponse(form.write(pages), media_type=form.media_type, headers=headers)


@router.get("/search/pack")
def take_packed(request: Request, store: StoreDep) -> Response:
    """Give all that was found in a format of `casus.export`, in a ZIP file with its data dictionary and loss report.

    Raises:
        FieldError: There is no such format, or a filter has a value that it cannot have.
    """
    asked, name = read_search(request.query_params), request.query_params.get("format", "")
    if name not in PACKED:
        raise FieldError("format", name, " ".join(PACKED))
    folder = Path(mkdtemp(prefix="casus-take-"))
    sweep = BackgroundTask(rmtree, folder, ignore_errors=True)
    try:
        packed = pack(store, name, asked.filters(), folder)
    except BaseException:
        rmtree(folder, ignore_errors=True)
        raise
    return FileResponse(packed, media_type="application/zip", filename=packed.name, background=sweep)


def _pages(store: Store, asked: Search) -> Iterator[Sequence[Any]]:
    filters, after = asked.filters(), None
    while page := _page(store, asked, filters, BULK, after):
        yield page
        after = _id(page[-1])
