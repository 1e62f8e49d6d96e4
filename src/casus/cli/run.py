"""`casus run` and `casus watch-feeds`: take sources in again and again, each as often as it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casus.cli.alarms import RuleFile, read_book
from casus.cli.code import Bases, Folders, read_given
from casus.cli.ingest import IssueFile, Jobs, Pause, Private, find_sources, read_manners
from casus.cli.stores import Url
from casus.errors import CasusError

if TYPE_CHECKING:
    from casus.cli.desks import Orders
    from casus.ingest.sources import Source

Once = Annotated[bool, typer.Option("--once", help="Visit every source once, whether it is due or not, and end.")]


def run(  # noqa: PLR0913, PLR0917  typer takes options as arguments
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME", help="Sources of the file; all of them unless named.")
    ] = None,
    sources: Annotated[Path, typer.Option("--sources", metavar="FILE", help="TOML file that lists sources.")] = Path(
        "sources.toml"
    ),
    store: Url = "casus.db",
    once: Once = False,
    issues: IssueFile = None,
    reader: Annotated[
        str | None, typer.Option(metavar="NAME", help="casus for our reader, else a spaCy pipeline.")
    ] = None,
    lexicon: Folders = None,
    kb: Bases = None,
    jobs: Jobs = 1,
    pause: Pause = None,
    allow_private: Private = False,
    rules: RuleFile = None,
) -> None:
    """Take sources in as often as each says, one line a round, until Ctrl-C or SIGTERM.

    Exit status: 0 stopped, or all well; 1 something was skipped (--once); 2 wrong usage or a store that cannot be
    written.
    """
    from casus.cli.desks import Orders
    from casus.ingest import Terms

    settings = read_given(reader=reader, lexicons=lexicon, jobs=jobs)
    settings = replace(settings, bases=(*(kb or ()), *settings.bases))
    orders = Orders(
        settings=settings,
        terms=Terms(max_bytes=settings.max_bytes, languages=settings.languages),
        manners=read_manners(pause, allow_private=allow_private),
        store=store,
        command="run",
        issues=issues,
        jobs=jobs,
    )
    raise typer.Exit(keep_watch(orders, find_sources(names or [], sources), once=once, rules=rules))


def watch_feeds(  # noqa: PLR0913, PLR0917  typer takes options as arguments
    feeds: Annotated[list[str], typer.Argument(metavar="FEED", help="Addresses of RSS or Atom feeds.")],
    store: Url = "casus.db",
    every: Annotated[str, typer.Option(metavar="TIME", help="How often each is visited: 15m, 2h, 1d.")] = "15m",
    publisher: Annotated[
        str | None, typer.Option(metavar="NAME", help="Publisher of the reports; else what pages and feeds say.")
    ] = None,
    summaries: Annotated[
        bool, typer.Option("--summaries", help="Take what the feed itself tells; fetch no pages.")
    ] = False,
    once: Once = False,
    issues: IssueFile = None,
    jobs: Jobs = 1,
    pause: Pause = None,
    allow_private: Private = False,
    rules: RuleFile = None,
) -> None:
    """Take the reports of feeds in as they come, one line a round, until Ctrl-C or SIGTERM.

    Exit status: as of casus run.
    """
    from casus.cli.desks import Orders
    from casus.ingest import Terms

    settings = read_given(jobs=jobs)
    orders = Orders(
        settings=settings,
        terms=Terms(max_bytes=settings.max_bytes, languages=settings.languages),
        manners=read_manners(pause, allow_private=allow_private),
        store=store,
        command="watch-feeds",
        issues=issues,
        jobs=jobs,
    )
    given = {"kind": "feed", "every": read_every(every), "publisher": publisher, "follow": not summaries}
    raise typer.Exit(keep_watch(orders, [_name_feed(feed, given) for feed in feeds], once=once, rules=rules))


def read_every(told: str) -> float:
    """Return the seconds of `--every`."""
    from casus.ingest.sources import parse_every

    try:
        return parse_every(told)
    except ValueError as error:
        raise typer.BadParameter(f"found {told!r}, allowed {error}", param_hint="--every") from error


def _name_feed(feed: str, given: dict[str, object]) -> Source:
    from casus.ingest.sources import ADDRESS, name_source

    if not ADDRESS.match(feed):
        raise typer.BadParameter(f"found {feed!r}, allowed http://… or https://…", param_hint="FEED")
    return name_source(feed, **given)


def keep_watch(orders: Orders, sources: Sequence[Source], *, once: bool, rules: Path | None = None) -> int:
    """Take sources in, once or until stopped, raise alerts by the rules, and return the exit status."""
    from casus.cli.alarms import Alarms
    from casus.cli.desks import open_desk, stopping
    from casus.cli.issues import Issues
    from casus.cli.rounds import Watch
    from casus.cli.runs import ALL_WELL, CANNOT_START, SKIPPED

    book = read_book(rules) if rules else None
    try:
        with stopping(), open_desk(orders) as desk:
            alarms = Alarms(store=desk.store, book=book, say=desk.issues.say) if book else None
            watch = Watch(desk=desk, sources=sources, alarms=alarms)
            try:
                if not once:
                    watch.go_on()
                watch.visit(sources)
            except KeyboardInterrupt:
                desk.issues.say(f"stopped; {desk.tally}")
                return ALL_WELL
            return SKIPPED if desk.tally.skipped else ALL_WELL
    except CasusError as error:
        Issues().say(str(error))
        return CANNOT_START
