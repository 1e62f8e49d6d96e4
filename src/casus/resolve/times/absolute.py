"""Makers of calendar times: dates, months, years, decades, seasons and quarters, with the year written or not.

Each takes the frame and a rule's match and gives an outcome, or None where the words are no time after all.
"""

# ruff: noqa: ARG001 (all makers share one signature)
from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from casus.resolve.times.frames import UNDATED, Frame, Hit, Maker, Outcome, left_open, resolved, span_between
from casus.resolve.times.intervals import (
    Interval,
    of_day,
    of_half,
    of_month,
    of_quarter,
    of_season,
    of_year,
)
from casus.resolve.times.lexing import load_lexicon

VERBS = frozenset({"is", "was", "has", "its", "elections"})
KNOWN_ATTACKS = (date(2001, 9, 11), date(2023, 10, 7))  # written without their year ever since
FRESH = 21  # days after which "the October 7 attack" of a later year is no longer news
YEAR_SHIFT = {"last": -1, "previous": -1, "next": 1, "following": 1}
FUTURE_REACH = 200  # days ahead that a future tense carries a date without a year
# days ahead that a day or month may lie all the same: a year back it would have its year
PAST_REACH = {"day": 45, "month": 31}
TURN_OF_YEAR = 250  # days back after which a history has passed into the next year


def _nearest_year(frame: Frame, hit: Hit, at: Callable[[int], Interval]) -> Outcome:
    """Give an expression without a year the nearest one: the past unless the tense is future or it is just ahead."""
    last = frame.last_interval() if frame.narrative else None
    if last is not None:
        return resolved(_continue(last, at))
    if frame.published is None:
        return left_open("year not written and " + UNDATED)
    here = frame.published
    past = next(at(year) for year in (here.year, here.year - 1, here.year - 2) if at(year).start <= here)
    ahead = next(at(year) for year in (here.year, here.year + 1) if at(year).end >= here)
    if past.end >= here:
        return resolved(past, basis="published")
    near = PAST_REACH.get(past.precision, 0) * (not hit.text("attacks") and not _is_since(hit))
    reach = FUTURE_REACH if frame.is_future(hit) else near
    return resolved(ahead if (ahead.start - here).days <= reach else past, basis="published")


def _is_since(hit: Hit) -> bool:
    return "since" in hit.words_of(max(0, hit.first - 2), hit.first)


def _continue(last: Interval, at: Callable[[int], Interval]) -> Interval:
    """The next of its kind in a history: in the year last mentioned, or beside it where that lies much nearer."""
    year = last.start.year
    if last.precision == "year":
        return at(year)
    here, there = at(year), at(year + 1)
    if (last.start - here.start).days > TURN_OF_YEAR:
        return there
    return here


def _tail_year(frame: Frame, hit: Hit) -> tuple[int, str] | None:
    """The year of "June last year" or "July 25 of that year"."""
    words = hit.text("tail").split()
    if any(word in words for word in ("that", "same", "the")):
        reference = frame.reference(hit.first, "Y")
        return (
            None
            if reference is None
            else (reference[0].year + sum(YEAR_SHIFT.get(word, 0) for word in words), reference[1])
        )
    if frame.published is None:
        return None
    return frame.published.year + YEAR_SHIFT.get(words[0], 0), "published"


def _with_year(frame: Frame, hit: Hit, at: Callable[[int], Interval]) -> Outcome:
    if (year := hit.value("year")) is not None:
        return resolved(at(year))
    if hit.text("tail"):
        found = _tail_year(frame, hit)
        return left_open(UNDATED) if found is None else resolved(at(found[0]), basis=found[1])
    return _nearest_year(frame, hit, at)


def _safe_day(year: int, month: int, day: int) -> Interval:
    """The day, or the 28th for a 29 February of a year that has none."""
    return of_day(date(year, month, min(day, monthrange(year, month)[1])))


def make_month_day(frame: Frame, hit: Hit) -> Outcome | None:
    """A day of a month: "December 28", "28 December 2019", "July 25 of that year"."""
    month, day, year = hit.value("month"), int(hit.value("day")), hit.value("year")
    try:
        date(year or 2000, month, day)
    except ValueError:
        return None
    if hit.text("attacks") and not year and (known := _known_attack(frame, month, day)):
        return resolved(of_day(known))
    outcome = _with_year(frame, hit, lambda y: _safe_day(y, month, day))
    return outcome if year or hit.text("tail") else replace(outcome, month=month, day=day)


def _known_attack(frame: Frame, month: int, day: int) -> date | None:
    """The attack that is known by its day alone, unless the same day has just passed."""
    known = next((one for one in KNOWN_ATTACKS if (one.month, one.day) == (month, day)), None)
    if known is None or frame.published is None:
        return known
    fresh = known.replace(year=frame.published.year)
    return None if frame.published < known or 0 <= (frame.published - fresh).days < FRESH else known


def make_month_days(frame: Frame, hit: Hit) -> Outcome | None:
    """Days of one month: "May 27-28", "from 3 to 7 May"."""
    month, first, last = hit.value("month"), int(hit.value("day")), int(hit.value("last"))
    try:
        date(2000, month, first), date(2000, month, last)
    except ValueError:
        return None
    if last <= first:
        return None
    start = _with_year(frame, hit, lambda y: _safe_day(y, month, first))
    if start.interval is None:
        return start
    day = start.interval.start
    return span_between(day, day + timedelta(days=last - first), basis=start.basis)


def make_day_of_month(frame: Frame, hit: Hit) -> Outcome | None:
    """A day without its month: "on the 15th"."""
    reference = frame.reference(hit.first, "M")
    if reference is None:
        return left_open(UNDATED)
    base, day = reference[0], hit.value("day")
    previous = base.replace(day=1) - timedelta(days=1)
    try:
        here, before = base.replace(day=day), previous.replace(day=day)
    except ValueError:
        return None
    ahead = reference[1] != "published" or frame.is_future(hit)
    return resolved(of_day(here if ahead or here <= base else before), basis=reference[1])


def make_month(frame: Frame, hit: Hit) -> Outcome | None:
    """A month: "December 2019", "June last year", "March"."""
    month = hit.value("month")
    outcome = _with_year(frame, hit, lambda y: of_month(y, month))
    return outcome if hit.value("year") or hit.text("tail") else replace(outcome, month=month)


def make_relative_month(frame: Frame, hit: Hit) -> Outcome | None:
    """A month by its side of now: "last June", "this September", "next May"."""
    if frame.published is None:
        return left_open(UNDATED)
    month, which, here = hit.value("month"), hit.text("which"), frame.published
    year = here.year
    if which in {"next", "following", "this coming"}:
        year += month <= here.month
    elif which in {"last", "previous", "this past"}:
        year -= month >= here.month
    return resolved(of_month(year, month), basis="published")


def make_year(frame: Frame, hit: Hit) -> Outcome | None:
    """A year that says it is one: "the year 1994", "AD 1200"."""
    return resolved(of_year(hit.value("year")))


def make_bare_year(frame: Frame, hit: Hit) -> Outcome | None:
    """Four figures that may be a year: not a count, a price or a number of something."""
    known = load_lexicon().years
    before = _word_before(hit)
    after = "".join(hit.words_of(hit.last, min(hit.last + 1, len(frame.words.starts))))
    year = hit.value("year")
    if after in known["not_years"] or before in known["names"] or before in known["counters"]:
        return None
    counted = after.isalpha() and after.endswith("s") and not after.endswith("ss")
    if before not in known["cues"] and ((counted and after not in VERBS) or not 1700 <= year <= 2100):
        return None
    return resolved(of_year(year))


def _word_before(hit: Hit) -> str:
    """The word before a year; behind the hyphen of "mid-2007" or "post-2003" the one before the hyphen."""
    words = hit.words_of(max(0, hit.first - 2), hit.first)
    if words[-1:] == ["-"] and words[0] in {"mid", "pre", "post", "early", "late"}:
        return "in"
    return words[-1] if words else ""


def make_season(frame: Frame, hit: Hit) -> Outcome | None:
    """A season: "the summer of 2015", "last winter", "in spring"."""
    code, which = hit.value("season"), hit.text("which")
    if not which:
        return _with_year(frame, hit, lambda year: of_season(year, code))
    if frame.published is None:
        return left_open(UNDATED)
    here = frame.published
    year = here.year - (code == "WI" and here.month < 3)
    season = of_season(year, code)
    if which in {"last", "this past", "previous", "the previous"}:
        year -= season.end >= here
    elif which in {"next", "the following", "this coming"}:
        year += season.start <= here
    return resolved(of_season(year, code), basis="published")


def make_quarter(frame: Frame, hit: Hit) -> Outcome | None:
    """A calendar quarter: "the third quarter of 2014", "Q2 2015", "the first quarter"."""
    number = hit.value("number") or hit.value("q")
    return _with_year(frame, hit, lambda year: of_quarter(year, number)) if 1 <= number <= 4 else None


def make_half(frame: Frame, hit: Hit) -> Outcome | None:
    """A half of a year: "the second half of 2008"."""
    number = hit.value("number")
    half = number if isinstance(number, int) else 2
    if half > 2:
        return None
    if hit.text("tail") == "the":
        reference = frame.reference(hit.first, "Y")
        return (
            left_open(UNDATED) if reference is None else resolved(of_half(reference[0].year, half), basis=reference[1])
        )
    return _with_year(frame, hit, lambda year: of_half(year, half))


MAKERS: dict[str, Maker] = {
    "month_day": make_month_day,
    "month_days": make_month_days,
    "day_of_month": make_day_of_month,
    "month": make_month,
    "relative_month": make_relative_month,
    "year": make_year,
    "bare_year": make_bare_year,
    "season": make_season,
    "quarter": make_quarter,
    "half": make_half,
}
