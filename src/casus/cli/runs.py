"""One run of `casus code`: from names of files to what is printed, what is told on the way, and the exit status."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import typer

from casus.cli.issues import Issues
from casus.cli.outputs import FORMATS, Look
from casus.cli.progress import Progress
from casus.cli.workers import code_all
from casus.config import Settings
from casus.errors import CasusError
from casus.ingest import Terms, read_inputs
from casus.records import Report

ALL_WELL, SKIPPED, CANNOT_START, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141
NO_DATE = "has no date, so that days such as “on Monday” stay open; --published gives one (told once)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a run was told on the command line."""

    settings: Settings
    terms: Terms
    format: str = "table"
    explain: bool = False
    out: Path | None = None
    issues: Path | None = None
    jobs: int = 1
    timings: bool = False

    def execute(self, paths: Sequence[str]) -> int:
        """Code what is at `paths`, write it, and return the exit status."""
        with ExitStack() as stack:
            issues = Issues(stack.enter_context(open_file(self.issues, "a", "--issues")) if self.issues else None)
            out = stack.enter_context(open_file(self.out, "w", "--out")) if self.out else sys.stdout
            progress = stack.enter_context(Progress(issues, quiet=out.isatty()))
            spent: Counter[str] = Counter()
            coded = stack.enter_context(closing(self._code(paths, progress, spent)))
            try:
                self._write(coded, out)
            except KeyboardInterrupt:
                issues.say(f"interrupted; {progress.done} reports are written")
                return INTERRUPTED
            except BrokenPipeError:
                _silence(out)
                return PIPE_CLOSED
            except CasusError as error:
                issues.say(str(error))
                return CANNOT_START
        if self.timings:
            _show_timings(spent, issues)
        return SKIPPED if issues.count else ALL_WELL

    def _code(self, paths: Sequence[str], progress: Progress, spent: Counter[str]) -> Generator[Report]:
        """Yield the coded reports; what cannot be read or coded becomes an issue."""
        reports = _keep_reports(read_inputs(paths, self.terms), progress.issues)
        for report in code_all(reports, self.settings, self.jobs, progress.issues, spent):
            yield report
            progress.step()

    def _write(self, reports: Iterator[Report], out: TextIO) -> None:
        for text in FORMATS[self.format](reports, Look.of(out, explain=self.explain)):
            out.write(text)
            out.flush()


def _keep_reports(found: Iterator[Report | CasusError], issues: Issues) -> Iterator[Report]:
    warned = False
    for item in found:
        if isinstance(item, CasusError):
            issues.add(item)
            continue
        if item.published is None and not warned:
            issues.say(f"{item.title or item.id!r} {NO_DATE}")
            warned = True
        yield item


def open_file(path: Path, mode: str, option: str) -> TextIO:
    """Return a text file, opened; what goes wrong is a wrong `option`."""
    try:
        return path.open(mode, encoding="utf-8", newline="")  # type: ignore[return-value]  # a mode of text
    except OSError as error:
        raise typer.BadParameter(f"{path}: {error.strerror}", param_hint=option) from error


def _silence(out: TextIO) -> None:
    """Nobody reads any more: let what is left in the buffer go nowhere, also at the end of the process."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


def _show_timings(spent: Counter[str], issues: Issues) -> None:
    for name, seconds in spent.items():
        issues.say(f"{name:<16} {seconds:7.2f} s")
    issues.say(f"{'together':<16} {sum(spent.values()):7.2f} s")
