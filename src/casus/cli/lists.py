"""Events and incidents of a store on paper: as a table to read, as JSON Lines, as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from rich import box
from rich.table import Table
from rich.text import Text

from casus.cli.outputs import Look
from casus.cli.tables import draw, event_table
from casus.records import Incident
from casus.store.query.flat import flatten_event, flatten_incident
from casus.stored import Hit, IncidentVersion, StoredEvent
from casus.words import party_words, place_words, plain, toll_words, what_words, when_words

Format = Literal["table", "json", "csv"]
Items = Sequence[StoredEvent] | Sequence[IncidentVersion] | Sequence[Hit]
HEADERS = ("", "when", "actors", "type:mode", "recipients", "where", "toll", "status", "reports")


def format_items(items: Items, form: Format, look: Look) -> Iterator[str]:
    """Yield events, incidents or hits in one of the formats, all of one kind."""
    if form == "json":
        yield from (json.dumps(item.to_json(), ensure_ascii=False) + "\n" for item in items)
    elif form == "csv":
        yield from csv_lines([_flatten(item) for item in items])
    elif items:
        yield draw(_draw_items(items, look), look)


def _flatten(item: StoredEvent | IncidentVersion | Hit) -> Mapping[str, Any]:
    if isinstance(item, StoredEvent):
        return flatten_event(item)
    return flatten_incident(item) if isinstance(item, IncidentVersion) else item.to_json()


def csv_lines(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield a header and a line a row; lists are joined by `; `."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for nth, row in enumerate(rows):
        if nth == 0:
            writer.writerow(row)
        writer.writerow([_cell(value) for value in row.values()])
    yield buffer.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join("" if item is None else str(item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _draw_items(items: Items, look: Look) -> Table:
    first = items[0]
    if isinstance(first, StoredEvent):
        told = [replace(item.event, id=item.id) for item in items if isinstance(item, StoredEvent)]
        return event_table(told, look.width)
    if isinstance(first, IncidentVersion):
        return incident_table([item.incident for item in items if isinstance(item, IncidentVersion)])
    return _hit_table([item for item in items if isinstance(item, Hit)])


def plain_table(*headers: str) -> Table:
    """Return an empty table in our looks."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    for header in headers:
        table.add_column(header, overflow="fold", no_wrap=not header)  # ids are copied as a whole
    return table


def incident_table(incidents: Sequence[Incident]) -> Table:
    """Return a table with one row an incident."""
    table = plain_table(*HEADERS)
    for incident in incidents:
        reports = {event.rpartition(":")[0] for event in incident.events}
        cells = (
            incident.id, when_words(incident.when), party_words(incident.actors),
            what_words(incident.type, incident.mode), party_words(incident.recipients), place_words(incident.where),
            ", ".join(toll_words(kind, toll) for kind, toll in incident.toll.items()), incident.status,
            str(len(reports)),
        )  # fmt: skip
        table.add_row(*map(Text, cells))
    return table


def _hit_table(hits: Sequence[Hit]) -> Table:
    table = plain_table("", "published", "publisher", "title", "where the words stand")
    for hit in hits:
        cells = (hit.report, hit.published, hit.publisher, hit.title, hit.excerpt)
        table.add_row(*(Text(plain(cell or "")) for cell in cells))
    return table
