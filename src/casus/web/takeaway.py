"""What was found as files: CSV and JSON Lines written a page at a time, the formats of `casus.export` packed."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from casus.export import FORMATS, write
from casus.store.house import Store
from casus.store.query.filters import Filters
from casus.store.query.flat import flatten_event, flatten_incident
from casus.stored import Hit, IncidentVersion, StoredEvent

Item = StoredEvent | IncidentVersion | Hit
Pages = Iterable[Sequence[Item]]
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula; words of a report must not be run as one."""


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file: how it is written, and by what names it is known."""

    words: str
    suffix: str
    media_type: str
    write: Callable[[Pages], Iterator[str]]


def write_csv(pages: Pages) -> Iterator[str]:
    """Yield a header and a line an item; lists are joined by `; `."""
    begun = False
    for page in pages:
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\r\n")
        for item in page:
            row = _flatten(item)
            if not begun:
                writer.writerow(row)
                begun = True
            writer.writerow([_cell(value) for value in row.values()])
        yield buffer.getvalue()


def write_json(pages: Pages) -> Iterator[str]:
    """Yield one JSON object a line, each the whole record."""
    for page in pages:
        yield "".join(json.dumps(item.to_json(), ensure_ascii=False) + "\n" for item in page)


def _flatten(item: Item) -> Mapping[str, Any]:
    if isinstance(item, StoredEvent):
        return flatten_event(item)
    return flatten_incident(item) if isinstance(item, IncidentVersion) else item.to_json()


def _cell(value: Any) -> str:
    """Return a value in a cell; words that a spreadsheet would run get an apostrophe before them.

    >>> _cell(["a", None]), _cell("=1+1"), _cell(-2)
    ('a; ', "'=1+1", '-2')
    """
    if isinstance(value, list):
        return _guard("; ".join("" if item is None else str(item) for item in value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return _guard(value)
    return "" if value is None else str(value)


def _guard(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


FORMS: Mapping[str, Form] = {
    "csv": Form("CSV", "csv", "text/csv; charset=utf-8", write_csv),
    "json": Form("JSON Lines", "jsonl", "application/x-ndjson", write_json),
}
PACKED: Mapping[str, str] = {name: form.title for name, form in FORMATS.items()}
"""The formats of `casus.export`, which come with a data dictionary and a loss report, and what they are called."""


def pack(store: Store, name: str, filters: Filters, folder: Path) -> Path:
    """Write an export with the files that belong to it into one ZIP file.

    Args:
        store: What is exported.
        name: One of `PACKED`.
        filters: What events or incidents must have.
        folder: Where the file is made.

    Raises:
        CasusError: An extra of Casus is missing.
    """
    packed = folder / f"casus-{name}.zip"
    with TemporaryDirectory(dir=folder) as beside:
        write(store, name, Path(beside) / f"casus-{FORMATS[name].unit}{FORMATS[name].suffix}", filters=filters)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(Path(beside).iterdir()):
                archive.write(file, file.name)
    return packed
