"""What two sides did to each other week by week: counts mirrored about a line, and the rung reached on the ladder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from casus.charts.looks import DIRECTIONS, STAGE_COLOURS
from casus.charts.needs import alt
from casus.charts.parts import DAY, WIDE, Width, day_axis, inline, number, span_words
from casus.charts.rows import Row, plain_row

LADDER = (
    "cooperation", "talks", "demand or blame", "rejection or sanction", "threat", "mobilisation", "coercion",
    "limited violence", "heavy or mass violence",
)  # fmt: skip
"""The rungs of escalation from below; `casus.watch.ladder` says which act stands on which."""
STAGES = ("done", "planned", "threatened", "denied")
FIELDS = ("start", "direction", *STAGES, "score_sum", "rung")


def mirror(weeks: Iterable[Any], *, width: Width = WIDE) -> Any:
    """Return mirrored lanes of a dyad: what one side did to the other upward, what came back downward, week by week.

    Args:
        weeks: Rows `{start, direction, done, planned, threatened, denied}`, one a week and direction; start is an ISO
            day, the direction named first is drawn upward.
        width: Pixels, or "container".

    Returns:
        An `altair.LayerChart`.
    """
    rows = _week_rows(weeks)
    ways = _directions(rows)
    bars = [_bar(row, stage, 1 if row["direction"] == ways[0] else -1) for row in rows for stage in STAGES]
    bars = [bar for bar in bars if bar["count"]]
    chart = alt.layer(_bars(bars, ways), _zero(), _way_names(rows, ways))
    return chart.properties(width=width, height=220, description=_tell_mirror(rows, ways), name="mirror")


def ladder(weeks: Iterable[Any], *, rungs: Sequence[str] = LADDER, width: Width = WIDE) -> Any:
    """Return the rung that each direction of a dyad reached, week by week.

    Args:
        weeks: Rows `{start, direction, rung}`, one a week and direction; rung is a number of `rungs`, from 0, or None
            for a week without an act, where the line breaks.
        rungs: Their names, the lowest first.
        width: Pixels, or "container".

    Returns:
        An `altair.LayerChart`.
    """
    rows = [row | {"name": rungs[row["rung"]] if row["rung"] is not None else None} for row in _week_rows(weeks)]
    ways = _directions(rows)
    axis = alt.Axis(title=None, values=list(range(len(rungs))), labelExpr="rung_names[datum.value]", grid=True)
    base = alt.Chart(inline(rows)).encode(
        x=alt.X("start:T").axis(day_axis()),
        y=alt.Y("rung:Q").scale(domain=[-0.4, len(rungs) - 0.6], nice=False, zero=False).axis(axis),
        color=alt.Color("direction:N").scale(domain=ways, range=_colours(ways)).title(None),
    )
    lines = base.mark_line(interpolate="step-after", strokeWidth=2).encode(
        strokeDash=alt.StrokeDash("direction:N").scale(domain=ways, range=[[1, 0], [6, 3]]).legend(None)
    )
    points = base.mark_point(filled=True, size=55, opacity=1).encode(
        shape=alt.Shape("direction:N").scale(domain=ways, range=["circle", "square"]).title(None),
        tooltip=["direction:N", alt.Tooltip("start:T", title="week of", format=DAY), alt.Tooltip("name:N", title="rung")],
    )  # fmt: skip
    chart = alt.layer(lines, points.transform_filter("datum.rung != null"))
    chart = chart.properties(width=width, height=260, description=_tell_ladder(rows, ways), name="ladder")
    return chart.add_params(alt.param(name="rung_names", value=list(rungs)))


def _week_rows(weeks: Iterable[Any]) -> list[Row]:
    return [plain_row(week, FIELDS) for week in weeks]


def _directions(rows: Sequence[Row]) -> list[str]:
    """Return the two directions in the order in which they come first."""
    return list(dict.fromkeys(str(row["direction"]) for row in rows))


def _colours(ways: Sequence[str]) -> list[str]:
    return [DIRECTIONS[nth % len(DIRECTIONS)] for nth in range(len(ways))]


def _bar(row: Row, stage: str, sign: int) -> Row:
    count = row[stage] or 0
    return {"start": row["start"], "direction": row["direction"], "stage": stage, "count": count, "y": sign * count}


def _bars(bars: Sequence[Row], ways: Sequence[str]) -> Any:
    domain = list(STAGES)
    colours = alt.Scale(domain=domain, range=[STAGE_COLOURS[stage] for stage in domain])
    top = max(_height(bars, sign) for sign in (1, -1))
    return (
        alt.Chart(inline(bars))
        .mark_bar(width=alt.RelativeBandSize(band=0.8))
        .encode(
            x=alt.X("yearmonthdate(start):T").axis(day_axis()),
            y=alt.Y("y:Q").stack("zero").title("acts a week").scale(domain=[-top, top])
            .axis(format="d", tickMinStep=1, labelExpr="abs(datum.value)"),
            color=alt.Color("stage:N").scale(colours).title(None),
            opacity=alt.Opacity("stage:N").scale(domain=domain, range=[1, 0.8, 0.8, 0.8]).legend(None),
            order=alt.Order("rank:Q"),
            tooltip=["direction:N", alt.Tooltip("start:T", title="week of", format=DAY), "stage:N", "count:Q"],
        )
        .transform_calculate(rank=f"indexof({domain!r}, datum.stage)")
    )  # fmt: skip


def _height(bars: Sequence[Row], sign: int) -> int:
    """Return the height of the tallest week above (1) or below (-1) the line, one at least."""
    sums: dict[str, int] = {}
    for bar in bars:
        if bar["y"] * sign > 0:
            sums[bar["start"]] = sums.get(bar["start"], 0) + bar["count"]
    return max(sums.values(), default=1)


def _zero() -> Any:
    return alt.Chart(inline([{"y": 0}])).mark_rule(style="zero", aria=False).encode(y="y:Q")


def _way_names(rows: Sequence[Row], ways: Sequence[str]) -> Any:
    """Return the names of the directions, above and below the line at its beginning."""
    told = [{"name": name, "at": 4 if nth == 0 else 216, "side": nth} for nth, name in enumerate(ways[:2])]
    layers = [
        alt.Chart(inline([row])).mark_text(align="left", baseline=baseline, fontWeight="bold", aria=False)
        .encode(x=alt.value(4), y=alt.value(row["at"]), text="name:N")
        for row, baseline in zip(told, ("top", "bottom"), strict=False)
    ]  # fmt: skip
    return alt.layer(*layers) if layers else _zero()


def _tell_mirror(rows: Sequence[Row], ways: Sequence[str]) -> str:
    told = [
        f"{way}: " + ", ".join(f"{sum(row[stage] or 0 for row in rows if row['direction'] == way)} {stage}" for stage in STAGES)
        for way in ways
    ]  # fmt: skip
    weeks = len({row["start"] for row in rows})
    return f"Acts a week in {number(weeks, 'week')} {span_words(rows)}. " + "; ".join(told) + "."


def _tell_ladder(rows: Sequence[Row], ways: Sequence[str]) -> str:
    told = []
    for way in ways:
        reached = [row for row in rows if row["direction"] == way and row["rung"] is not None]
        top = max(reached, key=lambda row: row["rung"], default=None)
        told.append(f"{way}: at most {top['name']} (week of {top['start']})" if top else f"{way}: no act")
    return f"Rung of escalation reached a week {span_words(rows)}. " + "; ".join(told) + "."
