"""What two sides did to each other week by week: counts mirrored about a line, and the rung reached on the ladder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from casus.charts.looks import DIRECTIONS, STAGE_COLOURS
from casus.charts.needs import alt
from casus.charts.parts import WIDE, Width, count_axis, day_axis, day_scale, inline, number, span_words, tips, unchecked
from casus.charts.rows import Row, plain_row

LADDER = (
    "cooperation", "talks", "demand or blame", "rejection or sanction", "threat", "mobilisation", "coercion",
    "limited violence", "heavy or mass violence",
)  # fmt: skip
"""The rungs of escalation from below; `casus.watch.ladder` says which act stands on which."""
STAGES = ("done", "threatened", "planned", "possible", "denied")
WAYS = ("a_to_b", "b_to_a")
Sides = tuple[str, str]
HIGH = 220
"""Pixels of the mirrored lanes."""
WEEK = timedelta(days=6)
APART = 0.07
"""Rungs that the two lines are drawn apart, so that neither hides the other."""
FIELDS = ("start", "direction", *STAGES, "rung")


@unchecked
def mirror(weeks: Iterable[Any], sides: Sides = ("A", "B"), *, width: Width = WIDE) -> Any:
    """Return mirrored lanes of a dyad: what one side did to the other upward, what came back downward, week by week.

    Args:
        weeks: Weeks of `casus.watch`; or rows `{start, direction, done, threatened, planned, possible, denied}`, one a
            week and direction, of which the one named first is drawn upward. Start is an ISO day.
        sides: Names of the two, for weeks of `casus.watch`.
        width: Pixels, or "container".

    Returns:
        An `altair.LayerChart`.
    """
    rows = _week_rows(weeks, sides)
    ways = _directions(rows)
    bars = [bar for row in rows for bar in _pile(row, 1 if row["direction"] == ways[0] else -1)]
    chart = alt.layer(_bars(bars), _zero(), *_way_names(ways))
    return chart.properties(width=width, height=HIGH, description=_tell_mirror(rows, ways), name="mirror")


@unchecked
def ladder(
    weeks: Iterable[Any], sides: Sides = ("A", "B"), *, rungs: Sequence[str] = LADDER, width: Width = WIDE
) -> Any:
    """Return the rung that each direction of a dyad reached, week by week.

    Args:
        weeks: Weeks of `casus.watch`; or rows `{start, direction, rung}`, one a week and direction. A rung is a number
            of `rungs`, from 0, or None for a week without an act, where the line breaks.
        sides: Names of the two, for weeks of `casus.watch`.
        rungs: Their names, the lowest first.
        width: Pixels, or "container".

    Returns:
        An `altair.LayerChart`.
    """
    told = _week_rows(weeks, sides)
    ways = _directions(told)
    rows = [row | _stand(row["rung"], rungs, APART if row["direction"] == ways[0] else -APART) for row in told]
    axis = alt.Axis(title=None, values=list(range(len(rungs))), labelExpr="rung_names[datum.value]", grid=True)
    base = alt.Chart(inline(rows)).encode(
        x=alt.X("start:T").axis(day_axis()).scale(day_scale()),
        y=alt.Y("y:Q").scale(domain=[-0.4, len(rungs) - 0.6], nice=False, zero=False).axis(axis),
        color=alt.Color("direction:N").scale(domain=ways, range=_colours(ways)).title("direction"),
    )
    lines = base.mark_line(interpolate="step-after", strokeWidth=2).encode(
        strokeDash=alt.StrokeDash("direction:N").scale(domain=ways, range=[[1, 0], [6, 3]]).title("direction")
    )
    points = base.mark_point(filled=True, size=55, opacity=1).encode(
        shape=alt.Shape("direction:N").scale(domain=ways, range=["circle", "square"]).title("direction"),
        tooltip=tips("direction", start="week of", name="rung"),
    )
    chart = alt.layer(lines, points.transform_filter("datum.y != null"))
    chart = chart.properties(width=width, height=260, description=_tell_ladder(rows, ways), name="ladder")
    return chart.add_params(alt.param(name="rung_names", value=list(rungs)))


def _stand(rung: int | None, rungs: Sequence[str], shift: float) -> Row:
    return {"name": None, "y": None} if rung is None or rung < 0 else {"name": rungs[rung], "y": rung + shift}


def _week_rows(weeks: Iterable[Any], sides: Sides) -> list[Row]:
    """Return a row a week and direction, whether it was given so or as a week with both its directions."""
    rows = []
    for week in weeks:
        both = plain_row(week, ("start", *WAYS))
        if both["a_to_b"] is None:
            rows.append(plain_row(week, FIELDS))
            continue
        for way, (doer, other) in zip(WAYS, (sides, sides[::-1]), strict=True):
            told = {"start": both["start"], "direction": f"{doer} → {other}"}
            rows.append(plain_row(both[way], FIELDS) | told)
    return rows


def _directions(rows: Sequence[Row]) -> list[str]:
    """Return the two directions in the order in which they come first."""
    return list(dict.fromkeys(str(row["direction"]) for row in rows))


def _colours(ways: Sequence[str]) -> list[str]:
    return [DIRECTIONS[nth % len(DIRECTIONS)] for nth in range(len(ways))]


def _pile(row: Row, sign: int) -> Iterator[Row]:
    """Yield the bars of one week and direction, each on top of the one before, away from the line."""
    first, base = str(row["start"])[:10], 0
    last = (date.fromisoformat(first) + WEEK).isoformat()
    for stage in STAGES:
        if count := row[stage] or 0:
            told = {"start": first, "last": last, "direction": row["direction"], "stage": stage, "count": count}
            yield told | {"y": sign * base, "y2": sign * (base + count)}
            base += count


def _bars(bars: Sequence[Row]) -> Any:
    told = [stage for stage in STAGES if any(bar["stage"] == stage for bar in bars)]
    colours = alt.Scale(domain=told, range=[STAGE_COLOURS[stage] for stage in told])
    top = max((abs(bar["y2"]) for bar in bars), default=1)
    axis = count_axis(top, title="acts a week", labelExpr="abs(datum.value)")
    return (
        alt.Chart(inline(bars))
        .mark_bar()
        .encode(
            x=alt.X("start:T").axis(day_axis()).scale(day_scale()),
            x2=alt.X2("last"),
            y=alt.Y("y:Q").scale(domain=[-top, top]).axis(axis),
            y2=alt.Y2("y2"),
            color=alt.Color("stage:N").scale(colours).title("stage"),
            tooltip=tips("direction", "stage", "count", start="week of"),
        )
    )


def _zero() -> Any:
    return alt.Chart(inline([{"y": 0}])).mark_rule(style="zero", aria=False).encode(y=alt.Y("y:Q"))


def _way_names(ways: Sequence[str]) -> list[Any]:
    """Return the names of the directions, the first above the line and the second below it."""
    places = ((4, "top"), (HIGH - 4, "bottom"))
    return [
        alt.Chart(inline([{"name": name}]))
        .mark_text(align="left", baseline=baseline, fontWeight="bold", aria=False)
        .encode(x=alt.value(4), y=alt.value(at), text=alt.Text("name:N"))
        for name, (at, baseline) in zip(ways[:2], places, strict=False)
    ]


def _tell_mirror(rows: Sequence[Row], ways: Sequence[str]) -> str:
    told = []
    for way in ways:
        sums = {stage: sum(row[stage] or 0 for row in rows if row["direction"] == way) for stage in STAGES}
        told.append(f"{way}: " + ", ".join(f"{count} {stage}" for stage, count in sums.items()))
    weeks = len({row["start"] for row in rows})
    return f"Acts a week in {number(weeks, 'week')} {span_words(rows)}. " + "; ".join(told) + "."


def _tell_ladder(rows: Sequence[Row], ways: Sequence[str]) -> str:
    told = []
    for way in ways:
        reached = [row for row in rows if row["direction"] == way and row["name"]]
        top = max(reached, key=lambda row: row["rung"], default=None)
        told.append(f"{way}: at most {top['name']} (week of {top['start']})" if top else f"{way}: no act")
    return f"Rung of escalation reached a week {span_words(rows)}. " + "; ".join(told) + "."
