"""Makers of the periods that firms and states report on: fiscal years and quarters, "the quarter", "a year earlier".

A quarter once named is what "the quarter", "the latest period" and "a year ago" go on to mean, until another is named.
Fiscal periods stay open, for firms and states begin their years in different months; their TIMEX3 value is kept.
"""

from __future__ import annotations

import re
from datetime import date

from casus.resolve.times.frames import UNDATED, Frame, Hit, Maker, Outcome, left_open, resolved
from casus.resolve.times.intervals import around, of_quarter, of_year, shift

QUARTER = re.compile(r"(\d{4})-Q([1-4])")
BACKWARD = frozenset({"year-ago", "ago", "day-after", "period-of-year"})  # compare with the quarter reported on
REACH = 1200  # characters over which a report goes on about one quarter


def find_quarter(frame: Frame, first: int) -> tuple[int, int] | None:
    """Year and number of the quarter last reported on before a word; None where none was named near by."""
    for found in reversed(frame.seen):
        if frame.words.starts[first] - frame.words.ends[found.last - 1] > REACH:
            return None
        match = QUARTER.fullmatch(found.outcome.timex)
        if match is not None and found.rule not in BACKWARD and found.first < first:
            return int(match[1]), int(match[2])
    return None


def reports_on_quarter(frame: Frame, hit: Hit) -> bool:
    """Say whether a quarter was named near by, so that "a year ago" is its like of a year before."""
    return find_quarter(frame, hit.first) is not None


def make_year_ago(frame: Frame, hit: Hit) -> Outcome | None:
    """The same period a year before: "the year-ago quarter", "a year earlier" after a quarter; else that year."""
    if frame.published is None:
        return left_open(UNDATED)
    named, quarter = hit.value("number"), find_quarter(frame, hit.first)
    if named is not None and not isinstance(named, str):
        return resolved(of_quarter(frame.published.year - 1, named), basis="published")
    if quarter is not None:
        return resolved(of_quarter(quarter[0] - 1, quarter[1]), basis="published")
    return resolved(around(shift(frame.published, -1, "Y"), "Y"), basis="published")


def make_the_quarter(frame: Frame, hit: Hit) -> Outcome | None:
    """The quarter reported on: "the quarter", "the latest period", "the quarter ended Sept. 30"."""
    month = hit.value("month")
    if month is not None and frame.published is not None:
        year = frame.published.year - (date(frame.published.year, month, 1) > frame.published)
        return resolved(of_quarter(year, (month + 2) // 3), basis="published")
    quarter = find_quarter(frame, hit.first)
    return None if quarter is None else resolved(of_quarter(*quarter), basis="published")


def make_period_of_year(frame: Frame, hit: Hit) -> Outcome | None:
    """The period reported on in another year: "the 1988 quarter", "last year's period"."""
    year, quarter = hit.value("year"), find_quarter(frame, hit.first)
    if year is None:
        if frame.published is None:
            return left_open(UNDATED)
        year = frame.published.year - 1
    return resolved(of_year(year) if quarter is None else of_quarter(year, quarter[1]))


def make_fiscal(frame: Frame, hit: Hit) -> Outcome | None:
    """A time of a fiscal calendar: open."""
    year = hit.value("year") or (frame.published.year if frame.published else None)
    number, ended = hit.value("number"), hit.value("ended")
    if ended is not None:
        return left_open("duration", "P1Y")
    return left_open("fiscal calendar", f"{year}-Q{number}" if year and number else f"{year}" if year else "")


MAKERS: dict[str, Maker] = {
    "year_ago": make_year_ago,
    "the_quarter": make_the_quarter,
    "period_of_year": make_period_of_year,
    "fiscal": make_fiscal,
}
