"""`casus watch …`: rules over a store, the alerts that come of them, and what people decide about alerts."""

from __future__ import annotations

import getpass
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casus.cli.alarms import Alarms, read_book, tell_counts
from casus.cli.lists import Format
from casus.cli.stores import CANNOT_START, After, Limit, Url, opened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casus.records import Record
    from casus.store.house import Store
    from casus.watch.alerts import Alert
    from casus.watch.rules_file import RuleBook

GIVEN_UP = 1
NOTHING: tuple[object, ...] = ((), None, {}, False)
watch = typer.Typer(help="Rules that say who should hear of what, and the alerts they raise.", no_args_is_help=True)

File = Annotated[Path, typer.Option("--rules", metavar="FILE", dir_okay=False, help="Watch rules (TOML).")]
Target = Annotated[list[str], typer.Argument(metavar="ALERT", help="Ids of alerts.")]
By = Annotated[str | None, typer.Option(metavar="NAME", help="Who says so; your user name unless given.")]
Note = Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")]
Form = Annotated[Format, typer.Option("--format", "-f", metavar="FORMAT", help="table to read, json: one a line, csv.")]
Named = Annotated[str | None, typer.Option("--rule", metavar="NAME", help="Of this rule only.")]


@watch.command()
def check(
    rules: Annotated[Path, typer.Argument(metavar="RULES", dir_okay=False, help="Watch rules (TOML).")],
) -> None:
    """Check a file of rules and say in one line each what they watch.

    Exit status: 0 all well; 2 a mistake: file, line, field, what stands there and what may.
    """
    book = read_book(rules)
    sys.stdout.writelines(f"{line}\n" for line in _tell_book(book))
    for missing in _find_missing(book):
        typer.echo(f"casus: {missing}", err=True)


def _tell_book(book: RuleBook) -> Iterator[str]:
    for rule in book.rules:
        levels = "".join(f", {step.level} where {_tell_conditions(step.when)}" for step in rule.steps)
        yield f"{rule.name}: {rule.level} where {_tell_conditions(rule.when)}{levels}; tells {', '.join(rule.channels)}"
    for channel in book.channels.values():
        yield f"{channel.name}: {channel.KIND}"


def _tell_conditions(when: Any) -> str:
    from dataclasses import fields

    told = ((item.name, getattr(when, item.name)) for item in fields(when))
    return ", ".join(f"{name} {_tell_value(value)}" for name, value in told if value not in NOTHING)


def _tell_value(value: Any) -> str:
    from dataclasses import is_dataclass

    if is_dataclass(value):
        return f"({_tell_conditions(value)})"
    if isinstance(value, tuple):
        return " or ".join(map(str, value))
    if isinstance(value, dict):
        return " or ".join(f"{number} {name}" for name, number in value.items())
    return "yes" if value is True else str(value)


def _find_missing(book: RuleBook) -> Iterator[str]:
    """Yield the variables of the environment that channels need and that are not set."""
    for channel in book.channels.values():
        asked = "secret_env" if channel.KIND == "webhook" else "password_env" if getattr(channel, "user", None) else ""
        if asked and not os.environ.get(variable := getattr(channel, asked)):
            yield f"channel {channel.name}: environment variable {variable} is not set"


@watch.command()
def run(rules: File, store: Url = "casus.db") -> None:
    """Look once at what changed in a store since the last look, raise alerts, and deliver what is due.

    The first look of a rule, or of a changed one, is at the incidents of the last days that it says (`within`).

    Exit status: 0 all well, also where a delivery is to be tried again; 1 a delivery was given up; 2 wrong rules or no
    such store.
    """
    from casus.cli.issues import Issues
    from casus.cli.progress import Progress

    book = read_book(rules)
    issues = Issues()
    with opened(store) as known, Progress(issues, what="rules") as progress:
        counts = Alarms(store=known, book=book, say=_say).look(lambda _rule: progress.step())
        issues.say(tell_counts(counts) or "nothing new")
        for failed in _failed(known) if counts["failed"] + counts["given up"] else ():
            issues.say(failed)
    raise typer.Exit(GIVEN_UP if counts["given up"] else 0)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _failed(store: Store) -> Iterator[str]:
    """Yield what did not arrive and why, each channel once."""
    from casus.watch.ledger import read_deliveries

    waiting = [*read_deliveries(store, state="pending"), *read_deliveries(store, state="given up", limit=10)]
    newest = {delivery.channel: delivery for delivery in waiting if delivery.error}
    yield from (f"{name}: {delivery.error} (try {delivery.tries})" for name, delivery in newest.items())


@watch.command(name="list")
def list_(  # noqa: PLR0913, PLR0917  typer takes options as arguments
    store: Url = "casus.db",
    rule: Named = None,
    open_: Annotated[bool, typer.Option("--open", help="Without those that are cancelled or cleared.")] = False,
    limit: Limit = 50,
    after: After = None,
    format_: Form = "table",
) -> None:
    """List alerts, newest first.

    Exit status: 0 all well, 2 wrong usage or no such store.
    """
    from casus.watch.ledger import read_alerts

    with opened(store) as known:
        found = read_alerts(known, rule=rule, open_only=open_, after=after, limit=limit + 1)
    shown = found[:limit]
    _show(shown, format_, [_alert_cells(alert) for alert in shown])
    if len(found) > limit:
        typer.echo(f"casus: more: --after {shown[-1].id}", err=True)


def _alert_cells(alert: Alert) -> Mapping[str, str]:
    state = f"{alert.state}, false alarm" if alert.false_alarm else alert.state
    told = {"": alert.id, "opened": alert.opened, "rule": alert.rule, "level": alert.level, "state": state}
    return told | {"what": alert.title, "why": "; ".join(alert.why)}


@watch.command()
def board(
    store: Url = "casus.db",
    rules: Annotated[
        Path | None, typer.Option("--rules", metavar="FILE", dir_okay=False, help="In the order of these rules.")
    ] = None,
    format_: Form = "table",
) -> None:
    """Show how every watch stands: level, more or less than usual, alerts a week, the last one.

    Exit status: 0 all well, 2 wrong rules or no such store.
    """
    from casus.watch.ledger import read_board

    book = read_book(rules) if rules else None
    with opened(store) as known:
        rows = read_board(known, book.rules if book else None)
    cells = [
        {
            "": row.rule,
            "level": row.level,
            "trend": row.arrow,
            "open": str(row.open),
            "weeks": " ".join(map(str, row.weeks)),
            "last": row.last or "",
        }
        for row in rows
    ]
    _show(rows, format_, cells)


@watch.command()
def deliveries(
    store: Url = "casus.db",
    alert: Annotated[str | None, typer.Option(metavar="ID", help="Of this alert only.")] = None,
    limit: Limit = 50,
    format_: Form = "table",
) -> None:
    """List deliveries, newest first: what went where, when it arrived or is tried again, and why it failed.

    Exit status: 0 all well, 2 wrong usage or no such store.
    """
    from casus.watch.ledger import read_deliveries

    with opened(store) as known:
        found = read_deliveries(known, alert=alert, limit=limit)
    cells = [
        {
            "": delivery.key,
            "kind": delivery.kind,
            "channel": delivery.channel,
            "state": delivery.state,
            "tries": str(delivery.tries),
            "sent or due": delivery.sent or delivery.due,
            "error": delivery.error or "",
        }
        for delivery in found
    ]
    _show(found, format_, cells)


def _show(records: Sequence[Record], form: Format, cells: Sequence[Mapping[str, str]]) -> None:
    from rich.text import Text

    from casus.cli.lists import csv_lines, plain_table
    from casus.cli.outputs import Look
    from casus.cli.tables import draw
    from casus.words import plain

    if form == "json":
        sys.stdout.writelines(json.dumps(record.to_json(), ensure_ascii=False) + "\n" for record in records)
    elif form == "csv":
        sys.stdout.writelines(csv_lines([_flat(record) for record in records]))
    elif cells:
        table = plain_table(*cells[0])
        for row in cells:
            table.add_row(*(Text(plain(value)) for value in row.values()))
        sys.stdout.write(draw(table, Look.of(sys.stdout, explain=False)))
    else:
        typer.echo("casus: nothing found", err=True)


def _flat(record: Record) -> dict[str, Any]:
    return {name: value for name, value in record.to_json().items() if name != "history"}


@watch.command()
def ack(alerts: Target, store: Url = "casus.db", by: By = None, note: Note = None) -> None:
    """Say that you have seen alerts: no more is told of them unless they get worse or are cancelled.

    Exit status: 0 done, 2 not in the store, or closed.
    """
    from casus.watch.ledger import acknowledge

    _decide(store, alerts, lambda known, id_: acknowledge(known, id_, by=_who(by), note=note))


@watch.command()
def clear(
    names: Annotated[list[str], typer.Argument(metavar="NAME", help="Ids of alerts, or rules: all their alerts.")],
    store: Url = "casus.db",
    by: By = None,
    note: Note = None,
) -> None:
    """Close alerts; a rule with none open is quiet again. Only what is worse opens another one for an incident.

    Exit status: 0 done, 2 not in the store, or closed.
    """
    from casus.store.query.alerts import read_watches
    from casus.watch.ledger import clear as close
    from casus.watch.ledger import clear_watch

    def decide(known: Store, name: str) -> Alert | str:
        if name not in read_watches(known):
            return close(known, name, by=_who(by), note=note)
        return f"{name}: {clear_watch(known, name, by=_who(by), note=note)} alerts cleared"

    _decide(store, names, decide)


@watch.command(name="false-alarm")
def false_alarm(alerts: Target, store: Url = "casus.db", by: By = None, note: Note = None) -> None:
    """Mark alerts as false, which cancels them; whoever was told hears of that with the next look.

    Exit status: 0 done, 2 not in the store, or marked already.
    """
    from casus.watch.ledger import mark_false_alarm

    _decide(store, alerts, lambda known, id_: mark_false_alarm(known, id_, by=_who(by), note=note))


def _who(by: str | None) -> str:
    try:
        return by or getpass.getuser()
    except (KeyError, OSError):  # a process without a name, as in some containers
        typer.echo("casus: who says so? --by NAME", err=True)
        raise typer.Exit(CANNOT_START) from None


def _decide(url: str, names: Sequence[str], decide: Callable[[Store, str], Alert | str]) -> None:
    from casus.words import plain

    with opened(url) as known, known.transaction():
        told = [decide(known, name) for name in names]
    for one in told:
        line = one if isinstance(one, str) else f"{one.id} {one.state}: {one.rule} {one.level} {one.title}"
        sys.stdout.write(f"{plain(line)}\n")
