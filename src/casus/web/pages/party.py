"""A party: what it did, what was done to it, with whom, what it says and what is said of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from casus.charts import quads, to_spec
from casus.ontology import SECTORS
from casus.store.house import Store
from casus.store.query import Filters
from casus.store.query.partners import MOST_EVENTS, Doing, read_busiest, read_doings, read_partners
from casus.stored import StoredEvent
from casus.web.deps import StoreDep, render
from casus.web.looks import make_path

router = APIRouter(include_in_schema=False)
SHOWN = 15
"""Statements of each list."""
LOOKED_AT = 100
"""Newest acts of a party that are looked at for accusations and denials."""
ABOUT = frozenset({"accuses", "claims", "denies"})


@router.get("/party")
def choose_party(request: Request, store: StoreDep, key: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Show which parties there are, or lead to the one that was asked for."""
    if key.strip():
        return RedirectResponse(make_path("party", key.strip()), status_code=303)
    return render(request, "parties.html", busiest=read_busiest(store, limit=40), most=MOST_EVENTS)


@router.get("/party/{key:path}")
def party(request: Request, key: str, store: StoreDep) -> HTMLResponse:
    """Show what is known of a party."""
    did, suffered = (read_doings(store, key, role) for role in ("actor", "recipient"))
    acts = store.events(Filters(actor=key), limit=LOOKED_AT)
    return render(
        request,
        "party.html",
        key=key,
        sector=SECTORS.get(key.partition("/")[2], ""),
        sides=(("What it did", "on", did, read_partners(store, key, "actor")),
               ("What was done to it", "by", suffered, read_partners(store, key, "recipient"))),
        table_of=tabulate,
        most=MOST_EVENTS,
        acts=acts[:SHOWN],
        suffered=store.events(Filters(recipient=key), limit=SHOWN),
        says=store.events(Filters(source=key), limit=SHOWN),
        about=find_claims(acts)[:SHOWN],
        spec=draw(did, suffered),
        known=bool(did or suffered) or _speaks(store, key),
    )  # fmt: skip


def _speaks(store: Store, key: str) -> bool:
    return bool(store.events(Filters(source=key), limit=1))


def find_claims(acts: Iterable[StoredEvent]) -> list[StoredEvent]:
    """Return the acts of a party that somebody accuses it of, claims or denies."""
    return [stored for stored in acts if stored.event.attribution and stored.event.attribution.stance in ABOUT]


def tabulate(doings: Sequence[Doing]) -> list[tuple[str, Counter[str]]]:
    """Return type → modality → incidents, the most frequent type first."""
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for doing in doings:
        rows[doing.type][doing.modality] += doing.incidents
    return sorted(rows.items(), key=lambda item: (-item[1].total(), item[0]))


def draw(did: Sequence[Doing], suffered: Sequence[Doing]) -> dict[str, Any]:
    """Return both ways by quad, what is told as done alone."""
    return to_spec(quads({"did": _by_quad(did), "suffered": _by_quad(suffered)}, width="container"))


def _by_quad(doings: Iterable[Doing]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for doing in doings:
        if doing.modality == "actual":
            counts[doing.quad] += doing.incidents
    return dict(counts)
