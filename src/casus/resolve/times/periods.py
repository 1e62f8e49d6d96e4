"""How long, how often, how many units: what speaks of time without naming one. Makers whose outcome is always open.

Also reads the number of units in a form ("a couple of weeks") and writes lengths in TIMEX3 notation.
"""

# ruff: noqa: ARG001 (all makers share one signature)
from __future__ import annotations

from casus.resolve.numbers import parse_number
from casus.resolve.times.frames import Frame, Hit, Maker, Outcome, left_open

TENS = {"DE": 10, "CE": 100}
REFERENCES = {
    "now": "PRESENT_REF", "current": "PRESENT_REF", "D": "PRESENT_REF", "past": "PAST_REF", "recent": "PAST_REF",
    "former": "PAST_REF", "future": "FUTURE_REF",
}  # fmt: skip


def unit_of(hit: Hit) -> str:
    """The unit of a form: D W FN WE M Q Y DE CE, or TH TM TS below a day."""
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


def write_period(count: int | None, unit: str) -> str:
    """A length in TIMEX3 notation: P3D, PT2H, PXY, and P20Y for two decades."""
    if unit in TENS and count is not None:
        return f"P{count * TENS[unit]}Y"
    mark = {"DE": "Y", "CE": "Y", "FN": "W"}.get(unit, unit[-1])
    return f"P{'T' if unit.startswith('T') else ''}{'X' if count is None else count}{mark}"


def make_duration(frame: Frame, hit: Hit) -> Outcome | None:
    """How long, not when: found so that nothing else is read into it."""
    count = read_count(hit) if hit.text("count") else None
    return left_open("duration", write_period(count, unit_of(hit)))


def make_one_unit(frame: Frame, hit: Hit) -> Outcome | None:
    """One unit by its end: "the year ended June 30"."""
    return left_open("duration", write_period(1, unit_of(hit)))


def make_every(frame: Frame, hit: Hit) -> Outcome | None:
    """How often, not when."""
    value = frame.words.values[hit.last - 1]
    if isinstance(value, int):
        return left_open("repeated", f"XXXX-WXX-{value + 1}")
    return left_open("repeated", value if str(value).startswith("P") else write_period(1, str(value)))


def make_reference(frame: Frame, hit: Hit) -> Outcome | None:
    """Now, formerly, soon: no dates."""
    value = str(frame.words.values[hit.last - 1])
    return left_open("vague", REFERENCES.get(value, value))


def make_clock(frame: Frame, hit: Hit) -> Outcome | None:
    """A time of day without its day."""
    return left_open("time of day alone")


def make_nothing(frame: Frame, hit: Hit) -> Outcome | None:
    """Words that must not be read as a time."""
    return left_open("not a time")


def make_units_shifted(frame: Frame, hit: Hit) -> Outcome | None:
    """Some units away: "days before the vote", "months ago"."""
    return left_open("number of units not told", write_period(None, unit_of(hit)))


MAKERS: dict[str, Maker] = {
    "duration": make_duration,
    "one_unit": make_one_unit,
    "every": make_every,
    "reference": make_reference,
    "clock": make_clock,
    "nothing": make_nothing,
    "units_shifted": make_units_shifted,
}
