"""Make the outline of the world that maps are drawn on, from Natural Earth as the npm package world-atlas has it.

    npm pack world-atlas@2 && tar xzf world-atlas-2.0.2.tgz
    python -m train.basemap --atlas package/countries-50m.json --out src/casus/charts/data/land.json

Lines lose the points that matter least (Visvalingam and Whyatt, "Line generalisation by repeated elimination of
points", Cartographic Journal 30, 1993) until the file is small enough; islands smaller than that and Antarctica go.
Borders between countries are those lines that two of them share. No names, no flags, no claims.
"""

from __future__ import annotations

import argparse
import heapq
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]
STEP = 0.02
"""Degrees that coordinates are rounded to."""
SOUTH = -60.0
WEST, NORTH = -180.0, 90.0


def main() -> None:
    """Run the conversion."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--atlas", type=Path, required=True, help="countries-50m.json of world-atlas 2")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--detail", type=float, default=0.035, help="square degrees that a point must matter by")
    given = parser.parse_args()
    made = json.dumps(convert(json.loads(given.atlas.read_text("utf-8")), given.detail), separators=(",", ":"))
    given.out.write_text(made + "\n", "utf-8")
    print(f"{given.out}: {len(made):,} bytes")


def convert(atlas: Mapping[str, Any], detail: float) -> dict[str, Any]:
    """Return TopoJSON with the objects `land` and `borders`."""
    arcs = [simplify(list(unpack(arc, atlas["transform"])), detail) for arc in atlas["arcs"]]
    land = [
        [ring for ring in polygon if is_shown(ring, arcs, detail)] for polygon in rings_of(atlas["objects"]["land"])
    ]
    land = [polygon for polygon in land if polygon]
    borders = list(shared(atlas["objects"]["countries"], {arc for polygon in land for ring in polygon for arc in ring}))
    return pack(arcs, land, borders)


def unpack(arc: Iterable[Sequence[int]], transform: Mapping[str, Any]) -> Iterator[Point]:
    """Yield the points of an arc in degrees."""
    (scale_x, scale_y), (from_x, from_y) = transform["scale"], transform["translate"]
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * scale_x + from_x, y * scale_y + from_y


def simplify(points: list[Point], detail: float) -> list[Point]:
    """Return a line without the points whose triangle with their neighbours is smaller than `detail`; ends stay."""
    before, after = list(range(-1, len(points) - 1)), list(range(1, len(points) + 1))
    heap = [(triangle(points[i - 1], points[i], points[i + 1]), i) for i in range(1, len(points) - 1)]
    heapq.heapify(heap)
    areas = {i: area for area, i in heap}
    least, kept = 0.0, set(range(len(points)))
    while heap:
        area, i = heapq.heappop(heap)
        if i not in kept or areas.get(i) != area:
            continue
        least = max(least, area)
        if least > detail:
            break
        kept.discard(i)
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        for j in (left, right):
            if 0 < j < len(points) - 1:
                areas[j] = triangle(points[before[j]], points[j], points[after[j]])
                heapq.heappush(heap, (areas[j], j))
    return [points[i] for i in sorted(kept)]


def triangle(a: Point, b: Point, c: Point) -> float:
    """Return the area of a triangle, in square degrees."""
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def rings_of(shape: Mapping[str, Any]) -> list[list[list[int]]]:
    """Return the polygons of a shape, each as rings of numbers of arcs."""
    if shape["type"] == "GeometryCollection":
        return [polygon for part in shape["geometries"] for polygon in rings_of(part)]
    if shape["type"] == "MultiPolygon":
        return list(shape["arcs"])
    return [shape["arcs"]] if shape["type"] == "Polygon" else []


def is_shown(ring: Sequence[int], arcs: Sequence[Sequence[Point]], detail: float) -> bool:
    """Tell whether a ring is large enough to be seen and not of Antarctica."""
    line = [point for arc in ring for point in (arcs[arc] if arc >= 0 else arcs[~arc][::-1])]
    area = abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(line, [*line[1:], line[0]], strict=True))) / 2
    return area > detail and max(y for _, y in line) > SOUTH


def shared(countries: Mapping[str, Any], coast: set[int]) -> Iterator[int]:
    """Yield the arcs that two countries share."""
    counts = Counter(arc if arc >= 0 else ~arc for polygon in rings_of(countries) for ring in polygon for arc in ring)
    yield from (arc for arc, count in sorted(counts.items()) if count > 1 and arc not in coast and ~arc not in coast)


def pack(arcs: Sequence[Sequence[Point]], land: list[list[list[int]]], borders: list[int]) -> dict[str, Any]:
    """Return the topology with only the arcs that are used, as steps from point to point."""
    used = sorted({max(arc, ~arc) for polygon in land for ring in polygon for arc in ring} | set(borders))
    number = {arc: nth for nth, arc in enumerate(used)}
    named = [[[number[a] if a >= 0 else ~number[~a] for a in ring] for ring in polygon] for polygon in land]
    return {
        "type": "Topology",
        "from": "Natural Earth 4.1, public domain, through world-atlas 2.0.2; simplified by train/basemap.py",
        "objects": {
            "land": {"type": "MultiPolygon", "arcs": named},
            "borders": {"type": "MultiLineString", "arcs": [[number[arc]] for arc in borders]},
        },
        "transform": {"scale": [STEP, STEP], "translate": [WEST, SOUTH]},
        "arcs": [steps(arcs[arc]) for arc in used],
    }


def steps(points: Sequence[Point]) -> list[tuple[int, int]]:
    """Return a line as its first point and the way from each to the next, in units of STEP."""
    whole = [(round((x - WEST) / STEP), round((max(y, SOUTH) - SOUTH) / STEP)) for x, y in points]
    told = whole[:1]
    for before, here in pairwise(whole):
        if here != before:
            told.append((here[0] - before[0], here[1] - before[1]))
    return told if len(told) > 1 else [*told, (0, 0)]


if __name__ == "__main__":
    main()
