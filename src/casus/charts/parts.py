"""What several charts are made of: inline data, axes of days, scales of quads and stages, words on what is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from casus.charts.looks import QUADS, STAGES
from casus.charts.needs import alt

Width = int | Literal["container"]
"""Pixels, or as wide as what the chart stands in."""
WIDE = 640
DAY = "%-d %b %Y"


def inline(rows: Iterable[Mapping[str, Any]]) -> Any:
    """Return rows as data that stands in the specification."""
    return alt.InlineData(values=[dict(row) for row in rows])


def day_axis(title: str | None = None) -> Any:
    """Return an axis of days."""
    return alt.Axis(title=title, grid=False, labelOverlap="greedy", labelFlush=True)


def quad_colour() -> Any:
    """Return the colours of the quads."""
    scale = alt.Scale(domain=list(QUADS), range=list(QUADS.values()))
    return alt.Color("quad:N").scale(scale).title("quad")


def stage_shape() -> Any:
    """Return the shapes of the stages."""
    scale = alt.Scale(domain=list(STAGES), range=list(STAGES.values()))
    return alt.Shape("stage:N").scale(scale).title("stage")


def tooltips(**told: str) -> list[Any]:
    """Return what is shown on pointing at a mark: field=title; days are those whose field ends in `start` or `end`."""
    return [
        alt.Tooltip(f"{field}:{'T' if field in ('start', 'end') else 'N'}", title=title)
        if field not in ("start", "end")
        else alt.Tooltip(f"{field}:T", title=title, format=DAY)
        for field, title in told.items()
    ]


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
