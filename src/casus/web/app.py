"""Makes the app of a store: the API, the pages, their static files; it serves nothing by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from casus.store.house import Store
from casus.web.deps import HERE
from casus.web.pages import ROUTERS
from casus.web.security import SecurityHeaders
from casus.web.settings import WebSettings


def make_app(store_url: str, *, settings: WebSettings | None = None) -> FastAPI:
    """Return the app over a store; the store is opened now and closed when the server stops.

    Args:
        store_url: The path of an SQLite file, or `postgresql://USER@HOST/NAME`.
        settings: What the server is told.

    Raises:
        StoreError: The store cannot be opened.
    """
    told = settings or WebSettings()
    store = Store(store_url, sum_up=told.sum_up)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        store.close()

    app = FastAPI(title="Casus", docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json", lifespan=lifespan)
    app.state.store, app.state.settings = store, told
    app.add_middleware(SecurityHeaders)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    return app
