"""A timeline with a lane a party, and arrows from an act to the act that answers it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from casus.charts.looks import QUADS
from casus.charts.needs import alt
from casus.charts.parts import WIDE, Width, count_each, day_axis, inline, number, quad_colour, span_words, stage_shape
from casus.charts.rows import Item, Row, act_row, link_row
from casus.records import Link
from casus.words import VERBS

MOST_LANES = 12
OTHERS = "others"
LANE = 58
"""Pixels of a lane."""
SPREAD = 0.36
"""Acts of one lane and day stand beside each other within so much of a lane."""
ANGLE = "90 + 180 / PI * atan2(scale('y', datum.y2) - scale('y', datum.y), scale('x', datum.t2) - scale('x', datum.t))"
"""Degrees that an arrow head is turned by, from where the scales put its ends."""


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
    chart = alt.layer(_spans(rows, names), _shafts(arrows), _heads(arrows), _points(rows))
    told = _describe(rows, arrows, names)
    return chart.properties(width=width, height=height, description=told, name="lanes").add_params(
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
        title=None, values=list(range(len(names))), labelExpr="lane_names[datum.value]", domain=False, ticks=False
    )
    return alt.Y("y:Q").scale(domain=[max(len(names), 1) - 0.5, -0.5], nice=False, zero=False).axis(axis)


def _spans(rows: Sequence[Row], names: Sequence[str]) -> Any:
    """Return bars for what took more than a day; this layer brings the axes."""
    long = [row for row in rows if row["end"] != row["start"]]
    return (
        alt.Chart(inline(long))
        .mark_rule(strokeWidth=5, opacity=0.35, strokeCap="round")
        .encode(
            x=alt.X("start:T").axis(day_axis()), x2="end:T", y=_height(names), color=quad_colour(),
            description="title:N",
        )
    )  # fmt: skip


def _shafts(arrows: Sequence[Row]) -> Any:
    shafts = alt.Chart(inline(arrows)).mark_rule(style="answer", aria=False)
    return shafts.encode(x="start:T", y="y:Q", x2="start2:T", y2="y2:Q", tooltip="title:N")


def _heads(arrows: Sequence[Row]) -> Any:
    heads = alt.Chart(inline(arrows)).transform_calculate(
        t="toNumber(toDate(datum.start))", t2="toNumber(toDate(datum.start2))"
    )
    heads = heads.mark_point(style="answer-head", shape="triangle", size=60, angle=alt.ExprRef(ANGLE), opacity=1)
    return heads.encode(x="start2:T", y="y2:Q", tooltip="title:N", description="title:N")


def _points(rows: Sequence[Row]) -> Any:
    told = [
        alt.Tooltip("title:N", title="what"),
        alt.Tooltip("start:T", title="from", format="%-d %b %Y"),
        alt.Tooltip("end:T", title="to", format="%-d %b %Y"),
        alt.Tooltip("stage:N"),
    ]
    points = alt.Chart(inline(rows)).mark_point(size=110, strokeWidth=2, opacity=1)
    points = points.encode(
        x="start:T",
        y="y:Q",
        color=quad_colour(),
        shape=stage_shape(),
        fill=alt.condition("datum.stage == 'done'", quad_fill(), alt.value("transparent")),
        tooltip=told,
        description="title:N",
    )
    return points.encode(href="href:N") if any("href" in row for row in rows) else points


def quad_fill() -> Any:
    """Return the colours of the quads as a filling, without a legend of its own."""
    return alt.Fill("quad:N").scale(domain=list(QUADS), range=list(QUADS.values())).legend(None)


def _describe(rows: Sequence[Row], arrows: Sequence[Row], names: Sequence[str]) -> str:
    told = f"Timeline of {number(len(rows), 'act')} {span_words(rows)}, in {number(len(names), 'lane')}: "
    told += ", ".join(names) or "none"
    return f"{told}. {count_each(row['stage'] for row in rows) or 'Nothing'}. {number(len(arrows), 'answer')}."
