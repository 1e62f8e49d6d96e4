"""Events and incidents as flat rows of plain values, for tables of any kind: CSV, Arrow, Parquet, data frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from casus.records import Party, Place, Quantity, Toll, When
from casus.stored import IncidentVersion, StoredEvent

COUNTED = ("killed", "injured", "arrested", "abducted", "missing", "displaced", "participants")
"""Kinds of counts with columns of their own; the others are in `quantities`."""


def flatten_event(stored: StoredEvent) -> dict[str, Any]:
    """Return an event as one flat row; lists stay lists, what is open is None."""
    event, source = stored.event, stored.event.attribution
    return {
        "id": stored.id,
        "report": stored.report,
        "incident": stored.incident,
        "origin": stored.origin,
        "published": stored.published,
        "publisher": stored.publisher,
        "judged": stored.judged,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "cameo": event.cameo,
        "score": event.score,
        "quad": event.quad,
        **_flatten_side("actor", event.actors),
        **_flatten_side("recipient", event.recipients),
        "modality": event.modality,
        "hedged": event.hedged,
        "source": (source.name or source.text) if source else None,
        "source_country": source.country if source else None,
        "stance": source.stance if source else None,
        **_flatten_when(event.when),
        "day_from": stored.day_from,
        "day_to": stored.day_to,
        **_flatten_place(event.where),
        **_flatten_counts(event.quantities),
        "quantities": [f"{item.kind} {_range(item.min, item.max)}" for item in event.quantities],
        "responds_to": [f"{stored.report}:{answer.id}" for answer in event.responds_to],
        "confidence": event.confidence,
        "trigger": event.trigger.text,
        "trigger_start": event.trigger.start,
        "trigger_end": event.trigger.end,
    }


def flatten_incident(version: IncidentVersion) -> dict[str, Any]:
    """Return an incident as one flat row."""
    incident = version.incident
    reports = {event.rpartition(":")[0] for event in incident.events}
    return {
        "id": incident.id,
        "version": version.version,
        "valid_from": version.valid_from,
        "type": incident.type,
        "mode": incident.mode,
        "status": incident.status,
        **_flatten_side("actor", incident.actors),
        **_flatten_side("recipient", incident.recipients),
        **_flatten_when(incident.when),
        **_flatten_place(incident.where),
        **_flatten_toll(incident.toll),
        "reports": len(reports),
        "events": list(incident.events),
    }


def _flatten_side(role: str, parties: Sequence[Party]) -> dict[str, Any]:
    return {
        f"{role}s": [party.name or " ".join(party.text.split()) for party in parties],
        f"{role}_ids": [party.id for party in parties],
        f"{role}_countries": [party.country for party in parties],
        f"{role}_sectors": [" ".join(party.sectors) for party in parties],
    }


def _flatten_when(when: When | None) -> dict[str, Any]:
    return {
        "when_start": when.start if when else None,
        "when_end": when.end if when else None,
        "when_precision": when.precision if when else None,
    }


def _flatten_place(place: Place | None) -> dict[str, Any]:
    names = ("country", "admin1", "geonameid", "lat", "lon", "precision")
    told = {f"place_{name}": getattr(place, name) if place else None for name in names}
    return {"place": (place.name or place.text) if place else None, **told}


def _flatten_counts(quantities: Iterable[Quantity]) -> dict[str, int | None]:
    """Return lowest and highest of each kind: the first count of a kind, as the text gives it first."""
    first: dict[str, Quantity] = {}
    for quantity in quantities:
        first.setdefault(quantity.kind, quantity)
    return {
        f"{kind}_{end}": getattr(first[kind], end) if kind in first else None
        for kind in COUNTED
        for end in ("min", "max")
    }


def _flatten_toll(toll: Mapping[str, Toll]) -> dict[str, int | None]:
    return {
        f"{kind}_{name}": getattr(toll.get(kind), name, None) for kind in COUNTED for name in ("low", "best", "high")
    }


def _range(low: int | None, high: int | None) -> str:
    """Return a count in the words of a correction.

    >>> _range(12, None), _range(None, 30), _range(4, 4), _range(12, 15)
    ('12+', '-30', '4', '12-15')
    """
    if high is None:
        return f"{low}+" if low is not None else "?"
    return str(high) if low == high else f"{'' if low is None else low}-{high}"
