"""Under which days a telling is filed and looked for."""

import pytest

from casus.link.across.blocking import AROUND, filing_keys, search_keys
from casus.link.across.tellings import Telling


def days(keys: tuple[str, ...]) -> list[str]:
    """Return the days of keys, each once."""
    return sorted({key.partition("|")[0] for key in keys})


def telling(start: str, end: str) -> Telling:
    """Return a telling of an attack in Kenya."""
    return Telling(id="a:i1", report="a", origin="a", type="ASSAULT", start=start, end=end, country="KEN", incident={})


def test_a_day_is_looked_for_some_days_around() -> None:
    """And filed under itself alone."""
    one = telling("2031-05-05", "2031-05-05")
    assert days(filing_keys(one)) == ["2031-05-05"]
    assert days(search_keys(one)) == [f"2031-05-{n:02}" for n in range(5 - AROUND, 5 + AROUND + 1)]


def test_long_stretches_are_filed_under_their_ends() -> None:
    """`in 2031` is not 365 days."""
    assert days(filing_keys(telling("2031-01-01", "2031-12-31"))) == ["2031-01-01", "2031-12-31"]


@pytest.mark.parametrize(("day", "count"), [("0001-01-01", AROUND + 1), ("9999-12-31", AROUND + 1)])
def test_the_calendar_has_ends(day: str, count: int) -> None:
    """Nothing is looked for before its first or after its last day."""
    assert len(days(search_keys(telling(day, day)))) == count
