"""What every test of the command line needs."""

import pytest

from casus.config import read_settings
from casus.resolve.gazetteer import open_gazetteer


@pytest.fixture(scope="session", autouse=True)
def _compiled_gazetteer() -> None:
    """Compile the gazetteer beforehand, so that no command has to tell that it does."""
    open_gazetteer(read_settings().cache)
