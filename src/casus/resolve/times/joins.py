"""Joiners: forms that hold times already found, such as "since March", "from 3 May to 5 June", "late 2014".

Each takes the frame over reduced words and a match whose groups hold `Found` values, and gives an outcome, or None to
leave the parts.
"""

# ruff: noqa: ARG001 (all makers share one signature)
from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date

from casus.resolve.times.frames import Found, Frame, Hit, Maker, Outcome, left_open, resolved, span_between
from casus.resolve.times.intervals import GRAIN, Interval, around, of_day, of_month, part_of, shift
from casus.resolve.times.periods import read_count

CLOCK = re.compile(r"(?P<hour>\d{1,2})(?::(?P<minute>\d\d))?[\d:]* ?(?P<half>[ap])?")
PARTS = {
    "beginning": "START", "start": "START", "outset": "START", "onset": "START", "early": "START",
    "middle": "MID", "mid": "MID", "end": "END", "close": "END", "late": "END",
}  # fmt: skip


def _inner(hit: Hit, name: str = "inner") -> Found:
    found = hit.value(name)
    assert isinstance(found, Found)
    return found


def join_same(frame: Frame, hit: Hit) -> Outcome | None:
    """A time of day with its day: the day."""
    found, part = _inner(hit), hit.value("part")
    clock = read_clock(hit.text("clock"))
    if found.interval is None:
        return found.outcome
    if found.interval.precision != "day":
        return None
    time = clock or part
    return replace(found.outcome, timex=f"{found.interval.timex}T{time}") if time else found.outcome


def read_clock(text: str) -> str | None:
    """A time of day as TIMEX3 writes it: "9:30 p.m." is 21:30; None where the hour is not in figures.

    >>> read_clock("9:30 p.m. local time")
    '21:30'
    """
    match = CLOCK.match(text)
    if match is None:
        return None
    hour, minute = int(match["hour"]), match["minute"] or "00"
    hour += 12 if match["half"] == "p" and hour < 12 else -12 if match["half"] == "a" and hour == 12 else 0
    return f"{hour:02d}:{minute}"


def join_weekday_date(frame: Frame, hit: Hit) -> Outcome | None:
    """Two times side by side, a weekday and its date or a part and its whole: the finer where it lies in the other."""
    first, last = (frame.words.values[index] for index in (hit.first, hit.last - 1))
    second = last if isinstance(last, Found) else frame.words.values[hit.last - 2]
    if not isinstance(first, Found) or not isinstance(second, Found) or "(" in hit.all_text():
        return None
    one, two = first.interval, second.interval
    if one is None or two is None or "weekday" not in first.rule:
        return None
    if "day" in second.rule and two.precision == "day":
        return second.outcome
    return first.outcome if two.start <= one.start <= two.end else None


def join_part_of_time(frame: Frame, hit: Hit) -> Outcome | None:
    """The early, middle or late part: "late 2014", "the end of March"."""
    found, part = _inner(hit), PARTS[str(hit.value("part"))]
    if found.interval is None:
        return found.outcome
    whole = found.interval
    written = whole.timex if "/" not in whole.timex else ""
    return resolved(part_of(whole, part), basis=found.outcome.basis, timex=found.outcome.timex or written)


def join_since(frame: Frame, hit: Hit) -> Outcome | None:
    """From a time to publication: "since March"; where that is not known, the time itself."""
    found = _inner(hit) if hit.span("inner") != (0, 0) else _inner(hit, "first")
    if found.interval is None:
        return found.outcome
    if frame.narrative or frame.published is None:
        return found.outcome
    return span_between(found.interval.start, frame.published, basis="published", timex=found.outcome.timex)


def join_until(frame: Frame, hit: Hit) -> Outcome | None:
    """From publication to a time ahead: "until March 19"; a time in the past has no beginning told."""
    found = _inner(hit)
    if found.interval is None:
        return found.outcome
    if frame.published is None or found.interval.end < frame.published:
        return left_open("no beginning told", found.outcome.timex)
    return span_between(frame.published, found.interval.end, basis="published", timex=found.outcome.timex)


def join_by(frame: Frame, hit: Hit) -> Outcome | None:
    """A deadline ahead: from publication to its end; in the past the time itself."""
    found = _inner(hit)
    if found.interval is None or frame.published is None or found.interval.end <= frame.published:
        return found.outcome
    return span_between(frame.published, found.interval.end, basis="published", timex=found.outcome.timex)


def join_from_to(frame: Frame, hit: Hit) -> Outcome | None:
    """From one time to another; the second lends its year to the first: "between June and July 2014"."""
    first, last = _inner(hit, "first"), _inner(hit, "last")
    if first.interval is None or last.interval is None:
        return None
    start = first.interval.start
    if first.outcome.month is not None and last.outcome.month is None:
        start = _with_year(first, last.interval.end).start
    if not start <= last.interval.end or (hit.first == 0 and hit.last - hit.first < 3):
        return None
    basis = "published" if "published" in (first.outcome.basis, last.outcome.basis) else "text"
    lent = first.outcome.month is not None and last.outcome.month is None
    begun = _with_year(first, last.interval.end).timex if lent else first.outcome.timex
    return span_between(start, last.interval.end, basis=basis, timex=f"{begun}/{last.outcome.timex}")


def _with_year(found: Found, end: date) -> Interval:
    """The first time of a range in the year of its end, or the year before."""
    month, day = found.outcome.month or 1, found.outcome.day
    year = end.year - (month > end.month)
    return of_month(year, month) if day is None else of_day(date(year, month, min(day, monthrange(year, month)[1])))


def join_unit_of_time(frame: Frame, hit: Hit) -> Outcome | None:
    """The unit that holds a time: "the week of March 6"."""
    found = _inner(hit)
    if found.interval is None:
        return None
    return resolved(around(found.interval.start, str(hit.value("unit"))), basis=found.outcome.basis)


def join_eve_of(frame: Frame, hit: Hit) -> Outcome | None:
    """The day before a time: "the eve of Christmas"."""
    found = _inner(hit)
    if found.interval is None:
        return found.outcome
    return resolved(of_day(shift(found.interval.start, -1, "D")), basis=found.outcome.basis)


def join_ago_time(frame: Frame, hit: Hit) -> Outcome | None:
    """So long before another time: "75 years ago this week", "a year ago today"."""
    found, count, unit = _inner(hit), read_count(hit), str(hit.value("unit"))
    if found.interval is None or count is None:
        return None
    moved = shift(found.interval.start, -count, unit)
    grain = {"day": "D", "week": "W", "month": "M"}.get(found.interval.precision, "Y")
    return resolved(around(moved, grain), basis=found.outcome.basis)


def join_beside_time(frame: Frame, hit: Hit) -> Outcome | None:
    """So long before or after a time: "two days before Christmas", "the day after Friday's raid"."""
    found = _inner(hit)
    count = read_count(hit) if hit.text("count") else 1
    if found.interval is None or count is None:
        return None
    unit = str(hit.value("unit"))
    base = found.interval.start if hit.text("side") == "before" else found.interval.end
    moved = shift(base, count if hit.text("side") == "after" else -count, unit)
    return resolved(around(moved, GRAIN[unit]), basis=found.outcome.basis)


JOINERS: dict[str, Maker] = {
    "same": join_same,
    "weekday_date": join_weekday_date,
    "part_of_time": join_part_of_time,
    "since": join_since,
    "until": join_until,
    "by": join_by,
    "from_to": join_from_to,
    "unit_of_time": join_unit_of_time,
    "eve_of": join_eve_of,
    "ago_time": join_ago_time,
    "beside_time": join_beside_time,
}
