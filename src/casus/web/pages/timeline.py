"""The timeline: a lane a party, each incident on its day, an arrow to each answer; and the same as a table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from casus.charts import lanes, to_spec
from casus.charts.rows import act_row
from casus.charts.timelines import MOST_LANES
from casus.ontology import TYPES
from casus.records import Link, Party
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
        undated=sum(version.incident.when is None for version in shown),
        links=tell_links(links, shown),
        spec=draw(shown, links, split_names(party)) if shown else None,
    )


def links_within(links: Sequence[Link], homes: Collection[str]) -> list[Link]:
    """Return the links whose both ends are shown."""
    return [link for link in links if link.source in homes and link.target in homes]


def draw(versions: Sequence[IncidentVersion], links: Sequence[Link], keys: Sequence[str] = ()) -> dict[str, Any]:
    """Return the chart; each mark leads to its incident.

    Args:
        versions: The incidents.
        links: Between them.
        keys: Parties that each have a lane of their own, as the filters write them.
    """
    rows = [act_row(version) | {"href": make_path("incident", version.incident.id)} for version in versions]
    crowded = len({row["lane"] for row in rows}) > MOST_LANES
    for row, version in zip(rows, versions, strict=True):
        row["lane"] = find_lane(version.incident.actors, keys) or (_country(row["lane"]) if crowded else row["lane"])
    return to_spec(lanes(rows, links, width="container"))


def find_lane(actors: Iterable[Party], keys: Sequence[str]) -> str | None:
    """Return the first of the keys that is one of the actors, None where none is.

    >>> find_lane([Party(0, 6, "rebels", country="COD", sectors=("REB",))], ["RWA", "COD"])
    'COD'
    """
    names = {name for party in actors for name in _names(party)}
    return next((key for key in keys if key in names or key.casefold() in names), None)


def _names(party: Party) -> Iterator[str]:
    """Yield all keys by which filters find a party."""
    yield from filter(None, (party.id, party.country, party.text.casefold(), (party.name or "").casefold()))
    if party.country:
        yield from (f"{party.country}/{sector}" for sector in party.sectors)


def _country(lane: str) -> str:
    return lane.partition("/")[0]


def tell_links(links: Sequence[Link], versions: Sequence[IncidentVersion]) -> list[dict[str, Any]]:
    """Return each link with the incidents at its ends and its verb, the newest answer first."""
    by_id = {version.incident.id: version.incident for version in versions}
    order = {id_: nth for nth, id_ in enumerate(by_id)}
    ordered = sorted(links, key=lambda link: order[link.source])
    return [
        {"from": by_id[link.source], "to": by_id[link.target], "verb": VERBS[link.kind], "link": link}
        for link in ordered
    ]
