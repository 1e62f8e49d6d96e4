"""Makers of times relative to the report's date or to another time: "last week", "two days ago", "the next day".

Each takes the frame and a rule's match and gives an outcome, or None where the words are no time after all.
"""

# ruff: noqa: ARG001 (all makers share one signature)
from __future__ import annotations

from datetime import date, timedelta

from casus.resolve.times.frames import UNDATED, Frame, Hit, Maker, Outcome, left_open, resolved, span_between, with_part
from casus.resolve.times.intervals import GRAIN, around, of_day, of_weekend, part_of, shift
from casus.resolve.times.periods import read_count, unit_of, write_period
from casus.resolve.times.reporting import make_year_ago, reports_on_quarter

ONE_DAY = timedelta(days=1)
BACK = {"last", "previous", "past", "earlier", "before", "latest"}
AHEAD = {"next", "coming", "following", "later", "after"}
RECENT = 3
MIDWEEK = 3  # before Thursday "this weekend" in the past tense is the one just over
EVENT = "relative to an event"


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
        if reference is None:
            return left_open(UNDATED)
        told = of_day(reference[0])
        return resolved(told, basis=reference[1], timex=with_part(told, hit))
    if frame.published is None:
        return left_open(UNDATED)
    day = of_day(frame.published - (hit.text("last") == "last") * ONE_DAY)
    return resolved(day, basis="published", timex=f"{day.timex}T{hit.value('part')}")


def make_overnight(frame: Frame, hit: Hit) -> Outcome | None:
    """Overnight: the day before and the report's day."""
    if frame.published is None:
        return left_open(UNDATED)
    return span_between(
        frame.published - ONE_DAY,
        frame.published,
        basis="published",
        timex=(frame.published - ONE_DAY).isoformat() + "TNI",
    )


def make_beside_today(frame: Frame, hit: Hit) -> Outcome | None:
    """The day before yesterday, the day after tomorrow."""
    if frame.published is None:
        return left_open(UNDATED)
    step = 1 if hit.text("side") == "after" else -1
    return _published(frame.published + (hit.value("day") + step) * ONE_DAY)


def make_relative_unit(frame: Frame, hit: Hit) -> Outcome | None:
    """A calendar unit beside this one: "last week", "next month", "the previous year", "the same day"."""
    words = hit.text("which").split()
    unit = unit_of(hit) if hit.span("unit") != (0, 0) else "D"
    step = (words[-1] in AHEAD) - (words[-1] in BACK)
    anaphoric = words[-1] in {"previous", "following", "same", "that"} or (
        words[0] in {"the", "that"} and (unit == "D" or words[-1] == "very")
    )
    if (words == ["the", "next"] and frame.narrative) or (frame.narrative and words[-1] != "current"):
        anaphoric = True
    reference = frame.reference(hit.first, unit) if anaphoric else None
    if not anaphoric and frame.published is not None:
        reference = frame.published, "published"
    if reference is None:
        return left_open(UNDATED)
    base = around(reference[0], unit)
    moved = shift(reference[0], step, "W" if unit == "WE" else unit)
    if unit == "WE" and words == ["this"] and reference[0].weekday() < MIDWEEK and not frame.is_future(hit):
        moved = reference[0] - 7 * ONE_DAY
    if unit == "WE" and step == -1 and reference[0] > base.start:
        moved = reference[0] - 7 * ONE_DAY
    whole = around(moved, unit)
    return resolved(whole, basis=reference[1], timex=with_part(whole, hit))


def make_beside(frame: Frame, hit: Hit) -> Outcome | None:
    """The unit before or after: "a day earlier"; open where an event follows ("the day after the vote")."""
    side = hit.text("side")
    if side in {"before", "after"} and hit.text("event"):
        return left_open(EVENT)
    if side == "earlier" and unit_of(hit) == "Y" and reports_on_quarter(frame, hit):
        return make_year_ago(frame, hit)
    return _move(frame, hit, 1 if side in AHEAD else -1)


def make_shifted(frame: Frame, hit: Hit) -> Outcome | None:
    """So many units away from the time told of: "two days later", "three years earlier"."""
    side, count = hit.text("side"), read_count(hit)
    if side in {"before", "after"} and hit.text("event"):
        return left_open(EVENT, write_period(count, unit_of(hit)))
    if count is None:
        return left_open("number of units not told", write_period(None, unit_of(hit)))
    return _move(frame, hit, count if side in AHEAD else -count)


def _move(frame: Frame, hit: Hit, count: int) -> Outcome | None:
    unit = unit_of(hit)
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
    unit, here = unit_of(hit), frame.published
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
    """Units without a number: "in recent months" is the three before publication, "the coming days" the three after."""
    if frame.published is None:
        return left_open(UNDATED)
    unit, here = unit_of(hit), frame.published
    if unit.startswith("T"):
        return left_open("hours are finer than days")
    ahead = hit.text("which").split()[-1] in AHEAD
    other = shift(here, RECENT if ahead else -RECENT, unit)
    return span_between(min(here, other), max(here, other), basis="published", timex=write_period(None, unit))


def make_ago(frame: Frame, hit: Hit) -> Outcome | None:
    """So long before publication: "two days ago", "a year ago", "less than a month ago"."""
    count, unit, rough = read_count(hit), unit_of(hit), hit.text("rough")
    if count == 1 and unit == "Y" and not rough and reports_on_quarter(frame, hit):
        return make_year_ago(frame, hit)
    if frame.published is None or count is None:
        return left_open(*((UNDATED,) if frame.published is None else ("number of units not told", "PAST_REF")))
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


def make_in_units(frame: Frame, hit: Hit) -> Outcome | None:
    """So far ahead of publication: "in two weeks" where the tense is future, "a month from now"; else a duration."""
    ahead = "from now" in hit.all_text() or hit.all_text().endswith("time")
    count = read_count(hit)
    if (not ahead and not frame.is_future(hit)) or (hit.first and "within" in hit.words_of(hit.first - 1, hit.first)):
        return None
    if frame.published is None or count is None:
        return left_open(UNDATED if frame.published is None else "number of units not told")
    try:
        day = shift(frame.published, count, unit_of(hit))
    except OverflowError:
        return None
    unit = "D" if unit_of(hit) in {"D", "W", "FN"} else GRAIN[unit_of(hit)]
    return resolved(around(day, unit), basis="published")


def make_side_of_unit(frame: Frame, hit: Hit) -> Outcome | None:
    """A side of this unit: "earlier this year" ends with publication, "later this month" starts with it."""
    words, unit, side = hit.text("which").split(), unit_of(hit), hit.text("side")
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
    whole = around(frame.published, unit_of(hit))
    return span_between(whole.start, frame.published, basis="published", timex=whole.timex)


def make_end_of_unit(frame: Frame, hit: Hit) -> Outcome | None:
    """A part of this unit: "the end of the month", "year-end"."""
    unit = unit_of(hit)
    reference = frame.reference(hit.first, unit)
    if reference is None:
        return left_open(UNDATED)
    whole = around(reference[0], unit)
    part = {"beginning": "START", "start": "START", "outset": "START", "onset": "START", "middle": "MID"}.get(
        hit.text("part"), "END"
    )
    return resolved(part_of(whole, part), basis=reference[1], timex=whole.timex)


MAKERS: dict[str, Maker] = {
    "today": make_today,
    "day_part": make_day_part,
    "overnight": make_overnight,
    "beside_today": make_beside_today,
    "relative_unit": make_relative_unit,
    "beside": make_beside,
    "shifted": make_shifted,
    "weekend": make_weekend,
    "span_of_units": make_span_of_units,
    "recent_units": make_recent_units,
    "ago": make_ago,
    "in_units": make_in_units,
    "side_of_unit": make_side_of_unit,
    "so_far": make_so_far,
    "end_of_unit": make_end_of_unit,
}
