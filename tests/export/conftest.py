"""Stores that the tests of exports read: a small one of every kind of thing, one of several pages, an empty one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.synthetic import make_report
from casus import Store
from tests.export.builders import fill


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Give a store with a report of five events, its near-copy, and judgements; tests only read it."""
    opened = fill(tmp_path_factory.mktemp("export") / "casus.db")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def long_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Give a store of 2,400 events in 1,200 incidents: more than a page of either."""
    opened = Store(tmp_path_factory.mktemp("long") / "casus.db")
    opened.add_all(make_report(number, events=20) for number in range(120))
    yield opened
    opened.close()


@pytest.fixture
def empty_store(tmp_path: Path) -> Iterator[Store]:
    """Give a store with nothing in it."""
    opened = Store(tmp_path / "empty.db")
    yield opened
    opened.close()
