"""The sources: each publisher's reports, how many are its own words, how late it tells, how much of it is copied."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from casus.store.query.publishers import MOST_REPORTS, MOST_TIMED, read_publishers
from casus.web.deps import StoreDep, render

router = APIRouter(include_in_schema=False)
MOST_SHOWN = 200


@router.get("/sources")
def sources(request: Request, store: StoreDep) -> HTMLResponse:
    """Show the publishers of the newest reports."""
    found = read_publishers(store)
    return render(
        request,
        "sources.html",
        publishers=found[:MOST_SHOWN],
        more=max(0, len(found) - MOST_SHOWN),
        reports=sum(one.reports for one in found),
        most_reports=MOST_REPORTS,
        most_timed=MOST_TIMED,
    )
