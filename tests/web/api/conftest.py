"""Servers for the tests of the API, over SQLite and over a real PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import create_engine, text

from casus import Store
from casus.cli.reception import reckon
from casus.link.across import sum_up_events
from casus.store.databases import parse_url
from casus.web.app import make_app
from casus.web.settings import WebSettings
from tests.store.servers import NoServerError, running_server
from tests.web.api.coded import take_coded, watch
from tests.web.conftest import fill
from tests.web.servers import serving

Serve = Callable[..., httpx.Client]
KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Start a PostgreSQL with the small store in its database `filled`."""
    try:
        with running_server() as url:
            _run_sql(url, "CREATE DATABASE filled")
            store = Store(_database(url, "filled"), sum_up=sum_up_events)
            fill(store)
            watch(store)
            store.close()
            yield url
    except NoServerError as error:
        pytest.skip(str(error))


def _database(url: str, name: str) -> str:
    return f"{url.rpartition('/')[0]}/{name}"


def _run_sql(url: str, statement: str) -> None:
    engine = create_engine(parse_url(url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(scope="session")
def watched_file(filled_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the small store with an alert."""
    path = tmp_path_factory.mktemp("watched") / "watched.db"
    path.write_bytes(filled_file.read_bytes())
    store = Store(path, sum_up=sum_up_events)
    watch(store)
    store.close()
    return path


def _make_url(request: pytest.FixtureRequest, folder: Path) -> str:
    """Return the address of a new copy of the small store in the kind of database that is asked for."""
    if request.param == "sqlite":
        file = folder / "casus.db"
        file.write_bytes(request.getfixturevalue("watched_file").read_bytes())
        return str(file)
    server: str = request.getfixturevalue("postgres")
    name = f"web_{uuid4().hex}"
    _run_sql(server, f"CREATE DATABASE {name} TEMPLATE filled")
    return _database(server, name)


@pytest.fixture(params=KINDS)
def either_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a small store of one's own, in either kind of database."""
    return _make_url(request, tmp_path)


@pytest.fixture(scope="module", params=KINDS)
def known(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Give the small store in either kind of database, for all tests of a module, which only read."""
    url = _make_url(request, tmp_path_factory.mktemp("known"))
    store = Store(url)
    yield store
    store.close()


@pytest.fixture(scope="module")
def api(known: Store) -> Iterator[httpx.Client]:
    """Serve the store that is known."""
    with _serving(known.url) as client:
        yield client


@contextmanager
def _serving(url: str, *, headers: dict[str, str] | None = None, **settings: Any) -> Iterator[httpx.Client]:
    given = {"sum_up": sum_up_events, "figures": reckon, "take": take_coded} | settings
    with (
        serving(make_app(url, settings=WebSettings(**given))) as address,
        httpx.Client(base_url=address, headers=headers, timeout=60) as client,
    ):
        yield client


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Give what serves a store with settings, and returns a client of the server."""
    with ExitStack() as stack:

        def start(url: str, **told: Any) -> httpx.Client:
            return stack.enter_context(_serving(url, **told))

        yield start


@pytest.fixture
def lite(store_url: str, serve: Serve) -> httpx.Client:
    """Serve the small store in SQLite alone, for what knows no database."""
    return serve(store_url)
