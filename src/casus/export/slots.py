"""What our record of an event or incident holds, slot by slot, so that a format's losses can be counted.

A format names the slots it keeps; every other slot that is filled in what is exported is lost, and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from casus.records import Attribution, Event, Party
from casus.stored import IncidentVersion, StoredEvent


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of the record: what a loss of it is called, and how many of it one event or incident has."""

    what: str
    count: Callable[[Any], int]


def _of_event(what: str, count: Callable[[Event], object]) -> Slot:
    return Slot(what, lambda stored: int(count(stored.event) or 0))  # type: ignore[call-overload]


def _parties(event: Event) -> tuple[Party, ...]:
    return (*event.actors, *event.recipients)


def _speaker(event: Event) -> tuple[Attribution, ...]:
    return (event.attribution,) if event.attribution else ()


def _count_parties(event: Event, field: str) -> int:
    return sum(bool(getattr(party, field)) for party in _parties(event))


def _count_offsets(event: Event) -> int:
    timed = event.when is not None and event.when.span is not None
    return len(_parties(event)) + len(_speaker(event)) + timed + (event.where is not None) + len(event.quantities)


def _has_place(event: Event, field: str) -> bool:
    return event.where is not None and getattr(event.where, field) is not None


def _is_near(stored: StoredEvent) -> int:
    return int(stored.origin != stored.report)


EVENT_SLOTS: Mapping[str, Slot] = {
    "report": Slot("references to reports", lambda _: 1),
    "incident": Slot("references to incidents", lambda _: 1),
    "trigger": _of_event("words that name the act", lambda _: 1),
    "trigger_offsets": _of_event("places of those words in the text", lambda _: 1),
    "sentence": _of_event("places of the sentence in the text", lambda _: 1),
    "type": _of_event("PLOVER types", lambda _: 1),
    "mode": _of_event("modes", lambda event: event.mode is not None),
    "contexts": _of_event("contexts", lambda event: len(event.contexts)),
    "cameo": _of_event("CAMEO codes", lambda event: event.cameo is not None),
    "score": _of_event("conflict-cooperation scores", lambda _: 1),
    "quad": _of_event("quadrants", lambda _: 1),
    "party_words": _of_event("parties as written", lambda event: len(_parties(event))),
    "party_names": _of_event("names of parties", lambda event: _count_parties(event, "name")),
    "party_keys": _of_event("keys of parties in the knowledge base", lambda event: _count_parties(event, "id")),
    "party_countries": _of_event("countries of parties", lambda event: _count_parties(event, "country")),
    "party_sectors": _of_event(
        "sectors of parties", lambda event: sum(len(party.sectors) for party in _parties(event))
    ),
    "further_parties": _of_event(
        "parties beyond the first of a side",
        lambda event: max(0, len(event.actors) - 1) + max(0, len(event.recipients) - 1),
    ),
    "modality": _of_event("marks that it is planned, possible or denied", lambda event: event.modality != "actual"),
    "attribution": _of_event("words of who says so", lambda event: event.attribution is not None),
    "stance": _of_event("stances of who says so", lambda event: event.attribution is not None),
    "speaker": _of_event(
        "names and countries of who says so",
        lambda event: sum(bool(party.name or party.country) for party in _speaker(event)),
    ),
    "cues": _of_event("words that bring who says so", lambda event: sum(bool(party.cue) for party in _speaker(event))),
    "hedged": _of_event("hedges", lambda event: event.hedged),
    "when": _of_event("times", lambda event: event.when is not None),
    "when_end": _of_event("last days", lambda event: event.when is not None and event.when.end != event.when.start),
    "when_precision": _of_event(
        "marks that a time is wider than a day", lambda event: event.when is not None and event.when.precision != "day"
    ),
    "when_words": _of_event("words for times", lambda event: event.when is not None and event.when.text is not None),
    "where": _of_event("places", lambda event: event.where is not None),
    "where_words": _of_event("words for places", lambda event: event.where is not None),
    "geonameid": _of_event("GeoNames numbers", lambda event: _has_place(event, "geonameid")),
    "coordinates": _of_event("coordinates", lambda event: _has_place(event, "lat")),
    "admin1": _of_event("first-level divisions", lambda event: _has_place(event, "admin1")),
    "where_precision": _of_event("precisions of places", lambda event: event.where is not None),
    "counts": _of_event("counts as each event gives them", lambda event: len(event.quantities)),
    "count_bounds": _of_event(
        "open or wide bounds of counts", lambda event: sum(item.min != item.max for item in event.quantities)
    ),
    "count_words": _of_event("words for counts and what was counted", lambda event: len(event.quantities)),
    "approximate": _of_event("marks that a count is rough", lambda event: sum(i.approximate for i in event.quantities)),
    "responds_to": _of_event("answers to another event of the report", lambda event: len(event.responds_to)),
    "response_cues": _of_event("words that say it answers", lambda event: sum(bool(a.cue) for a in event.responds_to)),
    "offsets": _of_event("places of slots in the text", _count_offsets),
    "confidence": _of_event("confidences", lambda _: 1),
    "evidence": _of_event("notes of what the coder used", lambda event: bool(event.evidence)),
    "judged": Slot("marks that a person judged it", lambda stored: int(stored.judged is not None)),
    "origin": Slot("marks that a report is a near-copy of another", _is_near),
}
"""Of every event that is exported, in formats of events and of incidents alike."""


def _of_incident(what: str, count: Callable[[IncidentVersion], object]) -> Slot:
    return Slot(what, lambda version: int(count(version) or 0))  # type: ignore[call-overload]


INCIDENT_SLOTS: Mapping[str, Slot] = {
    "status": _of_incident(
        "marks that an incident is corroborated, disputed, announced or denied",
        lambda version: version.incident.status != "reported",
    ),
    "versions": _of_incident("earlier versions of incidents", lambda version: version.version - 1),
    "killed": _of_incident("tolls of killed", lambda version: "killed" in version.incident.toll),
    "injured": _of_incident("tolls of injured", lambda version: "injured" in version.incident.toll),
    "other_tolls": _of_incident(
        "tolls of other kinds", lambda version: len({*version.incident.toll} - {"killed", "injured"})
    ),
    "toll_range": _of_incident(
        "lowest and highest tolls beside the best",
        lambda version: sum(toll.low != toll.high for toll in version.incident.toll.values()),
    ),
    "toll_reports": _of_incident(
        "reports behind a toll", lambda version: sum(len(toll.reports) for toll in version.incident.toll.values())
    ),
}
"""Of every incident that is exported, in formats of incidents."""

SLOTS: Mapping[str, Slot] = {**EVENT_SLOTS, **INCIDENT_SLOTS}
STORE_SLOTS: Mapping[str, str] = {
    "links": "links between incidents",
    "judgements": "judgements of people, each with who, when and why",
    "texts": "texts of reports",
    "stored_incidents": "incidents as joined across reports, each with its history",
}
"""What a store holds beside events and incidents; counted over all that is exported."""
