"""The timeline: a lane a party, each incident on its day, an arrow to each answer; and the same as a table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from casus.charts import lanes, to_spec
from casus.charts.rows import act_row
from casus.ontology import TYPES
from casus.records import Link
from casus.store.query import Filters
from casus.stored import IncidentVersion
from casus.web.deps import StoreDep, render
from casus.web.looks import make_path
from casus.web.windows import WindowDep, split_names
from casus.words import VERBS

router = APIRouter(include_in_schema=False)
MOST = 120
"""Incidents of one timeline: more are a smear."""


@router.get("/timeline")
def timeline(
    request: Request,
    store: StoreDep,
    window: WindowDep,
    party: Annotated[str, Query(max_length=300)] = "",
    kind: Annotated[str, Query(alias="type", max_length=20)] = "",
) -> HTMLResponse:
    """Show the newest incidents of a window, of some parties or of all."""
    told = Filters(party=split_names(party), type=kind or (), since=window.since, until=window.until)
    found = store.incidents(told, limit=MOST + 1)
    shown = found[:MOST]
    homes = {version.incident.id for version in shown}
    links = links_within(store.links_of(homes), homes)
    return render(
        request,
        "timeline.html",
        window=window,
        party=party,
        kind=kind,
        types=tuple(TYPES),
        incidents=shown,
        more=len(found) > MOST,
        links=tell_links(links, shown),
        spec=draw(shown, links) if shown else None,
    )


def links_within(links: Sequence[Link], homes: Collection[str]) -> list[Link]:
    """Return the links whose both ends are shown."""
    return [link for link in links if link.source in homes and link.target in homes]


def draw(versions: Sequence[IncidentVersion], links: Sequence[Link]) -> dict[str, Any]:
    """Return the chart; each mark leads to its incident."""
    rows = [act_row(version) | {"href": make_path("incident", version.incident.id)} for version in versions]
    return to_spec(lanes(rows, links))


def tell_links(links: Sequence[Link], versions: Sequence[IncidentVersion]) -> list[dict[str, Any]]:
    """Return each link with the incidents at its ends and its verb, the newest answer first."""
    by_id = {version.incident.id: version.incident for version in versions}
    order = {id_: nth for nth, id_ in enumerate(by_id)}
    ordered = sorted(links, key=lambda link: order[link.source])
    return [
        {"from": by_id[link.source], "to": by_id[link.target], "verb": VERBS[link.kind], "link": link}
        for link in ordered
    ]
