"""Places on a map, with a brush over the days below it; the outline of the land is data of the package."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import asinh, atan, degrees, radians, sinh, sqrt, tan
from typing import Any

from casus.charts.needs import alt
from casus.charts.parts import WIDE, count_axis, day_axis, inline, number, quad_colour, span_words, tips, unchecked
from casus.charts.rows import Row, plain_row

FIELDS = ("id", "lat", "lon", "start", "place", "quad", "title", "precision", "count", "href")
NARROWEST = 8.0
"""Degrees that a map shows at least: more detail than the outline has would be false."""
MARGIN = 0.15
LARGEST, FEWEST = 700, 5
"""Square pixels of the largest mark, and the fewest acts that it stands for."""
EDGE = 3
"""Pixels beyond the map where outlines are cut, so that the cut is not seen."""
NAMED = 8
"""Places whose names stand on the map, those with most acts."""
RATIO = 0.5
"""Height of the map for its width."""
WORLD = (-170.0, -56.0, 190.0, 78.0)

Basemap = Mapping[str, Any] | str
"""TopoJSON, or the address where a browser finds it."""
OUTLINES = ("land", "borders")
Box = tuple[float, float, float, float]


@cache
def load_basemap() -> Mapping[str, Any]:
    """Return the outline of land and borders, as TopoJSON with the objects `land` and `borders`.

    Made of Natural Earth by `train/basemap.py`: public domain, middling detail. Borders are those in force on the
    ground as Natural Earth draws them, and no statement of ours.
    """
    text = (files("casus.charts") / "data" / "land.json").read_text("utf-8")
    outline: Mapping[str, Any] = json.loads(text)
    return outline


@unchecked
def place_map(points: Iterable[Any], basemap: Basemap | None = None, *, brush: bool = True, width: int = WIDE) -> Any:
    """Return places as points on a map that shows where they are, and the days below, where a brush chooses.

    Args:
        points: Rows `{lat, lon, start, place, quad, title, precision, count, href}`; degrees and an ISO day. Those
            without lat and lon are left out; the description says how many. `count` acts are one mark of that size.
        basemap: TopoJSON with `land` and `borders`, or its address on the page's own server, which saves sending it
            each time; that of `load_basemap`, within the chart, where left out.
        brush: Whether the days are drawn below, to choose some of them by dragging.
        width: Pixels.

    Returns:
        An `altair.VConcatChart`, without a brush an `altair.LayerChart`.
    """
    told = [plain_row(point, FIELDS) for point in points]
    rows = [row | {"count": row["count"] or 1} for row in told if row["lat"] is not None and row["lon"] is not None]
    words = _tell(rows, len(told) - len(rows))
    chosen = alt.selection_interval(name="days", encodings=["x"], empty=True)
    chart = _draw_map(rows, basemap, width)
    if not brush:
        return chart.properties(description=words, name="map")
    chart.layer[-1].transform = [alt.FilterTransform({"param": "days"})]
    below = _draw_days(rows, width).add_params(chosen)
    return alt.vconcat(chart, below, spacing=8).properties(description=words, name="map")


def frame(rows: Sequence[Row]) -> Box:
    """Return the part of the world to show, west, south, east and north in degrees: all points, with a margin."""
    if not rows:
        return WORLD
    west, east = min(row["lon"] for row in rows), max(row["lon"] for row in rows)
    south, north = min(row["lat"] for row in rows), max(row["lat"] for row in rows)
    wide = max((east - west) * (1 + 2 * MARGIN), NARROWEST)
    high = max((north - south) * (1 + 2 * MARGIN), NARROWEST * RATIO)
    middle, level = (west + east) / 2, (south + north) / 2
    return middle - wide / 2, max(level - high / 2, -85), middle + wide / 2, min(level + high / 2, 85)


def _project(rows: Sequence[Row], width: int) -> dict[str, Any]:
    """Return Mercator's projection, which keeps shapes, so that the frame fills the map."""
    west, south, east, north = frame(rows)
    height, low, high = width * RATIO, rise(south), rise(north)
    scale = min(width / radians(east - west), height / (high - low))
    middle, level = (west + east) / 2, degrees(atan(sinh((low + high) / 2)))
    edge = [[-EDGE, -EDGE], [width + EDGE, height + EDGE]]
    place = {"center": [0, level], "rotate": [-middle, 0, 0], "translate": [width / 2, height / 2]}
    return {"type": "mercator", "scale": scale, "clipExtent": edge, **place}


def rise(latitude: float) -> float:
    """Return the height of a latitude, in degrees, on Mercator's map, for an equator of 2 pi.

    >>> round(rise(0), 3), round(rise(60), 3)
    (0.0, 1.317)
    """
    return asinh(tan(radians(latitude)))


def _shape(basemap: Basemap | None, name: str) -> Any:
    shape = alt.Chart(_outline(basemap, name))
    return shape.mark_geoshape(style=name, filled=name == "land", aria=False, clip=True)


def _outline(basemap: Basemap | None, name: str) -> Any:
    """Return one object of the basemap as data: with the lines that it alone needs, as no two data may be the same."""
    form = alt.TopoDataFormat(type="topojson", feature=name)
    if isinstance(basemap, str):
        return alt.UrlData(basemap, format=form)
    return alt.InlineData(_written(name) if basemap is None else _write(basemap, name), form)


def _write(basemap: Mapping[str, Any], name: str) -> str:
    """Return one object of a basemap as JSON text: Altair would go through each of its numbers, several times."""
    return json.dumps(cut(basemap, name), separators=(",", ":"))


@cache
def _written(name: str) -> str:
    return _write(load_basemap(), name)


def cut(topology: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return a TopoJSON of one object alone."""
    used: dict[int, int] = {}

    def renumber(arcs: Any) -> Any:
        if isinstance(arcs, list):
            return [renumber(arc) for arc in arcs]
        nth = used.setdefault(max(arcs, ~arcs), len(used))
        return nth if arcs >= 0 else ~nth

    shape = topology["objects"][name]
    objects = {name: {**shape, "arcs": renumber(shape["arcs"])}}
    return {**topology, "objects": objects, "arcs": [topology["arcs"][arc] for arc in used]}


def _draw_map(rows: Sequence[Row], basemap: Basemap | None, width: int) -> Any:
    layers = [_shape(basemap, name) for name in OUTLINES]
    chart = alt.layer(*layers, _names(rows), _points(rows)).properties(width=width, height=round(width * RATIO))
    return chart.project(**_project(rows, width))


def _points(rows: Sequence[Row]) -> Any:
    points = alt.Chart(inline(sorted(rows, key=lambda row: -row["count"]))).mark_point(
        filled=True, opacity=0.75, strokeWidth=1, clip=True
    )
    points = points.encode(
        longitude=alt.Longitude("lon:Q"),
        latitude=alt.Latitude("lat:Q"),
        color=quad_colour(),
        size=alt.Size("count:Q")
        .scale(type="linear", domain=[0, _largest(rows)], rangeMin=20, rangeMax=LARGEST)
        .legend(None),
        tooltip=tips("title", "place", "precision", "count", start="from"),
        description=alt.Description("title:N"),
    )
    return points.encode(href=alt.Href("href:N")) if any(row["href"] for row in rows) else points


def _largest(rows: Sequence[Row]) -> int:
    """Return the count that the largest mark stands for; marks grow with their counts by area."""
    return max([FEWEST, *(int(row["count"]) for row in rows)])


def _names(rows: Sequence[Row]) -> Any:
    """Return the names of the places with most acts."""
    first: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: -row["count"]):
        if row["place"]:
            first.setdefault(str(row["place"]), row)
    top = _largest(rows)
    named = [
        {name: row[name] for name in ("lat", "lon", "place")} | {"lift": -8 - sqrt(LARGEST * row["count"] / top) / 2}
        for row in list(first.values())[:NAMED]
    ]
    names = alt.Chart(inline(named)).mark_text(dy=alt.ExprRef("datum.lift"), clip=True, aria=False)
    return names.encode(longitude=alt.Longitude("lon:Q"), latitude=alt.Latitude("lat:Q"), text=alt.Text("place:N"))


def _draw_days(rows: Sequence[Row], width: int) -> Any:
    dated = [row for row in rows if row["start"]]
    counts = Counter[str]()
    for row in dated:
        counts[str(row["start"])[:10]] += row["count"]
    top = max(counts.values(), default=1)
    days = alt.Chart(inline(dated)).mark_bar(width=alt.RelativeBandSize(band=0.9))
    return days.encode(
        x=alt.X("yearmonthdate(start):T").axis(day_axis()),
        y=alt.Y("sum(count):Q").axis(count_axis(top, few=3, title="acts")),
        color=quad_colour(),
    ).properties(width=width, height=70, name="by_day")


def _tell(rows: Sequence[Row], left: int) -> str:
    places: dict[str, int] = {}
    for row in rows:
        name = str(row["place"] or "a place without a name")
        places[name] = places.get(name, 0) + row["count"]
    top = ", ".join(
        f"{name} {count}" for name, count in sorted(places.items(), key=lambda item: (-item[1], item[0]))[:5]
    )
    total = number(sum(row["count"] for row in rows), "act")
    told = f"Map of {total} in {number(len(places), 'place')} {span_words(rows)}. Most: {top or 'none'}."
    return f"{told} {number(left, 'act')} without a known place left out." if left else told
