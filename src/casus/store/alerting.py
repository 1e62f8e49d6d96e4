"""Writes what is watched, the alerts that came of it and who is told; what they mean is known in `casus.watch`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Table, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from casus.store.matching import Matching
from casus.store.query.asking import Query
from casus.store.schema import alerts, deliveries, watches


class Alerting(Query, Matching):
    """A store that can be asked and that alerts are kept in, as rows: mappings from column to value."""

    def put_watch(self, row: Mapping[str, Any]) -> None:
        """Keep how a rule stands, in the place of what was kept of it before."""
        self._put(watches, row, "rule")

    def put_alert(self, row: Mapping[str, Any]) -> None:
        """Keep an alert, in the place of what was kept of it before."""
        self._put(alerts, row, "id")

    def add_deliveries(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Keep what is to be delivered."""
        with self.writing() as connection:
            if made := [dict(row) for row in rows]:
                connection.execute(insert(deliveries), made)

    def change_delivery(self, number: int, **values: Any) -> None:
        """Note what came of a delivery."""
        with self.writing() as connection:
            connection.execute(update(deliveries).where(deliveries.c.number == number).values(values))

    def _put(self, table: Table, row: Mapping[str, Any], key: str) -> None:
        make = sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)
        whole = {name: value for name, value in row.items() if name != "number"}  # that is the database's
        rest = {name: value for name, value in whole.items() if name != key}
        with self.writing() as connection:
            connection.execute(make.values(whole).on_conflict_do_update(index_elements=[key], set_=rest))
