"""`casus resolve who|when|where|count TEXT`: what the resolvers find in a text, and by which rule."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from casus.cli.code import read_day, read_given

if TYPE_CHECKING:
    from casus.cli.findings import Finding
    from casus.config import Settings

FAILED, CANNOT_START = 1, 2


def resolve(  # noqa: PLR0913, PLR0917  typer takes options as arguments
    what: Annotated[
        Literal["who", "when", "where", "count"], typer.Argument(metavar="WHAT", help="who, when, where or count.")
    ],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The text, or - for standard input.")],
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="ISO date by which “on Monday” is understood.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Also by which rule, and what else it might have been.")
    ] = False,
    format_: Annotated[
        Literal["table", "json"],
        typer.Option("--format", "-f", metavar="FORMAT", help="table to read, json: one finding a line."),
    ] = "table",
    reader: Annotated[
        str | None, typer.Option(metavar="NAME", help="casus for our reader, else a spaCy pipeline.")
    ] = None,
) -> None:
    """Show who, when, where or how many a text names, and what each was resolved to.

    Exit status: 0 found, 1 nothing found, 2 wrong usage.
    """
    words = sys.stdin.read() if text == "-" else text
    if not words.strip():
        raise typer.BadParameter("found nothing, allowed a text", param_hint="TEXT")
    found = _find(what, words, read_day(published), read_given(reader=reader))
    if not found:
        typer.echo(f"casus: found nothing that says {'how many' if what == 'count' else what}", err=True)
        raise typer.Exit(FAILED)
    _show(found, format_, explain=explain)


def _find(what: str, text: str, published: str | None, settings: Settings) -> list[Finding]:
    from casus.cli.findings import FINDERS
    from casus.errors import CasusError
    from casus.pipeline import Coder
    from casus.records import Report

    coder = Coder(settings)
    try:
        doc = coder.reader(text)
        facts = coder.find_facts(doc, Report(id="text", text=text, published=published))
    except CasusError as error:
        typer.echo(f"casus: {error}", err=True)
        raise typer.Exit(CANNOT_START) from error
    return FINDERS[what](doc, facts, coder.base)


def _show(found: list[Finding], format_: str, *, explain: bool) -> None:
    from casus.cli.findings import draw_findings
    from casus.cli.outputs import Look

    if format_ == "table":
        typer.echo(draw_findings(found, Look.of(sys.stdout, explain=explain)), nl=False)
        return
    for finding in found:
        typer.echo(json.dumps(finding.to_json(explain=explain), ensure_ascii=False))
