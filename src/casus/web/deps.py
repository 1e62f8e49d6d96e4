"""What routes and pages ask for: the store, the page of a list, and a template rendered as HTML."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Query, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from casus.store.house import Store
from casus.web.looks import FILTERS, GLOBALS
from casus.web.settings import WebSettings

HERE = Path(__file__).parent
MOST = 500
"""Items that one page of a list may have."""


async def get_store(request: Request) -> Store:
    """Return the store of the app."""
    store: Store = request.app.state.store
    return store


async def get_settings(request: Request) -> WebSettings:
    """Return what the server was told."""
    settings: WebSettings = request.app.state.settings
    return settings


StoreDep = Annotated[Store, Depends(get_store)]
SettingsDep = Annotated[WebSettings, Depends(get_settings)]


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is asked for: `limit` items behind the item `after`, newest first unless `oldest`."""

    limit: int
    after: str | None
    oldest: bool


async def read_paging(
    limit: Annotated[int, Query(ge=1, le=MOST, description="How many at most.")] = 50,
    after: Annotated[str | None, Query(description="Go on behind this one: the last of the page before.")] = None,
    oldest: Annotated[bool, Query(description="Oldest first.")] = False,
) -> Page:
    """Return the part of a list that the address asks for."""
    return Page(limit, after, oldest)


Paging = Annotated[Page, Depends(read_paging)]


@cache
def templates() -> Environment:
    """Return the templates; everything put into them is escaped."""
    loader = FileSystemLoader(HERE / "templates")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters.update(FILTERS)
    made.globals.update(GLOBALS)
    return made


def render(request: Request, template: str, /, *, status_code: int = 200, **context: Any) -> HTMLResponse:
    """Return a page made of a template.

    Args:
        request: The request it answers; templates see it as `request`.
        template: File in `templates/`.
        status_code: Of the answer.
        context: What the template shows. `navigation` is given to all.
    """
    from casus.web.pages import NAVIGATION

    page = templates().get_template(template)
    return HTMLResponse(page.render(request=request, navigation=NAVIGATION, **context), status_code=status_code)
