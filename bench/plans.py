"""How the database answers each page: what it is asked meanwhile, and its plan for that, by EXPLAIN QUERY PLAN."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import event

from casus import Store
from casus.web.app import make_app
from casus.web.settings import WebSettings

TABLES = "events|parties|reports|incidents|incident_versions|links|judgements|judged_events|alerts|deliveries|tellings"
SCAN = re.compile(rf"SCAN ({TABLES})\b(?!.*USING)")
LIMITED = re.compile(r"\bLIMIT\b")
Statement = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps of one statement's plan; `scans` are tables that it goes through by no index and without a limit."""

    steps: tuple[str, ...]
    scans: tuple[str, ...]


async def explain_pages(address: str, rules: Path, pages: Mapping[str, str]) -> dict[str, tuple[Plan, ...]]:
    """Return page → the plans of its statements, each plan once.

    Args:
        address: The store's, an SQLite file.
        rules: The file of the board's watch rules.
        pages: Name → address.
    """
    app = make_app(address, settings=WebSettings(rules=rules))
    store: Store = app.state.store
    found: dict[str, tuple[Plan, ...]] = {}
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        for name, path in pages.items():
            with _listening(store) as statements:
                await client.get(path, headers={"accept": "text/html"})
            found[name] = explain(store, statements)
    store.close()
    return found


@contextmanager
def _listening(store: Store) -> Iterator[list[Statement]]:
    """Give what is asked of the store meanwhile."""
    seen: list[Statement] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        seen.append((statement, parameters))

    engine = store._engine  # noqa: SLF001  a bench may look inside
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def explain(store: Store, statements: list[Statement]) -> tuple[Plan, ...]:
    """Return the plans of the questions among these statements, each once."""
    plans: dict[Plan, None] = {}
    with store.reading() as connection:
        for statement, parameters in list(statements):
            if statement.lstrip().upper().startswith(("SELECT", "WITH")):
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                plans.setdefault(make_plan(statement, [row.detail for row in rows]))
    return tuple(plans)


def make_plan(statement: str, steps: list[str]) -> Plan:
    """Return the plan of a statement; going back from the newest row up to a limit is no scan.

    >>> make_plan("SELECT 1 FROM events", ["SCAN events"]).scans
    ('events',)
    >>> make_plan("SELECT 1 FROM events ORDER BY number DESC LIMIT 9", ["SCAN events"]).scans
    ()
    """
    scans = [match[1] for step in steps if (match := SCAN.search(step))]
    return Plan(tuple(steps), () if LIMITED.search(statement) else tuple(scans))
