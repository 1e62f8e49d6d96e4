"""Makes the app of a store: the API, the pages, their static files; it serves nothing by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from casus import __version__
from casus.store.house import Store
from casus.watch.rules_file import read_rules
from casus.web import health, pages
from casus.web.api import ROUTERS
from casus.web.api.document import describe_api
from casus.web.api.incidents import Bodies
from casus.web.deps import HERE
from casus.web.desks import Desk
from casus.web.frames import BodyLimit, Compressed, Frame
from casus.web.gate import Gate, allow_page
from casus.web.limits import Limiter
from casus.web.metrics import Metrics
from casus.web.problems import add_handlers
from casus.web.security import SecurityHeaders
from casus.web.settings import WebSettings

THREADS = 12
"""Requests answered at a time: as many as SQLAlchemy has connections (5 kept, 10 more), with some for other use."""
ROOM_FOR_JSON = 2
"""How many times the size of its text a posted report may have: JSON escapes, and fields beside the text."""
OTHER_FIELDS = 64_000


def make_app(store_url: str, *, settings: WebSettings | None = None) -> FastAPI:
    """Return the app over a store; the store is opened now and closed when the server stops.

    Args:
        store_url: The path of an SQLite file, or `postgresql://USER@HOST/NAME`.
        settings: What the server is told.

    Raises:
        StoreError: The store cannot be opened.
        ConfigError: A rate is none, or the rules cannot be read.
        InputError: Something in the rules is not allowed.
    """
    told = settings or WebSettings()
    limiter, metrics = Limiter(told.rates), Metrics()
    rules = read_rules(told.rules).rules if told.rules else None
    store = Store(store_url, sum_up=told.sum_up)
    desk = Desk(store, told, metrics)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = THREADS
        yield
        desk.close()
        store.close()

    app = FastAPI(
        title="Casus", version=__version__, docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan,
        redirect_slashes=False,
    )  # fmt: skip
    app.state.store, app.state.settings, app.state.desk = store, told, desk
    app.state.rules = rules
    app.state.limiter, app.state.metrics, app.state.bodies = limiter, metrics, Bodies()
    _add_routes(app)
    add_handlers(app)
    # The last one added is the outermost.
    app.add_middleware(Gate, store=store, settings=told, limiter=limiter)
    app.add_middleware(Compressed)
    app.add_middleware(BodyLimit, most=told.max_bytes * ROOM_FOR_JSON + OTHER_FIELDS)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Frame, metrics=metrics)
    return app


def _add_routes(app: FastAPI) -> None:
    app.include_router(health.router)
    for router in ROUTERS:
        app.include_router(router)
    for router in pages.ROUTERS:
        app.include_router(router, dependencies=[allow_page()])
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    describe_api(app)
