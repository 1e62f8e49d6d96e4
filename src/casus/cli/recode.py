"""`casus recode`: codes stored reports anew where an older coder coded them; judgements stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from casus.cli.code import Bases, Folders, read_given
from casus.cli.stores import Url, opened

if TYPE_CHECKING:
    from casus.cli.progress import Progress
    from casus.config import Settings
    from casus.records import Report
    from casus.store.house import Store

ALL_WELL, SKIPPED, INTERRUPTED = 0, 1, 130
TOGETHER = 20
"""Reports of one transaction: others may write in between, and an interrupted run loses no more."""


def recode(
    store: Url = "casus.db",
    every: Annotated[bool, typer.Option("--all", help="Reports of the present coder, too.")] = False,
    lexicon: Folders = None,
    kb: Bases = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", metavar="N", min=1, help="Processes, each of one thread.")] = 1,
) -> None:
    """Code the reports of a store again that were coded by older code, lexicon, tables or models than these.

    Judgements are kept, and show where their events are found again. What is interrupted goes on the next time.

    Exit status: 0 all well, 1 a report could not be coded, 2 wrong usage or no such store, 130 interrupted.
    """
    settings = read_given(lexicons=lexicon, jobs=jobs)
    settings = replace(settings, bases=(*(kb or ()), *settings.bases))
    with opened(store) as known:
        raise typer.Exit(recode_store(known, settings, every=every, jobs=jobs))


def recode_store(store: Store, settings: Settings, *, every: bool, jobs: int) -> int:
    """Code what is of another coder, tell how far it is and what came of it, and return the exit status."""
    from casus.cli.issues import Issues
    from casus.cli.progress import Progress
    from casus.store.provenance import coder_of, read_versions

    versions = read_versions(settings)
    wanted = store.report_ids(without_coder=None if every else coder_of(versions))
    counts: Counter[str] = Counter()
    with Progress(Issues()) as progress:
        progress.issues.say(f"{len(wanted)} of {len(store.report_ids())} reports are to be coded anew")
        run = store.begin_run("recode", versions)
        try:
            for batch in _code(store, wanted, settings, jobs, progress):
                counts += _keep(store, batch, run)
        except KeyboardInterrupt:
            progress.issues.say(f"interrupted; {counts.total()} are coded anew, the same command goes on from here")
            return INTERRUPTED
        finally:
            store.end_run(run, counts)
        told = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
        progress.issues.say(f"done: {told or 'nothing to do'}")
        return SKIPPED if progress.issues.count else ALL_WELL


def _code(
    store: Store, ids: Sequence[str], settings: Settings, jobs: int, progress: Progress
) -> Iterator[list[Report]]:
    """Yield the reports coded anew, in lists of a transaction each."""
    from casus.cli.workers import code_all

    batch: list[Report] = []
    for report in code_all(map(store.report, ids), settings, jobs, progress.issues, Counter()):
        batch.append(report)
        progress.step()
        if len(batch) == TOGETHER:
            yield batch
            batch = []
    if batch:
        yield batch


def _keep(store: Store, batch: Sequence[Report], run: int) -> Counter[str]:
    """Write reports in one transaction, each matched with what is known; count what came of them."""
    from casus.link.across import link_across

    counts: Counter[str] = Counter()
    with store.transaction():
        for report in batch:
            counts["the same" if (told := store.add(report, run)) == "known" else told] += 1
            link_across(report, store)
    return counts
