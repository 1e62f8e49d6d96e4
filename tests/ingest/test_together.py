"""Sources visited at once: none waits for another, each keeps its order, and nobody works on when nobody asks."""

import threading
import time
from collections.abc import Mapping
from contextlib import closing
from typing import Any

import pytest

from casus.errors import FetchError
from casus.ingest import Item, Terms
from casus.ingest.fetch import Fetched, Stamp
from casus.ingest.sources import Source
from casus.ingest.together import AHEAD, visit_together
from casus.ingest.visits import Visitor

TEXT = "The army said on Monday that its troops had left the town, report {} of {}."


class Nothing:
    """A memory without memories."""

    def knows(self, _id: str) -> bool:
        """Know nothing."""
        return False

    def recall(self, _key: str) -> Mapping[str, Any] | None:
        """Remember nothing."""
        return None


class Files:
    """Addresses at which JSON Lines stand; `meet` is passed by each request, `asked` counts them."""

    def __init__(self, count: int, meet: threading.Barrier | None = None) -> None:
        self.count, self.meet, self.asked = count, meet, 0

    def get(self, address: str, stamp: Stamp | None = None) -> Fetched:
        """Return the lines of an address."""
        self.asked += 1
        if self.meet is not None:
            self.meet.wait(5.0)
        if "broken" in address:
            raise FetchError(address, "status", 404, "200")
        if "bug" in address:
            raise ZeroDivisionError
        lines = (f'{{"text": "{TEXT.format(number, address)}"}}' for number in range(self.count))
        return Fetched(address, "\n".join(lines).encode(), "application/x-ndjson")


def visitor(files: Files) -> Visitor:
    """Return what visits."""
    return Visitor(getter=files, memory=Nothing(), terms=Terms())


def sources(*names: str) -> list[Source]:
    """Return a source a name."""
    return [Source(name=name, url=f"https://example.org/{name}.jsonl") for name in names]


def test_each_source_keeps_its_order() -> None:
    """Whatever comes between."""
    found = list(visit_together(visitor(Files(100)), sources("a", "b", "c")))
    for number, name in enumerate("abc"):
        texts = [one.report.text for place, one in found if place == number and isinstance(one, Item)]
        assert texts == [TEXT.format(count, f"https://example.org/{name}.jsonl") for count in range(100)]


def test_sources_do_not_wait_for_one_another() -> None:
    """Two requests that only go on together do go on."""
    files = Files(1, threading.Barrier(2))
    assert sum(isinstance(one, Item) for _, one in visit_together(visitor(files), sources("a", "b"))) == 2


def test_no_more_than_so_many_at_once() -> None:
    """One at a time is one after the other."""
    found = [number for number, _ in visit_together(visitor(Files(3)), sources("a", "b"), at_once=1)]
    assert found == sorted(found)


def test_an_error_ends_its_source_alone() -> None:
    """What cannot be fetched is part of what is found; what must not happen is raised."""
    found = [(number, type(one).__name__) for number, one in visit_together(visitor(Files(1)), sources("broken", "a"))]
    assert sorted(found) == [(0, "FetchError"), (1, "Item"), (1, "Note")]
    with pytest.raises(ZeroDivisionError):
        list(visit_together(visitor(Files(1)), sources("bug")))


def test_nobody_works_on_when_nobody_asks() -> None:
    """What is read ahead is bounded, and the threads end."""
    before = threading.active_count()
    files = Files(10 * AHEAD)
    with closing(visit_together(visitor(files), sources("a", "b", "c"), at_once=2)) as found:
        next(found)
    for _ in range(100):
        if threading.active_count() <= before:
            break
        time.sleep(0.05)
    assert (threading.active_count() <= before, files.asked) == (True, 2)


def test_no_sources() -> None:
    """There is nothing to visit."""
    assert list(visit_together(visitor(Files(1)), [])) == []
