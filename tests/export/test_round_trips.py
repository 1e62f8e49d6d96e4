"""What comes back out of an export is what went in, as far as the format allows."""

import json
from pathlib import Path

import pytest

from casus import Filters, Store, export
from casus.errors import InputError
from casus.store.query.flat import flatten_event
from tests.cli.builders import report as shelling
from tests.export.builders import report


@pytest.fixture
def plain_store(tmp_path: Path) -> Store:
    """Give a store of two reports that nobody judged."""
    store = Store(tmp_path / "plain.db")
    store.add_all([report(), shelling()])
    return store


def read_back(path: Path, folder: Path) -> Store:
    """Return a new store with the reports of a JSON Lines export."""
    store = Store(folder / "back.db")
    store.add_all(export.read_reports(path))
    return store


def test_json_lines_make_the_same_store(plain_store: Store, tmp_path: Path) -> None:
    """Reports, events with all that is known of them, incidents and links."""
    export.write(plain_store, "jsonl", tmp_path / "all.jsonl")
    back = read_back(tmp_path / "all.jsonl", tmp_path)
    assert list(back.reports()) == list(plain_store.reports())
    assert back.events() == plain_store.events()
    ids = {version.incident.id for version in plain_store.incidents()}
    assert back.links_of(ids) == plain_store.links_of(ids)
    assert [one.incident for one in back.incidents()] == [one.incident for one in plain_store.incidents()]


def test_json_lines_of_json_lines_are_the_same(store: Store, tmp_path: Path) -> None:
    """Of a store with judgements too: events go out as judged, and come back so."""
    export.write(store, "jsonl", tmp_path / "first.jsonl")
    back = read_back(tmp_path / "first.jsonl", tmp_path)
    export.write(back, "jsonl", tmp_path / "second.jsonl")
    assert (tmp_path / "second.jsonl").read_bytes() == (tmp_path / "first.jsonl").read_bytes()
    assert {event.id: event.event for event in back.events()} == {event.id: event.event for event in store.events()}


def test_json_lines_of_many_reports_make_the_same_store(long_store: Store, tmp_path: Path) -> None:
    """Across pages, in the order they were added."""
    export.write(long_store, "jsonl", tmp_path / "all.jsonl")
    found = list(export.read_reports(tmp_path / "all.jsonl"))
    assert [one.id for one in found] == list(long_store.report_ids())
    assert found[57] == long_store.report(found[57].id)


def test_a_report_is_cut_to_the_events_asked_for(plain_store: Store, tmp_path: Path) -> None:
    """With the incidents and links that are left, and no answer to an event that is not there."""
    wanted = Filters(report="kassala", mode="heavy-weapons")
    told = export.write(plain_store, "jsonl", tmp_path / "some.jsonl", filters=wanted)
    (found,) = export.read_reports(tmp_path / "some.jsonl")
    assert ([event.id for event in found.events], [one.id for one in found.incidents]) == (["e2"], ["i2"])
    assert (found.links, found.events[0].responds_to) == ((), ())
    assert "answers to events that are not in the export" in {loss.what for loss in told.left_out}


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    """With its number, and what is wrong with it."""
    file = tmp_path / "bad.jsonl"
    file.write_text(json.dumps(report().to_json()) + '\n\n{"id": 3}\n', "utf-8")
    with pytest.raises(InputError, match=r"bad\.jsonl:3: field Report\.\w+: "):
        list(export.read_reports(file))
    file.write_text("{", "utf-8")
    with pytest.raises(InputError, match=r"bad\.jsonl:1: field JSON: found '\{'"):
        list(export.read_reports(file))


def test_parquet_gives_back_flat_events(store: Store, tmp_path: Path) -> None:
    """Row by row, value by value, with the words of the dictionary on its columns."""
    parquet = pytest.importorskip("pyarrow.parquet")
    export.write(store, "parquet", tmp_path / "events.parquet")
    table = parquet.read_table(tmp_path / "events.parquet")
    assert table.to_pylist() == [flatten_event(event) for event in store.events(oldest=True)]
    assert table.schema.field("score").metadata[b"description"] == b"PLOVER conflict-cooperation score, -10 to +10"


def test_columns_of_csv_are_those_of_flat_events(store: Store) -> None:
    """In their order, so that no cell is put under another name."""
    names = [column.name for column in export.FORMATS["csv"].columns]
    assert names == list(flatten_event(store.event("kassala:e1")))
