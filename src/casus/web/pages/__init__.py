"""The pages: every module here has `router = APIRouter(include_in_schema=False)` and is named in ROUTERS."""

from __future__ import annotations

from fastapi import APIRouter

from casus.web.pages import (
    alerts,
    assets,
    board,
    calendar,
    chain,
    claims,
    dyad,
    incident,
    method,
    party,
    report,
    review,
    search,
    sources,
    timeline,
)
from casus.web.pages import map as world

ROUTERS: tuple[APIRouter, ...] = (
    assets.router, board.router, incident.router, chain.router, report.router, search.router, review.router,
    timeline.router, world.router, dyad.router, party.router, calendar.router, claims.router, sources.router,
    method.router, alerts.router,
)  # fmt: skip
"""What the app serves besides the API, in the order in which addresses are tried."""

NAVIGATION: tuple[tuple[str, str], ...] = (
    ("/", "Board"),
    ("/search", "Search"),
    ("/review", "Review"),
    ("/timeline", "Timeline"),
    ("/map", "Map"),
    ("/dyad", "Dyads"),
    ("/party", "Parties"),
    ("/calendar", "Calendar"),
    ("/claims", "Claims"),
    ("/alerts", "Alerts"),
    ("/sources", "Sources"),
    ("/method", "Method"),
)
"""Address and words of every entry of the navigation, in order."""
