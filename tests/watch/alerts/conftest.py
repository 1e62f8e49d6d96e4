"""Stores for the tests of alerts: SQLite, and PostgreSQL too for what is asked of the database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from casus.store.house import Store
from tests.store.conftest import empty_file, server, url
from tests.watch.alerts.builders import make_store

__all__ = ("empty_file", "server", "url")


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """Give a fresh store with nothing in it, on either database."""
    opened = make_store(url)
    yield opened
    opened.close()


@pytest.fixture
def desk(tmp_path: Path, empty_file: Path) -> Iterator[Store]:
    """Give a fresh store with nothing in it, on SQLite."""
    file = tmp_path / "casus.db"
    file.write_bytes(empty_file.read_bytes())
    opened = make_store(file)
    yield opened
    opened.close()
