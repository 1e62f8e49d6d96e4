"""Alerts are found from indexes: no look and no board reads a whole table."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from casus.store.house import Store
from casus.store.query import alerts as asked
from casus.watch.ledger import read_alerts, read_board
from tests.watch.alerts.builders import NOW, later, look, rule, told

TABLES = ("alerts", "deliveries", "incident_versions", "incidents", "events", "parties", "reports")


@contextmanager
def listening(store: Store) -> Iterator[list[tuple[str, Any]]]:
    """Give the questions that are asked of a store meanwhile, with their values."""
    heard: list[tuple[str, Any]] = []

    def hear(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if statement.lstrip().startswith("SELECT"):
            heard.append((statement, values))

    event.listen(store._engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(store._engine, "before_cursor_execute", hear)


def scanned(store: Store, heard: list[tuple[str, Any]]) -> set[str]:
    """Return the steps of the plans of these questions that read a whole table without an index."""
    with store.reading() as connection:
        driver = connection.connection.driver_connection
        plans = [driver.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall() for statement, values in heard]
    steps = {row[3] for plan in plans for row in plan}
    return {step for step in steps if step.split(" ")[0] == "SCAN" and step.split(" ")[1] in TABLES} - {
        step for step in steps if "USING" in step
    }


@pytest.fixture
def busy(desk: Store, tmp_path: Path) -> Store:
    """Give a store with alerts, some of them closed, and statistics of none."""
    desk.add_all([told(f"r{nth}", killed=nth + 1) for nth in range(4)])
    look(desk, rule(tmp_path))
    desk.add(told("later"))
    return desk


def test_a_look_reads_by_index(busy: Store, tmp_path: Path) -> None:
    """With conditions of every kind, when something changed."""
    conditions = (
        "between = ['GBR', 'FRA']\ntoll = { killed = 1 }\nrung = 'threat'\norigins = 2\nwords = 'struck'\n"
        "ahead = { within = '7d' }"
    )
    watching = rule(tmp_path, conditions, "busy")
    look(busy, watching)
    busy.reject("r1:e1", by="ann")
    with listening(busy) as heard:
        look(busy, watching, later(minutes=1))
        look(busy, rule(tmp_path), later(minutes=1))
    assert len(heard) > 20
    assert scanned(busy, heard) == set()


def test_the_board_reads_by_index(busy: Store, tmp_path: Path) -> None:
    """And the alerts of a rule, and what is due."""
    with listening(busy) as heard:
        read_board(busy, [rule(tmp_path)], now=NOW)
        read_alerts(busy, rule="strikes", limit=10)
        asked.due_deliveries(busy, "2031-05-07")
        asked.next_due(busy)
        asked.recent_messages(busy, "terminal", until=9, limit=10)
        asked.channels_told(busy, ["x"])
    steps = scanned(busy, heard)
    assert steps == set()


def test_a_whole_table_would_be_noticed(busy: Store) -> None:
    """The check sees one."""
    with listening(busy) as heard, busy.reading() as connection:
        connection.execute(text("SELECT * FROM alerts WHERE title = 'x'"))
    assert scanned(busy, heard) == {"SCAN alerts"}
