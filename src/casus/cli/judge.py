"""`casus judge …` and `casus judgements …`: what people decide about events and incidents, and its export as gold."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from casus.cli.stores import CANNOT_START, Url, opened
from casus.words import judgement_words

if TYPE_CHECKING:
    from casus.store.house import Store
    from casus.stored import Judgement

judge = typer.Typer(
    help="Decide about events and incidents; nothing is erased, the last word counts.", no_args_is_help=True
)
judgements = typer.Typer(help="List what was decided, and export it as gold.", no_args_is_help=True)

Target = Annotated[str, typer.Argument(metavar="ID", help="Of an event or an incident.")]
Incident = Annotated[str, typer.Argument(metavar="INCIDENT", help="Id of the incident that stays.")]
By = Annotated[str | None, typer.Option(metavar="NAME", help="Who says so; your user name unless given.")]
Note = Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")]


@judge.command()
def confirm(target: Target, store: Url = "casus.db", by: By = None, note: Note = None) -> None:
    """Say that an event is right as it stands, or that all events of an incident are.

    Exit status: 0 done, 2 wrong usage, not in the store or not possible.
    """
    _decide(store, lambda known: known.confirm(target, by=_who(by), note=note))


@judge.command()
def reject(target: Target, store: Url = "casus.db", by: By = None, note: Note = None) -> None:
    """Say that an event is wrong as a whole, or all events of an incident: it is shown no more.

    Exit status: 0 done, 2 wrong usage, not in the store or not possible.
    """
    _decide(store, lambda known: known.reject(target, by=_who(by), note=note))


@judge.command()
def correct(  # noqa: PLR0913, PLR0917  typer takes options as arguments
    target: Annotated[str, typer.Argument(metavar="EVENT", help="Id of the event.")],
    slot: Annotated[str, typer.Argument(metavar="SLOT", help="type, mode, actors, recipients, when, where, …")],
    value: Annotated[
        str,
        typer.Argument(
            metavar="VALUE",
            help="PROTEST; 2031-05-02; 'the police [FRA/COP]; Rebels'; 'Goma [COD city]'; 'at least 12 people "
            "[killed 12+]'; JSON as in record.md; '' for nothing.",
        ),
    ],
    store: Url = "casus.db",
    by: By = None,
    note: Note = None,
) -> None:
    """Give a slot of an event another value; what stands for words of the report must stand in it.

    Exit status: 0 done, 2 wrong usage, not in the store or not possible.
    """
    _decide(store, lambda known: known.correct(target, slot, value, by=_who(by), note=note))


@judge.command()
def merge(
    target: Incident,
    others: Annotated[list[str], typer.Argument(metavar="OTHER", help="Incidents that are the same happening.")],
    store: Url = "casus.db",
    by: By = None,
    note: Note = None,
) -> None:
    """Say that incidents are one happening; later linking keeps to that.

    Exit status: 0 done, 2 wrong usage, not in the store or not possible.
    """
    _decide(store, lambda known: known.merge(target, others, by=_who(by), note=note))


@judge.command()
def split(
    target: Incident,
    others: Annotated[list[str], typer.Argument(metavar="EVENT", help="Its events that are another happening.")],
    store: Url = "casus.db",
    by: By = None,
    note: Note = None,
) -> None:
    """Say that some events of an incident are another happening; later linking keeps to that.

    Exit status: 0 done, 2 wrong usage, not in the store or not possible.
    """
    _decide(store, lambda known: known.split(target, others, by=_who(by), note=note))


@judge.command()
def undo(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="Of the judgement.")],
    store: Url = "casus.db",
    by: By = None,
    note: Note = None,
) -> None:
    """Take a judgement back by a later one; a merge is taken back by a split, a split by a merge.

    Exit status: 0 done, 2 wrong usage, not in the store or not possible.
    """
    _decide(store, lambda known: known.undo(number, by=_who(by), note=note))


def _who(by: str | None) -> str:
    if by:
        return by
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a process without a name, as in some containers
        typer.echo("casus: who says so? --by NAME", err=True)
        raise typer.Exit(CANNOT_START) from None


def _decide(store: str, decision: Callable[[Store], Judgement]) -> None:
    with opened(store) as known:
        typer.echo(judgement_words(decision(known)))


@judgements.command("list")
def list_(
    target: Annotated[str | None, typer.Argument(metavar="ID", help="Of an event or an incident; else all.")] = None,
    store: Url = "casus.db",
    format_: Annotated[
        Literal["table", "json"], typer.Option("--format", "-f", metavar="FORMAT", help="table to read, or json.")
    ] = "table",
) -> None:
    """List judgements, oldest first.

    Exit status: 0 all well, 2 wrong usage or no such store.
    """
    with opened(store) as known:
        found = known.judgements(target)
    for judgement in found:
        line = json.dumps(judgement.to_json(), ensure_ascii=False) if format_ == "json" else judgement_words(judgement)
        sys.stdout.write(line + "\n")


@judgements.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", file_okay=False, help="Where; one file a report.")],
    store: Url = "casus.db",
    whole: Annotated[
        bool, typer.Option("--whole", help="Only reports of which every event was judged: fit for measuring.")
    ] = False,
) -> None:
    """Export judged reports as gold in the form of `casus evaluate`: with corrections, without rejected events.

    Exit status: 0 all well, 2 wrong usage or no such store.
    """
    from casus.store.gold import write_gold

    with opened(store) as known:
        written = write_gold(known, folder, whole=whole)
    typer.echo(f"{len(written)} reports written to {folder}")
