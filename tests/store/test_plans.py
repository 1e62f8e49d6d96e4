"""Filters are answered from indexes: no question reads the whole table of events."""

from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.dialects import sqlite

from casus import Filters, Store
from casus.store.query.filters import event_conditions, incident_conditions
from casus.store.schema import events, incidents


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Make an SQLite store; its plans do not depend on what is in it."""
    return Store(tmp_path_factory.mktemp("plans") / "casus.db")


def plan(store: Store, query: Any) -> str:
    """Return how SQLite answers a query."""
    sql = query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    with store.reading() as connection:
        return " / ".join(row.detail for row in connection.execute(text(f"EXPLAIN QUERY PLAN {sql}")))


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(party="IRN"),
        Filters(actor="USA", recipient="IRN"),
        Filters(party="org-hezbollah"),
        Filters(source="the police"),
        Filters(type="ASSAULT"),
        Filters(mode="aerial"),
        Filters(place="Goma"),
        Filters(country="COD"),
        Filters(status="disputed"),
        Filters(report="goma"),
        Filters(incident="goma:i1"),
        Filters(modality="negated", since="2031", until="2031"),
    ],
    ids=str,
)
def test_events_are_found_by_an_index(empty: Store, filters: Filters) -> None:
    """Newest first, so many as a page has."""
    query = select(events.c.id).where(*event_conditions(filters, is_sqlite=True))
    told = plan(empty, query.order_by(events.c.day_from.desc(), events.c.number.desc()).limit(50))
    assert "SCAN events USING" in told or "SEARCH events USING" in told
    assert "SCAN parties" not in told


@pytest.mark.parametrize(
    "filters", [Filters(), Filters(type="ASSAULT"), Filters(status="disputed"), Filters(country="COD")], ids=str
)
def test_incidents_are_found_by_an_index(empty: Store, filters: Filters) -> None:
    """As are incidents."""
    query = select(incidents.c.id).where(*incident_conditions(filters, is_sqlite=True))
    told = plan(empty, query.order_by(incidents.c.day_from.desc(), incidents.c.id.desc()).limit(50))
    assert "SEARCH incidents USING" in told
