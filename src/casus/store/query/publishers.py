"""Each publisher: how many reports and origins, which share only copies, how long after the day of an event it tells.

Bounded: the newest reports. A near-copy is a report whose origin is another report (`casus.link.across.sketches`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from sqlalchemy import Select, case, func, select

from casus.store.query.asking import Query
from casus.store.schema import events, reports

MOST_REPORTS = 20_000
"""Newest reports that are counted."""
MOST_TIMED = 500
"""Newest reports whose events are looked at for the delay."""
LONGEST = 365
"""Days: a report about something older looks back, it is not late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """What the newest reports say of a publisher.

    Attributes:
        name: None for reports that name no publisher.
        reports: How many.
        origins: How many texts that are independent of each other.
        copies: Reports that are near-copies of another.
        first: Day of the first of them, ISO.
        last: Day of the last.
        delay: Median days from an event to the report of it, None where no event has a day of its own.
        timed: Events that the delay rests on.
    """

    name: str | None
    reports: int
    origins: int
    copies: int
    first: str
    last: str
    delay: float | None = None
    timed: int = 0


def read_publishers(store: Query, *, limit: int = MOST_REPORTS) -> tuple[Publisher, ...]:
    """Return the publishers of the newest reports, those of most reports first.

    Args:
        store: What is asked.
        limit: How many reports are counted.
    """
    new = _newest(limit).subquery("new")
    count = func.count().label("reports")
    copies = func.sum(case((new.c.origin != new.c.id, 1), else_=0))
    told = (count, func.count(new.c.origin.distinct()), copies, func.min(new.c.day), func.max(new.c.day))
    query = select(new.c.publisher, *told).group_by(new.c.publisher).order_by(count.desc(), new.c.publisher)
    with store.reading() as connection:
        rows = connection.execute(query).all()
        delays = _read_delays(connection)
    return tuple(_make_publisher(row, delays.get(row[0], ())) for row in rows)


def _newest(limit: int) -> Select[Any]:
    columns = (reports.c.day, reports.c.publisher, reports.c.origin, reports.c.id)
    return select(*columns).order_by(reports.c.day.desc()).limit(limit)


def _read_delays(connection: Any) -> Mapping[str | None, list[int]]:
    """Return publisher → days from each event to the report of it, where the text itself dates what was done."""
    new = {row.id: row for row in connection.execute(_newest(MOST_TIMED))}
    query = select(events.c.report, events.c.day_from, events.c.dated, events.c.modality)
    found: dict[str | None, list[int]] = defaultdict(list)
    # All events of these reports by their index: with conditions, all dated events of the store would be gone through.
    for row in connection.execute(query.where(events.c.report.in_(new))):
        if row.dated and row.modality == "actual":
            days = (date.fromisoformat(new[row.report].day) - date.fromisoformat(row.day_from)).days
            if 0 <= days <= LONGEST:
                found[new[row.report].publisher].append(days)
    return found


def _make_publisher(row: Any, delays: Iterable[int]) -> Publisher:
    name, count, origins, copies, first, last = row
    days = list(delays)
    return Publisher(
        name=name, reports=count, origins=origins, copies=int(copies), first=first, last=last,
        delay=median(days) if days else None, timed=len(days),
    )  # fmt: skip
