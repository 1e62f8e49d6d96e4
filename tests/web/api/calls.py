"""One call of every route of the API, by the name that it has in the OpenAPI document, in an order that works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from tests.web.api.coded import GOMA


@dataclass(frozen=True, slots=True)
class Call:
    """A request; `scope` is what it takes, None where it is answered to strangers."""

    method: str
    path: str
    body: Mapping[str, Any] | None = None
    scope: str | None = "read"

    def send(self, client: httpx.Client, **more: Any) -> httpx.Response:
        """Send it."""
        return client.request(self.method, self.path, json=self.body, **more)


CORRECTION = {
    "kind": "correct",
    "target": "goma:e1",
    "slot": "mode",
    "value": "firearms",
    "by": "ann",
    "note": "rifles",
}
DECISION = {"kind": "acknowledge", "by": "ann", "note": "the desk knows"}
ONE, ALERT, ROOT = "goma:i1", "096ef5cea811", "/api/v1"
CALLS: Mapping[str, Call] = {
    "post_report": Call("POST", f"{ROOT}/reports", GOMA, scope="ingest"),
    "post_judgement": Call("POST", f"{ROOT}/judgements", CORRECTION, scope="review"),
    "list_events": Call("GET", f"{ROOT}/events?party=COD/REB&since=2031-05&limit=1"),
    "get_event": Call("GET", f"{ROOT}/events/goma:e1"),
    "list_dyad": Call("GET", f"{ROOT}/dyad?one=the%20army&other=COD/REB&limit=1"),
    "get_dyad_figures": Call("GET", f"{ROOT}/dyad/figures?one=COD/REB&other=the%20army"),
    "list_dyad_weeks": Call("GET", f"{ROOT}/dyad/weeks?one=COD/REB&other=the%20army&since=2031-05-01"),
    "get_outlook": Call("GET", f"{ROOT}/dyad/outlook?one=COD/REB&other=the%20army&days=7"),
    "list_incidents": Call("GET", f"{ROOT}/incidents?type=ASSAULT&limit=1"),
    "get_incident": Call("GET", f"{ROOT}/incidents/{ONE}"),
    "list_history": Call("GET", f"{ROOT}/incidents/{ONE}/history"),
    "list_incident_events": Call("GET", f"{ROOT}/incidents/{ONE}/events"),
    "list_links": Call("GET", f"{ROOT}/incidents/{ONE}/links"),
    "get_chain": Call("GET", f"{ROOT}/incidents/{ONE}/chain?depth=2"),
    "get_figures": Call("GET", f"{ROOT}/incidents/{ONE}/figures"),
    "list_reports": Call("GET", f"{ROOT}/reports?publisher=Example%20Wire&limit=1"),
    "get_report": Call("GET", f"{ROOT}/reports/goma"),
    "list_report_events": Call("GET", f"{ROOT}/reports/goma/events"),
    "get_provenance": Call("GET", f"{ROOT}/reports/goma/provenance"),
    "list_past": Call("GET", f"{ROOT}/reports/goma/past"),
    "search_reports": Call("GET", f"{ROOT}/search?q=shelled+-navy"),
    "list_judgements": Call("GET", f"{ROOT}/judgements?target=goma:e1"),
    "get_judgement": Call("GET", f"{ROOT}/judgements/1"),
    "list_alerts": Call("GET", f"{ROOT}/alerts?open=true&limit=1"),
    "get_alert": Call("GET", f"{ROOT}/alerts/{ALERT}"),
    "list_deliveries": Call("GET", f"{ROOT}/alerts/{ALERT}/deliveries"),
    "list_watches": Call("GET", f"{ROOT}/board"),
    "post_decision": Call("POST", f"{ROOT}/alerts/{ALERT}/decisions", DECISION, scope="review"),
    "list_runs": Call("GET", f"{ROOT}/runs?limit=1"),
    "get_run": Call("GET", f"{ROOT}/runs/1"),
    "list_issues": Call("GET", f"{ROOT}/runs/1/issues"),
    "list_sources": Call("GET", f"{ROOT}/sources"),
}
"""The routes that the document tells of."""
OTHERS: Mapping[str, Call] = {
    "get_document": Call("GET", f"{ROOT}/openapi.json"),
    "show_metrics": Call("GET", "/metrics"),
    "check_health": Call("GET", "/health", scope=None),
}
"""The routes that it does not tell of, by the names of their functions."""
