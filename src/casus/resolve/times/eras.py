"""Makers of eras and spans of years: "2013-2019", "the 1990s", "the 20th century", "480 BC", years as they are spoken.

Each takes the frame and a rule's match and gives an outcome, or None where the words are no time after all.
"""

# ruff: noqa: ARG001 (all makers share one signature)
from __future__ import annotations

from casus.resolve.times.frames import Frame, Hit, Maker, Outcome, left_open, resolved
from casus.resolve.times.intervals import of_century, of_decade, of_month, of_season, of_year, of_years


def make_year_bc(frame: Frame, hit: Hit) -> Outcome | None:
    """A year before the common era: found, and left open, for the record knows no such dates."""
    year, decade, century, part = hit.value("year"), hit.value("decade"), hit.value("number"), hit.value("month")
    if decade or century:
        return left_open("before the common era", f"BC{decade // 10:03d}" if decade else f"BC{century - 1:02d}")
    rest = "" if part is None else f"-{part:02d}" if isinstance(part, int) else f"-{part}"
    return left_open("before the common era", f"BC{int(year):04d}{rest}" if year else "BC")


def make_spoken_year(frame: Frame, hit: Hit) -> Outcome | None:
    """A year as a broadcaster says it: "nineteen ninety-six", "January nineteen ninety-seven"."""
    century = hit.value("century")
    rest = sum(value for value in frame.words.values[slice(*hit.span("rest"))] if isinstance(value, int))
    thousand = hit.text("thousand")
    if (not thousand and (century not in {18, 19, 20} or not 10 <= rest <= 99)) or (thousand and century != 2):
        return None
    year, month = 2000 + rest if thousand else century * 100 + rest, hit.value("month")
    if isinstance(month, str):
        return resolved(of_season(year, month))
    return resolved(of_month(year, month) if month else of_year(year))


def make_years(frame: Frame, hit: Hit) -> Outcome | None:
    """Several years: "2013-2019", "1939-45", "between 2000 and 2002"."""
    first, last = hit.value("year"), hit.value("last")
    if last is None or (hit.first and hit.words_of(hit.first - 1, hit.first)[0] in {"$", "about", "some"}):
        return None
    if last < 100:
        last += first // 100 * 100
    if not first < last <= first + 200 or not 1500 <= first <= 2150:
        return None
    return resolved(of_years(first, last, f"{first:04d}/{last:04d}"))


def make_decade(frame: Frame, hit: Hit) -> Outcome | None:
    """A decade: "the 1990s", "the '80s", "the nineties"."""
    number = hit.value("decade")
    if number < 100:
        if hit.last - hit.first == 1 and hit.text("decade")[0].isdigit():
            return None
        number += 1900 if number >= 20 else 2000
    return resolved(of_decade(number))


def make_century(frame: Frame, hit: Hit) -> Outcome | None:
    """A century: "the 20th century"."""
    return resolved(of_century(hit.value("number"))) if 1 <= hit.value("number") <= 22 else None


MAKERS: dict[str, Maker] = {
    "year_bc": make_year_bc,
    "spoken_year": make_spoken_year,
    "years": make_years,
    "decade": make_decade,
    "century": make_century,
}
