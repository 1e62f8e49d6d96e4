"""`casus events`, `incidents`, `dyad`, `search` and `query`: what a store knows."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from casus.cli.lists import Format, Items
from casus.cli.stores import After, Limit, Oldest, Url, filtered, make_filters, opened

Form = Annotated[Format, typer.Option("--format", "-f", metavar="FORMAT", help="table to read, json: one a line, csv.")]
MORE, LONGER = "more: --after {0}", "there are more: --limit"
Side = Annotated[str, typer.Argument(metavar="PARTY", help="Country, country/sector, key or name.")]


@filtered
def events(  # noqa: PLR0913, PLR0917  typer takes options as arguments
    filters: Mapping[str, Any],
    store: Url = "casus.db",
    limit: Limit = 50,
    after: After = None,
    oldest: Oldest = False,
    format_: Form = "table",
) -> None:
    """List the events of a store, newest first, as people judged them.

    Exit status: 0 all well, 2 wrong usage or no such store.
    """
    chosen = make_filters(filters)
    with opened(store) as known:
        found = known.events(chosen, limit=limit + 1, after=after, oldest=oldest)
    _tell(found, limit, format_)


@filtered
def incidents(  # noqa: PLR0913, PLR0917  typer takes options as arguments
    filters: Mapping[str, Any],
    store: Url = "casus.db",
    limit: Limit = 50,
    after: After = None,
    oldest: Oldest = False,
    format_: Form = "table",
) -> None:
    """List the incidents of a store, newest first: happenings, each told of by one report or many.

    Type, mode, place, time and status are those of the incident; the other filters must hold for one of its events.

    Exit status: 0 all well, 2 wrong usage or no such store.
    """
    chosen = make_filters(filters)
    with opened(store) as known:
        found = known.incidents(chosen, limit=limit + 1, after=after, oldest=oldest)
    _tell(found, limit, format_)


@filtered
def dyad(  # noqa: PLR0913, PLR0917  typer takes options as arguments
    one: Side,
    other: Side,
    filters: Mapping[str, Any],
    store: Url = "casus.db",
    limit: Limit = 50,
    oldest: Oldest = False,
    format_: Form = "table",
) -> None:
    """List what two sides did to each other, newest first.

    Exit status: 0 all well, 2 wrong usage or no such store.
    """
    chosen = make_filters(filters)
    with opened(store) as known:
        found = known.dyad(one, other, chosen, limit=limit + 1, oldest=oldest)
    _tell(found, limit, format_, more=LONGER)


def search(
    words: Annotated[
        str, typer.Argument(metavar="WORDS", help='As in a web search: rockets "supreme leader" -film or missiles.')
    ],
    store: Url = "casus.db",
    limit: Limit = 20,
    format_: Form = "table",
) -> None:
    """Find reports by their words, in any of their forms, best first.

    Exit status: 0 all well, 2 wrong usage or no such store.
    """
    with opened(store) as known:
        found = known.search(words, limit=limit + 1)
    _tell(found, limit, format_, more=LONGER)


def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="In DuckDB's dialect.")],
    store: Url = "casus.db",
    parquet: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            file_okay=False,
            help="Parquet files to ask; made of the store where there are none. Else they are made and thrown away.",
        ),
    ] = None,
    format_: Form = "table",
) -> None:
    """Run SQL over events, incidents, links and reports with DuckDB; needs casus[analysis].

    Exit status: 0 all well, 2 wrong usage, no such store or wrong SQL.
    """
    with tempfile.TemporaryDirectory() as temporary:
        folder = parquet or Path(temporary)
        if not any(folder.glob("*.parquet")):
            _write_parquet(store, folder)
        _run(sql, folder, format_)


def _write_parquet(store: str, folder: Path) -> None:
    from casus.store.query import write_parquet

    with opened(store) as known:
        write_parquet(known, folder)


def _run(sql: str, folder: Path, form: Format) -> None:
    import json

    from rich.text import Text

    from casus.cli.lists import csv_lines, plain_table
    from casus.cli.outputs import Look
    from casus.cli.tables import draw
    from casus.errors import CasusError
    from casus.store.query import run_sql

    try:
        columns, rows = run_sql(sql, folder)
    except CasusError as error:
        typer.echo(f"casus: {error}", err=True)
        raise typer.Exit(2) from error
    records = [dict(zip(columns, row, strict=True)) for row in rows]
    if form == "json":
        sys.stdout.writelines(json.dumps(record, ensure_ascii=False, default=str) + "\n" for record in records)
    elif form == "csv":
        sys.stdout.writelines(csv_lines(records))
    else:
        table = plain_table(*columns)
        for row in rows:
            table.add_row(*(Text("" if value is None else str(value)) for value in row))
        sys.stdout.write(draw(table, Look.of(sys.stdout, explain=False)))


def _tell(found: Items, limit: int, form: Format, *, more: str = MORE) -> None:
    """Print up to `limit` of what was found, and tell on standard error if there is more or nothing."""
    from casus.cli.lists import format_items
    from casus.cli.outputs import Look

    shown = found[:limit]
    sys.stdout.writelines(format_items(shown, form, Look.of(sys.stdout, explain=False)))
    sys.stdout.flush()
    if not found:
        typer.echo("casus: nothing found", err=True)
    elif len(found) > limit:
        typer.echo(f"casus: {more.format(_name(shown[-1]))}", err=True)


def _name(item: Any) -> str:
    incident = getattr(item, "incident", None)
    return str(getattr(item, "id", None) or getattr(incident, "id", ""))
