"""What is planned and what is threatened, by the days it is to happen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from casus.charts.looks import STAGE_COLOURS
from casus.charts.needs import alt
from casus.charts.parts import DAY, WIDE, Width, count_each, day_axis, inline, number, span_words, stage_shape
from casus.charts.rows import Item, Row, act_row

ROW = 26
"""Pixels of an entry."""
MOST = 60
LONGEST = 60
"""Characters of a title."""


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
    points = base.mark_point(size=90, strokeWidth=2, filled=True, opacity=1).encode(shape=stage_shape())
    layers = [base.mark_rule(strokeWidth=7, strokeCap="round", opacity=0.5).encode(x2="end:T"), points, *_today(today)]
    if any("href" in row for row in rows):
        layers[1] = points.encode(href="href:N")
    told = (
        f"{number(len(rows), 'act')} to come {span_words(rows)}: {count_each(row['stage'] for row in rows) or 'none'}."
    )
    left = f" {len(dated) - len(rows)} more are not drawn." if len(dated) > len(rows) else ""
    height = ROW * max(len(rows), 1)
    return alt.layer(*layers).properties(width=width, height=height, description=told + left, name="calendar")


def _label(nth: int, row: Row) -> str:
    title = str(row["title"])
    return f"{nth}. {title if len(title) <= LONGEST else f'{title[:LONGEST]}…'}"


def _base(rows: Sequence[Row]) -> Any:
    stages = list(STAGE_COLOURS)
    colours = alt.Scale(domain=stages, range=[STAGE_COLOURS[stage] for stage in stages])
    axis = alt.Axis(title=None, domain=False, ticks=False, labelLimit=330, grid=True)
    return alt.Chart(inline(rows)).encode(
        x=alt.X("start:T").axis(day_axis()),
        y=alt.Y("label:N").sort([row["label"] for row in rows]).axis(axis),
        color=alt.Color("stage:N").scale(colours).title("stage"),
        tooltip=[
            alt.Tooltip("title:N", title="what"), "stage:N", alt.Tooltip("start:T", title="from", format=DAY),
            alt.Tooltip("end:T", title="to", format=DAY),
        ],
        description="title:N",
    )  # fmt: skip


def _today(today: date | str | None) -> list[Any]:
    if today is None:
        return []
    rule = alt.Chart(inline([{"start": str(today), "end": str(today)}]))
    return [rule.mark_rule(style="faint", aria=False).encode(x="start:T")]
