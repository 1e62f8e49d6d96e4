"""Coding in this process or in several; either way in the order of the input and without reading far ahead."""

from __future__ import annotations

import multiprocessing
import signal
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cache
from itertools import islice
from time import perf_counter
from typing import TYPE_CHECKING

from casus.cli.issues import Issues
from casus.config import Settings
from casus.errors import CasusError
from casus.records import Report

if TYPE_CHECKING:
    from casus.pipeline import Coder

Failure = tuple[Report, CasusError]
Result = tuple[list[Report], list[Failure], Counter[str]]

BATCHES_AHEAD = 2  # a process


def code_all(
    reports: Iterator[Report], settings: Settings, jobs: int, issues: Issues, spent: Counter[str]
) -> Iterator[Report]:
    """Yield the reports coded, in their order.

    Args:
        reports: Any number.
        settings: For the coder.
        jobs: Processes; with 1 all is done in this one.
        issues: Told of each report that cannot be coded.
        spent: Where the seconds are added up; those of several processes together.

    Raises:
        CasusError: The coder cannot start, or a process was killed.
    """
    first = next(reports, None)
    if first is None:
        return
    coder = _make_coder(settings, issues, spent)
    if jobs == 1:
        yield from coder.code_reports(_chained(first, reports), on_error=issues.add_report)
        spent.update(coder.timings)
    else:
        coder.gazetteer  # noqa: B018  compiled here, once, before the others want it
        yield from _code_in_pool(_chained(first, reports), settings, jobs, issues, spent)


class KeptCoder:
    """Codes reports again and again with one coder, which is made when the first report comes.

    Args:
        settings: For the coder.
        jobs: Processes; with more than 1 they are started anew each time.
        issues: Told of each report that cannot be coded.
    """

    def __init__(self, settings: Settings, jobs: int, issues: Issues) -> None:
        self._settings, self._jobs, self._issues = settings, jobs, issues
        self._coder: Coder | None = None

    def code(self, reports: Iterator[Report]) -> Iterator[Report]:
        """Yield the reports coded, in their order, without those that cannot be coded.

        Raises:
            CasusError: The coder cannot start, or a process was killed.
        """
        if self._jobs > 1:
            yield from code_all(reports, self._settings, self._jobs, self._issues, Counter())
            return
        first = next(reports, None)
        if first is not None:
            self._coder = self._coder or _make_coder(self._settings, self._issues, Counter())
            yield from self._coder.code_reports(_chained(first, reports), on_error=self._issues.add_report)


def _chained(first: Report, rest: Iterator[Report]) -> Iterator[Report]:
    yield first
    yield from rest


def _make_coder(settings: Settings, issues: Issues, spent: Counter[str]) -> Coder:
    begun = perf_counter()
    from casus.pipeline import Coder

    spent["import"] = perf_counter() - begun  # type: ignore[assignment]  # seconds, counted in fractions
    told: list[str] = []

    def tell(what: str, _share: float) -> None:
        if not told:
            issues.say(f"the gazetteer is compiled, once on this machine: {settings.cache}")
        told.append(what)

    return Coder(settings, on_progress=tell)


def _code_in_pool(
    reports: Iterable[Report], settings: Settings, jobs: int, issues: Issues, spent: Counter[str]
) -> Iterator[Report]:
    from casus.pipeline import gather_batches

    batches = gather_batches(reports, settings.batch_words)
    with _open_pool(jobs) as pool:
        ahead = islice(batches, jobs * BATCHES_AHEAD)
        waiting: deque[Future[Result]] = deque(pool.submit(code_batch, settings, batch) for batch in ahead)
        while waiting:
            coded, failures, seconds = waiting.popleft().result()
            waiting.extend(pool.submit(code_batch, settings, batch) for batch in islice(batches, 1))
            spent.update(seconds)
            for report, error in failures:
                issues.add_report(report, error)
            yield from coded


@contextmanager
def _open_pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Give a pool of processes that leave Ctrl-C to this one, and that end with it however it ends."""
    # Fresh processes: a fork would copy locks that the threads of ONNX Runtime hold.
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))
    with _interrupts_ignored():
        pool.submit(int).result()  # starts all of them; they inherit that interrupts are ignored
    try:
        yield pool
        pool.shutdown()
    except BrokenProcessPool as error:
        raise CasusError("a process was killed, perhaps for want of memory; fewer --jobs need less") from error
    finally:
        for process in multiprocessing.active_children():
            process.terminate()
        pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@cache
def _own_coder(settings: Settings) -> Coder:
    from casus.pipeline import Coder

    return Coder(settings)


def code_batch(settings: Settings, batch: list[Report]) -> Result:
    """Return a batch coded, what went wrong, and the seconds spent; the work of one process."""
    coder = _own_coder(settings)
    coder.timings.clear()
    failures: list[Failure] = []
    coded = list(coder.code_reports(batch, on_error=lambda report, error: failures.append((report, error))))
    return coded, failures, Counter(coder.timings)
