"""Tokens: who may ask the server for what. The store keeps their digests alone, so nobody can read them out of it.

A token is 32 random bytes, so a plain SHA-256 is enough: there is nothing to guess by trying words.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import insert, select, update

from casus.errors import FieldError, StoreError
from casus.records import Record
from casus.store.house import Store
from casus.store.rows import join_codes, split_codes, tell_time
from casus.store.schema import tokens

Scope = Literal["read", "review", "ingest"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
PREFIX = "casus_"
"""How every token begins, so that programs which look for leaked secrets know it."""
BYTES = 32
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Token(Record):
    """What is known of a token: whose it is, what it allows, and from when until when it counts."""

    number: int
    name: str
    scopes: tuple[Scope, ...]
    created: str
    expires: str | None = None
    revoked: str | None = None

    def counts(self, now: str) -> bool:
        """Tell whether it opens anything at this moment."""
        return self.revoked is None and (self.expires is None or now < self.expires)


def create_token(store: Store, name: str, scopes: Iterable[str], *, days: int | None = None) -> tuple[Token, str]:
    """Make a token, and return what is known of it and the token itself, which nobody can be shown again.

    Args:
        store: Where its digest is kept.
        name: Whose it is; judgements made with it are signed so.
        scopes: What it allows: `read`, `review`, `ingest`; none brings another with it.
        days: How long it counts; for good where None.

    Raises:
        FieldError: There is no such scope, or none is given, or no name.
    """
    told = tuple(dict.fromkeys(scopes))
    for scope in told or ("",):
        if scope not in SCOPES:
            raise FieldError("scope", scope, " ".join(SCOPES))
    if not name.strip() or len(name) > LONGEST_NAME:
        raise FieldError("name", name, f"1 to {LONGEST_NAME} characters")
    secret = PREFIX + secrets.token_urlsafe(BYTES)
    values = {
        "name": name.strip(), "digest": _digest(secret), "scopes": join_codes(told), "created": tell_time(),
        "expires": None if days is None else _in_days(days),
    }  # fmt: skip
    with store.writing() as connection:
        number = connection.execute(insert(tokens).values(values).returning(tokens.c.number)).scalar_one()
        row = connection.execute(select(tokens).where(tokens.c.number == number)).one()
    return _make_token(row), secret


def read_tokens(store: Store) -> tuple[Token, ...]:
    """Return all tokens that were ever made, oldest first."""
    with store.reading() as connection:
        return tuple(map(_make_token, connection.execute(select(tokens).order_by(tokens.c.number))))


def revoke_token(store: Store, number: int) -> Token:
    """Let a token count no more, from now on; it stays on record.

    Raises:
        StoreError: There is none of that number, or it is revoked already.
    """
    here = tokens.c.number == number
    with store.writing() as connection:
        row = connection.execute(select(tokens).where(here)).one_or_none()
        if row is None or row.revoked:
            raise StoreError(f"token {number} is revoked already" if row else f"found no token {number} in the store")
        connection.execute(update(tokens).where(here).values(revoked=tell_time()))
        return _make_token(connection.execute(select(tokens).where(here)).one())


def find_token(store: Store, secret: str) -> Token | None:
    """Return what is known of a token that was shown, None where it does not count."""
    with store.reading() as connection:
        row = connection.execute(select(tokens).where(tokens.c.digest == _digest(secret))).one_or_none()
    token = _make_token(row) if row else None
    return token if token and token.counts(tell_time()) else None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _in_days(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _make_token(row: Any) -> Token:
    told = {name: getattr(row, name) for name in ("number", "name", "created", "expires", "revoked")}
    return Token.from_json(told | {"scopes": split_codes(row.scopes)})
