"""What several charts are made of: inline data, axes of days, scales of quads and stages, words on what is shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import wraps
from typing import Any, Literal, ParamSpec, TypeVar

from casus.charts.looks import QUADS, STAGES
from casus.charts.needs import alt

P = ParamSpec("P")
T = TypeVar("T")
Width = int | Literal["container"]
"""Pixels, or as wide as what the chart stands in."""
WIDE = 640
FEW = 8
"""Counts up to this have a tick each."""
DAY_FIELDS = ("start", "end", "start2", "last")
DAY = "%-d %b %Y"
DAYS = {"year": "%-d %b %Y", **dict.fromkeys(("quarter", "month", "week", "date", "day"), "%-d %b"), "hours": " "}


def unchecked(make: Callable[P, T]) -> Callable[P, T]:
    """Keep Altair from checking each part of a chart against its schema while `make` builds it: half of the time.

    The tests check whole charts instead.
    """

    @wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> T:
        with alt.utils.schemapi.debug_mode(False):
            return make(*args, **kwargs)

    return made


def inline(rows: Iterable[Mapping[str, Any]]) -> Any:
    """Return rows as data that stands in the specification.

    Days get an hour: scripts take a bare ISO day for midnight in Greenwich, which is another day in America.
    As a tuple Altair need not copy them at each step.
    """
    return alt.InlineData(values=tuple(_with_hours(row) for row in rows))


def _with_hours(row: Mapping[str, Any]) -> dict[str, Any]:
    hours = {key: f"{day}T00:00:00" for key in DAY_FIELDS if (day := row.get(key)) and len(day) == len("2031-05-01")}
    return {**row, **hours}


def day_axis(title: str | None = None) -> Any:
    """Return an axis of days: day and month, with the year where it begins."""
    return alt.Axis(title=title, grid=False, labelOverlap="greedy", labelSeparation=8, format=DAYS)


def tips(*fields: str, **named: str) -> list[Any]:
    """Return what is shown on pointing at a mark: fields under their own names, then field=name; days as days."""
    told = {field: field for field in fields} | named
    day, other = {"type": "temporal", "format": DAY}, {"type": "nominal"}
    return [alt.Tooltip(field, title=title, **(day if field in DAY_FIELDS else other)) for field, title in told.items()]


def count_axis(top: int, *, few: int = FEW, **options: Any) -> Any:
    """Return an axis of counts up to `top`, with whole numbers only: each of them, up to so many."""
    if top <= few:
        return alt.Axis(format=",d", values=list(range(-top, top + 1)), **options)
    return alt.Axis(format=",d", tickMinStep=1, tickCount=min(few, 6), **options)


def day_scale() -> Any:
    """Return a scale of days with room at its ends for the marks that stand there."""
    return alt.Scale(padding=12, nice=False)


def quad_colour() -> Any:
    """Return the colours of the quads."""
    scale = alt.Scale(domain=list(QUADS), range=list(QUADS.values()))
    return alt.Color("quad:N").scale(scale).title("quad")


def stage_shape(told: Collection[str] = tuple(STAGES)) -> Any:
    """Return the shapes of the stages, or of those of them that there are."""
    kept = [stage for stage in STAGES if stage in told]
    scale = alt.Scale(domain=kept, range=[STAGES[stage] for stage in kept])
    return alt.Shape("stage:N").scale(scale).title("stage")


def span_words(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the days that rows are of.

    >>> span_words([{"start": "2031-05-01", "end": "2031-05-02"}, {"start": "2031-04-07", "end": None}])
    'from 2031-04-07 to 2031-05-02'
    >>> span_words([])
    'on no day'
    """
    days = sorted(str(day) for row in rows for day in (row.get("start"), row.get("end")) if day)
    if not days:
        return "on no day"
    return f"on {days[0]}" if days[0] == days[-1] else f"from {days[0]} to {days[-1]}"


def count_each(words: Iterable[str]) -> str:
    """Return how many there are of each, most first.

    >>> count_each(["done", "planned", "done"])
    '2 done, 1 planned'
    """
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return ", ".join(f"{count} {word}" for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def number(count: int, noun: str) -> str:
    """Return a count and its noun.

    >>> number(1, "act"), number(0, "act")
    ('1 act', '0 acts')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
