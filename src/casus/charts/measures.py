"""How far stated confidence can be trusted: what share of the events at each confidence is right."""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt
from typing import Any

from casus.charts.looks import BLUE
from casus.charts.needs import alt
from casus.charts.parts import inline, number, tips, unchecked
from casus.charts.rows import Row, plain_row

FIELDS = ("predicted", "observed", "count")
Z = 1.96
"""Standard deviations on each side that hold 95 % of a normal distribution."""


@unchecked
def reliability(bins: Iterable[Any], *, size: int = 320) -> Any:
    """Return a reliability diagram: stated confidence against the share that is right, with 95 % intervals.

    Args:
        bins: Rows `{predicted, observed, count}`: mean confidence of a bin and the share of it that is right, both
            0…1, and how many it has.
        size: Pixels of a side.

    Returns:
        An `altair.LayerChart`.
    """
    rows = [_with_interval(plain_row(item, FIELDS)) for item in bins]
    rows = [row for row in rows if row["count"]]
    unit = alt.Scale(domain=[0, 1], nice=False)
    base = alt.Chart(inline(rows)).encode(
        x=alt.X("predicted:Q").scale(unit).axis(format=".0%").title("stated confidence")
    )
    share = alt.Y("observed:Q").scale(unit).axis(format=".0%").title("share that is right")
    bars = base.mark_rule(color=BLUE, strokeWidth=2).encode(y=alt.Y("low:Q").scale(unit), y2=alt.Y2("high"))
    points = base.mark_point(filled=True, color=BLUE, opacity=1).encode(
        y=share,
        size=alt.Size("count:Q").scale(type="sqrt", rangeMin=30, rangeMax=300).title("events"),
        tooltip=tips("predicted", "observed", "count"),
    )
    ends = inline([{"predicted": 0, "observed": 0}, {"predicted": 1, "observed": 1}])
    line = alt.Chart(ends).mark_line(style="faint", aria=False).encode(x=alt.X("predicted:Q"), y=share)
    chart = alt.layer(line, bars, points).properties(width=size, height=size, name="reliability")
    return chart.properties(description=_tell(rows))


def _with_interval(row: Row) -> Row:
    low, high = wilson(row["observed"] or 0.0, int(row["count"] or 0))
    return row | {"low": low, "high": high}


def wilson(share: float, count: int) -> tuple[float, float]:
    """Return the 95 % interval of a share.

    Source: Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927.

    Args:
        share: 0…1.
        count: Of how many.

    >>> [round(end, 2) for end in wilson(0.5, 10)], wilson(0.3, 0)
    ([0.24, 0.76], (0.0, 1.0))
    """
    if count <= 0:
        return 0.0, 1.0
    spread = Z * sqrt(share * (1 - share) / count + Z * Z / (4 * count * count))
    scale, middle = 1 + Z * Z / count, share + Z * Z / (2 * count)
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def _tell(rows: list[Row]) -> str:
    each = "; ".join(f"at {row['predicted']:.0%} {row['observed']:.0%} of {row['count']} are right" for row in rows)
    total = number(sum(int(row["count"]) for row in rows), "event")
    return f"Reliability of stated confidence, {total}: {each or 'none'}."
