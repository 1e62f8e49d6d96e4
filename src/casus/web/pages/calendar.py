"""The calendar of a month: what reports say is planned for which day, which threats were made, what came of it."""

from __future__ import annotations

import calendar as months
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from casus.charts import calendar as draw_calendar
from casus.charts import to_spec
from casus.charts.rows import act_row
from casus.store.house import Store
from casus.store.query.filters import first_day, last_day
from casus.store.query.plans import count_planned, read_planned, read_threats, read_undated
from casus.stored import IncidentVersion, StoredEvent
from casus.web.deps import StoreDep, render
from casus.web.looks import make_path
from casus.web.windows import find_today, read_day

router = APIRouter(include_in_schema=False)
MONTH = len("2031-05")
MOST, MOST_UNDATED = 150, 15
"""Statements of a month of each kind, and of plans without a day."""
DRAWN = 25


@dataclass(frozen=True, slots=True)
class Entry:
    """An incident in the calendar, as its earliest statement of the month tells it.

    Attributes:
        day: Where it stands: its first day, or that of the month where it began before.
        kind: `planned` or `threatened`.
        told: The statement.
        reports: How many reports of the month's statements tell of it.
        kept: The incidents that carried it out.
    """

    day: str
    kind: str
    told: StoredEvent
    reports: int
    kept: tuple[IncidentVersion, ...]


@router.get("/calendar")
def calendar(
    request: Request,
    store: StoreDep,
    month: Annotated[str, Query(max_length=10)] = "",
    day: Annotated[str, Query(max_length=10)] = "",
) -> HTMLResponse:
    """Show a month or a day of it; the month that the news has reached, where none is told."""
    today = find_today(store)
    first = read_day("month", (day or month or today)[:MONTH], first_day)
    last = last_day(first[:MONTH])
    only = read_day("day", day, first_day) if day else None
    counts = count_planned(store, first, last)
    entries = read_entries(store, only or first, only or last)
    return render(
        request,
        "calendar.html",
        month=first[:MONTH],
        name=f"{months.month_name[int(first[5:7])]} {first[:4]}",
        only=only,
        before=_shift(first, -1),
        after=_shift(first, 1),
        today=today,
        weeks=months.monthcalendar(int(first[:4]), int(first[5:7])),
        weekdays=tuple(months.day_name),
        counts=counts,
        total=sum(counts.values()),
        days=by_day(entries),
        listed=len(entries),
        undated=read_undated(store, limit=MOST_UNDATED),
        spec=draw(entries, today) if entries else None,
    )


def _shift(first: str, by: int) -> str | None:
    """Return the month so many before or after, None where there is none."""
    number = int(first[:4]) * 12 + int(first[5:7]) - 1 + by
    year = number // 12
    return f"{year:04}-{number % 12 + 1:02}" if date.min.year <= year <= date.max.year else None


def read_entries(store: Store, first: str, last: str) -> tuple[Entry, ...]:
    """Return what is planned and threatened for the days of a month, each incident once, by day."""
    told = {
        "planned": read_planned(store, first, last, limit=MOST),
        "threatened": read_threats(store, first, last, limit=MOST),
    }
    homes = {stored.incident for some in told.values() for stored in some}
    kept = find_kept(store, homes)
    entries = [entry for kind, some in told.items() for entry in _enter(kind, some, first, kept)]
    return tuple(sorted(entries, key=lambda entry: (entry.day, entry.kind, entry.told.id)))


def find_kept(store: Store, homes: Iterable[str]) -> Mapping[str, tuple[IncidentVersion, ...]]:
    """Return incident → the incidents that carry out what it announced."""
    wanted = set(homes)
    links = [link for link in store.links_of(wanted) if link.kind == "fulfils" and link.target in wanted]
    known = store.incidents_by_id({link.source for link in links})
    kept: dict[str, tuple[IncidentVersion, ...]] = {}
    for link in links:
        kept[link.target] = (*kept.get(link.target, ()), known[link.source])
    return kept


def _enter(
    kind: str, told: Iterable[StoredEvent], first: str, kept: Mapping[str, tuple[IncidentVersion, ...]]
) -> Iterable[Entry]:
    """Yield an entry for each incident."""
    homes: dict[str, list[StoredEvent]] = {}
    for stored in told:
        homes.setdefault(stored.incident, []).append(stored)
    for home, some in homes.items():
        day = max(some[0].day_from or first, first)
        yield Entry(day, kind, some[0], len({stored.report for stored in some}), kept.get(home, ()))


def by_day(entries: Iterable[Entry]) -> Mapping[str, list[Entry]]:
    """Return day → its entries."""
    days: dict[str, list[Entry]] = {}
    for entry in entries:
        days.setdefault(entry.day, []).append(entry)
    return days


def draw(entries: Sequence[Entry], today: str) -> dict[str, Any]:
    """Return the chart of the first entries; each mark leads to its incident."""
    rows = [
        act_row(entry.told) | {"stage": entry.kind, "href": make_path("incident", entry.told.incident)}
        for entry in entries[:DRAWN]
    ]
    return to_spec(
        draw_calendar(rows, today=today if entries[0].day[:MONTH] == today[:MONTH] else None, width="container")
    )
