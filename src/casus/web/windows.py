"""The window of days that a page is about: as its address says, else up to the newest report; renders nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from fastapi import Depends, Query

from casus.errors import FieldError
from casus.store.house import Store
from casus.store.query.filters import DAY, first_day, last_day
from casus.store.query.plans import newest_day
from casus.web.deps import StoreDep

DAYS, YEAR = 90, 364
"""Days of windows whose beginning nobody told; a year is whole weeks."""
ALLOWED = "a day, month or year: 2020-01-03, 2020-01 or 2020"
Told = Annotated[str, Query(max_length=10)]


@dataclass(frozen=True, slots=True)
class Window:
    """First and last day, both included, as ISO days."""

    since: str
    until: str

    @property
    def days(self) -> int:
        """How many days there are."""
        return (date.fromisoformat(self.until) - date.fromisoformat(self.since)).days + 1


def window_of(days: int) -> Callable[[Store, str, str], Window]:
    """Return what reads the window that an address asks for.

    Args:
        days: Length of a window whose beginning is not told; one whose end is not told ends with the newest report.
    """

    def read_window(store: StoreDep, since: Told = "", until: Told = "") -> Window:
        """Return the window.

        Raises:
            FieldError: A day is none, or the window ends before it begins.
        """
        last = read_day("until", until, last_day) if until else find_today(store)
        first = read_day("since", since, first_day) if since else _days_before(last, days)
        if first > last:
            raise FieldError("since", first, f"a day up to {last}")
        return Window(first, last)

    return read_window


def _days_before(last: str, days: int) -> str:
    day = date.fromisoformat(last)
    return (day - timedelta(days=min(days, day.toordinal()) - 1)).isoformat()


WindowDep = Annotated[Window, Depends(window_of(DAYS))]
YearDep = Annotated[Window, Depends(window_of(YEAR))]


def find_today(store: Store) -> str:
    """Return the day that the store's news has reached: that of the newest report; without reports the present day."""
    return newest_day(store) or datetime.now(UTC).date().isoformat()


def read_day(field: str, told: str, end: Callable[[str], str]) -> str:
    """Return the day that was told, or the first or last one (`end`) of the month or year.

    >>> read_day("until", "2031-02", last_day)
    '2031-02-28'

    Raises:
        FieldError: There is no such day.
    """
    if not DAY.fullmatch(told):
        raise FieldError(field, told, ALLOWED)
    try:
        return date.fromisoformat(end(told)).isoformat()
    except ValueError as error:
        raise FieldError(field, told, ALLOWED) from error


def split_names(told: str) -> tuple[str, ...]:
    """Return the names in a field that takes several, between semicolons.

    >>> split_names("USA; IRN/MIL;")
    ('USA', 'IRN/MIL')
    """
    return tuple(name.strip() for name in told.split(";") if name.strip())
