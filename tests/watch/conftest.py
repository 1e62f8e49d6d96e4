"""Stores to watch: every test that asks for `store` runs on SQLite and on a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from casus import Store
from casus.store.databases import parse_url
from tests.store.servers import NoServerError, running_server


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Start a PostgreSQL."""
    try:
        with running_server() as url:
            yield url
    except NoServerError as error:
        pytest.skip(str(error))


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Give a fresh store with nothing in it."""
    if request.param == "sqlite":
        opened = Store(tmp_path / "casus.db")
    else:
        opened = Store(_create(request.getfixturevalue("server"), f"watch_{uuid4().hex}"))
    yield opened
    opened.close()


def _create(url: str, name: str) -> str:
    engine = create_engine(parse_url(url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"{url.rpartition('/')[0]}/{name}"
