"""The page of an incident: what its reports agree on and not, its toll by report, who says what, how it came to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from casus.chains import build_chain
from casus.charts import to_spec, toll_range
from casus.records import Incident
from casus.store.house import Store
from casus.store.query.agreement import compare_events, group_slots
from casus.stored import IncidentVersion, StoredEvent
from casus.web.deps import SettingsDep, StoreDep, render
from casus.web.looks import make_path
from casus.web.marks import cut, marks_of
from casus.words import count_words

router = APIRouter(include_in_schema=False)
MOST_EVENTS = 200
"""Events whose sentences are shown; of the others there is the number."""
OFFICES = frozenset({"GOV", "MIL", "COP", "MED", "JUD", "LEG", "SPY"})


@router.get("/incident/{id_:path}")
def incident(request: Request, id_: str, store: StoreDep, settings: SettingsDep) -> Response:
    """Show an incident; a merged one leads to the one that it went into."""
    version = store.incident(id_)
    home = version.incident.id
    if home != id_:
        return RedirectResponse(make_path("incident", home), status_code=307)
    return _show(request, store, version, settings.figures(store, home))


def _show(request: Request, store: Store, version: IncidentVersion, reckonings: Mapping[str, Any]) -> HTMLResponse:
    home = version.incident.id
    told = store.events_of([home]).get(home, ())
    shown = sorted(told, key=lambda stored: (stored.published or "", stored.id))[:MOST_EVENTS]
    rows = figure_rows(told)
    return render(
        request,
        "incident.html",
        version=version,
        events=shown,
        left=len(told) - len(shown),
        slots=group_slots(compare_events(told)),
        sentences=_sentences(store, shown),
        figures=rows,
        states={kind: _state_words(told) for kind, told in reckonings.items() if _state_words(told)},
        spec=_draw(rows, version.incident) if rows else None,
        links=_links(store, home),
        history=store.history(home),
        judgements=store.judgements(home),
        nearby=len(build_chain(home, store, depth=2, most=20).incidents) - 1,
    )


def figure_rows(events: Sequence[StoredEvent]) -> list[dict[str, Any]]:
    """Return the figures of an incident, oldest first, each once a report: what charts and tables of tolls show."""
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for stored in sorted(events, key=lambda stored: (stored.published or "", stored.id)):
        source = stored.event.attribution
        for q in stored.event.quantities:
            row = {
                "kind": q.kind, "min": q.min, "max": q.max, "text": q.text, "approximate": q.approximate,
                "report": stored.report, "publisher": stored.publisher, "published": stored.published,
                "official": bool(source and OFFICES & set(source.sectors)),
                "words": count_words(q.min, q.max, q.kind, approximate=q.approximate),
            }  # fmt: skip
            rows.setdefault((stored.report, q.kind, q.min, q.max), row)
    return list(rows.values())


def _state_words(reckoning: Any) -> str:
    """Return what is so of all figures of a kind together."""
    return " and ".join(word for word in ("rising", "disputed") if getattr(reckoning, word, False))


def _draw(rows: Sequence[Mapping[str, Any]], told: Incident) -> dict[str, Any]:
    return to_spec(toll_range(rows, told.toll))


def _sentences(store: Store, events: Sequence[StoredEvent]) -> dict[str, Any]:
    """Return event → the pieces of its sentence, marked."""
    texts = store.texts({stored.report for stored in events})
    found = {}
    for stored in events:
        start, end = stored.event.sentence.start, stored.event.sentence.end
        found[stored.id] = cut(texts[stored.report][start:end], marks_of(stored.event), offset=start)
    return found


def _links(store: Store, home: str) -> list[dict[str, Any]]:
    """Return what the incident answers and what answers it, with the incident at the other end."""
    links = store.links_of([home])
    near = store.incidents_by_id({end for link in links for end in (link.source, link.target)})
    found = []
    for link in links:
        ends = [near[end].incident for end in (link.source, link.target)]
        forth = ends[0].id == home
        found.append({"link": link, "forth": forth, "other": ends[1] if forth else ends[0]})
    return found
