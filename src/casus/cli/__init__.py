"""The command line: `casus COMMAND …`, one module a command; nothing here but the list of them."""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

from casus import __version__
from casus.cli.ask import dyad, events, incidents, query, search
from casus.cli.brief import brief
from casus.cli.chain import chain
from casus.cli.chart import chart
from casus.cli.code import code
from casus.cli.escalation import escalation
from casus.cli.evaluate import evaluate
from casus.cli.export import export
from casus.cli.ingest import ingest
from casus.cli.judge import judge, judgements
from casus.cli.kb import kb
from casus.cli.lexicon import lexicon
from casus.cli.outlook import outlook
from casus.cli.recode import recode
from casus.cli.resolve import resolve
from casus.cli.run import run, watch_feeds
from casus.cli.serve import serve
from casus.cli.show import show
from casus.cli.token import token
from casus.cli.watch import watch

app = typer.Typer(
    name="casus",
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
COMMANDS = (
    brief, chain, chart, code, dyad, escalation, evaluate, events, export, incidents, ingest, outlook, query, recode,
    resolve, run, search, serve, show, watch_feeds,
)  # fmt: skip
GROUPS = {"judge": judge, "judgements": judgements, "kb": kb, "lexicon": lexicon, "token": token, "watch": watch}

for command in COMMANDS:
    app.command()(command)
for name, group in GROUPS.items():
    app.add_typer(group, name=name)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"casus {__version__}")
        raise typer.Exit


@app.callback()
def choose(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Read news reports: who did what to whom, when, where, with what toll, who says so, and in answer to what."""


def main() -> None:
    """Run the command line on the arguments of the process."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()
