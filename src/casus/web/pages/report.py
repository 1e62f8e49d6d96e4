"""The page of a report: its text with every slot of every event marked, the events beside it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from casus.web.deps import StoreDep, render
from casus.web.marks import cut, marks_of

router = APIRouter(include_in_schema=False)
LINKED = ("http://", "https://")


@router.get("/report/{id_:path}")
def report(request: Request, id_: str, store: StoreDep) -> HTMLResponse:
    """Show a report as it was added, with its events as judged."""
    told = store.report(id_)
    events = store.events_in(id_)
    standing = [stored.event for stored in events if stored.judged != "rejected"]
    return render(
        request,
        "report.html",
        report=told,
        events=events,
        pieces=cut(told.text, (mark for event in standing for mark in marks_of(event))),
        provenance=store.provenance(id_),
        address=told.url if told.url and told.url.startswith(LINKED) else None,
    )
