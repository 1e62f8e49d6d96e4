"""What holds of every format."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from casus import CasusError, Filters, Store, export
from casus.errors import FieldError
from casus.export import FORMATS
from casus.export.slots import EVENT_SLOTS, SLOTS, STORE_SLOTS

NAMES = tuple(FORMATS)


def files_in(folder: Path) -> set[str]:
    """Return the names of all files, hidden ones too."""
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("name", NAMES)
def test_an_export_is_three_files_and_no_more(store: Store, tmp_path: Path, name: str) -> None:
    """The file, its data dictionary, its loss report; for CSV the descriptor as well."""
    export.write(store, name, tmp_path / "out")
    beside = {"datapackage.json"} if name == "csv" else set()
    assert files_in(tmp_path) == {"out", "out.dictionary.md", "out.losses.json"} | beside


@pytest.mark.parametrize("name", NAMES)
def test_the_same_store_gives_the_same_bytes(store: Store, tmp_path: Path, name: str) -> None:
    """Twice in a row, and from a copy of the store elsewhere."""
    folders = [tmp_path / "one", tmp_path / "other"]
    with closing(sqlite3.connect(store.url.removeprefix("sqlite:///"))) as first:
        first.execute("VACUUM INTO ?", (str(tmp_path / "copy.db"),))
    other = Store(tmp_path / "copy.db")
    for folder, source in zip(folders, (store, other), strict=True):
        folder.mkdir()
        export.write(source, name, folder / "out")
    other.close()
    one, two = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert one == two
    assert len(one["out"]) > 100


@pytest.mark.parametrize("name", NAMES)
def test_the_dictionary_tells_of_every_column(store: Store, tmp_path: Path, name: str) -> None:
    """Each has a row of its own, and words."""
    export.write(store, name, tmp_path / "out")
    page = (tmp_path / "out.dictionary.md").read_text("utf-8")
    assert [column.name for column in FORMATS[name].columns if f"| `{column.name}` | {column.kind} |" not in page] == []
    assert [column.name for column in FORMATS[name].columns if not column.told] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_report_beside_is_the_one_returned(store: Store, tmp_path: Path, name: str) -> None:
    """And it has read all that is not rejected: nine events, of which seven are not planned or denied."""
    told = export.write(store, name, tmp_path / "out")
    assert json.loads((tmp_path / "out.losses.json").read_text("utf-8")) == told.to_json()
    assert told.read["events"] == store.count_events() == 9
    assert {loss.what: loss.count for loss in told.left_out}["events that people rejected"] == 1


@pytest.mark.parametrize("name", NAMES)
def test_what_is_filled_and_not_kept_is_counted(store: Store, tmp_path: Path, name: str) -> None:
    """Counted anew here, slot by slot, over all events that go in."""
    form = FORMATS[name]
    told = export.write(store, name, tmp_path / "out", include=["future", "hypothetical", "negated"])
    if form.unit == "incidents" and len(told.left_out) > 1:
        return  # which of its events those incidents have is the affair of test_tables
    expected = {
        slot: sum(EVENT_SLOTS[slot].count(stored) for stored in store.events())
        for slot in EVENT_SLOTS
        if slot not in form.keeps
    }
    found = {loss.slot: loss.count for loss in told.not_held if loss.slot in EVENT_SLOTS}
    assert found == {slot: number for slot, number in expected.items() if number}


@pytest.mark.parametrize("name", NAMES)
def test_every_slot_kept_is_one_of_ours(name: str) -> None:
    """A slip of the pen would pass for a loss."""
    assert FORMATS[name].keeps - {*SLOTS, *STORE_SLOTS} == set()


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_store_gives_an_empty_export(empty_store: Store, tmp_path: Path, name: str) -> None:
    """Without an error."""
    told = export.write(empty_store, name, tmp_path / "out")
    assert (told.read.get("events", 0), told.not_held, told.left_out) == (0, (), ())


@pytest.mark.parametrize("name", [name for name in NAMES if name != "mermaid"])
def test_pages_are_joined_without_a_gap(long_store: Store, tmp_path: Path, name: str) -> None:
    """All events are read, once, and progress tells of as many units as there are."""
    steps: list[int] = []
    told = export.write(long_store, name, tmp_path / "out", step=steps.append)
    units = {"events": 2400, "incidents": 1200, "reports": 120}
    assert (told.read["events"], sum(steps)) == (2400, units[FORMATS[name].unit])
    assert len(steps) > 1


@pytest.mark.parametrize("name", NAMES)
def test_filters_hold(store: Store, tmp_path: Path, name: str) -> None:
    """Only the strike is of that mode; its incident has the event of either report."""
    told = export.write(store, name, tmp_path / "out", filters=Filters(mode="drone"))
    assert told.filters == {"mode": ["drone"]}
    units = {"reports": {"reports": 2}, "incidents": {"incidents": 1}}
    assert told.read == {"events": 2} | units.get(FORMATS[name].unit, {})


@pytest.mark.parametrize("name", NAMES)
def test_what_fails_leaves_the_old_files(store: Store, tmp_path: Path, name: str) -> None:
    """However far it came: here the progress of a caller ends it."""

    class StopError(Exception):
        """The caller had enough."""

    def stop(_: int) -> None:
        raise StopError

    for old in ("out", "out.losses.json"):
        (tmp_path / old).write_text("old", "utf-8")
    with pytest.raises(StopError):
        export.write(store, name, tmp_path / "out", step=stop)
    left = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert left == {"out": "old", "out.losses.json": "old"}


def test_what_is_killed_leaves_the_old_file(long_store: Store, tmp_path: Path) -> None:
    """By SIGKILL, after the first page: nothing can tidy up, and yet the old file stands."""
    (tmp_path / "out.csv").write_text("old", "utf-8")
    code = (
        "import os, signal, sys, casus\n"
        "store = casus.Store(sys.argv[1])\n"
        "casus.export.write(store, 'csv', sys.argv[2], step=lambda _: os.kill(os.getpid(), signal.SIGKILL))\n"
    )
    arguments = [long_store.url.removeprefix("sqlite:///"), str(tmp_path / "out.csv")]
    done = subprocess.run([sys.executable, "-c", code, *arguments], check=False)
    assert done.returncode == -9
    assert (tmp_path / "out.csv").read_text("utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir() if not path.name.endswith(".part")) == ["out.csv"]


def test_an_unknown_format_is_refused_with_those_there_are(store: Store, tmp_path: Path) -> None:
    """In one line."""
    with pytest.raises(FieldError, match="found 'xls', allowed jsonl csv parquet geojson plover"):
        export.write(store, "xls", tmp_path / "out")


def test_an_unknown_modality_is_refused(store: Store, tmp_path: Path) -> None:
    """With those there are."""
    with pytest.raises(FieldError, match="found 'maybe', allowed actual future hypothetical negated"):
        export.write(store, "gdelt", tmp_path / "out", include=["maybe"])


def test_a_folder_is_no_file(store: Store, tmp_path: Path) -> None:
    """It says so before anything is read."""
    with pytest.raises(CasusError, match="found a folder, allowed the path of a file"):
        export.write(store, "gdelt", tmp_path)


def test_the_store_is_not_written_over(store: Store, tmp_path: Path) -> None:
    """By its own name or another one."""
    file = Path(store.url.removeprefix("sqlite:///"))
    (tmp_path / "link.db").symlink_to(file)
    for path in (file, tmp_path / "link.db"):
        with pytest.raises(CasusError, match="found the store itself"):
            export.write(store, "csv", path)
    assert store.count_events() == 9


def test_a_path_that_leads_nowhere_is_named(store: Store, tmp_path: Path) -> None:
    """By the name that the caller gave."""
    with pytest.raises(CasusError, match=r"nowhere/out: No such file"):
        export.write(store, "gdelt", tmp_path / "nowhere" / "out")


def test_the_tables_of_others_hold_what_happened_only(store: Store, tmp_path: Path) -> None:
    """The rest is counted as left out, by kind, and comes in where it is asked for."""
    left = {loss.what: loss.count for loss in export.write(store, "icews", tmp_path / "a").left_out}
    planned = {"events that are planned": 2, "events that are denied or failed": 2}
    assert left == planned | {"events that people rejected": 1}
    more = export.write(store, "icews", tmp_path / "b", include=["negated"])
    assert {loss.what for loss in more.left_out} == {"events that people rejected", "events that are planned"}
    assert more.modalities == ("actual", "negated")


def test_our_own_formats_hold_everything(store: Store, tmp_path: Path) -> None:
    """Unless only what happened is asked for."""
    assert export.write(store, "csv", tmp_path / "a.csv").written == 9
    (tmp_path / "datapackage.json").unlink()
    assert export.write(store, "csv", tmp_path / "b.csv", include=[]).written == 5


def test_a_report_in_lines_is_short() -> None:
    """Read and written first, then what was lost."""
    losses = (export.Loss(3, "hedges", "hedged"), export.Loss(1, "modes", "mode"))
    told = export.LossReport(
        format="icews", casus="1", filters={}, modalities=("actual",), read={"events": 5}, written=4,
        left_out=(export.Loss(1, "events that are planned"),), not_held=losses,
    )  # fmt: skip
    assert list(told.lines()) == [
        "read 5 events, wrote 4",
        "left out: 1 events that are planned",
        "not held: 3 hedges; 1 modes",
    ]
