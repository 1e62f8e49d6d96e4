"""Makers of dates in figures: "2019-12-28", "5/7/2019", "28.12.2019"."""

# ruff: noqa: ARG001 (all makers share one signature)
from __future__ import annotations

from datetime import date

from casus.resolve.times.frames import Frame, Hit, Maker, Outcome, left_open, resolved
from casus.resolve.times.intervals import of_day

NEAR_FUTURE = 35


def make_iso(frame: Frame, hit: Hit) -> Outcome | None:
    """An ISO date."""
    try:
        return resolved(of_day(date.fromisoformat(hit.value("iso"))))
    except ValueError:
        return None


def make_numeric(frame: Frame, hit: Hit) -> Outcome | None:
    """A date in figures: "5/7/2019" by the order that fits; open where both orders do."""
    word = str(hit.value("numeric"))
    mark = next(char for char in word if not char.isdigit())
    one, two, year = (int(part) for part in word.split(mark))
    year += 0 if year > 99 else 2000 if year < 60 else 1900
    days = {day for day in (_try_day(year, one, two), _try_day(year, two, one)) if day is not None}
    if mark == "." and _try_day(year, two, one):
        return resolved(of_day(date(year, two, one)))
    if len(days) == 2 and frame.published is not None:
        near = {day for day in days if -NEAR_FUTURE <= (frame.published - day).days <= 330}
        days = near if len(near) == 1 else days
    if len(days) == 1:
        return resolved(of_day(days.pop()))
    return left_open("day and month in either order") if days else None


def _try_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


MAKERS: dict[str, Maker] = {
    "iso": make_iso,
    "numeric": make_numeric,
}
