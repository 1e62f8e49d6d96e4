"""From records to the rows of the tables; reads and writes nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from casus.records import Event, Incident, Party, Place, Report

Row = dict[str, Any]
CONTENT = ("url", "publisher", "title", "published", "text")
CODING = ("events", "incidents", "links")


def tell_time() -> str:
    """Return the present moment in UTC, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def digest(value: Any) -> str:
    """Return a digest of a JSON value, the same whatever the order of its keys.

    >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    True
    """
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def report_row(report: Report, told: Mapping[str, Any], *, added: str) -> Row:
    """Return the row of a report; `told` is what intake knows of its origin."""
    record = report.to_json()
    return {
        **{name: record[name] for name in ("id", *CONTENT, "incidents", "links")},
        "day": (report.published or added)[:10],
        "language": told.get("language"),
        "fetched": told.get("fetched"),
        "sha": hashlib.sha256(report.text.encode()).hexdigest(),
        "content": digest({name: record[name] for name in CONTENT}),
        "coding": digest({name: record[name] for name in CODING}),
        "source": dict(told),
    }


def event_id(report: str, event: str) -> str:
    """Return the name of a report's event or incident in the store.

    >>> event_id("goma", "e1")
    'goma:e1'
    """
    return f"{report}:{event}"


def event_columns(event: Event, published: str | None) -> Row:
    """Return the columns by which an event is found."""
    first, last = event_days(event, published)
    return {
        **{name: getattr(event, name) for name in ("type", "mode", "cameo", "quad", "score", "modality", "confidence")},
        "day_from": first,
        "day_to": last,
        "dated": event.when is not None and event.when.basis is None,
        **place_columns(event.where),
        "countries": join_codes(find_countries(event)),
    }


def place_columns(place: Place | None) -> Row:
    """Return the columns by which something is found by where it happened."""
    name = (place.name or place.text) if place else None
    return {
        "country": place.country if place else None,
        "place": name,
        "place_key": fold(name) if name else None,
        "geonameid": place.geonameid if place else None,
    }


def fold(name: str) -> str:
    """Return a name in one case and with single spaces, as names are looked up.

    >>> fold("São  PAULO")
    'são paulo'
    """
    return " ".join(name.casefold().split())


def event_days(event: Event, published: str | None) -> tuple[str, str]:
    """Return the first and last day of an event: its own, else the day of publication, else nothing."""
    if event.when:
        return event.when.start[:10], event.when.end[:10]
    day = (published or "")[:10]
    return day, day


def find_countries(event: Event) -> tuple[str, ...]:
    """Return the countries of an event's parties and its place, sorted."""
    named = {party.country for party in (*event.actors, *event.recipients)}
    named.add(event.where.country if event.where else None)
    return tuple(sorted(country for country in named if country))


def join_codes(codes: Iterable[str]) -> str:
    """Return codes between bars, as they stand in one column.

    >>> join_codes(["IRN", "USA"]), join_codes([])
    ('|IRN|USA|', '')
    """
    joined = "|".join(codes)
    return f"|{joined}|" if joined else ""


def split_codes(column: str) -> tuple[str, ...]:
    """Return the codes of a column.

    >>> split_codes("|IRN|USA|"), split_codes("")
    (('IRN', 'USA'), ())
    """
    return tuple(column.strip("|").split("|")) if column else ()


def party_rows(number: int, event: Event) -> list[Row]:
    """Return the rows of an event's parties and its source."""
    sources = (event.attribution,) if event.attribution else ()
    sides: tuple[tuple[str, Sequence[Party]], ...] = (
        ("actor", event.actors),
        ("recipient", event.recipients),
        ("source", sources),
    )
    return [
        {
            "event": number,
            "role": role,
            "text": party.text,
            "name": party.name,
            "text_key": fold(party.text),
            "name_key": fold(party.name) if party.name else None,
            "party": party.id,
            "country": party.country,
            "sectors": join_codes(party.sectors),
        }
        for role, side in sides
        for party in side
    ]


def incident_columns(incident: Incident, days: tuple[str, str]) -> Row:
    """Return the columns by which an incident is found; `days` are those of its events, where it has none itself."""
    when = incident.when
    return {
        "type": incident.type,
        "mode": incident.mode,
        "status": incident.status,
        "day_from": when.start[:10] if when else days[0],
        "day_to": when.end[:10] if when else days[1],
        **place_columns(incident.where),
    }
