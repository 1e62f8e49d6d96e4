"""The formats of `casus code`: each turns a stream of reports into a stream of texts, one or more a report."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self, TextIO

from casus.cli.rows import COLUMNS, event_row
from casus.records import Report

PIPED_WIDTH = 120  # characters
NARROWEST = 60


@dataclass(frozen=True, slots=True)
class Look:
    """How things are shown: on how many characters a line, in colour or not, with or without evidence."""

    width: int = PIPED_WIDTH
    colour: bool = False
    explain: bool = False

    @classmethod
    def of(cls, out: TextIO, *, explain: bool) -> Self:
        """Return what suits a stream: a terminal's own width and colours, else neither."""
        if not out.isatty():
            return cls(explain=explain)
        width = shutil.get_terminal_size((PIPED_WIDTH, 0)).columns
        return cls(max(width, NARROWEST), "NO_COLOR" not in os.environ, explain)


Format = Callable[[Iterator[Report], Look], Iterator[str]]


def format_json(reports: Iterator[Report], _look: Look) -> Iterator[str]:
    """Yield one JSON object a line, with the keys of record.md."""
    for report in reports:
        yield json.dumps(report.to_json(), ensure_ascii=False) + "\n"


def format_csv(reports: Iterator[Report], _look: Look) -> Iterator[str]:
    """Yield a header and one row an event."""
    yield _csv_lines([COLUMNS])
    for report in reports:
        yield _csv_lines([event_row(report, event) for event in report.events])


def _csv_lines(rows: list[tuple[str, ...]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def format_table(reports: Iterator[Report], look: Look) -> Iterator[str]:
    """Yield for each report a table of its events and the chain of its incidents."""
    from casus.cli.tables import draw_report

    for report in reports:
        yield draw_report(report, look)


FORMATS: Mapping[str, Format] = {"table": format_table, "json": format_json, "csv": format_csv}
