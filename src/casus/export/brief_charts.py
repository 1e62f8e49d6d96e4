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

MOST_LANES, MOST_SIDES = 8, 6
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
    past, coming = facts.of("done", "threatened"), facts.of("planned", "threatened")
    acts = [entry.incident for entry in past]
    if any(act.when for act in acts):
        links = [link for entry in past for link in entry.links]
        yield _draw("timeline", "Who did what, and in answer to what", lanes(acts, links, most=MOST_LANES))
    points = list(_points(past))
    if points:
        yield _draw("map", "Where", place_map(points, brush=False))
    if acts:
        yield _draw("sides", "By whom", quads(_count_quads(past)))
    if any(entry.incident.when for entry in coming):
        yield _draw("calendar", "What is planned and threatened", _calendar(coming, facts.window[1]))


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
    """Return an image whose ids are its own and whose ground, writing and lines have the colours of the page."""
    for part, colour in PAPER["light"].items():
        svg = svg.replace(f'"{colour}"', f'"var(--{part})"')
    svg = svg.replace('fill="white"', 'fill="var(--ground)"').replace('fill="black"', 'fill="var(--ink)"')
    return IDS.sub(rf"\g<1>{name}-", svg)


def _calendar(entries: Sequence[Entry], today: str) -> Any:
    acts = [entry.incident for entry in entries]
    return calendar(acts, today=today)


def _points(entries: Sequence[Entry]) -> Iterator[dict[str, Any]]:
    for entry in entries:
        where, told = entry.incident.where, entry.incident
        if where and where.lat is not None:
            yield {
                "lat": where.lat, "lon": where.lon, "start": told.when.start if told.when else None,
                "place": where.name or where.text, "quad": quad_of(told.type), "title": where.name or where.text,
            }  # fmt: skip


def _count_quads(entries: Sequence[Entry]) -> dict[str, dict[str, int]]:
    """Return the sides that did most → quad → how many incidents."""
    counts: dict[str, Counter[str]] = {}
    for entry in entries:
        side = name_side(entry.incident.actors)
        counts.setdefault(side, Counter())[quad_of(entry.incident.type)] += 1
    ranked = sorted(counts.items(), key=lambda item: (item[0] == NOBODY, -item[1].total(), item[0]))
    return {side: dict(told) for side, told in ranked[:MOST_SIDES]}
