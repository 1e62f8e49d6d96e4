"""Which days a briefing is about: `7d`, `2w`, or days as filters have them; reads no store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from casus.errors import FieldError
from casus.store.query.filters import DAY, first_day, last_day

UNITS = {"d": 1, "w": 7}
ALLOWED = "a day, month or year: 2020-01-03, 2020-01 or 2020"


def choose_days(since: str, until: str | None, newest: str) -> tuple[str, str]:
    """Return the first and last day of a briefing.

    Args:
        since: A number of days or weeks, `7d` or `2w`, that end with the last day; or a day, month or year.
        until: A day, month or year; None for the newest day.
        newest: The day that the store's news has reached, ISO.

    >>> choose_days("7d", None, "2031-05-09")
    ('2031-05-03', '2031-05-09')
    >>> choose_days("2031-04", "2031-05", "2031-05-09")
    ('2031-04-01', '2031-05-31')

    Raises:
        FieldError: It is none of these.
    """
    last = _read("until", until, last_day, ALLOWED) if until else newest
    number, unit = since[:-1], since[-1:]
    if not (number.isdecimal() and unit in UNITS):
        return _read("since", since, first_day, f"a time to look back, 7d or 2w, or {ALLOWED}"), last
    end = date.fromisoformat(last)
    days = min(int(number) * UNITS[unit], end.toordinal())
    return (end - timedelta(days=max(days, 1) - 1)).isoformat(), last


def _read(field: str, told: str, end: Callable[[str], str], allowed: str) -> str:
    """Return the day that was told, or the first or last one (`end`) of the month or year."""
    if not DAY.fullmatch(told):
        raise FieldError(field, told, allowed)
    try:
        return date.fromisoformat(end(told)).isoformat()
    except ValueError as error:
        raise FieldError(field, told, allowed) from error
