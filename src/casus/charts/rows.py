"""Records as the flat rows that charts are made of; a dict that is such a row already passes through.

A row of an act has `id`, `start` and `end` (ISO days, both included), `lane` and `other` (who did it, to whom, in few
words), `type`, `mode`, `quad`, `stage` (of STAGES) and `title`, and may have `href` and `text`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from casus.errors import FieldError
from casus.ontology import type_of
from casus.records import Event, Incident, Link, Party, Record
from casus.stored import IncidentVersion, StoredEvent
from casus.words import party_words, what_words

Row = dict[str, Any]
Item = Mapping[str, Any] | Event | Incident | StoredEvent | IncidentVersion
NOBODY = "not named"
SAFE = ("/", "#", "http://", "https://")
MODALITIES = {"actual": "done", "future": "planned", "hypothetical": "possible", "negated": "denied"}
STATUSES = {"announced": "planned", "denied": "denied"}


def act_row(item: Item) -> Row:
    """Return an event or incident as a row; `start` is None where no day is known.

    Raises:
        FieldError: It is nothing of the kind.
    """
    if isinstance(item, Mapping):
        return _complete(dict(item))
    if isinstance(item, StoredEvent):
        days = {"start": item.day_from, "end": item.day_to}
        return _of_event(item.event) | {"id": item.id} | {key: day for key, day in days.items() if day}
    if isinstance(item, Event):
        return _of_event(item)
    incident = item.incident if isinstance(item, IncidentVersion) else item
    if isinstance(incident, Incident):
        return _of_incident(incident)
    raise FieldError("events", type(item).__name__, "events, incidents, or dicts with start, lane and quad")


def _complete(row: Row) -> Row:
    """Return a given row with what it leaves out; addresses that are not plain ones are dropped."""
    kind = row.get("type")
    filled = {
        "lane": NOBODY, "other": "", "mode": None, "stage": "done", "title": row.get("id", ""), "type": kind,
        "quad": type_of(str(kind)).quad if kind and not row.get("quad") else row.get("quad"),
    }  # fmt: skip
    told = filled | {key: value for key, value in row.items() if value is not None}
    told["end"] = told.get("end") or told.setdefault("start", None)
    if not str(told.get("href", "/")).startswith(SAFE):
        del told["href"]
    return told


def _of_event(event: Event) -> Row:
    stage = MODALITIES[event.modality]
    if event.type == "THREATEN" and stage in ("done", "planned"):
        stage = "threatened"
    return _act(event) | {"quad": event.quad, "stage": stage}


def _of_incident(incident: Incident) -> Row:
    stage = STATUSES.get(incident.status, "done")
    if incident.type == "THREATEN" and stage != "denied":
        stage = "threatened"
    return _act(incident) | {"quad": type_of(incident.type).quad, "stage": stage}


def _act(item: Event | Incident) -> Row:
    what, other = what_words(item.type, item.mode), party_words(item.recipients)
    who = party_words(item.actors) or NOBODY
    return {
        "id": item.id,
        "start": item.when.start if item.when else None,
        "end": item.when.end if item.when else None,
        "lane": name_side(item.actors),
        "other": name_side(item.recipients) if item.recipients else "",
        "type": item.type,
        "mode": item.mode,
        "title": f"{who} → {other}: {what}" if other else f"{who}: {what}",
    }


def name_side(parties: Sequence[Party]) -> str:
    """Return a side in the words that a lane or a filter has: country and sector, else key or name, of the first party.

    >>> name_side([Party(0, 6, "rebels", country="COD", sectors=("REB",))]), name_side([])
    ('COD/REB', 'not named')
    """
    if not parties:
        return NOBODY
    first = next((party for party in parties if party.country), parties[0])
    if first.country:
        return f"{first.country}/{first.sectors[0]}" if first.sectors[:1] not in ((), ("GOV",)) else first.country
    return first.name or " ".join(first.text.split())


def link_row(item: Mapping[str, Any] | Link) -> Row:
    """Return a link as a row of `from`, `to`, `kind` and `cue`, the words."""
    row: Row = dict(item) if isinstance(item, Mapping) else item.to_json()
    cue = row.get("cue")
    words = cue.get("text") if isinstance(cue, Mapping) else cue
    return {"from": row["from"], "to": row["to"], "kind": row.get("kind", "responds_to"), "cue": words}


def plain_row(item: Any, names: Iterable[str]) -> Row:
    """Return the named fields of a dict, a record or any object; what it has not is None."""
    if isinstance(item, Record):
        item = item.to_json()
    if isinstance(item, Mapping):
        return {name: item.get(name) for name in names}
    return {name: getattr(item, name, None) for name in names}
