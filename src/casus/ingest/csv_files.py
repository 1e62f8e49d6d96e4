"""Tables with a header row: one report a row; which column holds what is told, or clear from the columns' names.

Rows are read one at a time. Commas, semicolons, tabs and bars separate; quoted fields may run over lines.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from io import BufferedReader

from casus.errors import InputError
from casus.ingest.charsets import decode_text
from casus.ingest.items import Found
from casus.ingest.lines import bounded_lines
from casus.ingest.reports import FIELDS, Spot, Terms, make_report, too_large

SEPARATORS = ",;\t|"
# Names that columns go by in exports of news archives; a column named like the field itself comes first.
USUAL: Mapping[str, tuple[str, ...]] = {
    "id": ("report_id", "article_id", "doc_id", "document_id", "guid"),
    "url": ("link", "address", "source_url", "article_url"),
    "publisher": ("source", "outlet", "newspaper", "source_name", "agency"),
    "published": ("date", "publication_date", "published_at", "publish_date", "pubdate", "datetime"),
    "title": ("headline", "heading"),
    "text": (),
    "body": ("content", "article", "full_text", "article_text"),
}


def read_csv(stream: BufferedReader, file: str, terms: Terms) -> Iterator[Found]:
    """Yield the reports of a table; a bad row costs that row alone.

    Args:
        stream: The file.
        file: Its name.
        terms: What is taken; `max_bytes` holds for each line and each field, `columns` says which column is what.

    Raises:
        InputError: It is empty, or a column is not there.
    """
    lines = Lines(stream, file, terms.max_bytes)
    header, separator = _read_header(lines, file)
    columns = find_columns(header, terms.columns, Spot(file, lines.number))
    csv.field_size_limit(terms.max_bytes)
    rows = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        spot = Spot(file, lines.number + 1)
        try:
            row = next(rows)
            if row:
                yield make_report(_read_row(row, header, columns, spot), spot, terms)
        except StopIteration:
            return
        except csv.Error as error:
            yield spot.error("row", str(error), "a row of a table")
        except InputError as error:
            yield error


class Lines:
    """The lines of a file as text; a bad one raises and the next can still be asked for.

    Args:
        stream: The file.
        file: Its name.
        max_bytes: Length above which a line is refused.

    Attributes:
        number: Of the last line given, counted from one.
    """

    def __init__(self, stream: BufferedReader, file: str, max_bytes: int) -> None:
        self._lines, self._file, self._max_bytes = bounded_lines(stream, max_bytes), file, max_bytes
        self.number = 0

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        spot = Spot(self._file, self.number)
        if len(line.rstrip(b"\r\n")) > self._max_bytes:
            raise too_large(spot, f"a line of more than {self._max_bytes} bytes", self._max_bytes)
        return decode_text(line, spot)


def _read_header(lines: Lines, file: str) -> tuple[list[str], str]:
    """Return the names of the columns and what separates them."""
    first = next((line for line in lines if line.strip()), None)
    if first is None:
        raise Spot(file).error("file", "", "a table: the file is empty")
    separator = max(SEPARATORS, key=first.count)
    try:
        return [name.strip() for name in next(csv.reader([first], delimiter=separator))], separator
    except csv.Error as error:
        raise Spot(file, lines.number).error("header", first, "the names of the columns") from error


def find_columns(header: list[str], told: Mapping[str, str], spot: Spot) -> dict[str, int]:
    """Return which column, counted from zero, holds which field of a report.

    >>> find_columns(["Date", "Story"], {"text": "story"}, Spot("a.csv"))
    {'text': 1, 'published': 0}

    Raises:
        InputError: A field or column that was told does not exist, or no column holds the text.
    """
    names = [name.lower() for name in header]
    columns: dict[str, int] = {}
    for field, name in told.items():
        if field not in FIELDS:
            raise spot.error("columns", field, f"the fields {' '.join(FIELDS)}")
        if name.lower() not in names:
            raise spot.error(f"column of {field}", name, f"one of {', '.join(header)}")
        columns[field] = names.index(name.lower())
    taken = set(columns.values())
    for field in FIELDS:
        usual = (name for name in (field, *USUAL.get(field, ())) if field not in columns and name in names)
        found = next(usual, None)
        if found is not None and names.index(found) not in taken:
            columns[field] = names.index(found)
    if not columns.keys() & {"text", "body"}:
        raise spot.error("header", ", ".join(header), "a column text or body (or say which: --columns text=NAME)")
    return columns


def _read_row(row: list[str], header: list[str], columns: Mapping[str, int], spot: Spot) -> dict[str, str]:
    if len(row) != len(header):
        raise spot.error("row", f"{len(row)} fields", f"{len(header)} fields, as the header has")
    return {field: row[place] for field, place in columns.items() if row[place].strip()}
