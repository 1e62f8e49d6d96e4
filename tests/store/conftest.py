"""Stores to test with: every test that asks for `url` runs on SQLite and on a real PostgreSQL."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from casus import Store
from casus.records import Report
from casus.store.databases import parse_url
from casus.store.schema import metadata
from tests.cli.builders import report
from tests.store.servers import NoServerError, running_server

KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Start a PostgreSQL whose database has our tables."""
    try:
        with running_server() as url:
            Store(url).close()
            yield url
    except NoServerError as error:
        pytest.skip(str(error))


def _empty(url: str) -> None:
    engine = create_engine(parse_url(url))
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {', '.join(metadata.tables)} RESTART IDENTITY CASCADE"))
    engine.dispose()


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an SQLite file that has our tables: creating them costs more than a test."""
    path = tmp_path_factory.mktemp("store") / "empty.db"
    Store(path).close()
    return path


@pytest.fixture(scope="module", params=KINDS)
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Give a store for the tests of one module, which only read: a report, again a month later, and a bare one."""
    if request.param == "sqlite":
        opened = Store(tmp_path_factory.mktemp("library") / "casus.db")
    else:
        opened = Store(_create(request.getfixturevalue("server"), f"library_{uuid4().hex}"))
    later = replace(report(), id="later", published="2031-06-06", publisher="Other Wire")
    words = "Soldiers moved into Kisangani. Nobody was hurt, the mayor said."
    opened.add_all([report(), later, Report(id="bare", title="Troops move", text=words, published="2031-05-07")])
    yield opened
    opened.close()


def _create(url: str, name: str) -> str:
    engine = create_engine(parse_url(url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"{url.rpartition('/')[0]}/{name}"


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a fresh store with nothing in it."""
    if request.param == "sqlite":
        file = tmp_path / "casus.db"
        file.write_bytes(request.getfixturevalue("empty_file").read_bytes())
        return str(file)
    server: str = request.getfixturevalue("server")
    _empty(server)
    return server


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """Give a fresh store with nothing in it."""
    opened = Store(url)
    yield opened
    opened.close()
