"""What pages count is found by index, or is the newest of a table and bounded: no page reads a whole table."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from casus import Filters, Store
from casus.store.query.acts import read_acts, read_answers
from casus.store.query.alarms import count_deliveries, read_records
from casus.store.query.partners import read_busiest, read_doings, read_pairs, read_partners
from casus.store.query.plans import count_planned, newest_day, read_planned, read_threats, read_undated
from casus.store.query.publishers import read_publishers
from casus.store.query.spots import read_spots
from casus.store.query.verdicts import count_older, newest_coding, read_judged

SCAN = re.compile(r"SCAN (events|parties|reports|incidents|incident_versions|links|alerts|deliveries|runs)\b(?! USING)")
MONTH = ("2031-05-01", "2031-05-31")
QUESTIONS: dict[str, tuple[Callable[[Store], object], set[str]]] = {
    "spots": (lambda store: read_spots(store, Filters()), set()),
    "spots of a party": (lambda store: read_spots(store, Filters(party="COD", since="2031")), set()),
    "doings": (lambda store: read_doings(store, "COD", "actor"), set()),
    "doings of a name": (lambda store: read_doings(store, "the army", "recipient"), set()),
    "partners": (lambda store: read_partners(store, "COD/REB", "actor"), set()),
    "publishers": (read_publishers, set()),
    "planned": (lambda store: read_planned(store, *MONTH), set()),
    "threats": (lambda store: read_threats(store, *MONTH), set()),
    "plans by day": (lambda store: count_planned(store, *MONTH), set()),
    "undated": (read_undated, set()),
    "newest day": (newest_day, set()),
    "judged": (read_judged, set()),
    "older coders": (lambda store: count_older(store, "x"), set()),
    "acts": (lambda store: read_acts(store, ["COD"], ["RWA"]), set()),
    "answers": (lambda store: read_answers(store, ["a:i1"], ["RWA"]), set()),
    "deliveries": (lambda store: count_deliveries(store, ["x"]), set()),
    # Backwards from the newest row, up to a limit.
    "busiest": (read_busiest, {"events"}),
    "pairs": (read_pairs, {"events"}),
    "records of watches": (read_records, {"alerts"}),
    "newest coding": (newest_coding, {"runs"}),
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Make an SQLite store; its plans do not depend on what is in it."""
    opened = Store(tmp_path_factory.mktemp("plans") / "casus.db")
    yield opened
    opened.close()


@contextmanager
def listening(store: Store) -> Iterator[list[tuple[str, object]]]:
    """Give the statements that are run meanwhile."""
    seen: list[tuple[str, object]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        seen.append((statement, parameters))

    event.listen(store._engine, "before_cursor_execute", note)
    yield seen
    event.remove(store._engine, "before_cursor_execute", note)


def scans(store: Store, statements: list[tuple[str, object]]) -> set[str]:
    """Return the tables that are gone through without an index."""
    with store.reading() as connection:
        plans = [
            row.detail
            for statement, parameters in statements
            if statement.lstrip().startswith("SELECT")
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[arg-type]
        ]
    return {match[1] for told in plans if (match := SCAN.search(told))}


@pytest.mark.parametrize("name", QUESTIONS)
def test_figures_are_found_by_an_index(empty: Store, name: str) -> None:
    """Or by going back from the newest row, up to a limit."""
    ask, allowed = QUESTIONS[name]
    with listening(empty) as statements:
        ask(empty)
    assert statements
    assert scans(empty, list(statements)) == allowed


def test_a_scan_would_be_seen(empty: Store) -> None:
    """The check finds a table that is gone through."""
    assert scans(empty, [("SELECT count(*) FROM events WHERE score > 0", ())]) == {"events"}
