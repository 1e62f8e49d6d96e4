"""Judged events as gold: reports in the form of record.md, without what only a coder gives; one JSON file each.

An event is gold once somebody confirmed or corrected it. A rejected one is left out, and so is one that nobody looked
at. What was judged and is no longer found by a newer coder is gold all the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from casus.records import Event, Report
from casus.store.decisions import Decision, read_undone
from casus.store.query.asking import Query
from casus.store.reading import read_report
from casus.store.schema import judged_events, judgements
from casus.stored import StoredEvent

SAID = ("confirm", "correct", "reject")
CODERS = ("cameo", "score", "quad", "confidence", "evidence")
"""What only a coder gives."""


def write_gold(store: Query, folder: Path, *, whole: bool = False) -> tuple[Path, ...]:
    """Write the reports with judged events.

    Args:
        store: Where they are.
        folder: Where to; created if it is not there. Files of the same name are written anew.
        whole: Only reports of which every event was judged.

    Returns:
        The files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for report in make_gold(store, whole=whole):
        path = folder / f"{re.sub(r'[^A-Za-z0-9._-]', '_', report['id'])}.json"
        path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
        written.append(path)
    return tuple(written)


def make_gold(store: Query, *, whole: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the reports with judged events as JSON objects."""
    with store.reading() as connection:
        ids = _judged_reports(connection)
    for id_ in ids:
        found = store.events_in(id_)
        if whole and not all(event.judged for event in found):
            continue
        with store.reading() as connection:
            report, lost = read_report(connection, id_), _lost_events(connection, id_)
        kept = [event for event in found if event.judged in ("confirmed", "corrected")]
        standing = [event for event in lost if _stands(event, report)]
        if kept or standing or whole:
            yield _make_report(report, kept, standing)


def _judged_reports(connection: Connection) -> list[str]:
    query = select(judged_events.c.report).join(judgements).where(judgements.c.kind.in_(SAID))
    return sorted(set(connection.execute(query).scalars()))


def _lost_events(connection: Connection, report: str) -> list[Event]:
    """Return the confirmed and corrected events of a report that its coding no longer has, as they were judged."""
    query = (
        select(judged_events.c.record, judgements.c.id, judgements.c.kind, judgements.c.slot, judgements.c.value)
        .join(judgements, judged_events.c.judgement == judgements.c.id)
        .where(judged_events.c.report == report, judged_events.c.event.is_(None))
        .where(judgements.c.kind.in_(SAID))
        .order_by(judgements.c.id)
    )
    undone = read_undone(connection)
    decisions: dict[tuple[int, int], tuple[Event, Decision]] = {}
    for row in connection.execute(query):
        event = Event.from_json(row.record)
        here = (event.trigger.start, event.trigger.end)
        _, decision = decisions.get(here, (event, Decision()))
        if row.id not in undone:
            decisions[here] = event, decision.join(row.kind, row.slot, row.value)
    kept = (pair for pair in decisions.values() if pair[1].verdict in ("confirmed", "corrected"))
    return [decision.apply(event) for event, decision in kept]


def _stands(event: Event, report: Report) -> bool:
    """Tell whether an event's trigger still stands in the text where it stood."""
    return report.text[event.trigger.start : event.trigger.end] == event.trigger.text


def _make_report(report: Report, kept: list[StoredEvent], lost: list[Event]) -> dict[str, Any]:
    """Return the report with these events in text order, their incidents numbered as in any report."""
    told = [(stored.event, stored.incident) for stored in kept]
    told += [(event, f"lost {event.id}") for event in lost]
    told.sort(key=lambda pair: pair[0].trigger.start)
    homes = {home: f"i{nth}" for nth, home in enumerate(dict.fromkeys(home for _, home in told), 1)}
    names = {event.id: f"e{nth}" for nth, (event, home) in enumerate(told, 1) if not home.startswith("lost ")}
    head = {name: value for name, value in report.to_json().items() if name not in ("events", "incidents", "links")}
    made = [_make_event(event, f"e{nth}", homes[home], names) for nth, (event, home) in enumerate(told, 1)]
    return head | {"events": made}


def _make_event(event: Event, id_: str, incident: str, names: Mapping[str, str]) -> dict[str, Any]:
    answers = [
        {"id": names[answer.id], "cue": answer.cue.to_json() if answer.cue else None}
        for answer in event.responds_to
        if answer.id in names
    ]
    record = {name: value for name, value in event.to_json().items() if name not in CODERS}
    return record | {"id": id_, "incident": incident, "responds_to": answers}
