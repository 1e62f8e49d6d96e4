"""The log of alerts: what each watch found and what became of it, false alarms too, and how often it was right."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from casus.store.query.alarms import MOST_ALERTS, count_deliveries, read_records
from casus.watch.ledger import read_alerts
from casus.web.deps import StoreDep, render

router = APIRouter(include_in_schema=False)
SHOWN = 40


@router.get("/alerts")
def alerts(
    request: Request,
    store: StoreDep,
    rule: Annotated[str, Query(max_length=200)] = "",
    open_only: Annotated[bool, Query(alias="open")] = False,
    after: Annotated[str | None, Query(max_length=200)] = None,
) -> HTMLResponse:
    """Show alerts, newest first."""
    found = read_alerts(store, rule=rule or None, open_only=open_only, after=after, limit=SHOWN + 1)
    shown = found[:SHOWN]
    return render(
        request,
        "alerts.html",
        alerts=shown,
        after=shown[-1].id if len(found) > SHOWN else None,
        rule=rule,
        open_only=open_only,
        records=read_records(store),
        most=MOST_ALERTS,
        deliveries=count_deliveries(store, [alert.id for alert in shown]),
    )
