"""Reports are matched through the store as they are in memory: the store is an archive for linking across reports."""

from dataclasses import replace

import pytest

from casus import Store
from casus.link.across import Archive, MemoryArchive, link_across
from casus.records import Report
from tests.cli.builders import report


def twin(told: Report) -> Report:
    """Return the report as another paper prints it a day later."""
    return replace(told, id="twin", publisher="Other Wire", published="2031-05-07")


def test_linking_comes_to_the_same_as_in_memory(store: Store) -> None:
    """The same changes and the same incidents, whatever the archive."""
    memory = MemoryArchive()
    archives: tuple[Archive, ...] = (store, memory)
    changes = []
    for archive in archives:
        found = []
        for told in (report(), twin(report())):
            archive.add(told)  # type: ignore[attr-defined]
            found.append(link_across(told, archive))
        changes.append(found)
    assert changes[0] == changes[1]
    homes = store.homes_of([f"{id_}:{event}" for id_ in ("goma", "twin") for event in ("e1", "e2")])
    assert homes == memory.homes_of(list(homes))


def test_sketches_are_found_by_their_bands(store: Store) -> None:
    """Those kept before are replaced."""
    store.add_all([report(), twin(report())])
    store.put_sketch("goma", b"1", ["a", "b"])
    store.put_sketch("goma", b"2", ["b", "c", "c"])
    store.put_sketch("twin", b"3", ["c"])
    store.set_origin("twin", "goma")
    assert (store.near(["a"]), store.near(["c"])) == ((), (("goma", "goma", b"2"), ("twin", "goma", b"3")))


def test_tellings_are_found_by_their_keys(store: Store) -> None:
    """Those of most common keys first; a rejected event is not found."""
    store.add_all([report(), twin(report())])
    for id_, keys in (("goma", ["x", "y"]), ("twin", ["y"])):
        store.put_tellings(id_, [{"id": f"{id_}:i1", "event": f"{id_}:e1", "keys": keys, "record": {"of": id_}}])
    assert store.find_homes(["x", "y", "z"], 5) == ("goma:i1", "twin:i1")
    assert store.tellings_in(["twin:i1", "goma:i2"]) == {"twin:i1": [{"of": "twin"}]}
    store.reject("goma:e1", by="ann")
    assert store.find_homes(["x", "y"], 5) == ("twin:i1",)


@pytest.mark.parametrize("ids", [["goma:i1"], ["goma:i1", "goma:i2", "nobody"]])
def test_all_events_of_incidents_are_listed(store: Store, ids: list[str]) -> None:
    """Of those that are in the store."""
    store.add(report())
    assert store.event_ids_in(ids) == {id_: [id_.replace("i", "e")] for id_ in ids if id_ != "nobody"}
