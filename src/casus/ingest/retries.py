"""When an address may be asked again: failures that may pass, and what a server says about when; waits for nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from casus.errors import FetchError


class Retry(Exception):  # noqa: N818  it tells what to do, and never leaves the room
    """The address may be asked again.

    Args:
        error: What to say where it is not.
        wait: Seconds that the server asks to wait, None where it does not say.
    """

    def __init__(self, error: FetchError, wait: float | None = None) -> None:
        super().__init__(error)
        self.error, self.wait = error, wait


def retry_after(told: str | None, now: datetime | None = None) -> float | None:
    """Return the seconds that a Retry-After header asks for, None where it asks for nothing we understand.

    >>> retry_after("120"), retry_after("soon")
    (120.0, None)
    >>> retry_after("Mon, 06 May 2030 07:08:39 GMT", datetime(2030, 5, 6, 7, 8, 9, tzinfo=UTC))
    30.0
    """
    if told is None:
        return None
    if told.strip().isdecimal():
        return float(told)
    try:
        moment = parsedate_to_datetime(told)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())
