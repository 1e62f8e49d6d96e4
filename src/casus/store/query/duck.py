"""SQL over a folder of Parquet files with DuckDB: each file is a table of its name; needs `casus[analysis]`."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from casus.errors import CasusError
from casus.store.query.arrow import import_extra


class Answer(NamedTuple):
    """What a query gives: the names of its columns, and its rows."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def run_sql(sql: str, folder: Path) -> Answer:
    """Run SQL over the Parquet files of a folder.

    Args:
        sql: In DuckDB's dialect.
        folder: With files such as `write_parquet` makes; `events.parquet` is the table `events`.

    Raises:
        CasusError: DuckDB is not installed, the folder has no Parquet file, or the SQL is wrong.
    """
    duckdb = import_extra("duckdb")
    files = sorted(folder.glob("*.parquet"))
    if not files:
        raise CasusError(f"{folder}: found no Parquet file")
    settings = {"autoinstall_known_extensions": "false"}  # nothing is fetched
    with duckdb.connect(":memory:", config=settings) as connection:
        try:
            for file in files:
                path = str(file).replace("'", "''")
                connection.execute(f"CREATE VIEW \"{file.stem}\" AS SELECT * FROM read_parquet('{path}')")
            found = connection.execute(sql)
            return Answer(tuple(column[0] for column in found.description or ()), found.fetchall())
        except duckdb.Error as error:
            raise CasusError(f"SQL: {str(error).strip().split(chr(10))[0]}") from error
