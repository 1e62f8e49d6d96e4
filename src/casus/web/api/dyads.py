"""What two sides did to each other: the events, the figures, the weeks, and what usually follows."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from casus.stored import StoredEvent
from casus.watch.dyads import DyadFigures, choose_window, dyad_figures, weekly
from casus.watch.outlook import LONGEST, Outlook, outlook
from casus.watch.series import Week
from casus.web.api.queries import PARTY, DyadQuery, Word
from casus.web.api.routes import ROOT, answer_page, start_after, told
from casus.web.api.schemas import page_of, schema_of
from casus.web.deps import StoreDep
from casus.web.etags import answer_json

router = APIRouter(prefix=ROOT, tags=["dyads"])


class SidesQuery(BaseModel):
    """Two sides."""

    model_config = ConfigDict(extra="forbid")

    one: Word = Field(min_length=1, description=f"One side: {PARTY}; several between commas.")
    other: Word = Field(min_length=1, description="The other side.")


class WindowQuery(SidesQuery):
    """Two sides, and a time."""

    since: Word | None = Field(None, description="First day, month or year; else 52 weeks before the last.")
    until: Word | None = Field(None, description="Last day, month or year; else that of the newest report.")


class OutlookQuery(SidesQuery):
    """Two sides, a pattern and how far to look."""

    after: Word | None = Field(None, description="What just happened, as `casus outlook --after`; else what was last.")
    days: int = Field(14, ge=1, le=LONGEST, description="How far the outlook reaches.")


@router.get("/dyad", **told("list_dyad", page_of(StoredEvent)))
def list_dyad(request: Request, store: StoreDep, query: Annotated[DyadQuery, Query()]) -> Response:
    """List what two sides did to each other, newest first."""
    after = start_after(request, query)
    found = store.dyad(query.one, query.other, query.filters(), limit=query.limit + 1, after=after, oldest=query.oldest)
    return answer_page(request, found, query.limit, lambda event: event.id)


@router.get("/dyad/figures", **told("get_dyad_figures", schema_of(DyadFigures)))
def get_dyad_figures(request: Request, store: StoreDep, query: Annotated[WindowQuery, Query()]) -> Response:
    """Return counts, scores, rung, toll, answers, changes and ruptures of what two sides did to each other."""
    window = choose_window(store, query.since, query.until)
    return answer_json(request, dyad_figures(store, query.one, query.other, window).to_json())


@router.get("/dyad/weeks", **told("list_dyad_weeks", page_of(Week)))
def list_dyad_weeks(request: Request, store: StoreDep, query: Annotated[WindowQuery, Query()]) -> Response:
    """List the weeks of two sides, oldest first."""
    window = choose_window(store, query.since, query.until)
    return answer_page(request, weekly(store, query.one, query.other, window), 0)


@router.get("/dyad/outlook", **told("get_outlook", schema_of(Outlook)))
def get_outlook(request: Request, store: StoreDep, query: Annotated[OutlookQuery, Query()]) -> Response:
    """Return what usually follows between two sides, with the counts behind it and what it was worth before."""
    return answer_json(request, outlook(store, query.one, query.other, after=query.after, days=query.days).to_json())
