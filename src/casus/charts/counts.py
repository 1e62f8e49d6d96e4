"""Counts at a glance: a sparkline, and what each side did by quad."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from casus.charts.looks import BLUE, QUADS
from casus.charts.needs import alt
from casus.charts.parts import WIDE, Width, count_axis, inline, number, quad_colour, tips, unchecked
from casus.charts.rows import Row

ROW = 34
"""Pixels of a bar with the space below it."""


@unchecked
def sparkline(counts: Iterable[int], *, width: int = 120, height: int = 28) -> Any:
    """Return counts as a line without axes, its last point marked; for a row of a table.

    Args:
        counts: Oldest first.
        width: Pixels.
        height: Pixels.

    Returns:
        An `altair.LayerChart`.
    """
    told = list(counts)
    rows = [{"nth": nth, "count": count} for nth, count in enumerate(told)]
    top = max([1, *told])
    base = alt.Chart(inline(rows)).encode(
        x=alt.X("nth:Q").axis(None).scale(nice=False, zero=False, padding=3),
        y=alt.Y("count:Q").axis(None).scale(domain=[0, top], nice=False, padding=3),
    )
    last = base.transform_filter(f"datum.nth == {len(rows) - 1}").mark_point(
        filled=True, size=36, color=BLUE, opacity=1
    )
    line = base.mark_area(line={"color": BLUE, "strokeWidth": 1.5}, color=BLUE, opacity=0.25)
    words = ", ".join(map(str, told)) or "none"
    chart = alt.layer(line, last).properties(width=width, height=height, name="sparkline")
    return chart.properties(description=f"Counts, oldest first: {words}.")


@unchecked
def quads(counts: Mapping[str, Mapping[str, int]], *, width: Width = WIDE) -> Any:
    """Return what each side did by quad, as bars of parts.

    Args:
        counts: Side or direction → quad → how many; quads left out are none.
        width: Pixels, or "container".

    Returns:
        An `altair.LayerChart`.
    """
    rows = list(_quad_rows(counts))
    top = max((sum(by_quad.values()) for by_quad in counts.values()), default=1)
    base = alt.Chart(inline(rows)).encode(
        x=alt.X("count:Q").stack("zero").axis(count_axis(top, title="acts")),
        y=alt.Y("side:N").sort(list(counts)).title(None).axis(domain=False, ticks=False),
        order=alt.Order("rank:Q"),
    )
    bars = base.mark_bar(height=alt.RelativeBandSize(band=0.7)).encode(
        color=quad_colour(), tooltip=tips("side", "quad", "count")
    )
    told = "; ".join(_tell(side, by_quad) for side, by_quad in counts.items()) or "nobody did anything"
    height = ROW * max(len(counts), 1)
    return bars.properties(width=width, height=height, name="quads", description=f"Acts by quad. {told}.")


def _quad_rows(counts: Mapping[str, Mapping[str, int]]) -> Iterable[Row]:
    for side, by_quad in counts.items():
        for rank, quad in enumerate(QUADS):
            if count := by_quad.get(quad, 0):
                yield {"side": side, "quad": quad, "count": count, "rank": rank}


def _tell(side: str, by_quad: Mapping[str, int]) -> str:
    parts: Sequence[str] = [f"{by_quad[quad]} {quad.replace('-', ' ')}" for quad in QUADS if by_quad.get(quad)]
    return f"{side}: {', '.join(parts) or number(0, 'act')}"
