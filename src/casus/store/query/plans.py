"""What is planned, announced or threatened for which day, as reports tell it; whether it came is told by the links."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select

from casus.store import reading
from casus.store.query.asking import Query
from casus.store.schema import events, reports
from casus.stored import StoredEvent

LONGEST = timedelta(days=31)
"""What spans more time than this is not for any one month, unless it begins there."""
PLANNED = (events.c.modality == "future") & (events.c.type != "THREATEN")
THREATENED = (events.c.type == "THREATEN") & events.c.modality.in_(("actual", "future"))


def newest_day(store: Query) -> str | None:
    """Return the day of the newest report, ISO; None for a store without reports."""
    with store.reading() as connection:
        newest: str | None = connection.execute(select(func.max(reports.c.day))).scalar()
        return newest


def read_planned(store: Query, since: str, until: str, *, limit: int = 200) -> tuple[StoredEvent, ...]:
    """Return what is to come in a window by the words of a report that dates it, oldest first.

    Args:
        store: What is asked.
        since: First day, ISO.
        until: Last day, included.
        limit: How many at most.
    """
    return _read_dated(store, PLANNED, (since, until), limit)


def read_threats(store: Query, since: str, until: str, *, limit: int = 200) -> tuple[StoredEvent, ...]:
    """Return the threats made in a window or for it, oldest first; arguments as of `read_planned`."""
    return _read_dated(store, THREATENED, (since, until), limit)


def read_undated(store: Query, *, limit: int = 20) -> tuple[StoredEvent, ...]:
    """Return what is to come on a day that no report told, the newest reports first."""
    query = reading.select_events().where(PLANNED, events.c.dated.is_(False), _standing())
    with store.reading() as connection:
        newest = query.order_by(events.c.day_from.desc(), events.c.number.desc()).limit(limit)
        return reading.make_events(connection, connection.execute(newest))


def count_planned(store: Query, since: str, until: str) -> dict[str, int]:
    """Return day → incidents planned for it or threatened on it; what began before the window is on its first day.

    Args:
        store: What is asked.
        since: First day, ISO.
        until: Last day, included.
    """
    found: Counter[str] = Counter()
    with store.reading() as connection:
        for kind in (PLANNED, THREATENED):
            query = select(events.c.day_from, func.count(events.c.incident.distinct()))
            for day, number in connection.execute(query.where(*_dated(kind, since, until)).group_by(events.c.day_from)):
                found[max(day, since)] += number
    return dict(found)


def _dated(kind: ColumnElement[bool], since: str, until: str) -> tuple[ColumnElement[bool], ...]:
    first = date.fromisoformat(since)
    earliest = (first - min(LONGEST, first - date.min)).isoformat()
    here = (events.c.day_from.between(earliest, until), events.c.day_to >= since)
    return (kind, events.c.dated.is_(True), *here, _standing())


def _read_dated(
    store: Query, kind: ColumnElement[bool], window: tuple[str, str], limit: int
) -> tuple[StoredEvent, ...]:
    query = reading.select_events().where(*_dated(kind, *window))
    with store.reading() as connection:
        oldest = query.order_by(events.c.day_from, events.c.number).limit(limit)
        return reading.make_events(connection, connection.execute(oldest))


def _standing() -> ColumnElement[bool]:
    return events.c.judged.is_distinct_from("rejected")
