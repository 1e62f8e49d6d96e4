"""Stretches of the calendar and the arithmetic on them: days, weeks, months, quarters, seasons, years, decades.

Knows nothing of words. `timex` is the same stretch in TIMEX3 notation (`1989-Q3`, `2014-W07`), which keeps what two
dates cannot say. Seasons are the meteorological ones of the northern hemisphere.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, timedelta

from casus.records import TimePrecision

SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
DAYS = {"D": 1, "W": 7, "FN": 14}
MONTHS = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}
GRAIN = {"D": "D", "W": "W", "FN": "W", "WE": "W", "M": "M", "Q": "M", "Y": "Y", "DE": "Y", "CE": "Y"}


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of days, both included, with its precision and its TIMEX3 value."""

    start: date
    end: date
    precision: TimePrecision
    timex: str

    @property
    def days(self) -> int:
        """The length in days."""
        return (self.end - self.start).days + 1


def of_day(day: date) -> Interval:
    """One day."""
    return Interval(day, day, "day", day.isoformat())


def of_week(day: date) -> Interval:
    """The Monday to Sunday that holds the day."""
    monday = day - timedelta(days=day.weekday())
    year, week, _ = day.isocalendar()
    return Interval(monday, monday + timedelta(days=6), "week", f"{year}-W{week:02d}")


def of_weekend(day: date) -> Interval:
    """The Saturday and Sunday of the day's week."""
    week = of_week(day)
    return Interval(week.start + timedelta(days=5), week.end, "range", f"{week.timex}-WE")


def of_month(year: int, month: int) -> Interval:
    """A calendar month."""
    return Interval(
        date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month", f"{year:04d}-{month:02d}"
    )


def of_year(year: int) -> Interval:
    """A calendar year."""
    return Interval(date(year, 1, 1), date(year, 12, 31), "year", f"{year:04d}")


def of_years(first: int, last: int, timex: str) -> Interval:
    """Several whole years."""
    return Interval(date(max(first, 1), 1, 1), date(last, 12, 31), "range", timex)


def of_decade(year: int) -> Interval:
    """The ten years that share the year's first three figures."""
    return of_years(year // 10 * 10, year // 10 * 10 + 9, f"{year // 10:03d}")


def of_century(number: int) -> Interval:
    """The n-th century, counted as newspapers do: the 20th is 1900 to 1999."""
    return of_years((number - 1) * 100, number * 100 - 1, f"{number - 1:02d}")


def of_quarter(year: int, quarter: int) -> Interval:
    """A calendar quarter, 1 to 4."""
    last = of_month(year, quarter * 3)
    return Interval(date(year, quarter * 3 - 2, 1), last.end, "range", f"{year:04d}-Q{quarter}")


def of_half(year: int, half: int) -> Interval:
    """A half of a calendar year, 1 or 2."""
    return Interval(date(year, half * 6 - 5, 1), of_month(year, half * 6).end, "range", f"{year:04d}-H{half}")


def of_season(year: int, code: str) -> Interval:
    """A season by its TIMEX3 code (SP SU FA WI); a winter begins in December of its year."""
    first = SEASONS[code]
    last = of_month(year + (first == 12), (first + 1) % 12 + 1)
    return Interval(date(year, first, 1), last.end, "range", f"{year:04d}-{code}")


def of_range(start: date, end: date, timex: str = "") -> Interval:
    """Any stretch."""
    return Interval(start, end, "range", timex or f"{start.isoformat()}/{end.isoformat()}")


def shift(day: date, count: int, unit: str) -> date:
    """Move a day by `count` units (D W FN M Q Y DE CE); the 31st becomes the last of a shorter month.

    Raises:
        OverflowError: The result lies outside the years 1 to 9999.
    """
    if unit in DAYS:
        return day + timedelta(days=count * DAYS[unit])
    months = day.year * 12 + day.month - 1 + count * MONTHS[unit]
    year, month = divmod(months, 12)
    if not 1 <= year <= MAXYEAR:
        raise OverflowError(f"{day.isoformat()} moved by {count} {unit} leaves the calendar")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def around(day: date, unit: str) -> Interval:
    """The calendar unit (D W FN WE M Q Y DE CE) that holds the day."""
    if unit == "D":
        return of_day(day)
    if unit in {"W", "FN"}:
        return of_week(day)
    if unit == "WE":
        return of_weekend(day)
    if unit == "M":
        return of_month(day.year, day.month)
    if unit == "Q":
        return of_quarter(day.year, (day.month + 2) // 3)
    if unit == "Y":
        return of_year(day.year)
    return of_decade(day.year) if unit == "DE" else of_century(day.year // 100 + 1)


def part_of(whole: Interval, part: str) -> Interval:
    """The early, middle or late part of a stretch ("START", "MID", "END").

    Months fall into thirds of ten days. A year's early and middle parts are thirds, its late part the last quarter, as
    annotators read it; every other stretch is cut in thirds.
    """
    if whole.precision == "day":
        return whole
    first, last = _bounds(whole, part)
    start = max(whole.start, whole.start + timedelta(days=first))
    return replace(whole, start=start, end=min(whole.end, whole.start + timedelta(days=last)), precision="range")


def _bounds(whole: Interval, part: str) -> tuple[int, int]:
    if whole.precision == "month":
        return {"START": (0, 9), "MID": (10, 19), "END": (20, 31)}[part]
    if whole.precision == "year":
        leap = whole.days - 365
        return {"START": (0, 119 + leap), "MID": (120 + leap, 242 + leap), "END": (273 + leap, 366)}[part]
    third = whole.days / 3
    bounds = {"START": (0, third - 1), "MID": (third, 2 * third - 1), "END": (2 * third, whole.days)}[part]
    return round(bounds[0]), round(bounds[1])
