"""A dyad: what two sides did to each other week by week, how high they climbed, and how each answered the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from casus.charts import ladder, mirror, quads, to_spec
from casus.ontology import QUADS
from casus.store.house import Store
from casus.store.query import Filters
from casus.store.query.partners import MOST_EVENTS, read_pairs
from casus.stored import StoredEvent
from casus.watch.dyads import DyadFigures, Window, dyad_figures, read_window, split_sides, weekly
from casus.watch.ladder import RUNGS
from casus.watch.series import STANDINGS, week_rows
from casus.web.deps import StoreDep, render
from casus.web.windows import YearDep

router = APIRouter(include_in_schema=False)
SHOWN = 12
"""Statements each way."""
SideDep = Annotated[str, Query(max_length=200)]


@router.get("/dyad")
def dyad(request: Request, store: StoreDep, window: YearDep, a: SideDep = "", b: SideDep = "") -> HTMLResponse:
    """Show two sides; without both, which pairs there are."""
    if not (a.strip() and b.strip()):
        return render(request, "dyads.html", pairs=read_pairs(store, limit=40), most=MOST_EVENTS, a=a, b=b)
    told = Window(date.fromisoformat(window.since), date.fromisoformat(window.until))
    acts = read_window(store, a, b, told)
    figures = dyad_figures(store, a, b, told, acts=acts)
    one, other = (", ".join(side) for side in (figures.a, figures.b))
    rows = week_rows(weekly(store, a, b, told, acts=acts), one, other)
    return render(
        request,
        "dyad.html",
        window=window,
        a=a,
        b=b,
        ways=(
            (f"{one} → {other}", figures.a_to_b, statements(store, figures.a, figures.b)),
            (f"{other} → {one}", figures.b_to_a, statements(store, figures.b, figures.a)),
        ),
        both=figures.both,
        rungs=RUNGS,
        standings=STANDINGS,
        quad_names=QUADS,
        weeks=tabulate(rows),
        specs=draw(rows, figures, (one, other)) if figures.both.incidents else None,
    )


def statements(store: Store, actors: Sequence[str], recipients: Sequence[str]) -> tuple[StoredEvent, ...]:
    """Return the newest statements of what one side did to the other."""
    split_sides(actors, recipients)
    return store.events(Filters(actor=tuple(actors), recipient=tuple(recipients)), limit=SHOWN)


def tabulate(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the weeks with any act as the table of the charts, the newest first."""
    headers = ("Week of", "Way", "Done", "Threatened", "Planned", "Possible", "Denied", "Score", "Rung")
    told = [
        (row["start"], row["direction"], *(row[standing] for standing in STANDINGS), row["score_sum"],
         RUNGS[row["rung"]] if row["rung"] is not None else "")
        for row in reversed(rows) if any(row[standing] for standing in STANDINGS)
    ]  # fmt: skip
    return {"headers": headers, "rows": told}


def draw(rows: Sequence[dict[str, Any]], figures: DyadFigures, names: tuple[str, str]) -> dict[str, Any]:
    """Return the three charts: weeks mirrored about a line, rungs over time, quads each way."""
    one, other = names
    counts = {
        f"{one} → {other}": figures.a_to_b.counts_by_quad,
        f"{other} → {one}": figures.b_to_a.counts_by_quad,
    }
    return {
        "weeks": to_spec(mirror(rows, width="container")),
        "ladder": to_spec(ladder(rows, rungs=RUNGS, width="container")),
        "quads": to_spec(quads(counts, width="container")),
    }
