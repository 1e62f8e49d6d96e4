"""`casus chain INCIDENT`: what an incident answered and what answered it, from the store or a file of coded reports."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from casus.errors import CasusError

if TYPE_CHECKING:
    from casus.chains import Links
    from casus.records import Report

CANNOT_START = 2


def chain(
    incident: Annotated[
        str, typer.Argument(metavar="INCIDENT", help="Its id, REPORT:i3; i3 alone where the file has one report.")
    ],
    coded: Annotated[
        Path | None,
        typer.Argument(
            metavar="CODED",
            exists=True,
            dir_okay=False,
            allow_dash=True,
            help="What `casus code --format json` printed, - for standard input; left out, the store is asked.",
        ),
    ] = None,
    store: Annotated[
        str,
        typer.Option("--store", "-s", metavar="URL", help="An SQLite file, or postgresql://USER@HOST/NAME."),
    ] = "casus.db",
    format_: Annotated[
        Literal["tree", "table", "json", "mermaid", "dot"],
        typer.Option("--format", "-f", metavar="FORMAT", help="tree, table, json, mermaid, or dot for Graphviz."),
    ] = "tree",
    depth: Annotated[int, typer.Option(metavar="N", min=0, help="Links away from it that are followed, each way.")] = 5,
) -> None:
    """Show the chain of an incident: what it answered, and what answered it.

    Reports of a file are matched with each other first, so that what many tell of one happening is one incident.
    Exit status: 0 all well, 2 no such incident or wrong usage.
    """
    from casus.chains import build_chain
    from casus.link.across.drawings import DRAWINGS

    try:
        source, id_ = _read_file(coded, incident) if coded else (_open_store(store), incident)
        drawn = DRAWINGS[format_](build_chain(id_, source, depth=depth))
    except (CasusError, OSError, ValueError) as error:
        typer.echo(f"casus: {error}", err=True)
        raise typer.Exit(CANNOT_START) from error
    typer.echo(drawn, nl=False)


def _read_file(path: Path, incident: str) -> tuple[Links, str]:
    """The reports of a file as an archive, and the id that the incident has there."""
    from casus.link.across import MemoryArchive, link_across

    archive = MemoryArchive()
    reports = list(_read_reports(path))
    for report in reports:
        archive.add(report)
        link_across(report, archive)
    only = f"{reports[0].id}:{incident}" if len(reports) == 1 else incident
    return archive, incident if incident in archive.versions else only


def _read_reports(path: Path) -> Iterator[Report]:
    from casus.records import Report

    text = sys.stdin.read() if str(path) == "-" else path.read_text("utf-8")
    yield from (Report.from_json(json.loads(line)) for line in text.splitlines() if line.strip())


def _open_store(url: str) -> Links:
    from casus.store import Store

    if "://" not in url and not Path(url).exists():
        raise CasusError(f"{url}: found no such store; give --store, or a file of coded reports")
    return Store(url)
