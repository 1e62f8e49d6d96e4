"""The charts of a briefing as SVG that takes its colours from the page around it: light, dark or on paper."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from casus.charts import calendar, lanes, place_map, quads, to_svg, toll_range
from casus.charts.looks import PAPER
from casus.charts.rows import NOBODY, name_side
from casus.export.brief_facts import BriefFacts, Entry
from casus.ontology import quad_of
from casus.records import Incident

MOST_LANES, MOST_SIDES, MOST_ACTS, MOST_COMING = 8, 8, 120, 30
FEWEST = 2
"""Figures that a chart of them needs."""
IDS = re.compile(r'(id="|url\(#|href="#)')


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing: its name in the page, what it shows in words, and the SVG."""

    name: str
    title: str
    told: str
    svg: str


def draw_charts(facts: BriefFacts) -> Iterator[Figure]:
    """Yield the timeline, the map and the sides of what was done or threatened, and the calendar of what is to come."""
    acts, coming = facts.incidents("done", "threatened"), facts.incidents("planned", "threatened")
    dated = [act for act in acts if act.when][-MOST_ACTS:]
    if dated:
        links = [link for entry in facts.entries for link in entry.links]
        title = (
            "Who did what, and in answer to what" if len(dated) < MOST_ACTS else f"Who did what: the newest {MOST_ACTS}"
        )
        yield _draw("timeline", title, lanes(dated, links, most=MOST_LANES))
    points = list(_points(acts))
    if points:
        yield _draw("map", "Where", place_map(points, brush=False))
    if acts:
        yield _draw("sides", "By whom: those that did or threatened most", quads(_count_quads(acts)))
    if any(act.when for act in coming):
        yield _draw(
            "calendar", "What is planned and threatened", calendar(coming, today=facts.window[1], most=MOST_COMING)
        )


def draw_tolls(nth: int, entry: Entry) -> Figure | None:
    """Return the figures of an incident, where there are several."""
    if len(entry.figures) < FEWEST:
        return None
    rows = [
        {
            "kind": figure.kind, "min": figure.quantity.min, "max": figure.quantity.max,
            "approximate": figure.quantity.approximate, "official": figure.official,
            "report": f"[{figure.quote.source}]", "published": figure.quote.told.published,
        }
        for figure in entry.figures
    ]  # fmt: skip
    return _draw(f"toll-{nth}", "Figures by report", toll_range(rows, entry.incident.toll, width=420))


def _draw(name: str, title: str, chart: Any) -> Figure:
    return Figure(name, title, str(chart.description), _dress(name, to_svg(chart)))


def _dress(name: str, svg: str) -> str:
    """Return an image whose ids are its own and whose ground, writing and lines have the colours of the page.

    What reads pages aloud passes it over: its words stand beside it.
    """
    svg = svg.replace("<svg ", '<svg aria-hidden="true" ', 1)
    for part, colour in PAPER["light"].items():
        svg = svg.replace(f'"{colour}"', f'"var(--{part})"')
    svg = svg.replace('fill="white"', 'fill="var(--ground)"').replace('fill="black"', 'fill="var(--ink)"')
    return IDS.sub(rf"\g<1>{name}-", svg)


def _points(acts: Sequence[Incident]) -> Iterator[dict[str, Any]]:
    """Yield a point a place and quad, with how many acts it saw."""
    counts: dict[tuple[str, str, float, float], list[Incident]] = {}
    for act in acts:
        where = act.where
        if where and where.lat is not None and where.lon is not None:
            key = (where.name or where.text, quad_of(act.type), where.lat, where.lon)
            counts.setdefault(key, []).append(act)
    for (place, quad, lat, lon), here in counts.items():
        days = [act.when.start for act in here if act.when]
        told = {"place": place, "quad": quad, "lat": lat, "lon": lon, "count": len(here)}
        yield told | {"start": min(days, default=None), "title": f"{place}: {len(here)}"}


def _count_quads(acts: Sequence[Incident]) -> dict[str, dict[str, int]]:
    """Return the sides that did most → quad → how many incidents."""
    counts: dict[str, Counter[str]] = {}
    for act in acts:
        counts.setdefault(name_side(act.actors), Counter())[quad_of(act.type)] += 1
    ranked = sorted(counts.items(), key=lambda item: (item[0] == NOBODY, -item[1].total(), item[0]))
    return {side: dict(told) for side, told in ranked[:MOST_SIDES]}
