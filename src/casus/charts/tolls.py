"""A toll as a range: lowest, best and highest count of each kind, and below it the figure of every report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from casus.charts.looks import BLUE, VERMILLION
from casus.charts.needs import alt
from casus.charts.parts import WIDE, Width, count_axis, inline, tips, unchecked
from casus.charts.rows import Row, plain_row
from casus.records import Toll
from casus.words import count_words

FIELDS = ("kind", "min", "max", "report", "publisher", "published", "official", "approximate", "text")
ROW = 24
"""Pixels of a figure."""
ALL = "all reports"
LEFT = 220
"""Pixels for the names of the reports, the same for each kind, so that their scales stand below each other."""


LABELS = alt.Axis(offset=8, domain=False, ticks=False, minExtent=LEFT, labelLimit=LEFT - 10)


@unchecked
def toll_range(figures: Iterable[Any], tolls: Mapping[str, Toll] | None = None, *, width: Width = WIDE) -> Any:
    """Return the counts of one incident: of each kind low, best and high, and every report's own figure.

    Args:
        figures: Figures of `casus.link.across`, or rows `{kind, min, max, report, publisher, published, official}`;
            min and max are None where open.
        tolls: Kind → low, best and high over all reports; the widest span of the figures where left out.
        width: Pixels; "container" where there is one kind alone.

    Returns:
        An `altair.LayerChart`, for several kinds an `altair.VConcatChart` of them.
    """
    kinds: dict[str, list[Row]] = {}
    for figure in figures:
        row = plain_row(figure, FIELDS)
        kinds.setdefault(str(row["kind"]), []).append(row)
    sums = {kind: (tolls or {}).get(kind) or _widest(rows) for kind, rows in kinds.items()}
    charts = [_of_kind(kind, rows, sums[kind], width) for kind, rows in sorted(kinds.items())]
    told = " ".join(_tell(kind, kinds[kind], sums[kind]) for kind in sorted(kinds)) or "No figures."
    whole = charts[0] if len(charts) == 1 else alt.vconcat(*charts, spacing=12)
    return whole.properties(description=told, name="tolls")


def _widest(rows: Sequence[Row]) -> Toll:
    lows = [row["min"] for row in rows if row["min"] is not None]
    highs = [row["max"] if row["max"] is not None else row["min"] for row in rows]
    return Toll(min(lows, default=None), None, max((high for high in highs if high is not None), default=None))


def _of_kind(kind: str, rows: Sequence[Row], toll: Toll, width: Width) -> Any:
    most = max([toll.high or 0, toll.low or 0, toll.best or 0, *((row["max"] or row["min"] or 0) for row in rows)])
    right = most * 1.3 + 1
    lines = [_line(ALL, toll.low, toll.high, most) | {"words": _sum_words(kind, toll), "all": True, "best": toll.best}]
    for nth, row in enumerate(rows, 1):
        words = count_words(row["min"], row["max"], kind, approximate=bool(row["approximate"]))
        lines.append(_line(f"{nth}. {_source(row)}", row["min"], row["max"], most) | {"words": words, "all": False})
    return _draw(lines, right).properties(width=width, height=ROW * len(lines), title=kind)


def _line(label: str, low: int | None, high: int | None, most: int) -> Row:
    """Return a line of the chart; what is open on a side runs to the end of the scale."""
    return {"label": label, "low": low or 0, "high": high if high is not None else most, "open": high is None}


def _source(row: Row) -> str:
    told = " · ".join(filter(None, (row["publisher"] or row["report"], (row["published"] or "")[:10])))
    return f"{told}, official" if row["official"] else told


def _sum_words(kind: str, toll: Toll) -> str:
    words = count_words(toll.low, toll.high, kind)
    return words if toll.best in (None, toll.low, toll.high) else f"{words} (best {toll.best})"


def _draw(lines: Sequence[Row], right: float) -> Any:
    labels = [line["label"] for line in lines]
    base = alt.Chart(inline(lines)).encode(
        y=alt.Y("label:N").sort(labels).title(None).axis(LABELS),
        x=alt.X("low:Q").axis(count_axis(round(right), title=None)).scale(domain=[0, right], nice=False),
        color=alt.Color("all:N").scale(domain=[True, False], range=[VERMILLION, BLUE]).legend(None),
        tooltip=tips(label="who", words="figure"),
        description=alt.Description("words:N"),
    )
    ranges = base.mark_rule(strokeWidth=5, strokeCap="round").encode(x2=alt.X2("high"))
    ends = base.mark_point(shape="triangle-right", filled=True, size=90, opacity=1).encode(x=alt.X("high:Q"))
    plain = alt.Chart(inline(lines)).encode(y=alt.Y("label:N").sort(labels))
    best = plain.mark_tick(thickness=3, size=18, style="zero", aria=False).encode(x=alt.X("best:Q"))
    words = plain.mark_text(align="left", dx=10, aria=False).encode(x=alt.X("high:Q"), text=alt.Text("words:N"))
    starts = base.mark_point(filled=True, size=60, opacity=1)
    told = (ranges, starts, ends.transform_filter("datum.open"), best.transform_filter("isValid(datum.best)"), words)
    return alt.layer(*told)


def _tell(kind: str, rows: Sequence[Row], toll: Toll) -> str:
    each = "; ".join(f"{_source(row)}: {count_words(row['min'], row['max'], kind)}" for row in rows)
    return f"{_sum_words(kind, toll)} over all reports. {each}."
