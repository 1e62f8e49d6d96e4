"""Where posted reports are coded: one thread, and a queue that is not allowed to grow long."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any

from casus.errors import CasusError
from casus.records import Report
from casus.store.house import Store
from casus.stored import Added
from casus.web.metrics import Metrics
from casus.web.problems import UNAVAILABLE, ProblemError
from casus.web.settings import WebSettings

NO_CODER = "this server takes no reports"
FULL = "too many reports wait to be coded"
PAUSE = "10"
"""Seconds after which a report that was turned away may come again."""


class Desk:
    """Takes posted reports in, one after the other.

    Args:
        store: Where they are kept.
        settings: With what codes them, and how many may wait.
        metrics: Told what came of each.
    """

    def __init__(self, store: Store, settings: WebSettings, metrics: Metrics) -> None:
        self._store, self._settings, self._metrics = store, settings, metrics
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="casus-desk")
        self._waiting = 0

    async def take(self, fields: Mapping[str, Any]) -> tuple[Report, Added]:
        """Return the report that the fields describe, coded and kept, and what that changed.

        Raises:
            ProblemError: The server takes none, or too many wait.
            CasusError: It cannot be coded or kept.
        """
        take = self._settings.take
        if take is None:
            raise ProblemError(501, NO_CODER)
        if self._waiting >= self._settings.waiting:
            self._metrics.count_report("turned away")
            raise ProblemError(UNAVAILABLE, FULL, headers={"retry-after": PAUSE})
        self._waiting += 1
        context = copy_context()  # so that what it logs carries the id of the request
        work = asyncio.get_running_loop().run_in_executor(self._worker, context.run, take, self._store, fields)
        work.add_done_callback(self._leave)
        try:
            report, outcome = await asyncio.shield(work)
        except CasusError:
            self._metrics.count_report("refused")
            raise
        self._metrics.count_report(outcome)
        return report, outcome

    def _leave(self, work: asyncio.Future[Any]) -> None:
        self._waiting -= 1
        if not work.cancelled():
            work.exception()  # looked at, so that nobody complains where the caller has gone

    def close(self) -> None:
        """Finish what is being coded; what waits is not begun."""
        self._worker.shutdown(wait=True, cancel_futures=True)
