"""`casus token …`: who may ask the server for what."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from casus.cli.stores import Url, opened

if TYPE_CHECKING:
    from casus.web.tokens import Token

token = typer.Typer(help="Make, list and revoke the tokens by which the server knows who asks.", no_args_is_help=True)
ONCE = "it is shown this once; the store keeps only its digest"


@token.command()
def create(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose it is; judgements made with it are signed so.")],
    scope: Annotated[
        list[str] | None,
        typer.Option(metavar="SCOPE", help="read, review, ingest: what it allows; several. read unless given."),
    ] = None,
    days: Annotated[int | None, typer.Option(metavar="N", min=1, max=36500, help="How long it counts.")] = None,
    store: Url = "casus.db",
) -> None:
    """Make a token and print it; what is said about it goes to standard error.

    Exit status: 0 done, 2 wrong usage or no such store.
    """
    from casus.web.tokens import create_token

    with opened(store) as known:
        made, secret = create_token(known, name, scope or ["read"], days=days)
    typer.echo(secret)
    typer.echo(f"casus: token {_words(made)}; {ONCE}", err=True)


@token.command("list")
def list_(
    store: Url = "casus.db",
    format_: Annotated[
        Literal["table", "json"], typer.Option("--format", "-f", metavar="FORMAT", help="table to read, or json.")
    ] = "table",
) -> None:
    """List all tokens that were ever made, oldest first; the tokens themselves are kept nowhere.

    Exit status: 0 all well, 2 wrong usage or no such store.
    """
    from casus.web.tokens import read_tokens

    with opened(store) as known:
        found = read_tokens(known)
    for one in found:
        line = json.dumps(one.to_json(), ensure_ascii=False) if format_ == "json" else _words(one)
        sys.stdout.write(line + "\n")


@token.command()
def revoke(
    number: Annotated[int, typer.Argument(metavar="NUMBER", min=1, help="Of the token, as `casus token list` says.")],
    store: Url = "casus.db",
) -> None:
    """Let a token count no more, from now on.

    Exit status: 0 done, 2 wrong usage, or there is none of that number.
    """
    from casus.web.tokens import revoke_token

    with opened(store) as known:
        typer.echo(_words(revoke_token(known, number)))


def _words(told: Token) -> str:
    """Return what is known of a token in one line."""
    until = f", until {told.expires[:10]}" if told.expires else ""
    gone = f", revoked {told.revoked[:10]}" if told.revoked else ""
    return f"{told.number}  {told.name}: {' '.join(told.scopes)}; made {told.created[:10]}{until}{gone}"
