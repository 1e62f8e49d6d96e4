"""The bench of the pages times every page, on a real server, and would see a table that is gone through."""

from pathlib import Path

from bench.api import serving
from bench.desk import open_desk
from bench.plans import explain
from bench.web import PAGE, Timing, list_pages, measure_pages, tell_plans, watch_store
from casus import Store
from casus.watch.ledger import read_alerts
from casus.web.pages import NAVIGATION


def test_every_page_is_timed(tmp_path: Path) -> None:
    """Those of the navigation, and what they lead to."""
    open_desk(tmp_path / "desk.db", 60).close()
    with serving(str(tmp_path / "desk.db"), 1) as (port, pid):
        found = {timing.name: timing for timing in measure_pages(port, pid, 1)}
    assert list(found) == list(list_pages())
    assert {address for address, _ in NAVIGATION} <= set(list_pages().values())
    assert all(timing.median > 0 and (timing.size or 0) > 1000 for timing in found.values())


def test_watches_find_something(tmp_path: Path) -> None:
    """So that the log of alerts is measured with alerts."""
    store = open_desk(tmp_path / "desk.db", 400)
    watch_store(store, tmp_path)
    assert read_alerts(store)


def test_a_table_that_is_gone_through_is_told(tmp_path: Path) -> None:
    """By name; what ends at a limit is none."""
    store = Store(tmp_path / "casus.db")
    plans = explain(store, [("SELECT id FROM events WHERE score > ?", (0,)), ("SELECT id FROM runs LIMIT 3", ())])
    (_, line) = tell_plans({"a page": plans}, whole=False)
    assert line.split() == ["a", "page", "2", "0", "events"]


def test_what_is_too_slow_is_told() -> None:
    """Beside a bar that is full."""
    assert str(Timing("a page", 301, 200, PAGE)).endswith("█+  too slow")
    assert str(Timing("a page", 150, 100, PAGE, 5000)).endswith("5  ████████████············")
