"""`casus kb check|show|import`: the tables of the knowledge base, the shipped ones and one's own."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from casus.resolve.imports import Imported
    from casus.resolve.tables import Found, Known

FAILED, CANNOT_START = 1, 2
FEW = 5
"""Names that are offered where one is not known."""

kb = typer.Typer(help="Look up, check and import the tables of who is who.", no_args_is_help=True)
imports = typer.Typer(help="Make tables from other people's lists.", no_args_is_help=True)
kb.add_typer(imports, name="import")

Source = Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="The list.")]
Out = Annotated[
    Path,
    typer.Option("--out", "-o", metavar="FOLDER", file_okay=False, help="Folder of the tables; rows there stay."),
]
Tables = Annotated[
    list[Path] | None,
    typer.Option(
        "--tables",
        "-t",
        metavar="DIR",
        exists=True,
        file_okay=False,
        help="Folder with tables of your own, looked up after the shipped ones; may be given several times.",
    ),
]


@kb.command()
def check(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER", exists=True, file_okay=False, help="Tables of your own; else the shipped ones."
        ),
    ] = None,
) -> None:
    """Check tables: columns, order, unique ids, known codes, and examples that say the name.

    Exit status: 0 no fault; 1 some, each one line with file, line, field, what stands there and what may; 2 wrong
    usage.
    """
    from casus.resolve.tables import check_folder

    faults = check_folder(folder)
    for fault in faults:
        typer.echo(str(fault))
    if faults:
        raise typer.Exit(FAILED)


@kb.command()
def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, alias, noun, country, code or id, in any case.")],
    tables: Tables = None,
) -> None:
    """Show what the knowledge base knows of a name: who, of what country and sectors, when, and by what source.

    Exit status: 0 found, 1 not found, 2 wrong usage.
    """
    rows = _read_rows(tuple(tables or ()))
    wanted = name.casefold()
    found = [row for row in rows if wanted in map(str.casefold, row.forms)]
    for row in found:
        typer.echo("\n".join(_describe(row)))
    if not found:
        typer.echo(f"casus: no entry for {name!r}{_offer(wanted, rows)}", err=True)
        raise typer.Exit(FAILED)


def _read_rows(folders: tuple[Path, ...]) -> tuple[Found, ...]:
    from casus.errors import KnowledgeBaseError
    from casus.resolve.tables import read_rows

    try:
        return read_rows(folders)
    except KnowledgeBaseError as error:
        typer.echo(f"casus: {error}", err=True)
        raise typer.Exit(CANNOT_START) from error


def _describe(found: Found) -> Iterator[str]:
    row = found.row
    first, *_ = row.values()
    years = f"{row.get('from', '')}..{row.get('to', '')}".strip(".")
    codes = " ".join(filter(None, (row.get("kind"), row.get("country"), row.get("sectors", "").replace("|", " "))))
    named = f"{row['name']} ({first})" if "name" in row else first
    yield "  ".join(filter(None, (named, codes, years)))
    for column in ("aliases", "plural", "adjectives", "demonyms", "capital", "seats"):
        if row.get(column):
            yield f"    {column}: {row[column].replace('|', ', ')}"
    yield from (f"    {row[column]}" for column in ("example", "source") if row.get(column))
    yield f"    {found.file}: line {found.line}"


def _offer(wanted: str, rows: Iterable[Found]) -> str:
    forms = {form.casefold(): form for row in rows for form in row.forms}
    close = get_close_matches(wanted, forms, FEW)
    return f"; near it: {', '.join(forms[form] for form in close)}" if close else ""


@imports.command()
def petrarch(file: Source, out: Out) -> None:
    """Import an actor or agent dictionary of PETRARCH, with CAMEO codes.

    Names in capitals are spelt as newspapers do, dates become years of activity, codes countries and PLOVER sectors.
    Exit status: 0 all taken over, 1 something was left out, 2 wrong usage.
    """
    from casus.resolve.imports import import_petrarch

    _finish(import_petrarch(_read(file).splitlines(), file.name, _known()), out)


@imports.command("csv")
def csv_file(
    file: Source,
    out: Out,
    table: Annotated[
        str, typer.Option(metavar="TABLE", help="groups, organisations, organs, parties, peoples or persons-…")
    ] = "organisations",
) -> None:
    """Import a CSV file whose header names columns of ours: `name` or `noun`, and any others.

    Exit status: 0 all taken over, 1 something was left out, 2 wrong usage.
    """
    from casus.resolve.base import NAME_COLUMNS, columns_of
    from casus.resolve.imports import import_csv

    if columns_of(table) != NAME_COLUMNS:
        allowed = "groups, organisations, organs, parties, peoples, persons-…"
        raise typer.BadParameter(f"found {table!r}, allowed {allowed}", param_hint="--table")
    rows = csv.DictReader(_read(file).splitlines())
    if not {"name", "noun"} & set(rows.fieldnames or ()):
        raise typer.BadParameter(f"{file}: found no column name or noun", param_hint="FILE")
    _finish(import_csv(rows, file.name, _known(), table=table), out)


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{file}: {error}", param_hint="FILE") from error


def _known() -> Known:
    from casus.resolve.tables import know_shipped

    return know_shipped()


def _finish(done: Imported, out: Path) -> None:
    """Write the tables, and tell what was left out."""
    for issue in done.issues:
        typer.echo(f"casus: {issue}", err=True)
    if done.left_out:
        parts = ", ".join(f"{part} ({number})" for part, number in done.left_out.most_common())
        typer.echo(f"casus: parts of codes that PLOVER has not: {parts}", err=True)
    for name, rows in done.rows.items():
        if rows:
            typer.echo(f"{out / name}: {len(rows)} rows imported, {_write(out / name, rows)} in all")
    if done.issues or done.left_out:
        raise typer.Exit(FAILED)


def _write(path: Path, rows: dict[str, dict[str, str]]) -> int:
    """Write rows beside those that are there, in order, and return how many there are now."""
    from casus.errors import KnowledgeBaseError
    from casus.resolve.base import columns_of, read_table

    columns = columns_of(path.stem) or ()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        merged = {row[columns[0]]: row for row in read_table(path, columns)} | rows
        lines = ("\t".join(merged[key][column] for column in columns) for key in sorted(merged))
        path.write_text("\n".join(["\t".join(columns), *lines]) + "\n", "utf-8")
    except (OSError, KnowledgeBaseError) as error:
        typer.echo(f"casus: {error}", err=True)
        raise typer.Exit(CANNOT_START) from error
    return len(merged)
