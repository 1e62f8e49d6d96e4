"""The OpenAPI document, with the schemas of our records and an example of every answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from starlette.responses import Response

from casus.chains import Chain
from casus.records import Link, Report
from casus.store.query.publishers import Publisher
from casus.stored import Hit, IncidentVersion, Judgement, Provenance, Run, StoredEvent
from casus.watch.alerts import Alert
from casus.watch.dyads import DyadFigures
from casus.watch.ledger import BoardRow, Delivery
from casus.watch.outlook import Outlook
from casus.watch.series import Week
from casus.web.api.heads import ReportHead, Taken
from casus.web.api.routes import ROOT
from casus.web.api.schemas import components_of
from casus.web.etags import JSON, answer_json
from casus.web.gate import allow

RECORDS: tuple[type[Any], ...] = (
    Alert, BoardRow, Chain, Delivery, DyadFigures, Hit, IncidentVersion, Judgement, Link, Outlook, Provenance,
    Publisher, Report, ReportHead, Run, StoredEvent, Taken, Week,
)  # fmt: skip
TELLS = (
    "Events coded from news reports, the incidents they tell of, and what people decided about them. Lists come in "
    "pages: `next`, also as a Link header, is the address of the next one. Every answer has an ETag; If-None-Match "
    "gives 304 where nothing changed. Errors are told as RFC 9457 says."
)
WORDS = {"type": "string"}
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "What went wrong (RFC 9457); `errors` names each wrong value, `request` is the id under which the "
    "server's log tells more.",
    "required": ["type", "title", "status", "instance"],
    "properties": {
        "type": WORDS,
        "title": WORDS,
        "status": {"type": "integer"},
        "detail": WORDS,
        "instance": WORDS,
        "request": WORDS,
        "errors": {
            "type": "array",
            "items": {"type": "object", "properties": {"field": WORDS, "found": WORDS, "allowed": WORDS}},
        },
    },
}
TOKEN = {"type": "http", "scheme": "bearer", "description": "As `casus token create` prints it once."}
router = APIRouter(prefix=ROOT, include_in_schema=False)


@router.get("/openapi.json", dependencies=[allow("read")])
def get_document(request: Request) -> Response:
    """Return the OpenAPI document."""
    app: FastAPI = request.app
    return answer_json(request, app.openapi())


def describe_api(app: FastAPI) -> None:
    """Let an app describe itself with our schemas; made once, when first asked for."""

    def describe() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = get_openapi(title=app.title, version=app.version, description=TELLS, routes=app.routes)
            parts = made.setdefault("components", {})
            parts["schemas"] = {**parts.get("schemas", {}), **components_of(RECORDS), "Problem": PROBLEM}
            parts["securitySchemes"] = {"token": TOKEN}
            _put_examples(made)
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = describe  # type: ignore[method-assign]  # as FastAPI's documentation says


def _put_examples(made: dict[str, Any]) -> None:
    """Put an example into every answer and body; done last, as FastAPI takes what is null out of examples."""
    told: Mapping[str, Any] = json.loads((files("casus.web.api") / "examples.json").read_text("utf-8"))
    for path in made["paths"].values():
        for operation in path.values():
            example = told.get(operation["operationId"], {})
            if "body" in example:
                operation["requestBody"]["content"][JSON]["example"] = example["body"]
            for status, answer in operation["responses"].items():
                if status in ("200", "201") and "answer" in example:
                    answer["content"][JSON]["example"] = example["answer"]
