"""Rows of every chart, invented: a small quarrel between A and B in the spring of 2031."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from casus import charts
from casus.records import Toll

ACTS: tuple[Mapping[str, Any], ...] = (
    {"id": "i1", "start": "2031-05-01", "end": "2031-05-03", "lane": "A/MIL", "type": "MOBILIZE", "title": "A arms"},
    {"id": "i2", "start": "2031-05-04", "lane": "B", "type": "THREATEN", "stage": "threatened", "title": "B threatens"},
    {"id": "i3", "start": "2031-05-06", "lane": "A/MIL", "type": "ASSAULT", "title": "A attacks", "href": "/i3"},
    {"id": "i4", "start": "2031-05-09", "lane": "B", "type": "ASSAULT", "stage": "planned", "title": "B will answer"},
    {"id": "i5", "start": "2031-05-09", "lane": "C", "type": "CONSULT", "stage": "denied", "title": "C met no one"},
    {"id": "i6", "lane": "C", "type": "AID", "title": "No one knows when"},
)
LINKS: tuple[Mapping[str, Any], ...] = (
    {"from": "i2", "to": "i1", "kind": "responds_to", "cue": "In response"},
    {"from": "i4", "to": "i3", "kind": "responds_to"},
    {"from": "i4", "to": "elsewhere", "kind": "follows"},
)
WEEKS: tuple[Mapping[str, Any], ...] = tuple(
    {
        "start": (date(2031, 5, 5) + timedelta(weeks=week)).isoformat(), "direction": way, "done": week % 3,
        "planned": 1, "threatened": week % 2, "denied": 0, "rung": None if week == 2 else (week + nth) % 9,
    }
    for week in range(6)
    for nth, way in enumerate(("A → B", "B → A"))
)  # fmt: skip
FIGURES: tuple[Mapping[str, Any], ...] = (
    {"kind": "killed", "min": 12, "max": None, "report": "r1", "publisher": "Wire", "published": "2031-05-06"},
    {"kind": "killed", "min": 9, "max": 15, "report": "r2", "official": True},
    {"kind": "killed", "min": None, "max": 30, "report": "r3"},
    {"kind": "injured", "min": 24, "max": 99, "report": "r3"},
)
POINTS: tuple[Mapping[str, Any], ...] = (
    {
        "lat": -1.68,
        "lon": 29.22,
        "start": "2031-05-01",
        "place": "Goma",
        "quad": "material-conflict",
        "title": "shells",
    },
    {"lat": 0.52, "lon": 25.19, "start": "2031-05-04", "place": "Kisangani", "quad": "verbal-conflict", "count": 3},
    {"lat": None, "lon": None, "start": "2031-05-04", "place": "somewhere", "quad": "verbal-conflict"},
)
BINS: tuple[Mapping[str, Any], ...] = (
    {"predicted": 0.35, "observed": 0.3, "count": 20},
    {"predicted": 0.85, "observed": 0.8, "count": 200},
    {"predicted": 0.95, "observed": 0.9, "count": 0},
)
QUADS: Mapping[str, Mapping[str, int]] = {
    "A → B": {"material-conflict": 5, "verbal-cooperation": 2},
    "B → A": {"verbal-conflict": 9},
}
CHARTS: Mapping[str, Callable[[], Any]] = {
    "lanes": lambda: charts.lanes(ACTS, LINKS),
    "mirror": lambda: charts.mirror(WEEKS),
    "ladder": lambda: charts.ladder(WEEKS),
    "sparkline": lambda: charts.sparkline([1, 0, 4, 2]),
    "quads": lambda: charts.quads(QUADS),
    "toll_range": lambda: charts.toll_range(FIGURES, {"killed": Toll(9, 12, 30)}),
    "place_map": lambda: charts.place_map(POINTS),
    "calendar": lambda: charts.calendar(ACTS, today="2031-05-02"),
    "reliability": lambda: charts.reliability(BINS),
}
"""Every chart there is, with data."""
EMPTY: Mapping[str, Callable[[], Any]] = {
    "lanes": lambda: charts.lanes([]),
    "mirror": lambda: charts.mirror([]),
    "ladder": lambda: charts.ladder([]),
    "sparkline": lambda: charts.sparkline([]),
    "quads": lambda: charts.quads({}),
    "toll_range": lambda: charts.toll_range([]),
    "place_map": lambda: charts.place_map([]),
    "calendar": lambda: charts.calendar([]),
    "reliability": lambda: charts.reliability([]),
}
"""Every chart there is, without any."""


def rows_of(spec: Mapping[str, Any], field: str) -> list[dict[str, Any]]:
    """Return the rows of a specification that have a field, from whichever of its data."""
    return [row for rows in spec["datasets"].values() if isinstance(rows, list) for row in rows if field in row]
