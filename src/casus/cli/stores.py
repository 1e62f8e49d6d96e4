"""What the commands on a store share: opening it, options that say what is asked for, and errors in one line."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casus.errors import CasusError, StoreError

if TYPE_CHECKING:
    from casus.store.house import Store

CANNOT_START = 2
NO_STORE = "there is no store; casus ingest makes one, --store names another"
PARTY = "country (IRN), country/sector (IRN/MIL), key (org-hezbollah) or name"
Url = Annotated[
    str, typer.Option("--store", "-s", metavar="URL", help="An SQLite file, or postgresql://USER@HOST/NAME.")
]
Limit = Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="How many at most.")]
After = Annotated[str | None, typer.Option(metavar="ID", help="Go on behind this one: the last of the page before.")]
Oldest = Annotated[bool, typer.Option("--oldest", help="Oldest first.")]


@contextmanager
def opened(url: str) -> Iterator[Store]:
    """Give the store; end the command with one line where it, or what is done with it, fails.

    A store that is not there is not made: that would hide a slip of the pen.
    """
    from casus.link.across import sum_up_events
    from casus.store.house import Store

    try:
        if "://" not in url and not Path(url).exists():
            raise StoreError(f"{url}: {NO_STORE}")
        store = Store(url, sum_up=sum_up_events)
        try:
            yield store
        finally:
            store.close()
    except CasusError as error:
        typer.echo(f"casus: {error}", err=True)
        raise typer.Exit(CANNOT_START) from error


def _many(metavar: str, told: str, *names: str) -> Any:
    return Annotated[list[str] | None, typer.Option(*names, metavar=metavar, help=f"{told}; several: any of them.")]


FILTERS: Mapping[str, Any] = {
    "party": _many("PARTY", f"Who takes part: {PARTY}", "--party", "-p"),
    "actor": _many("PARTY", "Who did it"),
    "recipient": _many("PARTY", "To whom"),
    "source": _many("PARTY", "Who says so"),
    "sector": _many("CODE", "PLOVER sector of a party (MIL)"),
    "type": _many("TYPE", "PLOVER type (ASSAULT)", "--type", "-t"),
    "mode": _many("MODE", "Mode of a type (aerial)"),
    "country": _many("CODE", "Country where it happened", "--country", "-c"),
    "place": _many("NAME", "Place where it happened, or its GeoNames number"),
    "since": Annotated[str | None, typer.Option(metavar="DATE", help="First day, month or year.")],
    "until": Annotated[str | None, typer.Option(metavar="DATE", help="Last day, month or year, included.")],
    "modality": _many("WORD", "actual, future, hypothetical or negated"),
    "status": _many("WORD", "Of the incident: reported, corroborated, disputed, announced, denied"),
    "judged": _many("WORD", "confirmed, rejected, corrected or none; rejected ones are hidden unless asked for"),
    "publisher": _many("NAME", "Who published the report"),
    "report": _many("ID", "Report"),
    "incident": _many("ID", "Incident"),
    "text": Annotated[
        str | None,
        typer.Option(metavar="WORDS", help='Words of the report: rockets "supreme leader" -film or missiles.'),
    ],
    "least": Annotated[float | None, typer.Option(metavar="P", min=0.0, max=1.0, help="Lowest confidence.")],
}
"""The options that choose events and incidents, by the name of the filter."""


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of FILTERS; it takes them as one argument `filters`, a mapping for `make_filters`."""
    signature = inspect.signature(command, eval_str=True)
    own = [parameter for name, parameter in signature.parameters.items() if name != "filters"]
    added = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)
        for name, annotation in FILTERS.items()
    ]

    @wraps(command)
    def wrapped(**given: Any) -> None:
        chosen = {name: value for name in FILTERS if (value := given.pop(name)) is not None}
        command(**given, filters=chosen)

    kept = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]
    wrapped.__signature__ = signature.replace(parameters=[*kept, *added])  # type: ignore[attr-defined]
    wrapped.__annotations__ = {parameter.name: parameter.annotation for parameter in (*kept, *added)}
    return wrapped


def make_filters(chosen: Mapping[str, Any]) -> Any:
    """Return the filters that the options say; wrong values end the command as wrong usage."""
    from casus.store.query import Filters

    try:
        told: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in chosen.items()}
        return Filters(**told)
    except CasusError as error:
        raise typer.BadParameter(str(error)) from error
