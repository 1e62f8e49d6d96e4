"""What is planned and what is threatened, by the days it is to happen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from casus.charts.looks import STAGE_COLOURS
from casus.charts.needs import alt
from casus.charts.parts import (
    WIDE,
    Width,
    count_each,
    day_axis,
    day_scale,
    inline,
    number,
    span_words,
    stage_shape,
    tips,
    unchecked,
)
from casus.charts.rows import Item, Row, act_row

ROW = 26
"""Pixels of an entry."""
MOST = 60
LONGEST = 60
"""Characters of a title."""


@unchecked
def calendar(items: Iterable[Item], *, today: date | str | None = None, most: int = MOST, width: Width = WIDE) -> Any:
    """Return acts to come, the next first, each as the days it is planned or threatened for.

    Args:
        items: Events or incidents, or rows `{id, start, end, stage, title, href}`; those without a day are left out.
        today: A day that is marked.
        most: Entries at most.
        width: Pixels, or "container".

    Returns:
        An `altair.LayerChart`.
    """
    dated = sorted((row for row in map(act_row, items) if row["start"]), key=lambda row: (row["start"], row["id"]))
    rows = [row | {"label": _label(nth, row)} for nth, row in enumerate(dated[:most], 1)]
    base = _base(rows)
    bars = base.mark_rule(strokeWidth=7, strokeCap="round", opacity=0.5).encode(x2=alt.X2("end"))
    points = base.mark_point(size=110, filled=True, opacity=1).encode(shape=stage_shape({row["stage"] for row in rows}))
    if any("href" in row for row in rows):
        points = points.encode(href=alt.Href("href:N"))
    chart = alt.layer(bars, points, *_today(today)).properties(width=width, height=ROW * max(len(rows), 1))
    return chart.properties(description=_tell(rows, len(dated) - len(rows)), name="calendar")


def _tell(rows: Sequence[Row], left: int) -> str:
    stages = count_each(row["stage"] for row in rows) or "none"
    told = f"{number(len(rows), 'act')} to come {span_words(rows)}: {stages}."
    return f"{told} {left:,} more are not drawn." if left else told


def _label(nth: int, row: Row) -> str:
    title = str(row["title"])
    return f"{nth}. {title if len(title) <= LONGEST else f'{title[:LONGEST]}…'}"


def _base(rows: Sequence[Row]) -> Any:
    told = {row["stage"] for row in rows}
    stages = [stage for stage in STAGE_COLOURS if stage in told]
    colours = alt.Scale(domain=stages, range=[STAGE_COLOURS[stage] for stage in stages])
    axis = alt.Axis(title=None, domain=False, ticks=False, labelLimit=330, grid=True)
    return alt.Chart(inline(rows)).encode(
        x=alt.X("start:T").axis(day_axis()).scale(day_scale()),
        y=alt.Y("label:N").sort([row["label"] for row in rows]).axis(axis),
        color=alt.Color("stage:N").scale(colours).title("stage"),
        tooltip=tips("stage", title="what", start="from", end="to"),
        description=alt.Description("title:N"),
    )  # fmt: skip


def _today(today: date | str | None) -> list[Any]:
    if today is None:
        return []
    rule = alt.Chart(inline([{"start": str(today), "end": str(today)}]))
    return [rule.mark_rule(style="faint", aria=False).encode(x=alt.X("start:T"))]
