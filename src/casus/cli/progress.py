"""How far a run is, on standard error: a line that renews itself on a terminal, else a line every few seconds."""

from __future__ import annotations

import sys
from time import monotonic
from types import TracebackType
from typing import Self

from casus.cli.issues import Issues

EVERY_ON_TERMINAL = 0.2  # seconds
EVERY_ELSEWHERE = 5.0
CLEAR = "\r\x1b[K"


class Progress:
    """Counts reports, or whatever it is, and tells from the second one on.

    Args:
        issues: What else is said, so that lines do not mix.
        quiet: Say nothing: the results themselves go to the terminal.
        what: What is counted, in the plural.

    Attributes:
        done: Reports coded so far.
    """

    def __init__(self, issues: Issues, *, quiet: bool = False, what: str = "reports") -> None:
        self.done, self.issues, self._what = 0, issues, what
        self._live = sys.stderr.isatty()
        self._quiet = quiet
        self._begun = self._told = monotonic()
        self._shown = False

    def __enter__(self) -> Self:
        self.issues.clear = self._clear
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clear()

    def step(self, count: int = 1) -> None:
        """Count one report, or several at once."""
        self.done += count
        now = monotonic()
        wait = EVERY_ON_TERMINAL if self._live else EVERY_ELSEWHERE
        if self.done > 1 and not self._quiet and now - self._told >= wait:
            self._told = now
            self._tell(now - self._begun)

    def _tell(self, seconds: float) -> None:
        skipped = f", {self.issues.count} skipped" if self.issues.count else ""
        line = f"casus: {self.done} {self._what}{skipped}, {seconds:.0f} s, {self.done / seconds:.1f} a second"
        sys.stderr.write(f"{CLEAR}{line}" if self._live else f"{line}\n")
        sys.stderr.flush()
        self._shown = self._live

    def _clear(self) -> None:
        if self._shown:
            sys.stderr.write(CLEAR)
            self._shown = False
