"""JSON Lines: a report a line, with the keys of our record, as `casus code --format json` prints it; and back again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from casus.errors import InputError, RecordError
from casus.export.forms import Column, Format
from casus.export.slots import EVENT_SLOTS, INCIDENT_SLOTS
from casus.export.sources import Source
from casus.records import Report

NOT_KEPT = frozenset({"judged", "origin", "versions", "toll_reports"})
COLUMNS = (
    Column("id", "string", "of the report: hash of its address, or of its text"),
    Column("url", "string", "its address"),
    Column("publisher", "string", "who published it"),
    Column("title", "string", "its title"),
    Column("published", "string", "ISO day, or datetime with zone"),
    Column("text", "string", "what all offsets point into, in Unicode characters: title, blank line, body"),
    Column("events", "list", "its events as judged, those that people rejected left out"),
    Column("incidents", "list", "the happenings that those events describe, as first coded"),
    Column("links", "list", "which incident answers which"),
)


def _write(source: Source, file: BinaryIO) -> None:
    for report in source.reports():
        file.write((json.dumps(report.to_json(), ensure_ascii=False) + "\n").encode())
        source.losses.written += 1


def read_reports(path: str | Path) -> Iterator[Report]:
    """Yield the reports of a JSON Lines export: `store.add_all(read_reports(path))` puts them into a store.

    Args:
        path: Of the file; also what `casus code --format json` printed.

    Raises:
        InputError: A line is no report; it says which line, and what of it.
    """
    with Path(path).open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield _read_report(path, number, line)


def _read_report(path: str | Path, number: int, line: str) -> Report:
    try:
        return Report.from_json(json.loads(line))
    except json.JSONDecodeError as error:
        raise InputError(str(path), number, "JSON", line[:40], "a report as JSON on one line") from error
    except RecordError as error:
        raise InputError(str(path), number, error.field, error.found, error.allowed) from error


FORMAT = Format(
    name="jsonl",
    title="JSON Lines",
    about="A report a line with its text, its events as judged, its incidents and links: our record in full.",
    unit="reports",
    suffix=".jsonl",
    media="application/x-ndjson",
    columns=COLUMNS,
    keeps=(frozenset(EVENT_SLOTS) | frozenset(INCIDENT_SLOTS) | {"links", "texts"}) - NOT_KEPT,
    write=_write,
    done_only=False,
    notes=(
        "`casus.export.read_reports(path)` reads it back; `store.add_all` puts it into a store, where reports and "
        "events are as before. Incidents that several reports tell of together are one for each report then.",
    ),
)
