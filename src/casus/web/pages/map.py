"""The map: where incidents happened, with a brush over time that works by mouse, by keyboard and without a map."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from casus.charts import load_basemap, place_map, to_spec
from casus.ontology import TYPES
from casus.records import Quad
from casus.store.query import Filters
from casus.store.query.spots import Spot, read_spots
from casus.web.deps import StoreDep, render
from casus.web.looks import make_path
from casus.web.windows import Window, WindowDep, split_names

router = APIRouter(include_in_schema=False)
SPANS = (1, 7, 28, 91, 364, 3640)
"""Days that one mark, and one step of the brush, may stand for."""
MOST_STEPS = 62
WIDTH = 530
"""Pixels of the map: beside the list of places on a common screen."""
MOST_MARKS = 1200
"""Marks of the map; the busiest places have theirs first."""
FOREVER = "public, max-age=86400"
FEWEST = 5
"""The largest mark stands for at least so many."""
Mark = tuple[str, Quad, int]
"""First day of a span, quad, and how many incidents."""


@router.get("/map")
def show_map(
    request: Request,
    store: StoreDep,
    window: WindowDep,
    party: Annotated[str, Query(max_length=300)] = "",
    kind: Annotated[str, Query(alias="type", max_length=20)] = "",
) -> HTMLResponse:
    """Show where the incidents of a window happened."""
    told = Filters(party=split_names(party), type=kind or (), since=window.since, until=window.until)
    found = read_spots(store, told)
    span = choose_span(window.days)
    marks = keep_busiest((spot, list(mark_spans(spot, window, span))) for spot in found.spots)
    placed = [spot for spot, _ in marks if spot.lat is not None and spot.lon is not None]
    return render(
        request,
        "map.html",
        window=window,
        party=party,
        kind=kind,
        types=tuple(TYPES),
        found=found,
        spots=[tell_spot(spot, told) for spot, told in marks],
        nowhere=len(marks) - len(placed),
        left_out=found.more_places + len(found.spots) - len(marks),
        span=span,
        starts=list_starts(window, span),
        spec=draw(marks) if placed else None,
    )


@router.get("/map/land.json")
def land() -> Response:
    """Give the outline of the land, which every map asks for once."""
    return Response(_basemap(), media_type="application/json", headers={"Cache-Control": FOREVER})


@cache
def _basemap() -> bytes:
    return json.dumps(load_basemap(), separators=(",", ":")).encode()


def choose_span(days: int) -> int:
    """Return how many days one step of the brush has, in a window of so many.

    >>> choose_span(31), choose_span(90), choose_span(1461)
    (1, 7, 28)
    """
    return next((span for span in SPANS if days <= span * MOST_STEPS), SPANS[-1])


def keep_busiest(told: Iterable[tuple[Spot, list[Mark]]]) -> list[tuple[Spot, list[Mark]]]:
    """Return the places whose marks the map has room for, in their order: at least one."""
    kept, number = list[tuple[Spot, list[Mark]]](), 0
    for spot, marks in told:
        number += len(marks)
        if kept and number > MOST_MARKS:
            break
        kept.append((spot, marks))
    return kept


def mark_spans(spot: Spot, window: Window, span: int) -> Iterator[Mark]:
    """Yield how many incidents of each quad a place saw in each span of days, oldest first.

    What began before the window stands in its first span.
    """
    first = date.fromisoformat(window.since).toordinal()
    counts: Counter[tuple[int, Quad]] = Counter()
    for (day, quad), number in spot.days.items():
        nth = max(0, date.fromisoformat(day).toordinal() - first) // span if day else 0
        counts[nth, quad] += number
    for (nth, quad), number in sorted(counts.items()):
        yield date.fromordinal(first + nth * span).isoformat(), quad, number


def list_starts(window: Window, span: int) -> list[str]:
    """Return the first day of each span of a window: the steps of the range inputs."""
    first = date.fromisoformat(window.since)
    return [(first + timedelta(days=nth)).isoformat() for nth in range(0, window.days, span)]


def tell_spot(spot: Spot, marks: Sequence[Mark]) -> dict[str, Any]:
    """Return a place as a row of the list, with its counts by first day for the script that filters them."""
    counts: Counter[str] = Counter()
    for day, _, number in marks:
        counts[day] += number
    return {"spot": spot, "counts": json.dumps(counts, separators=(",", ":"))}


def draw(marks: Sequence[tuple[Spot, Sequence[Mark]]]) -> dict[str, Any]:
    """Return the map; a mark leads to the newest incident of its place."""
    rows = [
        {
            "lat": spot.lat, "lon": spot.lon, "start": day, "place": spot.place, "quad": quad, "count": number,
            "href": make_path("incident", spot.newest),
        }
        for spot, told in marks if spot.lat is not None and spot.lon is not None
        for day, quad, number in told
    ]  # fmt: skip
    return drop_nothings(sum_days(to_spec(place_map(rows, "/map/land.json", width=WIDTH)), find_most(rows)))


def sum_days(spec: dict[str, Any], most: int) -> dict[str, Any]:
    """Let the map show one mark for a place and quad, as large as all the days that are chosen have together.

    Args:
        spec: Of the map.
        most: What the largest mark stands for.
    """
    (points,) = [layer for layer in spec["vconcat"][0]["layer"] if "size" in layer.get("encoding", {})]
    groups = ["place", "quad", "lat", "lon", "href", "precision"]
    sums = [{"op": "sum", "field": "count", "as": "count"}, {"op": "min", "field": "start", "as": "start"}]
    name = {"calculate": "datum.place + ': ' + datum.count", "as": "title"}
    points["transform"] = [*points["transform"], {"aggregate": sums, "groupby": groups}, name]
    points["encoding"]["size"]["scale"] |= {"domainMin": 0, "domainMax": max(most, FEWEST)}
    points["encoding"]["size"]["scale"].pop("domain", None)
    return spec


def find_most(rows: Iterable[Mapping[str, Any]]) -> int:
    """Return the largest sum of one place and quad."""
    sums: Counter[tuple[str, str]] = Counter()
    for row in rows:
        sums[row["href"], row["quad"]] += row["count"]
    return max(sums.values(), default=0)


def drop_nothings(spec: dict[str, Any]) -> dict[str, Any]:
    """Leave out of the rows what they have not: rows are most of the page."""
    for name, rows in spec["datasets"].items():
        spec["datasets"][name] = [{key: value for key, value in row.items() if value is not None} for row in rows]
    return spec
