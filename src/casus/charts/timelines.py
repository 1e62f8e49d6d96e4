"""A timeline with a lane a party, and arrows from an act to the act that answers it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from casus.charts.needs import alt
from casus.charts.parts import (
    WIDE,
    Width,
    count_each,
    day_axis,
    day_scale,
    inline,
    number,
    quad_colour,
    span_words,
    stage_shape,
    tips,
    unchecked,
)
from casus.charts.rows import Item, Row, act_row, link_row
from casus.records import Link
from casus.words import VERBS

MOST_LANES = 12
OTHERS = "others"
LANE = 58
"""Pixels of a lane."""
SPREAD = 0.36
"""Acts of one lane and day stand beside each other within so much of a lane."""
NAME = "lanes"
"""Of the view; Vega begins the names of its scales with it."""
TURN = (
    "atan2(scale('lanes_y', datum.y2) - scale('lanes_y', datum.y),"
    " scale('lanes_x', datum.t2) - scale('lanes_x', datum.t))"
)
"""Way of an arrow, from where the scales put its ends; its head is turned that way and stands before the mark."""
BEFORE = 11
"""Pixels from the middle of a mark to that of the head."""


@unchecked
def lanes(
    events: Iterable[Item],
    links: Iterable[Mapping[str, Any] | Link] = (),
    *,
    most: int = MOST_LANES,
    width: Width = WIDE,
) -> Any:
    """Return a timeline: each party's acts in a lane of its own, and an arrow to each act from the one it answers.

    Args:
        events: Events or incidents, or rows `{id, start, end, lane, quad, stage, title, href}`; those without a day
            are left out. One row an act: the lane is the first actor's.
        links: Which of them answers which, as records or `{from, to, kind, cue}`: `from` answers `to`.
        most: Lanes at most; the parties that act least share the last one.
        width: Pixels, or "container".

    Returns:
        An `altair.LayerChart`.
    """
    rows = [row for row in map(act_row, events) if row["start"]]
    names = _name_lanes(rows, most)
    _place(rows, names)
    arrows = list(_arrows(rows, map(link_row, links)))
    height = LANE * max(len(names), 1)
    chart = alt.layer(
        _spans(rows, names), _shafts(arrows), _heads(arrows), *(_points(rows, done=done) for done in (False, True))
    )
    told = _describe(rows, arrows, names)
    return chart.properties(width=width, height=height, description=told, name=NAME).add_params(
        alt.param(name="lane_names", value=names)
    )


def _name_lanes(rows: Sequence[Row], most: int) -> list[str]:
    """Return the lanes from top to bottom, and put the rows of parties without one among the others."""
    counts = Counter(str(row["lane"]) for row in rows)
    kept = [name for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    if len(kept) <= most:
        return kept
    kept = kept[: most - 1]
    for row in rows:
        row["lane"] = row["lane"] if row["lane"] in kept else OTHERS
    return [*kept, OTHERS]


def _place(rows: Sequence[Row], names: Sequence[str]) -> None:
    """Give each row its height: the number of its lane, with those of one day beside each other."""
    together: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        together.setdefault((row["lane"], row["start"]), []).append(row)
    for (lane, _), here in together.items():
        for nth, row in enumerate(here):
            shift = 0.0 if len(here) == 1 else (nth / (len(here) - 1) - 0.5) * 2 * SPREAD
            row["y"] = round(names.index(lane) + shift, 3)


def _arrows(rows: Sequence[Row], links: Iterable[Row]) -> Iterable[Row]:
    """Yield an arrow a link, from the act that is answered to the one that answers."""
    known = {row["id"]: row for row in rows if "id" in row}
    for link in links:
        if link["from"] in known and link["to"] in known:
            late, early = known[link["from"]], known[link["to"]]
            cue = f" “{link['cue']}”" if link["cue"] else ""
            yield {
                "start": early["start"], "y": early["y"], "start2": late["start"], "y2": late["y"],
                "title": f"{late['title']} {VERBS.get(link['kind'], link['kind'])}{cue} {early['title']}",
            }  # fmt: skip


def _height(names: Sequence[str]) -> Any:
    axis = alt.Axis(
        title=None,
        values=list(range(len(names))),
        labelExpr="lane_names[datum.value]",
        domain=False,
        ticks=False,
        offset=6,
    )
    return alt.Y("y:Q").scale(domain=[max(len(names), 1) - 0.5, -0.5], nice=False, zero=False).axis(axis)


def _spans(rows: Sequence[Row], names: Sequence[str]) -> Any:
    """Return bars for what took more than a day; this layer brings the axes."""
    spans = alt.Chart(inline(row for row in rows if row["end"] != row["start"]))
    return spans.mark_rule(strokeWidth=5, opacity=0.35, strokeCap="round", aria=False).encode(
        x=alt.X("start:T").axis(day_axis()).scale(day_scale()),
        x2=alt.X2("end"),
        y=_height(names),
        color=quad_colour(),
    )


def _shafts(arrows: Sequence[Row]) -> Any:
    shafts = alt.Chart(inline(arrows)).mark_rule(style="answer", aria=False)
    ends = {"x": alt.X("start:T"), "y": alt.Y("y:Q"), "x2": alt.X2("start2"), "y2": alt.Y2("y2")}
    return shafts.encode(**ends, tooltip=tips("title"))


def _heads(arrows: Sequence[Row]) -> Any:
    heads = alt.Chart(inline(arrows)).transform_calculate(
        t="toNumber(toDate(datum.start))", t2="toNumber(toDate(datum.start2))"
    )
    head = {"shape": "triangle", "filled": True, "size": 70, "opacity": 1}
    way = {
        "angle": alt.ExprRef(f"90 + 180 / PI * {TURN}"),
        "xOffset": alt.ExprRef(f"-{BEFORE} * cos({TURN})"),
        "yOffset": alt.ExprRef(f"-{BEFORE} * sin({TURN})"),
    }
    ends = {"x": alt.X("start2:T"), "y": alt.Y("y2:Q"), "description": alt.Description("title:N")}
    return heads.mark_point(style="answer-head", **head, **way).encode(**ends, tooltip=tips("title"))


def _points(rows: Sequence[Row], *, done: bool) -> Any:
    """Return the marks of what was done, filled, or of all else, hollow."""
    told = {row["stage"] for row in rows}
    points = alt.Chart(inline(row for row in rows if (row["stage"] == "done") == done))
    points = points.mark_point(size=110, strokeWidth=2, opacity=1, filled=done).encode(
        x=alt.X("start:T"),
        y=alt.Y("y:Q"),
        color=quad_colour(),
        shape=stage_shape(told),
        tooltip=tips("stage", title="what", start="from", end="to"),
        description=alt.Description("title:N"),
    )
    return points.encode(href=alt.Href("href:N")) if any("href" in row for row in rows) else points


def _describe(rows: Sequence[Row], arrows: Sequence[Row], names: Sequence[str]) -> str:
    told = f"Timeline of {number(len(rows), 'act')} {span_words(rows)}, in {number(len(names), 'lane')}: "
    told += ", ".join(names) or "none"
    return f"{told}. {count_each(row['stage'] for row in rows) or 'Nothing'}. {number(len(arrows), 'answer')}."
