"""What an export needs of many reports at once: their heads, their ids under filters, and how many links they tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, distinct, func, select

from casus.store.query.filters import Filters, event_conditions
from casus.store.schema import events, incident_versions, links, reports
from casus.store.versions import chunked

if TYPE_CHECKING:
    from casus.store.query.asking import Query

BRIEF = (
    reports.c.id, reports.c.url, reports.c.publisher, reports.c.title, reports.c.published, reports.c.language,
    reports.c.origin, reports.c.added,
)  # fmt: skip
WHOLE = (*BRIEF, reports.c.text, reports.c.incidents, reports.c.links)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A report without its events; `text`, `incidents` and `links` only where they were asked for, those as JSON.

    `events` are the ids of its events in the store, in the order of its text.
    """

    id: str
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: str | None = None
    language: str | None = None
    origin: str
    added: str
    text: str = ""
    incidents: tuple[Mapping[str, Any], ...] = field(default=(), hash=False)
    links: tuple[Mapping[str, Any], ...] = field(default=(), hash=False)
    events: tuple[str, ...] = ()


def read_heads(store: Query, ids: Iterable[str], *, whole: bool = False) -> dict[str, Head]:
    """Return report id → its head, for those in the store.

    Args:
        store: Where they are.
        ids: Of reports.
        whole: With text and events, and with incidents and links as they were added.
    """
    found: dict[str, Head] = {}
    with store.reading() as connection:
        for some in chunked(dict.fromkeys(ids)):
            query = select(*(WHOLE if whole else BRIEF)).where(reports.c.id.in_(some))
            told = _read_order(connection, some) if whole else {}
            for row in connection.execute(query).mappings():
                lists = {name: tuple(row[name]) for name in ("incidents", "links")} if whole else {}
                found[row["id"]] = Head(**(dict(row) | lists), events=tuple(told.get(row["id"], ())))
    return found


def _read_order(connection: Connection, ids: Iterable[str]) -> dict[str, list[str]]:
    """Return report → the ids of its events in the order of its text."""
    told: dict[str, list[str]] = {}
    query = select(events.c.report, events.c.id).where(events.c.report.in_(ids)).order_by(events.c.report, events.c.nth)
    for report, id_ in connection.execute(query):
        told.setdefault(report, []).append(id_)
    return told


def read_births(store: Query, ids: Iterable[str]) -> dict[str, str]:
    """Return incident → when its first version came to be, for those in the store."""
    found: dict[str, str] = {}
    table = incident_versions
    with store.reading() as connection:
        for some in chunked(ids):
            query = select(table.c.incident, table.c.valid_from).where(table.c.incident.in_(some), table.c.version == 1)
            found.update((row.incident, row.valid_from) for row in connection.execute(query))
    return found


def find_reports(store: Query, filters: Filters) -> tuple[str, ...]:
    """Return the ids of the reports with an event that has what is asked for, in the order they were added."""
    if filters == Filters():
        return store.report_ids()
    told = select(events.c.report).where(*event_conditions(filters, is_sqlite=store.is_sqlite))
    with store.reading() as connection:
        query = select(reports.c.id).where(reports.c.id.in_(told)).order_by(reports.c.number)
        return tuple(connection.execute(query).scalars())


def count_told(store: Query, filters: Filters) -> tuple[int, int]:
    """Return how many reports and how many incidents tell of what is asked for."""
    conditions = event_conditions(filters, is_sqlite=store.is_sqlite)
    query = select(func.count(distinct(events.c.report)), func.count(distinct(events.c.incident))).where(*conditions)
    with store.reading() as connection:
        reports_, incidents_ = connection.execute(query).one()
    return int(reports_), int(incidents_)


def count_links(store: Query, filters: Filters) -> int:
    """Return how many links between incidents stand in events that have what is asked for, each link once."""
    source, target = events, events.alias("target_event")
    both = links.join(source, links.c.source == source.c.id).join(target, links.c.target == target.c.id)
    link = source.c.incident + " " + target.c.incident + " " + links.c.kind
    conditions = event_conditions(filters, is_sqlite=store.is_sqlite)
    query = select(func.count(distinct(link))).select_from(both)
    query = query.where(source.c.incident != target.c.incident, *conditions)
    with store.reading() as connection:
        return int(connection.execute(query).scalar_one())
