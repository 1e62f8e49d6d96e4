"""`casus outlook A B`: what usually follows between two sides, from the store's own history."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.text import Text

from casus.cli.escalation import Sides, name_sides
from casus.cli.lists import Format
from casus.cli.stores import Url, opened

if TYPE_CHECKING:
    from casus.watch.outlook import Follows, Outlook
    from casus.watch.outlook_backtest import Score

Form = Annotated[
    Format, typer.Option("--format", "-f", metavar="FORMAT", help="table to read, json: all in one, csv: the chances.")
]


def outlook(  # noqa: PLR0913, PLR0917  typer takes options as arguments
    one: Sides,
    other: Sides,
    after: Annotated[
        str | None,
        typer.Option(
            metavar="PATTERN",
            help="Steps between commas, each a type, quad, rung or any, of one side or either: "
            "'IRN:THREATEN, USA:coercion'; or quiet. Else how things stand.",
        ),
    ] = None,
    days: Annotated[int, typer.Option(metavar="N", min=1, max=365, help="How far it reaches.")] = 14,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="Last day of the history; else that of the newest report.")
    ] = None,
    store: Url = "casus.db",
    format_: Form = "table",
) -> None:
    """Show what followed between two sides after a pattern of acts, within some days, in the store's own history.

    Counts stand behind every chance, with the base rate and what such chances would have been worth in the past. Where
    the pattern is rare, nothing is told but that.

    Exit status: 0 all well, 2 wrong usage or no such store.
    """
    from casus.watch.dyads import read_last_day
    from casus.watch.outlook import outlook as look_out

    with opened(store) as known:
        told = look_out(known, one, other, after=after, days=days, until=read_last_day(known, until))
    if format_ == "json":
        sys.stdout.write(json.dumps(told.to_json(), ensure_ascii=False) + "\n")
    elif format_ == "csv":
        from casus.cli.lists import csv_lines

        rows = [("next", row) for row in told.next] + [("highest", row) for row in told.highest]
        sys.stdout.writelines(csv_lines([{"of": of} | row.to_json() for of, row in rows]))
    else:
        _show(told)
    if told.why:
        typer.echo(f"casus: {told.why}", err=True)


def _show(told: Outlook) -> None:
    from casus.cli.outputs import Look
    from casus.cli.tables import draw

    sys.stdout.write(draw(Group(*_parts(told)), Look.of(sys.stdout, explain=False)))


def _parts(told: Outlook) -> Iterator[RenderableType]:
    last = f", last on {told.last}" if told.last else ""
    yield Text(f"{name_sides(told.a, told.b)[2]}, {told.since} to {told.until}", style="bold")
    yield Text(f"After {told.pattern}{last}: {told.occasions} times, {told.apart} apart from each other")
    if told.why:
        return
    yield Text(f"\nNext act within {told.days} days", style="bold")
    yield _table(told, told.next)
    yield _worth(told.next_score)
    yield Text(f"\nHighest rung within {told.days} days", style="bold")
    yield _table(told, told.highest)
    yield _worth(told.highest_score)


def _table(told: Outlook, rows: tuple[Follows, ...]) -> Any:
    """Return the outcomes that ever followed; those that never did are left out."""
    from casus.cli.lists import plain_table

    table = plain_table("", "chance", "followed", "after any day", "such as")
    for row in rows:
        if row.count:
            followed = f"{row.count} of {told.occasions} ({row.share:.0%})"
            base = f"{row.base_count} of {told.history} ({row.base_share:.0%})"
            cells = (_outcome(told, row), f"{row.chance:.0%}", followed, base, ", ".join(row.examples))
            table.add_row(*map(Text, cells))
    return table


def _outcome(told: Outlook, row: Follows) -> str:
    from casus.watch.ladder import RUNGS

    if row.rung is not None:
        return RUNGS[row.rung]
    if row.type is None:
        return "nothing"
    a, b, _ = name_sides(told.a, told.b)
    sides = {"a_to_b": f"{a} → {b}", "b_to_a": f"{b} → {a}", "together": f"{a} and {b}"}
    return f"{sides[row.way or 'together']} {row.type}"


def _worth(score: Score | None) -> Text:
    from casus.watch.outlook_backtest import TESTS

    if score is None:
        return Text(f"Not tested: fewer than {TESTS} occasions could have been forecast.")
    figures = f"Brier {score.brier:.3f}, base rate {score.base:.3f}, skill {score.skill:+.3f}"
    return Text(f"Tested on {score.tested} occasions: {score.verdict} ({figures}).")
