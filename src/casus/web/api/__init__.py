"""The routes under /api/v1."""

from __future__ import annotations

from fastapi import APIRouter

from casus.web.api import alerts, document, dyads, events, incidents, judgements, reports, search, works

ROUTERS: tuple[APIRouter, ...] = (
    document.router, alerts.router, dyads.router, events.router, incidents.router, judgements.router, reports.router,
    search.router, works.router,
)  # fmt: skip
"""In the order in which addresses are tried."""
