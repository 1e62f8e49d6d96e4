"""Alerts of the watches, who was told of them, how the watches stand; and what people decide about alerts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Literal

from fastapi import APIRouter, Body, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from casus.watch.alerts import Alert
from casus.watch.ledger import (
    BoardRow,
    Delivery,
    acknowledge,
    clear,
    mark_false_alarm,
    read_alert,
    read_alerts,
    read_board,
    read_deliveries,
)
from casus.web.api.paths import Id
from casus.web.api.queries import PageQuery, Word
from casus.web.api.routes import ROOT, answer_page, start_after, told
from casus.web.api.schemas import page_of, schema_of
from casus.web.deps import StoreDep
from casus.web.etags import answer_json
from casus.web.gate import get_caller, sign
from casus.web.problems import looking_up

router = APIRouter(prefix=ROOT, tags=["alerts"])
DECISIONS: Mapping[str, Callable[..., Alert]] = {
    "acknowledge": acknowledge, "clear": clear, "false-alarm": mark_false_alarm,
}  # fmt: skip


class AlertQuery(PageQuery):
    """Which alerts are wanted."""

    rule: Word | None = Field(None, description="Of this rule only.")
    open: bool = Field(False, description="Without those that are cancelled or cleared.")


class NewDecision(BaseModel):
    """A decision about an alert, as of `casus watch`."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["acknowledge", "clear", "false-alarm"]
    by: Word | None = Field(None, description="Who says so, where no token says it.")
    note: Word | None = Field(None, description="Why.")


@router.get("/alerts", **told("list_alerts", page_of(Alert)))
def list_alerts(request: Request, store: StoreDep, query: Annotated[AlertQuery, Query()]) -> Response:
    """List alerts, newest first."""
    after = start_after(request, query)
    found = read_alerts(store, rule=query.rule, open_only=query.open, after=after, limit=query.limit + 1)
    return answer_page(request, found, query.limit, lambda alert: alert.id)


@router.get("/alerts/{id}/deliveries", **told("list_deliveries", page_of(Delivery)))
def list_deliveries(request: Request, store: StoreDep, id: Id) -> Response:  # noqa: A002
    """List who was told of an alert and who is still to be told, newest first."""
    return answer_page(request, read_deliveries(store, alert=read_alert(store, id).id, limit=None), 0)


@router.post("/alerts/{id}/decisions", **told("post_decision", schema_of(Alert), scope="review", says={200: "Kept."}))
def post_decision(request: Request, store: StoreDep, id: Id, decision: Annotated[NewDecision, Body()]) -> Response:  # noqa: A002
    """Acknowledge an alert, close it, or mark it as a false alarm, of which those who were told will hear."""
    by = sign(get_caller(request), decision.by)
    with store.transaction():
        with looking_up():
            read_alert(store, id)
        alert = DECISIONS[decision.kind](store, id, by=by, note=decision.note)
    return answer_json(request, alert.to_json())


@router.get("/alerts/{id}", **told("get_alert", schema_of(Alert)))
def get_alert(request: Request, store: StoreDep, id: Id) -> Response:  # noqa: A002
    """Return an alert."""
    return answer_json(request, read_alert(store, id).to_json())


@router.get("/board", **told("list_watches", page_of(BoardRow)))
def list_watches(request: Request, store: StoreDep) -> Response:
    """List how the watches stand: those of the server's rules, else all that ever looked at the store."""
    return answer_page(request, read_board(store, request.app.state.rules), 0)
