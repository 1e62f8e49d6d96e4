"""Named days: turns the values of `times.toml` (`12-25`, `EASTER-2`, `4:3:11`) into days, and makes them times."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from casus.resolve.times.frames import UNDATED, Frame, Hit, Maker, Outcome, left_open, resolved
from casus.resolve.times.intervals import Interval, of_day, of_range


def compute_easter(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian computus).

    >>> compute_easter(2020).isoformat()
    '2020-04-12'
    """
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l_ = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * l_) // 451
    month, day = divmod(h + l_ - 7 * m + 114, 31)
    return date(year, month, day + 1)


def find_holiday(value: str, year: int) -> Interval | None:
    """The days of a named day in a year; None where its value is a reason to leave it open.

    Args:
        value: a value of `[names]` in times.toml.
        year: the year in which the day falls; for "New Year's" the year that ends.
    """
    if re.fullmatch(r"\d\d-\d\d", value):
        return of_day(date(year, int(value[:2]), int(value[3:])))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return of_day(date.fromisoformat(value))
    if value.startswith("EASTER"):
        return of_day(compute_easter(year) + timedelta(days=int(value[6:])))
    if value == "NEWYEAR":
        return of_range(date(year, 12, 31), date(year + 1, 1, 1))
    if match := re.fullmatch(r"(-?\d):(\d):(\d\d)", value):
        return of_day(_nth_weekday(year, *(int(part) for part in match.groups())))
    return None


def _nth_weekday(year: int, nth: int, weekday: int, month: int) -> date:
    """The nth weekday of a month, counted from the end where nth is negative."""
    if nth < 0:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def make_holiday(frame: Frame, hit: Hit) -> Outcome | None:
    """A named day: "Christmas Eve", "last Thanksgiving", "New Year's" (two days); open where its calendar differs."""
    name, year, which = str(hit.value("name")), hit.value("year"), hit.text("which")
    if find_holiday(name, 2000) is None:
        return left_open(name)
    if year is not None or len(name) == 10:
        found = find_holiday(name, year - (name == "NEWYEAR") if year else 2000)
        return resolved(found) if found else None
    last = frame.last_interval() if frame.narrative else None
    year = last.start.year if last else None
    if year is None and frame.published is None:
        return left_open(UNDATED)
    here = frame.published or date(2000, 1, 1)
    years = [year] if year else range(here.year - 2, here.year + 3)
    days = [day for number in years if (day := find_holiday(name, number)) is not None]
    if which == "next" or (not which and frame.is_future(hit)):
        return resolved(next((day for day in days if day.end >= here), days[-1]), basis="text" if year else "published")
    past = [day for day in days if day.start <= here and not (which == "last" and day.end >= here)]
    return resolved((past or days)[-1], basis="text" if year else "published")


MAKERS: dict[str, Maker] = {
    "holiday": make_holiday,
}
