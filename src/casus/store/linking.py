"""Links between incidents, kept between the events that stand for them: so they follow merges and splits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from casus.records import Link
from casus.store.schema import events, links
from casus.store.versions import chunked, follow


def insert_links(
    connection: Connection, found: Iterable[Mapping[str, Any]], *, report: str | None, run: int | None
) -> None:
    """Write links, given as JSON with ids of events; those that a report told before are replaced.

    A link that is there already is not written again.
    """
    if report is not None:
        connection.execute(delete(links).where(links.c.report == report))
    rows = [
        {"source": link["from"], "target": link["to"], "report": report, "run": run}
        | {name: link[name] for name in ("kind", "explicit", "cue", "confidence")}
        for link in found
    ]
    if rows:
        _insert_new(connection, rows)


def move_links(connection: Connection, ids: Mapping[str, str | None]) -> None:
    """Let the links that no report told itself follow events to their new ids; drop those whose event is gone."""
    for some in chunked(ids):
        touched = links.c.report.is_(None) & (links.c.source.in_(some) | links.c.target.in_(some))
        rows = connection.execute(select(links).where(touched)).mappings().all()
        connection.execute(delete(links).where(touched))
        ends = ({end: ids.get(row[end], row[end]) for end in ("source", "target")} for row in rows)
        moved = [dict(row) | end for row, end in zip(rows, ends, strict=True) if all(end.values())]
        if moved:
            _insert_new(connection, moved)


def _insert_new(connection: Connection, rows: list[dict[str, Any]]) -> None:
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    connection.execute(make(links).on_conflict_do_nothing(), rows)


def put_links(connection: Connection, found: Iterable[Link], *, run: int | None = None) -> None:
    """Write links between incidents of the store; ends that are not there, or without events, are passed over."""
    wanted = list(found)
    ends = {end for link in wanted for end in (link.source, link.target)}
    stand = _stand_ins(connection, ends)
    rows = (
        link.to_json() | {"from": stand[link.source], "to": stand[link.target]}
        for link in wanted
        if link.source in stand and link.target in stand
    )
    insert_links(connection, rows, report=None, run=run)


def _stand_ins(connection: Connection, incidents: Iterable[str]) -> dict[str, str]:
    """Return incident id → the first event of the live incident it leads to."""
    live = follow(connection, incidents)
    first: dict[str, str] = {}
    for some in chunked(set(live.values())):
        query = select(events.c.incident, events.c.id).where(events.c.incident.in_(some)).order_by(events.c.number)
        for row in connection.execute(query):
            first.setdefault(row.incident, row.id)
    return {id_: first[home] for id_, home in live.items() if home in first}


def links_of(connection: Connection, incidents: Iterable[str]) -> tuple[Link, ...]:
    """Return the links from or to live incidents, each once, the surest of its kind between the same two."""
    best: dict[tuple[str, str, str], Link] = {}
    source, target = events.alias("source_event"), events.alias("target_event")
    both = links.join(source, links.c.source == source.c.id).join(target, links.c.target == target.c.id)
    columns = (links, source.c.incident.label("source_home"), target.c.incident.label("target_home"))
    for some in chunked(incidents):
        for end in (source, target):
            for row in connection.execute(select(*columns).select_from(both).where(end.c.incident.in_(some))):
                link = _make_link(row)
                key = (link.source, link.target, link.kind)
                if link.source != link.target and (key not in best or best[key].confidence < link.confidence):
                    best[key] = link
    return tuple(best[key] for key in sorted(best))


def _make_link(row: Any) -> Link:
    record = {"from": row.source_home, "to": row.target_home, "kind": row.kind, "explicit": row.explicit}
    return Link.from_json(record | {"cue": row.cue, "confidence": row.confidence})
