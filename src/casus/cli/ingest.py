"""`casus ingest SOURCE…`: takes files, folders, addresses and feeds into the store, coded; goes on where it stopped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from casus.cli.code import Bases, Folders, read_day, read_given
from casus.cli.stores import Url
from casus.errors import CasusError, ConfigError

if TYPE_CHECKING:
    from casus.cli.desks import Orders
    from casus.ingest.fetch import Manners
    from casus.ingest.sources import Source

Kind = Literal["csv", "current-events", "feed", "json", "page", "text", "warc"]

SourceFile = Annotated[
    Path | None,
    typer.Option("--sources", metavar="FILE", help="TOML file that lists sources; SOURCE then names some of them."),
]
IssueFile = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Append what was skipped, and why, as JSON Lines.")
]
Private = Annotated[bool, typer.Option("--allow-private", help="Fetch from addresses of your own network, too.")]
Pause = Annotated[
    float | None, typer.Option(metavar="SECONDS", min=0.0, help="Between two requests to one host; 1 unless set.")
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", metavar="N", min=1, help="Processes, each of one thread.")]


def ingest(  # noqa: PLR0913, PLR0917  typer takes options as arguments
    given: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE",
            help="Text, HTML, JSON, CSV, WARC files (also .gz), folders of them, - for standard input, addresses of "
            "pages, feeds and files.",
        ),
    ] = None,
    sources: SourceFile = None,
    store: Url = "casus.db",
    kind: Annotated[
        Kind | None, typer.Option(metavar="KIND", help="What the sources are, where they do not tell themselves.")
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(metavar="FIELD=COLUMN,…", help="Which column of a table is what: text=body,published=date."),
    ] = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="ISO date of the reports that carry none.")
    ] = None,
    publisher: Annotated[
        str | None, typer.Option(metavar="NAME", help="Publisher of the reports that name none.")
    ] = None,
    issues: IssueFile = None,
    reader: Annotated[
        str | None, typer.Option(metavar="NAME", help="casus for our reader, else a spaCy pipeline.")
    ] = None,
    lexicon: Folders = None,
    kb: Bases = None,
    max_bytes: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Size above which a report is refused; 1000000 unless set.")
    ] = None,
    jobs: Jobs = 1,
    pause: Pause = None,
    allow_private: Private = False,
) -> None:
    """Take reports into the store: coded, linked to what is known, each one once.

    The same command again goes on where the last one stopped, and asks servers only for what is new.

    Exit status: 0 all well, 1 something was skipped, 2 wrong usage or a store that cannot be written, 130 interrupted.
    """
    from casus.cli.desks import Orders, read_columns
    from casus.ingest import Terms

    settings = read_given(reader=reader, lexicons=lexicon, max_bytes=max_bytes, jobs=jobs)
    settings = replace(settings, bases=(*(kb or ()), *settings.bases))
    terms = Terms(
        published=read_day(published),
        publisher=publisher,
        max_bytes=settings.max_bytes,
        languages=settings.languages,
        columns=read_columns(columns),
    )
    chosen = find_sources(given or [], sources, kind)
    manners = read_manners(pause, allow_private=allow_private)
    orders = Orders(
        settings=settings, terms=terms, manners=manners, store=store, command="ingest", issues=issues, jobs=jobs
    )
    raise typer.Exit(take_once(orders, chosen))


def take_once(orders: Orders, sources: Sequence[Source]) -> int:
    """Take sources in once, say what came of it, and return the exit status."""
    from casus.cli.desks import open_desk, stopping
    from casus.cli.issues import Issues
    from casus.cli.runs import ALL_WELL, CANNOT_START, INTERRUPTED, SKIPPED

    try:
        with stopping(), open_desk(orders) as desk:
            try:
                tally = desk.take(sources)
            except KeyboardInterrupt:
                desk.issues.say(f"interrupted; {desk.tally}; the same command goes on from here")
                return INTERRUPTED
            desk.issues.say(str(tally))
            return SKIPPED if tally.skipped else ALL_WELL
    except CasusError as error:
        Issues().say(str(error))
        return CANNOT_START


def find_sources(names: Sequence[str], file: Path | None, kind: Kind | None = None) -> tuple[Source, ...]:
    """Return the sources that are asked for: those named of a file, all of it, or files and addresses themselves."""
    from casus.ingest.sources import choose_sources, name_source, read_sources

    try:
        if file is not None:
            listed = read_sources(file)
            return choose_sources(listed, names) if names else listed
        if not names:
            raise typer.BadParameter("a file, a folder, an address, or --sources FILE", param_hint="SOURCE")
        return tuple(name_source(name, kind=kind) for name in names)
    except ConfigError as error:
        raise typer.BadParameter(str(error), param_hint="--sources") from error


def read_manners(pause: float | None, *, allow_private: bool) -> Manners:
    """Return how to behave on the network."""
    from casus.ingest.fetch import Manners

    manners = Manners(allow_private=allow_private)
    return manners if pause is None else replace(manners, pause=pause)
