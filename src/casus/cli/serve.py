"""`casus serve`: the page and the HTTP API over a store, in one process or several."""

from __future__ import annotations

import json
import os
import socket
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casus.cli.code import Bases, Folders, read_given
from casus.cli.stores import Url, opened
from casus.errors import CasusError
from casus.records import Record

if TYPE_CHECKING:
    from fastapi import FastAPI

    from casus.config import Settings
    from casus.web.settings import WebSettings

CANNOT_START = 2
MISSING = "casus: this needs FastAPI and what goes with it: pip install 'casus[web]'"
ORDERS = "SERVED_CASUS"
"""The variable by which worker processes hear what they serve."""
NOBODY = "nobody can enter yet: casus token create NAME makes a token"


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders(Record):
    """What a server was told on the command line."""

    store: str
    host: str
    tokens: bool = False
    names: tuple[str, ...] = ()
    rules: str | None = None
    rate: str | None = None
    reader: str | None = None
    lexicons: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    max_bytes: int | None = None


def serve(  # noqa: PLR0913, PLR0917  typer takes options as arguments
    store: Url = "casus.db",
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where it listens; beyond 127.0.0.1 everybody needs a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", "-p", metavar="N", min=1, max=65535, help="At which port.")] = 8080,
    rules: Annotated[
        Path | None, typer.Option(metavar="FILE", exists=True, dir_okay=False, help="Watch rules for the board.")
    ] = None,
    workers: Annotated[int, typer.Option("--workers", "-w", metavar="N", min=1, help="Processes.")] = 1,
    tokens: Annotated[bool, typer.Option("--tokens", help="Ask for a token on 127.0.0.1, too.")] = False,
    name: Annotated[
        list[str] | None, typer.Option(metavar="HOST", help="Name by which it is asked, besides its address; several.")
    ] = None,
    rate: Annotated[
        str | None, typer.Option(metavar="N/TIME", help="Reads of one caller; 6000/minute unless set.")
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option(metavar="FILE", exists=True, dir_okay=False, help="For https, with --key.")
    ] = None,
    key: Annotated[Path | None, typer.Option(metavar="FILE", exists=True, dir_okay=False, help="For https.")] = None,
    lexicon: Folders = None,
    kb: Bases = None,
    max_bytes: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Size above which a report is refused; 1000000 unless set.")
    ] = None,
) -> None:
    """Serve the page and the HTTP API over a store, until Ctrl-C or SIGTERM; its log goes to standard error as JSON.

    On 127.0.0.1 nobody has to show a token. Elsewhere everybody has to: casus token create makes them.

    Exit status: 0 stopped, 2 wrong usage, no such store, or the port is taken.
    """
    if (certificate is None) != (key is None):
        raise typer.BadParameter("both are needed for https", param_hint="--certificate and --key")
    orders = Orders(
        store=store, host=host, tokens=tokens, names=tuple(name or ()), rules=str(rules) if rules else None, rate=rate,
        lexicons=tuple(map(str, lexicon or ())), bases=tuple(map(str, kb or ())), max_bytes=max_bytes,
    )  # fmt: skip
    _check(orders, port)
    scheme = "https" if certificate else "http"
    typer.echo(f"casus: {store} is served at {scheme}://{_shown(host)}:{port}/, its API under /api/v1", err=True)
    _run(orders, workers, {"host": host, "port": port, "ssl_certfile": certificate, "ssl_keyfile": key})


def _check(orders: Orders, port: int) -> None:
    """End the command with one line where the server could not start; later only its log would tell."""
    try:
        import casus.web.app  # noqa: F401  whether it is there
    except ModuleNotFoundError as error:
        typer.echo(MISSING, err=True)
        raise typer.Exit(CANNOT_START) from error
    from casus.watch.rules_file import read_rules
    from casus.web.limits import Limiter
    from casus.web.tokens import read_tokens

    with opened(orders.store) as known:
        settings = make_settings(orders)
        if not settings.is_open and not read_tokens(known):
            typer.echo(f"casus: {NOBODY}", err=True)
    family = socket.AF_INET6 if ":" in orders.host else socket.AF_INET
    try:
        Limiter(settings.rates)
        if settings.rules:
            read_rules(settings.rules)
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((orders.host, port))
    except (OSError, CasusError) as error:
        told = f"{orders.host}:{port}: {error.strerror}" if isinstance(error, OSError) else str(error)
        typer.echo(f"casus: {told}", err=True)
        raise typer.Exit(CANNOT_START) from error


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _run(orders: Orders, workers: int, where: dict[str, Any]) -> None:
    import uvicorn

    from casus.cli.desks import stopping

    told: dict[str, Any] = {"log_config": None, "access_log": False, "ws": "none", "proxy_headers": False} | where
    with tempfile.TemporaryDirectory() as counts, stopping():
        os.environ[ORDERS] = json.dumps(orders.to_json())
        try:
            if workers == 1:
                uvicorn.run(make_served(), **told)
            else:
                os.environ["PROMETHEUS_MULTIPROC_DIR"] = counts
                uvicorn.run("casus.cli.serve:make_served", factory=True, workers=workers, **told)
        except KeyboardInterrupt:
            return


def make_served() -> FastAPI:
    """Return the app that the process was told to serve, with its log set up."""
    from casus.web.app import make_app
    from casus.web.logs import set_up_logs

    set_up_logs(sys.stderr)
    orders = Orders.from_json(json.loads(os.environ[ORDERS]))
    return make_app(orders.store, settings=make_settings(orders))


def make_settings(orders: Orders) -> WebSettings:
    """Return what a server is told, with all that others do for it."""
    from casus.cli.reception import Reception, reckon
    from casus.link.across import sum_up_events
    from casus.web.settings import RATES, WebSettings

    coding = _coding(orders)
    return WebSettings(
        host=orders.host,
        tokens=True if orders.tokens else None,
        names=orders.names,
        rules=Path(orders.rules) if orders.rules else None,
        max_bytes=coding.max_bytes,
        rates={**RATES, "read": orders.rate} if orders.rate else RATES,
        sum_up=sum_up_events,
        take=Reception(coding).take,
        figures=reckon,
    )


def _coding(orders: Orders) -> Settings:
    settings = read_given(
        reader=orders.reader, lexicons=[Path(folder) for folder in orders.lexicons], max_bytes=orders.max_bytes
    )
    return replace(settings, bases=(*map(Path, orders.bases), *settings.bases))
