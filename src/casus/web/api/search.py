"""Full-text search over reports."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from casus.stored import Hit
from casus.web.api.queries import SearchQuery
from casus.web.api.routes import ROOT, answer_page, told
from casus.web.api.schemas import page_of
from casus.web.deps import StoreDep

router = APIRouter(prefix=ROOT, tags=["search"])


@router.get("/search", **told("search_reports", page_of(Hit)))
def search_reports(request: Request, store: StoreDep, query: Annotated[SearchQuery, Query()]) -> Response:
    """Find reports by their words, in any of their forms, best first."""
    return answer_page(request, store.search(query.q, limit=query.limit), query.limit)
