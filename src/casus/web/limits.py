"""How many requests one caller may make; counted in this process alone, so each of several workers counts its own."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from casus.errors import ConfigError

FORMS = "a number and a time: 600/minute, 20/second"


class Limiter:
    """Counts requests in sliding windows.

    Args:
        rates: Scope → how many requests, as `600/minute`.

    Raises:
        ConfigError: A rate is none.
    """

    def __init__(self, rates: Mapping[str, str]) -> None:
        self._rates = {scope: _read_rate(told) for scope, told in rates.items()}
        self._counting = SlidingWindowCounterRateLimiter(MemoryStorage())

    def wait(self, scope: str, caller: str) -> int:
        """Count a request; return the seconds after which to come again, 0 where it may go on."""
        rate = self._rates.get(scope)
        if rate is None or self._counting.hit(rate, scope, caller):
            return 0
        reset = self._counting.get_window_stats(rate, scope, caller).reset_time
        return max(1, math.ceil(reset - time.time()))

    def describe(self, scope: str) -> str:
        """Return the rate of a scope in words."""
        return str(self._rates[scope])


def _read_rate(told: str) -> RateLimitItem:
    try:
        return parse(told)
    except ValueError as error:
        raise ConfigError(f"rate: found {told!r}, allowed {FORMS}") from error
