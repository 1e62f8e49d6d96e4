"""How often each watch was right, and how the deliveries of alerts stand: counts for the log of alerts.

Bounded: the newest alerts.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import case, func, select

from casus.store.query.asking import Query
from casus.store.schema import alerts, deliveries

MOST_ALERTS = 5000
"""Newest alerts that are counted."""


@dataclass(frozen=True, slots=True)
class WatchRecord:
    """The newest alerts of a rule: how many, how many of them false alarms, cancelled, acknowledged or cleared."""

    rule: str
    alerts: int
    false: int
    cancelled: int
    seen: int


def read_records(store: Query) -> tuple[WatchRecord, ...]:
    """Return how the watches did over the newest alerts, by rule."""
    table = alerts.c
    some = select(table.rule, table.state, table.false_alarm).order_by(table.number.desc()).limit(MOST_ALERTS)
    new = some.subquery("new")
    gone = (new.c.state == "cancelled") & new.c.false_alarm.is_(False)
    kinds = (new.c.false_alarm.is_(True), gone, new.c.state.in_(("acknowledged", "cleared")))
    sums = [func.sum(case((kind, 1), else_=0)) for kind in kinds]
    query = select(new.c.rule, func.count(), *sums).group_by(new.c.rule).order_by(new.c.rule)
    with store.reading() as connection:
        return tuple(WatchRecord(*row) for row in connection.execute(query))


def count_deliveries(store: Query, ids: Collection[str]) -> dict[str, dict[str, int]]:
    """Return alert → state of its deliveries → how many, for those of these alerts that have any."""
    table = deliveries.c
    query = select(table.alert, table.state, func.count()).where(table.alert.in_(ids))
    found: dict[str, dict[str, int]] = {}
    with store.reading() as connection:
        for alert, state, number in connection.execute(query.group_by(table.alert, table.state)):
            found.setdefault(alert, {})[state] = number
    return found
