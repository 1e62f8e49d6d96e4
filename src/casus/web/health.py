"""`/health`, which says whether the server and its store answer, and `/metrics`, what was counted so far."""

from __future__ import annotations

from fastapi import APIRouter, Request
from sqlalchemy import text
from starlette.responses import Response

from casus import __version__
from casus.errors import StoreError
from casus.store.schema import HEAD
from casus.web.deps import StoreDep
from casus.web.etags import answer_json
from casus.web.gate import allow
from casus.web.metrics import MEDIA_TYPE, Metrics
from casus.web.problems import store_is_gone

router = APIRouter(include_in_schema=False)


@router.get("/health")
def check_health(request: Request, store: StoreDep) -> Response:
    """Say that the server and its store answer; 503 where the store does not."""
    try:
        with store.reading() as connection:
            connection.execute(text("SELECT 1"))
    except StoreError as error:
        raise store_is_gone() from error
    told = {"status": "ok", "casus": __version__, "tables": HEAD}
    return answer_json(request, told, headers={"cache-control": "no-store"})


@router.get("/metrics", dependencies=[allow("read")])
def show_metrics(request: Request) -> Response:
    """Tell what was counted, for Prometheus."""
    metrics: Metrics = request.app.state.metrics
    return Response(metrics.render(), media_type=MEDIA_TYPE, headers={"cache-control": "no-store"})
