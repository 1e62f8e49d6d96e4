"""The work itself: runs of commands over the store, what they skipped, and who publishes what is in it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlalchemy import select
from starlette.responses import Response

from casus.errors import StoreError
from casus.store.house import Store
from casus.store.query.publishers import Publisher, read_publishers
from casus.store.schema import runs
from casus.stored import Run
from casus.web.api.paths import Number
from casus.web.api.queries import PageQuery
from casus.web.api.routes import ROOT, answer_page, start_after, told
from casus.web.api.schemas import object_of, page_of, schema_of
from casus.web.deps import StoreDep
from casus.web.etags import answer_json

router = APIRouter(prefix=ROOT, tags=["work"])
ISSUES = object_of({"items": {"type": "array", "items": {"type": "object"}}, "next": {"type": ["string", "null"]}})


@router.get("/runs", **told("list_runs", page_of(Run)))
def list_runs(request: Request, store: StoreDep, query: Annotated[PageQuery, Query()]) -> Response:
    """List the runs of commands over the store, newest first, with the versions that coded and what came of each."""
    after = start_after(request, query)
    asked = select(runs).order_by(runs.c.id.desc()).limit(query.limit + 1)
    if after is not None:
        asked = asked.where(runs.c.id < int(after))
    with store.reading() as connection:
        found = [Run.from_json(dict(row)) for row in connection.execute(asked).mappings()]
    return answer_page(request, found, query.limit, lambda run: str(run.id))


@router.get("/runs/{number}", **told("get_run", schema_of(Run)))
def get_run(request: Request, store: StoreDep, number: Number) -> Response:
    """Return a run."""
    return answer_json(request, _read_run(store, number).to_json())


@router.get("/runs/{number}/issues", **told("list_issues", ISSUES))
def list_issues(request: Request, store: StoreDep, number: Number) -> Response:
    """List what was skipped in a run, and why."""
    return answer_page(request, store.issues(_read_run(store, number).id), 0)


def _read_run(store: Store, number: int) -> Run:
    with store.reading() as connection:
        row = connection.execute(select(runs).where(runs.c.id == number)).mappings().one_or_none()
    if row is None:
        raise StoreError(f"found no run {number} in the store")
    return Run.from_json(dict(row))


@router.get("/sources", **told("list_sources", page_of(Publisher)))
def list_sources(request: Request, store: StoreDep) -> Response:
    """List the publishers of the newest reports: how many, which share are copies, how late they tell."""
    return answer_page(request, read_publishers(store), 0)
