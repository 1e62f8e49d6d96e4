"""The claims board: where reports contradict each other, what is denied, what nobody has confirmed; who says what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from casus.store.house import Store
from casus.store.query import Filters
from casus.stored import IncidentVersion, StoredEvent
from casus.web.deps import StoreDep, render
from casus.words import plain

router = APIRouter(include_in_schema=False)
Kind = Literal["disputed", "denied", "unconfirmed"]
KINDS: Mapping[Kind, str] = {
    "disputed": "Disputed: told as done and as not done, or denied by whoever is said to have done it",
    "denied": "Denied: nobody tells it as done",
    "unconfirmed": "Unconfirmed: one origin, and that one holds back or passes on what somebody claims",
}
SHOWN = 20
"""Incidents of one page of the board."""
LOOKED_AT = 100
"""Reported incidents that are looked through for those nobody confirmed: one page."""
MOST_SAYINGS = 12
"""Statements of one side that are shown."""
HOLDS_BACK = frozenset({"claims", "accuses", "denies"})
SIDES: Mapping[str, str] = {"for": "Told as done", "open": "Left open", "against": "Told as not done"}


@dataclass(frozen=True, slots=True)
class Saying:
    """One statement about an incident, with its sentence."""

    stored: StoredEvent
    sentence: str


@dataclass(frozen=True, slots=True)
class Claim:
    """An incident with what is said for and against it; `left` are statements that are not shown."""

    version: IncidentVersion
    sides: Mapping[str, tuple[Saying, ...]]
    left: int


@router.get("/claims")
def claims(
    request: Request,
    store: StoreDep,
    kind: Kind = "disputed",
    after: Annotated[str | None, Query(max_length=300)] = None,
) -> HTMLResponse:
    """Show the newest incidents of a kind with what is said for and against them."""
    found, last = find_unconfirmed(store, after) if kind == "unconfirmed" else find_status(store, kind, after)
    told = store.events_of([version.incident.id for version in found])
    return render(
        request,
        "claims.html",
        kind=kind,
        kinds=KINDS,
        sides=SIDES,
        claims=list(make_claims(store, found, told)),
        after=last,
        first=after is None,
    )


def find_status(store: Store, status: str, after: str | None) -> tuple[Sequence[IncidentVersion], str | None]:
    """Return a page of incidents of a status, newest first, and where the next one goes on."""
    found = store.incidents(Filters(status=status), limit=SHOWN + 1, after=after)
    shown = found[:SHOWN]
    return shown, shown[-1].incident.id if len(found) > SHOWN else None


def find_unconfirmed(store: Store, after: str | None) -> tuple[Sequence[IncidentVersion], str | None]:
    """Return those of a page of reported incidents that nobody states as a fact, and where the next page goes on."""
    found = store.incidents(Filters(status="reported"), limit=LOOKED_AT + 1, after=after)
    looked_at = found[:LOOKED_AT]
    told = store.events_of([version.incident.id for version in looked_at])
    open_ones = [version for version in looked_at if is_unconfirmed(told.get(version.incident.id, ()))]
    if len(open_ones) > SHOWN:
        return open_ones[:SHOWN], open_ones[SHOWN - 1].incident.id
    return open_ones, looked_at[-1].incident.id if len(found) > LOOKED_AT else None


def is_unconfirmed(told: Iterable[StoredEvent]) -> bool:
    """Tell whether every statement that it was done is hedged or somebody's claim; false where there is none."""
    done = [stored.event for stored in told if stored.event.modality == "actual"]
    return bool(done) and all(e.hedged or (e.attribution and e.attribution.stance in HOLDS_BACK) for e in done)


def side_of(stored: StoredEvent) -> str:
    """Return on which side a statement stands: `for` the incident, `against` it, or it leaves it `open`."""
    event = stored.event
    stance = event.attribution.stance if event.attribution else None
    if event.modality == "negated" or stance == "denies":
        return "against"
    return "for" if event.modality == "actual" else "open"


def make_claims(
    store: Store, versions: Sequence[IncidentVersion], told: Mapping[str, Sequence[StoredEvent]]
) -> Iterable[Claim]:
    """Yield each incident with its statements by side, the earliest report first."""
    texts = store.texts({stored.report for events in told.values() for stored in events})
    for version in versions:
        events = sorted(told.get(version.incident.id, ()), key=lambda stored: (stored.published or "", stored.id))
        by_side = {side: [stored for stored in events if side_of(stored) == side] for side in SIDES}
        shown = {side: _say(some[:MOST_SAYINGS], texts) for side, some in by_side.items()}
        yield Claim(version, shown, len(events) - sum(map(len, shown.values())))


def _say(events: Iterable[StoredEvent], texts: Mapping[str, str]) -> tuple[Saying, ...]:
    return tuple(Saying(stored, _sentence(stored, texts[stored.report])) for stored in events)


def _sentence(stored: StoredEvent, text: str) -> str:
    extent: Any = stored.event.sentence
    return plain(text[extent.start : extent.end])
