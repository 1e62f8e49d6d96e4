"""`casus escalation A B`: what two sides did to each other, and whether it is more than before."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from casus.cli.lists import Format
from casus.cli.stores import PARTY, Url, opened

if TYPE_CHECKING:
    from casus.watch.changes import Change
    from casus.watch.dyads import DyadFigures
    from casus.watch.reciprocity import Effect, Reciprocity, Times
    from casus.watch.tallies import TollSum, WayFigures

LONGEST_NAME = 12  # characters
Sides = Annotated[str, typer.Argument(metavar="PARTY", help=f"{PARTY}; several between commas.")]
Since = Annotated[
    str | None, typer.Option(metavar="DATE", help="First day, month or year; else 52 weeks before the last.")
]
Until = Annotated[
    str | None, typer.Option(metavar="DATE", help="Last day, month or year; else that of the newest report.")
]
Form = Annotated[
    Format, typer.Option("--format", "-f", metavar="FORMAT", help="table to read, json: all in one, csv: the weeks.")
]


def escalation(  # noqa: PLR0913, PLR0917  typer takes options as arguments
    one: Sides,
    other: Sides,
    since: Since = None,
    until: Until = None,
    store: Url = "casus.db",
    format_: Form = "table",
) -> None:
    """Show what two sides did to each other: counts, scores, rung on the ladder, toll, answers, change and ruptures.

    Incidents are counted, never reports. What was done or threatened makes up the figures; what is only planned,
    possible or denied stands apart. How each figure is made: docs/watch.md.

    Exit status: 0 all well, 2 wrong usage or no such store.
    """
    from casus.watch.dyads import choose_window, dyad_figures, weekly

    with opened(store) as known:
        window = choose_window(known, since, until)
        figures = dyad_figures(known, one, other, window)
        weeks = weekly(known, one, other, window) if format_ != "table" else ()
    if format_ == "table":
        sys.stdout.write(_draw(figures))
    elif format_ == "csv":
        from casus.cli.lists import csv_lines
        from casus.watch.series import week_rows

        sys.stdout.writelines(csv_lines(week_rows(weeks, _name(figures.a), _name(figures.b))))
    else:
        told = {"figures": figures.to_json(), "weeks": [week.to_json() for week in weeks]}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    if not figures.both.incidents:
        typer.echo("casus: nothing found", err=True)


def _name(side: tuple[str, ...]) -> str:
    return ",".join(side)


def name_sides(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, str, str]:
    """Return what two sides are called in a table, and in the line above it; long ones are A and B.

    >>> name_sides(("USA",), ("IRN",)), name_sides(("PSE", "org-hezbollah"), ("ISR",))
    (('USA', 'IRN', 'USA and IRN'), ('A', 'B', 'A = PSE,org-hezbollah and B = ISR'))
    """
    one, other = _name(a), _name(b)
    if max(len(one), len(other)) > LONGEST_NAME:
        return "A", "B", f"A = {one} and B = {other}"
    return one, other, f"{one} and {other}"


def _draw(figures: DyadFigures) -> str:
    from casus.cli.outputs import Look
    from casus.cli.tables import draw

    return draw(Group(*_parts(figures)), Look.of(sys.stdout, explain=False))


def _parts(figures: DyadFigures) -> Iterator[RenderableType]:
    a, b, both = name_sides(figures.a, figures.b)
    yield Text(f"{both}, {figures.since} to {figures.until}", style="bold")
    headers = ("", f"{a} → {b}", f"{b} → {a}", "both")
    ways = (figures.a_to_b, figures.b_to_a, figures.both)
    yield _table(headers, {name: [tell(way) for way in ways] for name, tell in ROWS.items()})
    yield Text("\nWhat was done or threatened, by type", style="bold")
    yield _table(headers, _by(ways, "counts_by_quad") | _by(ways, "counts_by_type"))


def _table(headers: tuple[str, ...], rows: Mapping[str, list[str]]) -> Table:
    """Return a table of those rows that say anything."""
    from casus.cli.lists import plain_table

    table = plain_table(*headers)
    for name, cells in rows.items():
        if any(cells):
            table.add_row(name, *map(Text, cells))
    return table


def _by(ways: tuple[WayFigures, ...], name: str) -> dict[str, list[str]]:
    """Return kind → its count each way, the most frequent first."""
    counts: list[Mapping[str, int]] = [getattr(way, name) for way in ways]
    return {kind: [str(count.get(kind, "")) for count in counts] for kind in counts[-1]}


def _standings(way: WayFigures) -> str:
    told = [f"{number} {standing}" for standing, number in way.standings.items() if number]
    return ", ".join([*told, *([f"{way.disputed} of them disputed"] if way.disputed else [])])


def _score(way: WayFigures) -> str:
    return "" if way.score_mean is None else f"{way.score_sum:+.1f}, {way.score_mean:+.1f} each"


def _rung(way: WayFigures) -> str:
    from casus.watch.ladder import RUNGS

    reached = RUNGS[way.rung] if way.rung is not None else ""
    planned = f"planned: {RUNGS[way.rung_apart]}" if way.rung_apart is not None else ""
    return "; ".join(filter(None, (reached, planned)))


def _toll(way: WayFigures) -> str:
    return ", ".join(_figures(kind, toll) for kind, toll in way.toll.items())


def _figures(kind: str, toll: TollSum) -> str:
    span = "" if toll.low == toll.high else f" ({toll.low}-{toll.high})"
    return f"{toll.best} {kind}{span}"


def _change(change: Change) -> str:
    if change.expected is None:
        return change.label
    return f"{change.label}: {change.count}, expected {change.expected:.1f}"


def _ruptures(way: WayFigures) -> str:
    return "; ".join(f"{found.week}: {found.before:.1f} → {found.after:.1f} a week" for found in way.ruptures)


def _of_reciprocity(tell: Callable[[Reciprocity], str]) -> Callable[[WayFigures], str]:
    return lambda way: tell(way.reciprocity) if way.reciprocity and way.reciprocity.acts else ""


def _answered(told: Reciprocity) -> str:
    return f"{told.answered} of {told.acts} ({told.answered_share:.0%}){_times(told.answer_times)}"


def _followed(told: Reciprocity) -> str:
    if told.followed_share is None or told.followed_after_any_day is None:
        return ""
    shares = f"{told.followed_share:.0%}; any day: {told.followed_after_any_day:.0%}"
    return f"{told.followed} of {told.followed_of} ({shares}){_times(told.follow_times)}"


def _times(times: Times | None) -> str:
    """Return median and quartiles in words."""
    if times is None:
        return ""
    unit = "day" if times.median == 1 else "days"
    return f", {times.median:g} {unit} later ({times.quarter:g}-{times.three_quarters:g})"


def _effect(told: Reciprocity) -> str:
    effect: Effect = told.effect
    if effect.value is None:
        return (effect.why or "").partition(":")[0]
    if effect.error is None:
        return "none found"
    return f"{effect.value:.2f} ± {effect.error:.2f}, half-life {effect.half_life:.1f} days"


def _many(number: int) -> str:
    return str(number) if number else ""


ROWS: Mapping[str, Callable[[WayFigures], Any]] = {
    "incidents": lambda way: _many(way.incidents),
    "of which": _standings,
    "score": _score,
    "highest rung": _rung,
    "toll": _toll,
    "conflict, last week against 4": lambda way: _change(way.change_4w),
    "… against 52": lambda way: _change(way.change_52w),
    "level of conflict broke": _ruptures,
    "answered, as reports say": _of_reciprocity(_answered),
    "followed within 14 days": _of_reciprocity(_followed),
    "acts of conflict set off by one": _of_reciprocity(_effect),
}
