"""Events as people judged them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from casus.stored import StoredEvent
from casus.web.api.paths import Id
from casus.web.api.queries import ListQuery
from casus.web.api.routes import ROOT, answer_page, start_after, told
from casus.web.api.schemas import page_of, schema_of
from casus.web.deps import StoreDep
from casus.web.etags import answer_json

router = APIRouter(prefix=ROOT, tags=["events"])


def _name(event: StoredEvent) -> str:
    return event.id


@router.get("/events", **told("list_events", page_of(StoredEvent)))
def list_events(request: Request, store: StoreDep, query: Annotated[ListQuery, Query()]) -> Response:
    """List events, newest first, as people judged them."""
    after = start_after(request, query)
    found = store.events(query.filters(), limit=query.limit + 1, after=after, oldest=query.oldest)
    return answer_page(request, found, query.limit, _name)


@router.get("/events/{id}", **told("get_event", schema_of(StoredEvent)))
def get_event(request: Request, store: StoreDep, id: Id) -> Response:  # noqa: A002  its name in the address
    """Return an event as people judged it."""
    return answer_json(request, store.event(id).to_json())
