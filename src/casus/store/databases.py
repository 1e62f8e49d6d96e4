"""Opens a database and gives transactions on it; knows no table.

Many may read at once while one writes: SQLite in WAL mode, where a writer takes its lock at the start (BEGIN
IMMEDIATE), PostgreSQL with one advisory lock for all writers, so that both behave alike.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import StaticPool

from casus.errors import StoreError

WAIT = 60
"""Seconds that one writer waits for another."""
WRITERS = 6_307_211_804
"""The advisory lock of all writers on PostgreSQL: any number that nobody else uses."""
CREATING_TRIES = 50
KINDS = "the path of an SQLite file, sqlite:///PATH or postgresql://USER@HOST/NAME"


class Database:
    """A database that is read and written in transactions.

    Args:
        url: The path of an SQLite file, `sqlite:///PATH`, or `postgresql://USER:PASSWORD@HOST/NAME`.

    Attributes:
        url: The address in full, without a password.

    Raises:
        StoreError: There is no such kind of database, or it cannot be opened.
    """

    def __init__(self, url: str | Path = "casus.db") -> None:
        address = parse_url(url)
        self.url = address.render_as_string(hide_password=True)
        self._engine = make_engine(address)
        self._local = threading.local()

    @property
    def is_sqlite(self) -> bool:
        """Whether it is SQLite and not PostgreSQL."""
        return self._engine.dialect.name == "sqlite"

    def close(self) -> None:
        """Close all connections; the next use opens new ones."""
        self._engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make all writes within one transaction: all of them or, if anything fails or the process dies, none.

        It nests; the outermost one counts. One process writes at a time, the others wait.

        Raises:
            StoreError: Another process has been writing for too long.
        """
        with self.writing():
            yield

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give the connection of the running transaction, else one in a transaction of its own."""
        running: Connection | None = getattr(self._local, "connection", None)
        if running is not None:
            yield running
            return
        writer = self._engine.execution_options(casus_write=True)
        with self._explained(), writer.begin() as connection:
            if not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITERS})
            self._local.connection = connection
            try:
                yield connection
            finally:
                self._local.connection = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give the connection of the running transaction, else one that sees the store as it is at one moment."""
        running: Connection | None = getattr(self._local, "connection", None)
        if running is not None:
            yield running
            return
        level = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self._explained(), self._engine.execution_options(**level).begin() as connection:
            yield connection

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            raise StoreError(f"{self.url}: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    told = cause.args[0] if cause.args else error
    if isinstance(told, dict):  # pg8000 gives the fields of PostgreSQL's message
        told = told.get("M", told)
    if "database is locked" in str(told):
        return f"another process has been writing for more than {WAIT} seconds"
    return str(told).strip().split("\n")[0]


def parse_url(url: str | Path) -> URL:
    """Return an address in full.

    >>> parse_url("casus.db"), parse_url("postgresql://me@desk/casus").drivername
    (sqlite:///casus.db, 'postgresql+pg8000')

    Raises:
        StoreError: There is no such kind of database.
    """
    if "://" not in str(url):
        return URL.create("sqlite", database=str(url))
    try:
        address = make_url(str(url))
    except ArgumentError as error:
        raise StoreError(f"store: found {url!r}, allowed {KINDS}") from error
    kind = address.get_backend_name()
    if kind not in ("sqlite", "postgresql"):
        raise StoreError(f"store: found {kind}://…, allowed {KINDS}")
    return address.set(drivername="postgresql+pg8000") if address.drivername in ("postgresql", "postgres") else address


def make_engine(url: URL) -> Engine:
    """Return an engine for one of our kinds of database.

    Raises:
        StoreError: The driver for PostgreSQL is not installed.
    """
    if url.get_backend_name() == "sqlite":
        in_memory = url.database in (None, "", ":memory:")
        options: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {}
        connecting = {"timeout": WAIT, "check_same_thread": False}
        engine = create_engine(url, connect_args=connecting, json_serializer=write_json, **options)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        return create_engine(url, json_serializer=write_json)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise StoreError("PostgreSQL needs its driver: pip install 'casus[postgres]'") from error


def write_json(value: Any) -> str:
    """Return a value as JSON, as short as it can be, in the letters of its language."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we begin transactions ourselves, below
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")  # safe in WAL mode; a power cut may cost the last transactions
    for tries_left in reversed(range(CREATING_TRIES)):
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] not in ("wal", "memory"):
                connection.execute("PRAGMA journal_mode = WAL")
            return
        except connection.OperationalError as error:
            # Two processes that create the file at once: the change to WAL mode does not wait by itself.
            if "locked" not in str(error) or not tries_left:
                raise
            sleep(0.1)


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("casus_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
