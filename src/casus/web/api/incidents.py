"""Incidents as they stand, with their history, events, links, chain and figures.

An incident is told apart by its id and its version, which grows with every change: that is its entity tag.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic_core import to_json
from sqlalchemy import select
from starlette.responses import Response

from casus.chains import DEPTH, MOST, Chain, build_chain
from casus.records import Link
from casus.store.house import Store
from casus.store.query.looking import make_version
from casus.store.schema import incident_versions, incidents
from casus.stored import IncidentVersion, StoredEvent
from casus.web.api.paths import Id, quote_id
from casus.web.api.queries import ListQuery
from casus.web.api.routes import ROOT, answer_page, start_after, told
from casus.web.api.schemas import page_of, schema_of
from casus.web.deps import SettingsDep, StoreDep
from casus.web.etags import answer_json, answer_tagged, make_etag

router = APIRouter(prefix=ROOT, tags=["incidents"])
KEPT = 4096
"""Incidents whose JSON is kept in memory."""
FIGURES: dict[str, Any] = {"type": "object", "additionalProperties": {"type": "object"}}


class Bodies:
    """Keeps what was made of a version of an incident, which never changes."""

    def __init__(self, most: int = KEPT) -> None:
        self._most, self._lock = most, Lock()
        self._kept: OrderedDict[tuple[str, int], bytes] = OrderedDict()

    def get(self, key: tuple[str, int], make: Callable[[], bytes]) -> bytes:
        """Return what is kept under a key, else what `make` gives."""
        with self._lock:
            if (body := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return body
        body = make()
        with self._lock:
            self._kept[key] = body
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return body


@router.get("/incidents", **told("list_incidents", page_of(IncidentVersion)))
def list_incidents(request: Request, store: StoreDep, query: Annotated[ListQuery, Query()]) -> Response:
    """List incidents, newest first: happenings, each told of by one report or many."""
    after = start_after(request, query)
    found = store.incidents(query.filters(), limit=query.limit + 1, after=after, oldest=query.oldest)
    return answer_page(request, found, query.limit, lambda version: version.incident.id)


@router.get("/incidents/{id}/history", **told("list_history", page_of(IncidentVersion)))
def list_history(request: Request, store: StoreDep, id: Id) -> Response:  # noqa: A002
    """List all versions of an incident, oldest first, with why each came about."""
    return answer_page(request, store.history(id), 0)


@router.get("/incidents/{id}/events", **told("list_incident_events", page_of(StoredEvent)))
def list_incident_events(request: Request, store: StoreDep, id: Id) -> Response:  # noqa: A002
    """List the events of an incident, report by report; rejected ones are left out."""
    home = store.incident(id).incident.id
    return answer_page(request, store.events_of([home]).get(home, ()), 0)


@router.get("/incidents/{id}/links", **told("list_links", page_of(Link)))
def list_links(request: Request, store: StoreDep, id: Id) -> Response:  # noqa: A002
    """List what an incident answers and what answers it."""
    return answer_page(request, store.links_of([store.incident(id).incident.id]), 0)


@router.get("/incidents/{id}/chain", **told("get_chain", schema_of(Chain)))
def get_chain(
    request: Request,
    store: StoreDep,
    id: Id,  # noqa: A002
    depth: Annotated[int, Query(ge=0, le=20, description="Links away from it, each way.")] = DEPTH,
    most: Annotated[int, Query(ge=1, le=MOST, description="Incidents at most.")] = MOST,
) -> Response:
    """Return the chain of an incident: what it answered, and what answered it, as far as asked for."""
    return answer_json(request, build_chain(id, store, depth=depth, most=most).to_json())


@router.get("/incidents/{id}/figures", **told("get_figures", FIGURES))
def get_figures(request: Request, store: StoreDep, settings: SettingsDep, id: Id) -> Response:  # noqa: A002
    """Return every report's figures of an incident by kind, with what they come to."""
    found = settings.figures(store, store.incident(id).incident.id)
    return answer_json(request, {kind: reckoning.to_json() for kind, reckoning in found.items()})


@router.get("/incidents/{id}", **told("get_incident", schema_of(IncidentVersion)))
def get_incident(request: Request, store: StoreDep, id: Id) -> Response:  # noqa: A002
    """Return an incident as it stands; one that went into another leads to that one, see Content-Location."""
    home, version = find_version(store, id)
    bodies: Bodies = request.app.state.bodies
    headers = {} if home == id else {"content-location": f"{ROOT}/incidents/{quote_id(home)}"}
    etag = make_etag(home, version)
    return answer_tagged(
        request, etag, lambda: bodies.get((home, version), lambda: _make_body(store, home, version)), headers=headers
    )


def _make_body(store: Store, home: str, version: int) -> bytes:
    here = (incident_versions.c.incident == home, incident_versions.c.version == version)
    with store.reading() as connection:
        return to_json(make_version(connection.execute(select(incident_versions).where(*here)).one()).to_json())


def find_version(store: Store, id_: str) -> tuple[str, int]:
    """Return the id and version of the incident that an id leads to.

    Raises:
        StoreError: It is not in the store.
    """
    query = select(incidents.c.live, incidents.c.version).where(incidents.c.id == id_)
    with store.reading() as connection:
        row = connection.execute(query).one_or_none()
    if row is not None and row.live:
        return id_, row.version
    found = store.incident(id_)
    return found.incident.id, found.version
