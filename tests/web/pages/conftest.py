"""A store with what every page can show, served to tests that only look."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from casus import Store
from casus.web.app import make_app
from tests.watch.alerts.builders import told
from tests.web.servers import serving

ARMY = ("the army", "FRA", ("MIL",))
FRONT = ("the Kestrel Front", "GBR", ("REB",))
SPEAKER = ("a spokesman", None, "denies")


def fill(store: Store) -> None:
    """Early aid, two strikes, an answer, a claim and its denial, a plan, a threat, a copy; it reaches 10 May 2031."""
    relief = {"actor": ("Relief", "DNK", ("SOC",)), "recipient": ("villagers", "SWE", ("CVL",))}
    store.add_all([
        told("early", type="AID", day="2031-04-01", published="2031-04-01", place=None, **relief),
        told("north", killed=9, day="2031-05-02", published="2031-05-03"),
        told("copy", killed=9, day="2031-05-02", published="2031-05-04", publisher="North Wire"),
        told("raid", type="COERCE", actor=ARMY, recipient=FRONT, day="2031-05-04", published="2031-05-05"),
        told("claim", source=("police", "FRA", "claims"), day="2031-05-05", published="2031-05-06"),
        told("plan", type="MOBILIZE", mode="troops", modality="future", actor=ARMY, recipient=FRONT, day="2031-05-12",
             published="2031-05-07"),
        told("threat", type="THREATEN", day="2031-05-08", published="2031-05-08"),
        told("someday", type="PROTEST", modality="future", day=None, published="2031-05-09"),
        told("march", type="MOBILIZE", mode="troops", actor=ARMY, recipient=FRONT, day="2031-05-10", place=None,
             published="2031-05-10"),
    ])  # fmt: skip
    store.set_origin("copy", "north")
    _dispute(store)
    _link(store)


def _dispute(store: Store) -> None:
    """Let two reports tell one strike as done and as not done."""
    from dataclasses import replace

    store.add(told("denial", modality="negated", source=SPEAKER, day="2031-05-05", published="2031-05-07"))
    strike = store.incident("claim:i1").incident
    both = replace(strike, events=("claim:e1", "denial:e1"), status="disputed")
    store.put_incident(both, reason="merged")


def _link(store: Store) -> None:
    from casus.records import Link, Span

    store.put_links([
        Link("raid:i1", "north:i1", "responds_to", cue=Span(0, 3, "the"), confidence=0.8),
        Link("march:i1", "plan:i1", "fulfils", confidence=0.7),
    ])  # fmt: skip


@pytest.fixture(scope="session")
def full_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the store once."""
    path = tmp_path_factory.mktemp("pages") / "full.db"
    store = Store(path)
    fill(store)
    store.close()
    return path


@pytest.fixture(scope="session")
def full(full_file: Path) -> Iterator[str]:
    """Serve it to tests that only look."""
    with serving(make_app(str(full_file))) as address:
        yield address


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a store with nothing in it."""
    with serving(make_app(str(tmp_path_factory.mktemp("bare") / "bare.db"))) as address:
        yield address


@pytest.fixture
def own(full_file: Path, tmp_path: Path) -> Iterator[tuple[str, Store]]:
    """Serve a copy to a test that changes it; give the address and the store."""
    file = tmp_path / "own.db"
    file.write_bytes(full_file.read_bytes())
    store = Store(file)
    with serving(make_app(str(file))) as address:
        yield address, store
    store.close()
