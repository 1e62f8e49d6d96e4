"""Rows of a table as CSV or tab-separated text, UTF-8, a header first; what is in the cells its columns say."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO, TextIO

from casus.export.forms import Column

LINE_END = "\r\n"
"""Of CSV: as RFC 4180 has it, and so that the writer puts a cell with either of them in quotes."""


@contextmanager
def as_text(file: BinaryIO) -> Iterator[TextIO]:
    """Give a binary file as text in UTF-8 with line ends as they come; the file stays open."""
    text = io.TextIOWrapper(file, "utf-8", newline="", write_through=False)
    try:
        yield text
        text.flush()
    finally:
        text.detach()


def write_csv(file: BinaryIO, columns: Sequence[Column], items: Iterable[Any], *, tags: bool = False) -> int:
    """Write a header and a row an item, as RFC 4180 has it; return how many rows.

    Args:
        file: Where.
        columns: Of the table.
        items: What the columns are given from.
        tags: A row of HXL hashtags follows the header.
    """
    with as_text(file) as text:
        writer = csv.writer(text, lineterminator=LINE_END)
        writer.writerow([column.name for column in columns])
        if tags:
            writer.writerow([column.tag for column in columns])
        rows = 0
        for item in items:
            writer.writerow([make_cell(column.give(item)) for column in columns])
            rows += 1
        return rows


def write_tabs(file: BinaryIO, columns: Sequence[Column], items: Iterable[Any]) -> int:
    """Write a header and a row an item, cells parted by tabs and never quoted; return how many rows.

    White space within a cell becomes one space, so that a tab or line end of a text breaks no row.
    """
    with as_text(file) as text:
        text.write("\t".join(column.name for column in columns) + "\n")
        rows = 0
        for item in items:
            cells = (" ".join(make_cell(column.give(item)).split()) for column in columns)
            text.write("\t".join(cells) + "\n")
            rows += 1
        return rows


def make_cell(value: Any) -> str:
    """Return a value as the text of a cell: nothing for None, lists as JSON, numbers without a needless `.0`.

    >>> make_cell(None), make_cell(True), make_cell(2.0), make_cell(-9.5), make_cell(["a", None]), make_cell("é")
    ('', 'true', '2', '-9.5', '["a", null]', 'é')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
