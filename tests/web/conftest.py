"""What every test of the API and the pages needs: a small store, and a real server over it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from casus import Store
from casus.cli.reception import reckon
from casus.link.across import link_across, sum_up_events
from casus.records import Report
from casus.web.app import make_app
from casus.web.settings import WebSettings
from tests.cli.builders import report
from tests.web.servers import serving

BARE = "Soldiers moved into Kisangani. Nobody was hurt, the mayor said."


def fill(store: Store) -> None:
    """Put three reports into a store: one of two events, the same in another paper, and one that is not coded."""
    told = [
        report(),
        replace(report(), id="twin", published="2031-05-07", publisher="Other Wire"),
        Report(id="bare", title="Troops move", text=BARE, published="2031-05-07", publisher="Example Wire"),
    ]
    run = store.begin_run("ingest", {"casus": "0.1.0", "reader": "casus"})
    with store.transaction():
        for one in told:
            store.add(one, run, origin={"address": f"{one.id}.txt", "language": "en"})
            link_across(one, store)
        store.add_issue(run, {"report": "kivu.txt", "field": "language", "found": "fr", "allowed": "en"})
        store.end_run(run, {"taken": len(told), "skipped": 1})


@pytest.fixture(scope="session")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the small store once: copying it costs less than making it."""
    path = tmp_path_factory.mktemp("web") / "filled.db"
    store = Store(path, sum_up=sum_up_events)
    fill(store)
    store.close()
    return path


@pytest.fixture
def store_url(filled_file: Path, tmp_path: Path) -> str:
    """Give the address of a small store of one's own."""
    file = tmp_path / "casus.db"
    file.write_bytes(filled_file.read_bytes())
    return str(file)


@pytest.fixture
def server(store_url: str) -> Iterator[str]:
    """Serve the small store, and give the server's address."""
    with serving(make_app(store_url, settings=WebSettings(sum_up=sum_up_events, figures=reckon))) as address:
        yield address
