"""The board, the first page: every watch with its arrow and last incident; without watches what is busiest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from casus.store.query.filters import Filters
from casus.store.query.partners import Pair, read_busiest, read_pairs
from casus.web.deps import SettingsDep, StoreDep, render
from casus.web.watches import read_watches
from casus.web.windows import find_today

router = APIRouter(include_in_schema=False)
LATEST = 12
DYADS = 12
PARTIES = 10
ALL_PAIRS = 1000
"""So many that both ways between two sides are among them."""


@dataclass(frozen=True, slots=True)
class Dyad:
    """Two sides and in how many incidents the first acted upon the second, and the second upon the first."""

    one: str
    other: str
    forth: int
    back: int


@router.get("/")
def board(request: Request, store: StoreDep, settings: SettingsDep) -> HTMLResponse:
    """Show what is watched, and what happened last."""
    today = find_today(store)
    return render(
        request,
        "board.html",
        today=today,
        watches=read_watches(store, settings.rules),
        dyads=join_pairs(read_pairs(store, limit=ALL_PAIRS))[:DYADS],
        parties=read_busiest(store, limit=PARTIES),
        latest=store.incidents(Filters(until=today), limit=LATEST),
    )


def join_pairs(pairs: Iterable[Pair]) -> tuple[Dyad, ...]:
    """Return both ways between two sides as one, the busiest first.

    >>> join_pairs([Pair("USA", "IRN", 5), Pair("RUS", "UKR", 7), Pair("IRN", "USA", 4)])
    (Dyad(one='USA', other='IRN', forth=5, back=4), Dyad(one='RUS', other='UKR', forth=7, back=0))
    """
    counts = {(pair.actor, pair.recipient): pair.incidents for pair in pairs}
    joined = (
        Dyad(one, other, forth, counts.get((other, one), 0))
        for (one, other), forth in counts.items()
        if forth > counts.get((other, one), 0) or (forth == counts.get((other, one), 0) and one < other)
    )
    return tuple(sorted(joined, key=lambda dyad: (-dyad.forth - dyad.back, dyad.one, dyad.other)))
