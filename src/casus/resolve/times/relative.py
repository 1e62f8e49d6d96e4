"""Makers of times relative to the report's date or to another time: "last week", "two days ago", "the next day".

Each takes the frame and a rule's match and gives an outcome, or None where the words are no time after all.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from casus.resolve.numbers import parse_number
from casus.resolve.times.frames import UNDATED, Frame, Hit, Outcome, left_open, resolved, span_between
from casus.resolve.times.holidays import find_holiday
from casus.resolve.times.intervals import GRAIN, around, of_day, of_week, of_weekend, part_of, shift

ONE_DAY = timedelta(days=1)
BACK = {"last", "previous", "past", "earlier", "before", "latest"}
AHEAD = {"next", "coming", "following", "later", "after"}
RECENT = 3
WEEKDAY_BACK = {"last", "past", "this past", "previous", "the previous"}
WEEKDAY_AHEAD = {"next", "coming", "the coming", "this coming", "the following"}
EVENT = "relative to an event"
TENS = {"DE": 10, "CE": 100}
AWAITED = re.compile(r"\b(?:ahead of|upcoming|await\w*|(?:prepar\w+|vot\w+|plan\w*|gear\w* up) for|will \w+)(?: the)? $")


def _unit(hit: Hit) -> str:
    return str(hit.value("unit"))


def read_count(hit: Hit) -> int | None:
    """The number of units; None where it is vague ("several")."""
    words = [word for word in hit.text("count").split() if word not in {"-", "of"}]
    if "couple" in words:
        return 2
    if words in (["a"], ["an"]):
        return 1
    if "half" in words or any("." in word for word in words):
        return None
    return parse_number([word for word in words if word not in {"a", "an"}])


def _published(day: date) -> Outcome:
    return resolved(of_day(day), basis="published")


def make_today(frame: Frame, hit: Hit) -> Outcome | None:
    """The report's day or its neighbours: "today", "yesterday", "late yesterday"."""
    if frame.published is None:
        return left_open(UNDATED)
    return _published(frame.published + hit.value("day") * ONE_DAY)


def make_day_part(frame: Frame, hit: Hit) -> Outcome | None:
    """A part of the report's day: "this morning"; "last night" is the day before; "that night" the last day told of."""
    if hit.all_text().startswith("that"):
        reference = frame.reference(hit.first, "D")
        return left_open(UNDATED) if reference is None else resolved(of_day(reference[0]), basis=reference[1])
    if frame.published is None:
        return left_open(UNDATED)
    day = of_day(frame.published - (hit.text("last") == "last") * ONE_DAY)
    return resolved(day, basis="published", timex=f"{day.timex}T{hit.value('part')}")


def make_overnight(frame: Frame, hit: Hit) -> Outcome | None:
    """Overnight: the day before and the report's day."""
    if frame.published is None:
        return left_open(UNDATED)
    return span_between(frame.published - ONE_DAY, frame.published, basis="published", timex=(frame.published - ONE_DAY).isoformat() + "TNI")


def make_beside_today(frame: Frame, hit: Hit) -> Outcome | None:
    """The day before yesterday, the day after tomorrow."""
    if frame.published is None:
        return left_open(UNDATED)
    step = 1 if hit.text("side") == "after" else -1
    return _published(frame.published + (hit.value("day") + step) * ONE_DAY)


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
    ahead = which in WEEKDAY_AHEAD or which not in WEEKDAY_BACK and (frame.narrative or _looks_ahead(frame, hit))
    gap = (weekday - here.weekday()) % 7 if ahead else -((here.weekday() - weekday) % 7)
    if gap == 0 and which in WEEKDAY_AHEAD | WEEKDAY_BACK:
        gap = 7 if ahead else -7
    return resolved(of_day(here + gap * ONE_DAY), basis=basis)


def _looks_ahead(frame: Frame, hit: Hit) -> bool:
    """Say whether a weekday lies ahead: by the tense; of a possessive ("Wednesday's ruling") by the words before it alone."""
    words = frame.words
    if hit.last < len(words.starts) and words.text[words.starts[hit.last] : words.ends[hit.last]] in {"'s", "’s"}:
        return AWAITED.search(words.text[max(0, words.starts[hit.first] - 25) : words.starts[hit.first]]) is not None
    return frame.is_future(hit)


def make_weekday_of_week(frame: Frame, hit: Hit) -> Outcome | None:
    """A weekday of a named week: "Wednesday of last week"."""
    if frame.published is None:
        return left_open(UNDATED)
    weeks = {"last": -1, "this": 0, "next": 1}[hit.text("week")]
    return _published(of_week(frame.published).start + (weeks * 7 + hit.value("weekday")) * ONE_DAY)


def make_week_ago_weekday(frame: Frame, hit: Hit) -> Outcome | None:
    """A weekday counted back in weeks: "a week ago Friday"."""
    count = read_count(hit)
    if frame.published is None or count is None:
        return left_open(UNDATED if frame.published is None else "number of weeks not told")
    back = (frame.published.weekday() - hit.value("weekday")) % 7
    return _published(frame.published - (back + 7 * count) * ONE_DAY)


def make_relative_unit(frame: Frame, hit: Hit) -> Outcome | None:
    """A calendar unit beside this one: "last week", "next month", "the previous year", "the same day"."""
    words = hit.text("which").split()
    unit = _unit(hit) if hit.span("unit") != (0, 0) else "D"
    step = (words[-1] in AHEAD) - (words[-1] in BACK)
    anaphoric = words[-1] in {"previous", "following", "same", "that"} or words[0] in {"the", "that"} and (unit == "D" or words[-1] == "very")
    if words == ["the", "next"] and frame.narrative or frame.narrative and words[-1] != "current":
        anaphoric = True
    reference = frame.reference(hit.first, unit) if anaphoric else None
    if not anaphoric and frame.published is not None:
        reference = frame.published, "published"
    if reference is None:
        return left_open(UNDATED)
    base = around(reference[0], unit)
    moved = shift(reference[0], step, "W" if unit == "WE" else unit)
    if unit == "WE" and step == -1 and reference[0] > base.start:
        moved = reference[0] - 7 * ONE_DAY
    return resolved(around(moved, unit), basis=reference[1])


def make_beside(frame: Frame, hit: Hit) -> Outcome | None:
    """The unit before or after: "a day earlier", "the day after"; open where an event follows ("the day after the vote")."""
    side = hit.text("side")
    if side in {"before", "after"} and hit.text("event"):
        return left_open(EVENT)
    return _move(frame, hit, 1 if side in AHEAD else -1)


def make_shifted(frame: Frame, hit: Hit) -> Outcome | None:
    """So many units away from the time told of: "two days later", "three years earlier"."""
    side, count = hit.text("side"), read_count(hit)
    if side in {"before", "after"} and hit.text("event"):
        return left_open(EVENT, write_period(count, _unit(hit)))
    if count is None:
        return left_open("number of units not told", write_period(None, _unit(hit)))
    return _move(frame, hit, count if side in AHEAD else -count)


def _move(frame: Frame, hit: Hit, count: int) -> Outcome | None:
    unit = _unit(hit)
    if unit.startswith("T"):
        return left_open("hours are finer than days")
    reference = frame.reference(hit.first, GRAIN[unit])
    if reference is None:
        return left_open(UNDATED)
    try:
        moved = shift(reference[0], count, unit)
    except OverflowError:
        return None
    return resolved(around(moved, GRAIN[unit]), basis=reference[1])


def make_weekend(frame: Frame, hit: Hit) -> Outcome | None:
    """The weekend: the last one begun, or the next where the tense is future."""
    reference = frame.reference(hit.first, "W") if frame.narrative else None
    here = reference[0] if reference else frame.published
    if here is None:
        return left_open(UNDATED)
    weekend = of_weekend(here)
    if weekend.start > here and not frame.is_future(hit):
        weekend = of_weekend(here - 7 * ONE_DAY)
    return resolved(weekend, basis="published")


def make_span_of_units(frame: Frame, hit: Hit) -> Outcome | None:
    """Units up to or from now: "the past three days", "over the next five years", "the last 24 hours"."""
    if frame.published is None:
        return left_open(UNDATED)
    unit, here = _unit(hit), frame.published
    if not hit.text("count") and frame.narrative:
        return make_relative_unit(frame, hit)
    count = read_count(hit) if hit.text("count") else 1
    if count is None:
        return make_recent_units(frame, hit)
    if unit.startswith("T"):
        count, unit = (max(1, round(count / 24)), "D") if unit == "TH" else (0, "D")
    step = count if hit.text("which") in AHEAD else -count
    try:
        other = shift(here, step, unit)
    except OverflowError:
        return None
    return span_between(min(here, other), max(here, other), basis="published", timex=write_period(count, unit))


def make_recent_units(frame: Frame, hit: Hit) -> Outcome | None:
    """Units without a number: "in recent months" is the three before publication, "in the coming days" the three after."""
    if frame.published is None:
        return left_open(UNDATED)
    unit, here = _unit(hit), frame.published
    if unit.startswith("T"):
        return left_open("hours are finer than days")
    ahead = hit.text("which").split()[-1] in AHEAD
    other = shift(here, RECENT if ahead else -RECENT, unit)
    return span_between(min(here, other), max(here, other), basis="published", timex=write_period(None, unit))


def make_ago(frame: Frame, hit: Hit) -> Outcome | None:
    """So long before publication: "two days ago", "a year ago", "less than a month ago"."""
    count, unit, rough = read_count(hit), _unit(hit), hit.text("rough")
    if frame.published is None or count is None:
        return left_open(UNDATED if frame.published is None else "number of units not told")
    if unit.startswith("T"):
        return left_open("hours are finer than days") if count > 20 else _published(frame.published)
    try:
        day = shift(frame.published, -count, unit)
    except OverflowError:
        return None
    found = around(day, GRAIN[unit])
    if rough.startswith("less"):
        return span_between(day, frame.published, basis="published", timex=found.timex)
    if rough.startswith(("more", "over")):
        return left_open("no earliest day told", found.timex)
    return resolved(found, basis="published")


def make_year_ago(frame: Frame, hit: Hit) -> Outcome | None:
    """The year before publication in business news: "the year-ago period", "year-earlier"."""
    if frame.published is None:
        return left_open(UNDATED)
    return resolved(around(shift(frame.published, -1, "Y"), "Y"), basis="published")


def make_in_units(frame: Frame, hit: Hit) -> Outcome | None:
    """So far ahead of publication: "in two weeks" where the tense is future, "a month from now"; else a duration."""
    ahead = "from now" in hit.all_text() or hit.all_text().endswith("time")
    count = read_count(hit)
    if not ahead and not frame.is_future(hit) or hit.first and "within" in hit.words_of(hit.first - 1, hit.first):
        return None
    if frame.published is None or count is None:
        return left_open(UNDATED if frame.published is None else "number of units not told")
    try:
        day = shift(frame.published, count, _unit(hit))
    except OverflowError:
        return None
    unit = "D" if _unit(hit) in {"D", "W", "FN"} else GRAIN[_unit(hit)]
    return resolved(around(day, unit), basis="published")


def make_side_of_unit(frame: Frame, hit: Hit) -> Outcome | None:
    """A side of this unit: "earlier this year" ends with publication, "later this month" starts with it, "late last week"."""
    words, unit, side = hit.text("which").split(), _unit(hit), hit.text("side")
    anaphoric = words[0] in {"the", "that"} or frame.narrative
    reference = frame.reference(hit.first, unit) if anaphoric else None
    if not anaphoric and frame.published is not None:
        reference = frame.published, "published"
    if reference is None:
        return left_open(UNDATED)
    here, basis = reference
    step = (words[-1] in AHEAD) - (words[-1] in BACK)
    whole = around(shift(here, step, unit), unit)
    if side in {"early", "late"}:
        return resolved(part_of(whole, "START" if side == "early" else "END"), basis=basis, timex=whole.timex)
    if step:
        return resolved(whole, basis=basis)
    if side == "earlier":
        return span_between(whole.start, here, basis=basis, timex=whole.timex)
    return span_between(here, whole.end, basis=basis, timex=whole.timex)


def make_so_far(frame: Frame, hit: Hit) -> Outcome | None:
    """From the unit's beginning to publication: "so far this year"."""
    if frame.published is None:
        return left_open(UNDATED)
    whole = around(frame.published, _unit(hit))
    return span_between(whole.start, frame.published, basis="published", timex=whole.timex)


def make_end_of_unit(frame: Frame, hit: Hit) -> Outcome | None:
    """A part of this unit: "the end of the month", "year-end"."""
    unit = _unit(hit)
    reference = frame.reference(hit.first, unit)
    if reference is None:
        return left_open(UNDATED)
    whole = around(reference[0], unit)
    part = {"beginning": "START", "start": "START", "outset": "START", "onset": "START", "middle": "MID"}.get(hit.text("part"), "END")
    return resolved(part_of(whole, part), basis=reference[1], timex=whole.timex)


def make_holiday(frame: Frame, hit: Hit) -> Outcome | None:
    """A named day: "Christmas Eve", "last Thanksgiving", "New Year's" (two days); open where its calendar is another."""
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
    if which == "next" or not which and frame.is_future(hit):
        return resolved(next((day for day in days if day.end >= here), days[-1]), basis="text" if year else "published")
    past = [day for day in days if day.start <= here and not (which == "last" and day.end >= here)]
    return resolved((past or days)[-1], basis="text" if year else "published")


def make_fiscal(frame: Frame, hit: Hit) -> Outcome | None:
    """A time of a fiscal calendar: open, for firms and states begin their years in different months."""
    year = hit.value("year") or (frame.published.year if frame.published else None)
    return left_open("fiscal calendar", f"{year}" if year else "")


def make_units_shifted(frame: Frame, hit: Hit) -> Outcome | None:
    """Some units away: "days before the vote", "months ago"."""
    return left_open("number of units not told", write_period(None, _unit(hit)))


def make_nothing(frame: Frame, hit: Hit) -> Outcome | None:
    """Words that must not be read as a time."""
    return left_open("not a time")


def make_duration(frame: Frame, hit: Hit) -> Outcome | None:
    """How long, not when: found so that nothing else is read into it."""
    count = read_count(hit) if hit.text("count") else None
    return left_open("duration", write_period(count, _unit(hit)))


def write_period(count: int | None, unit: str) -> str:
    """A length in TIMEX3 notation: P3D, PT2H, PXY, and P20Y for two decades."""
    if unit in TENS and count is not None:
        return f"P{count * TENS[unit]}Y"
    mark = {"DE": "Y", "CE": "Y", "FN": "W"}.get(unit, unit[-1])
    return f"P{'T' if unit.startswith('T') else ''}{'X' if count is None else count}{mark}"


def make_every(frame: Frame, hit: Hit) -> Outcome | None:
    """How often, not when."""
    value = frame.words.values[hit.last - 1]
    if isinstance(value, int):
        return left_open("repeated", f"XXXX-WXX-{value + 1}")
    return left_open("repeated", value if str(value).startswith("P") else write_period(1, str(value)))


def make_reference(frame: Frame, hit: Hit) -> Outcome | None:
    """Now, formerly, soon: no dates."""
    value = str(frame.words.values[hit.last - 1])
    return left_open("vague", {"now": "PRESENT_REF", "past": "PAST_REF"}.get(value, value))


def make_clock(frame: Frame, hit: Hit) -> Outcome | None:
    """A time of day without its day."""
    return left_open("time of day alone")
