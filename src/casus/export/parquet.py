"""Parquet: the columns of the CSV export, typed, in one file; needs pyarrow, from the extra `analysis`."""

from __future__ import annotations

from itertools import islice
from typing import Any, BinaryIO

from casus.export.flat_columns import FLAT, FLAT_KEEPS
from casus.export.forms import Column, Format
from casus.export.sources import PAGE, Source
from casus.store.query.arrow import import_extra
from casus.store.query.flat import flatten_event


def _write(source: Source, file: BinaryIO) -> None:
    parquet = import_extra("pyarrow.parquet")
    pyarrow = import_extra("pyarrow")
    schema = pyarrow.schema([_field(pyarrow, column) for column in FLAT])
    rows = (flatten_event(statement.stored) for statement in source.statements())
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        while part := list(islice(rows, 5 * PAGE)):
            writer.write_table(pyarrow.Table.from_pylist(part, schema=schema))
            source.losses.written += len(part)


def _field(pyarrow: Any, column: Column) -> Any:
    kinds = {
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
        "list": pyarrow.list_(pyarrow.string()),
    }
    kind = kinds.get(column.kind, pyarrow.string())
    return pyarrow.field(column.name, kind, metadata={"description": column.told})


FORMAT = Format(
    name="parquet",
    title="Parquet",
    about="An event a row in our own columns, typed and compressed; the columns carry their descriptions.",
    unit="events",
    suffix=".parquet",
    media="application/vnd.apache.parquet",
    columns=FLAT,
    keeps=FLAT_KEEPS,
    write=_write,
    done_only=False,
    extra="analysis",
    notes=("Days are ISO strings, as in every export. All tables of a store: `casus query --parquet FOLDER`.",),
)
