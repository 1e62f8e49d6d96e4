"""What a run has to say besides its result: one line each on standard error, problems also in a file of JSON Lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any, TextIO

from casus.errors import CasusError
from casus.records import Report


class Issues:
    """Says and counts what was skipped.

    Args:
        file: Where problems are appended as JSON Lines, if anywhere.

    Attributes:
        count: Problems so far.
        clear: Called before a line is written, to clear a line of progress.
        keep: Called with each problem as a JSON object.
    """

    def __init__(self, file: TextIO | None = None) -> None:
        self.count = 0
        self.clear: Callable[[], None] = lambda: None
        self.keep: Callable[[dict[str, Any]], None] = lambda _: None
        self._file = file

    def say(self, message: str) -> None:
        """Write one line to standard error."""
        self.clear()
        sys.stderr.write(f"casus: {' '.join(message.split(chr(10)))}\n")
        sys.stderr.flush()

    def add(self, error: CasusError) -> None:
        """Say and count a problem that costs a report."""
        self.count += 1
        self.say(str(error))
        self.keep(describe(error))
        if self._file:
            self._file.write(json.dumps(describe(error), ensure_ascii=False) + "\n")
            self._file.flush()

    def add_report(self, report: Report, error: CasusError) -> None:
        """Say and count a problem with a report that could be read but not coded."""
        self.add(CasusError(f"{report.title or report.id!r}: {error}"))


def describe(error: CasusError) -> dict[str, Any]:
    """Return an error as a JSON object: its kind, its message and, as far as it has them, where and what.

    >>> describe(CasusError("odd"))
    {'kind': 'CasusError', 'message': 'odd'}
    """
    told = {
        name: getattr(error, name) for name in ("file", "line", "field", "found", "allowed") if hasattr(error, name)
    }
    if "found" in told and not isinstance(told["found"], (str, int, float, list, dict, type(None))):
        told["found"] = repr(told["found"])
    return {"kind": type(error).__name__, "message": str(error), **told}
