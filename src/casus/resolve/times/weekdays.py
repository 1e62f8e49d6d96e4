"""Makers of weekdays: "Tuesday", "last Friday", "Wednesday of last week", "a week ago Monday"."""

from __future__ import annotations

import re
from datetime import timedelta

from casus.resolve.times.frames import UNDATED, Frame, Hit, Maker, Outcome, left_open, resolved, with_part
from casus.resolve.times.intervals import of_day, of_week
from casus.resolve.times.periods import read_count

ONE_DAY = timedelta(days=1)
WEEKDAY_BACK = {"last", "past", "this past", "previous", "the previous"}
WEEKDAY_AHEAD = {"next", "coming", "the coming", "this coming", "the following"}
AWAITED = re.compile(
    r"\b(?:ahead of|upcoming|await\w*|(?:prepar\w+|vot\w+|plan\w*|gear\w* up) for|will \w+)(?: the)? $"
)


def make_weekday(frame: Frame, hit: Hit) -> Outcome | None:
    """A weekday: the nearest in the past, today included, unless the tense or a word says ahead."""
    which, weekday = hit.text("which"), hit.value("weekday")
    if which in {"the previous", "the following", "that", "previous"} or frame.narrative:
        reference = frame.reference(hit.first, "D")
    else:
        reference = None if frame.published is None else (frame.published, "published")
    if reference is None:
        return left_open(UNDATED)
    here, basis = reference
    ahead = which in WEEKDAY_AHEAD or (which not in WEEKDAY_BACK and (frame.narrative or _looks_ahead(frame, hit)))
    gap = (weekday - here.weekday()) % 7 if ahead else -((here.weekday() - weekday) % 7)
    if gap == 0 and which in WEEKDAY_AHEAD | WEEKDAY_BACK:
        gap = 7 if ahead else -7
    day = of_day(here + gap * ONE_DAY)
    return resolved(day, basis=basis, timex=with_part(day, hit))


def _looks_ahead(frame: Frame, hit: Hit) -> bool:
    """Say whether a weekday lies ahead: by the tense, a possessive ("Monday's ruling") by the words before it alone."""
    words = frame.words
    if hit.last < len(words.starts) and words.text[words.starts[hit.last] : words.ends[hit.last]] in {"'s", "’s"}:
        return AWAITED.search(words.text[max(0, words.starts[hit.first] - 25) : words.starts[hit.first]]) is not None
    return frame.is_future(hit)


def make_weekday_of_week(frame: Frame, hit: Hit) -> Outcome | None:
    """A weekday of a named week: "Wednesday of last week"."""
    if frame.published is None:
        return left_open(UNDATED)
    weeks = {"last": -1, "this": 0, "next": 1}[hit.text("week")]
    return resolved(
        of_day(of_week(frame.published).start + (weeks * 7 + hit.value("weekday")) * ONE_DAY), basis="published"
    )


def make_week_ago_weekday(frame: Frame, hit: Hit) -> Outcome | None:
    """A weekday counted back in weeks: "a week ago Friday"."""
    count = read_count(hit)
    if frame.published is None or count is None:
        return left_open(UNDATED if frame.published is None else "number of weeks not told")
    back = (frame.published.weekday() - hit.value("weekday")) % 7
    return resolved(of_day(frame.published - (back + 7 * count) * ONE_DAY), basis="published")


MAKERS: dict[str, Maker] = {
    "weekday": make_weekday,
    "weekday_of_week": make_weekday_of_week,
    "week_ago_weekday": make_week_ago_weekday,
}
