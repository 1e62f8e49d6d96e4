"""Compiles the small gazetteer once a session."""

import pytest

from casus.resolve.gazetteer import Gazetteer
from tests.resolve.place_factories import small_gazetteer


@pytest.fixture(scope="session")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """Two dozen cities and our own table."""
    return small_gazetteer(tmp_path_factory.mktemp("gazetteer"))
