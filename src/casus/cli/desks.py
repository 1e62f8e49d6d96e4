"""What the commands of the intake share: a store, a coder, the network and what is said, opened and closed together."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from casus.cli.issues import Issues
from casus.cli.progress import Progress
from casus.cli.runs import open_file
from casus.cli.workers import KeptCoder
from casus.errors import CasusError
from casus.intake import Intake, Tally, Works

if TYPE_CHECKING:
    from casus.config import Settings
    from casus.ingest import Terms
    from casus.ingest.fetch import Manners
    from casus.ingest.sources import Source
    from casus.records import Report
    from casus.store.house import Store

NO_DATE = "has no date, so that days such as “on Monday” stay open; --published gives one (told once)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What an intake was told on the command line."""

    settings: Settings
    terms: Terms
    manners: Manners
    store: str
    command: str
    issues: Path | None = None
    jobs: int = 1


class Desk:
    """An intake at work.

    Args:
        works: What it works with.
        terms: What reports are taken on.
        store: Where they are kept.
        progress: Told of each report.

    Attributes:
        tally: What came of all that was taken in.
    """

    def __init__(self, works: Works, terms: Terms, store: Store, progress: Progress) -> None:
        self._works, self._terms, self._progress = works, terms, progress
        self.store, self.issues, self.tally = store, progress.issues, Tally()
        self._warned = False

    def take(self, sources: Sequence[Source]) -> Tally:
        """Take sources in, telling how far it is, and return what came of it.

        Raises:
            CasusError: The coder cannot start, or the store cannot be written.
        """
        intake, issues = Intake(self._works, self._terms), self.issues.count
        try:
            for report in intake.take(sources):
                self._warn(report)
                self._progress.step()
        finally:
            if uncoded := self.issues.count - issues - intake.tally.skipped.total():
                intake.tally.skipped["coding"] += uncoded
            self.tally.add(intake.tally)
        return intake.tally

    def _warn(self, report: Report) -> None:
        if report.published is None and not self._warned:
            self.issues.say(f"{report.title or report.id!r} {NO_DATE}")
            self._warned = True


@contextmanager
def open_desk(orders: Orders) -> Iterator[Desk]:
    """Give an intake that is ready to work; its run is closed in the store however it ends.

    Raises:
        CasusError: The store cannot be opened.
    """
    from casus.ingest.fetch import Fetcher
    from casus.link.across import sum_up_events
    from casus.store.house import Store
    from casus.store.provenance import read_versions

    with ExitStack() as stack:
        file = stack.enter_context(open_file(orders.issues, "a", "--issues")) if orders.issues else None
        progress = stack.enter_context(Progress(Issues(file)))
        store = stack.enter_context(closing(Store(orders.store, sum_up=sum_up_events)))
        getter = stack.enter_context(Fetcher(orders.manners))
        run = store.begin_run(orders.command, read_versions(orders.settings))
        progress.issues.keep = lambda problem: store.add_issue(run, problem)
        desk = Desk(_gather(orders, store, getter, progress.issues, run), orders.terms, store, progress)
        try:
            yield desk
        finally:
            with suppress(CasusError):
                store.end_run(run, desk.tally.counts())


def _gather(orders: Orders, store: Store, getter: Any, issues: Issues, run: int) -> Works:
    from casus.link.across import link_across

    return Works(
        store=store,
        getter=getter,
        code=KeptCoder(orders.settings, orders.jobs, issues).code,
        on_error=issues.add,
        after=lambda report: link_across(report, store),
        run=run,
    )


@contextmanager
def stopping() -> Iterator[None]:
    """Let SIGTERM stop the work as Ctrl-C does; what is not yet written is not written half."""

    def stop(_number: int, _frame: object) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def read_columns(told: str | None) -> dict[str, str]:
    """Return what `--columns text=body,published=date` says.

    >>> read_columns("text=body, published=date")
    {'text': 'body', 'published': 'date'}
    """
    from casus.ingest.reports import FIELDS

    columns: dict[str, str] = {}
    for part in told.split(",") if told else ():
        field, _, name = (piece.strip() for piece in part.partition("="))
        if field not in FIELDS or not name:
            allowed = f"FIELD=COLUMN,…; the fields are {' '.join(FIELDS)}"
            raise typer.BadParameter(f"found {part.strip()!r}, allowed {allowed}", param_hint="--columns")
        columns[field] = name
    return columns
