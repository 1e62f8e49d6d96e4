"""What the tests of fetching need."""

from collections.abc import Iterator

import pytest

from tests.ingest.sites import Site, open_site


@pytest.fixture
def site() -> Iterator[Site]:
    """Give a web site on loopback."""
    with open_site() as found:
        yield found
