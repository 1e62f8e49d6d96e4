"""How often one host is asked: never sooner than its pause after the last time; it only waits, it asks nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

Sleep = Callable[[float], None]
Clock = Callable[[], float]


class Pacer:
    """Makes requests to the same host wait for one another; several threads may share one.

    Args:
        clock: Seconds that only go forward.
        sleep: Waits that many seconds.
    """

    def __init__(self, clock: Clock = time.monotonic, sleep: Sleep = time.sleep) -> None:
        self.clock, self.sleep = clock, sleep
        self._free: dict[str, float] = {}
        self._lock = Lock()

    def wait(self, host: str, pause: float) -> None:
        """Wait until the host may be asked.

        Args:
            host: Name with port.
            pause: Seconds that must lie between two requests to it.
        """
        with self._lock:
            now = self.clock()
            turn = max(now, self._free.get(host, now))
            self._free[host] = turn + pause
        if turn > now:
            self.sleep(turn - now)
