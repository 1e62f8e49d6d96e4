"""CSV: an event a row in our own columns, with a Frictionless data package beside it that says what each column is."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from casus.errors import CasusError
from casus.export.flat_columns import FLAT, FLAT_KEEPS
from casus.export.forms import Column, Format, Kind
from casus.export.sources import Source
from casus.export.tables import LINE_END, as_text, make_cell
from casus.store.query.flat import flatten_event

DESCRIPTOR = "datapackage.json"
KINDS: Mapping[Kind, str] = {"list": "array"}
RANGES: Mapping[str, Mapping[str, Any]] = {
    "id": {"required": True, "unique": True},
    "score": {"minimum": -10, "maximum": 10},
    "confidence": {"minimum": 0, "maximum": 1},
    "place_lat": {"minimum": -90, "maximum": 90},
    "place_lon": {"minimum": -180, "maximum": 180},
    "modality": {"enum": ["actual", "future", "hypothetical", "negated"]},
}


def _write(source: Source, file: BinaryIO) -> None:
    import csv

    with as_text(file) as text:
        writer = csv.writer(text, lineterminator=LINE_END)
        writer.writerow([column.name for column in FLAT])
        for statement in source.statements():
            writer.writerow([make_cell(value) for value in flatten_event(statement.stored).values()])
            source.losses.written += 1


def _describe(path: Path, form: Format) -> dict[str, bytes]:
    """Return the descriptor that lies beside the file.

    Raises:
        CasusError: There is one already, of another file: it would be lost.
    """
    there = path.with_name(DESCRIPTOR)
    if there.exists() and path.name not in _described(there):
        raise CasusError(f"{there}: found the descriptor of other files, allowed none or that of {path.name}")
    name = re.sub(r"[^a-z0-9._-]+", "-", path.stem.lower()).strip("-.") or "events"
    package = {
        "profile": "tabular-data-package",
        "name": name,
        "title": "Events coded by Casus",
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": name,
                "path": path.name,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ",", "lineTerminator": LINE_END, "quoteChar": '"', "doubleQuote": True},
                "schema": {"fields": [_field(column) for column in form.columns], "primaryKey": ["id"]},
            }
        ],
    }
    return {DESCRIPTOR: (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()}


def _described(descriptor: Path) -> set[str]:
    """Return the files that a descriptor is of; none where it is no such thing."""
    try:
        return {str(item["path"]) for item in json.loads(descriptor.read_text("utf-8"))["resources"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _field(column: Column) -> dict[str, Any]:
    rules = RANGES.get(column.name)
    field = {"name": column.name, "type": KINDS.get(column.kind, column.kind), "description": column.told}
    return field | ({"constraints": rules} if rules else {})


FORMAT = Format(
    name="csv",
    title="CSV with a Frictionless data package",
    about="An event a row in our own columns; `datapackage.json` beside it describes them to programs.",
    unit="events",
    suffix=".csv",
    media="text/csv",
    columns=FLAT,
    keeps=FLAT_KEEPS,
    write=_write,
    done_only=False,
    beside=_describe,
    notes=(
        "Lists are JSON arrays in a cell. Cells hold the words of reports as they are: open it in a spreadsheet as "
        "text, so that words that begin with = are not taken for formulas.",
    ),
)
