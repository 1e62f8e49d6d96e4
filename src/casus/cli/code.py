"""`casus code REPORT…`: reads reports, codes them, prints what they say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from casus.config import Settings

Format = Literal["table", "json", "csv"]
Folders = Annotated[
    list[Path] | None,
    typer.Option(
        "--lexicon",
        "-l",
        metavar="DIR",
        exists=True,
        file_okay=False,
        help="Folder with lexicon entries of your own, read after the shipped ones; may be given several times.",
    ),
]
Bases = Annotated[
    list[Path] | None,
    typer.Option(
        "--kb",
        metavar="DIR",
        exists=True,
        file_okay=False,
        help="Folder with tables of who is who of your own (casus kb check), read before the shipped ones.",
    ),
]


def code(  # noqa: PLR0913, PLR0917  typer takes options as arguments
    reports: Annotated[
        list[str],
        typer.Argument(
            metavar="REPORT", help="Text, HTML, JSON or JSON Lines files, folders of them, or - for standard input."
        ),
    ],
    published: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help="ISO date of the reports that carry none, in themselves or in their file's name."
        ),
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Title of the reports that carry none.")] = None,
    format_: Annotated[
        Format,
        typer.Option(
            "--format", "-f", metavar="FORMAT", help="table to read, json: one report a line, csv: one event a row."
        ),
    ] = "table",
    explain: Annotated[
        bool, typer.Option("--explain", help="Under each event, which entry and which words gave it.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write there, not to standard output.")
    ] = None,
    issues: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Append what was skipped, and why, as JSON Lines.")
    ] = None,
    reader: Annotated[
        str | None, typer.Option(metavar="NAME", help="casus for our reader, else a spaCy pipeline.")
    ] = None,
    lexicon: Folders = None,
    kb: Bases = None,
    max_bytes: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Size above which a report is refused; 1000000 unless set.")
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", metavar="N", min=1, help="Processes, each of one thread.")] = 1,
    timings: Annotated[bool, typer.Option("--timings", help="Say at the end where the time went.")] = False,
) -> None:
    """Code news reports: who did what to whom, when, where, with what toll, who says so, in answer to what.

    Exit status: 0 all well, 1 something was skipped, 2 wrong usage, 130 interrupted.
    """
    if explain and format_ != "table":
        raise typer.BadParameter("goes with --format table; JSON has it in `evidence`", param_hint="--explain")
    from casus.cli.runs import Run
    from casus.ingest import Terms

    settings = read_given(reader=reader, lexicons=lexicon, max_bytes=max_bytes, jobs=jobs)
    settings = replace(settings, bases=(*(kb or ()), *settings.bases))
    day = read_day(published)
    run = Run(
        settings=settings,
        terms=Terms(published=day, title=title, max_bytes=settings.max_bytes, languages=settings.languages),
        format=format_,
        explain=explain,
        out=out,
        issues=issues,
        jobs=jobs,
        timings=timings,
    )
    raise typer.Exit(run.execute(reports))


def read_day(published: str | None) -> str | None:
    """Return the date of `--published`, checked."""
    from casus.ingest.reports import DATES, parse_published

    day = parse_published(published) if published is not None else None
    if published is not None and day is None:
        raise typer.BadParameter(f"found {published!r}, allowed {DATES}", param_hint="--published")
    return day


def read_given(
    *, reader: str | None = None, lexicons: list[Path] | None = None, max_bytes: int | None = None, jobs: int = 1
) -> Settings:
    """Return the user's settings with what the command line says; its lexicons come after those of the settings."""
    from casus.config import read_settings
    from casus.errors import ConfigError

    try:
        settings = read_settings()
    except ConfigError as error:
        raise typer.BadParameter(str(error), param_hint="settings") from error
    return replace(
        settings,
        reader=reader or settings.reader,
        lexicons=(*settings.lexicons, *(lexicons or ())),
        max_bytes=max_bytes or settings.max_bytes,
        threads=settings.threads if jobs == 1 else 1,
    )
