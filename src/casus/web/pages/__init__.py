"""The pages: every module here has `router = APIRouter(include_in_schema=False)` and is named in ROUTERS."""

from __future__ import annotations

from fastapi import APIRouter

from casus.web.pages import assets, chain, incident, report

ROUTERS: tuple[APIRouter, ...] = (assets.router, incident.router, chain.router, report.router)
"""What the app serves besides the API, in the order in which addresses are tried."""

NAVIGATION: tuple[tuple[str, str], ...] = ()
"""Address and words of every entry of the navigation, in order."""
