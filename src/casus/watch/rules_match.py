"""Which incidents of a store pass the conditions of a rule, and what in each of them does; keeps nothing.

What a filter of `casus incidents` says the store finds; one and the same event must pass all that is asked of events.
The rest is looked at here, for the incidents that are left.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt

from casus.ontology import TYPES
from casus.records import Event, Incident, Place
from casus.store.alerting import Alerting
from casus.store.query.filters import OF_EVENTS, Filters
from casus.stored import IncidentVersion, StoredEvent
from casus.watch.ladder import NO_RUNG, RUNGS, rung_of
from casus.watch.rules import Ahead, Claims, Conditions, Near, Rule, level_number
from casus.words import plain

FILTERS = (
    "party", "actor", "recipient", "sector", "type", "mode", "country", "place", "publisher", "modality", "status",
    "least",
)  # fmt: skip
EXACT = frozenset({"point", "city", "near"})
PLANNED = frozenset({"future", "hypothetical"})
TOGETHER = 500
"""Incidents that are looked at in one go."""
EARTH = 12742.0
"""Diameter of the Earth in kilometres."""
Texts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """An incident that a rule found: how loud it is, why, and the events that make it so."""

    version: IncidentVersion
    level: int
    why: tuple[str, ...]
    events: tuple[StoredEvent, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which incidents are looked at: these ones, or those of the time since a day; `today` is an ISO day."""

    today: str
    incidents: Sequence[str] | None = None
    since: str | None = None


def to_filters(conditions: Conditions) -> tuple[Filters, ...]:
    """Return the filters, one of which an incident must pass: two where `between` leaves open who did it to whom."""
    told = {name: getattr(conditions, name) for name in FILTERS} | {"modality": usual_modality(conditions)}
    told["source"] = conditions.claims.by if conditions.claims else ()
    if not conditions.between:
        return (Filters(**told),)
    one, other = conditions.between
    ways = (("actor", one, "recipient", other), ("actor", other, "recipient", one))
    return tuple(Filters(**{**told, by: who, to: whom}) for by, who, to, whom in ways)


def usual_modality(conditions: Conditions) -> tuple[str, ...]:
    """Return the modalities that are meant: what was done, unless the conditions say or imply something else.

    >>> usual_modality(Conditions()), usual_modality(Conditions(status=("denied",)))
    (('actual',), ())
    """
    if conditions.modality:
        return conditions.modality
    if conditions.ahead:
        return ("actual", "future", "hypothetical")
    return () if conditions.status or conditions.claims else ("actual",)


def match_rule(store: Alerting, rule: Rule, scope: Scope) -> dict[str, Finding]:
    """Return incident → what the rule found in it, at the highest level that it reaches."""
    found = {
        id_: Finding(version, level_number(rule.level), why, events)
        for id_, (version, why, events) in _match(store, rule.when, scope).items()
    }
    for step in sorted(rule.steps, key=lambda step: level_number(step.level)):
        higher = _match(store, step.when, replace(scope, incidents=tuple(found), since=None)) if found else {}
        for id_, (version, why, _) in higher.items():
            before = found[id_]
            reasons = tuple(dict.fromkeys((*before.why, *(f"{step.level}: {reason}" for reason in why))))
            found[id_] = Finding(version, level_number(step.level), reasons, before.events)
    return found


Found = tuple[IncidentVersion, tuple[str, ...], tuple[StoredEvent, ...]]


def _match(store: Alerting, conditions: Conditions, scope: Scope) -> dict[str, Found]:
    if scope.incidents is None:
        return _match_some(store, conditions, scope)
    found: dict[str, Found] = {}
    for start in range(0, len(scope.incidents), TOGETHER):
        some = scope.incidents[start : start + TOGETHER]
        found |= _match_some(store, conditions, replace(scope, incidents=some))
    return found


def _match_some(store: Alerting, conditions: Conditions, scope: Scope) -> dict[str, Found]:
    here = tuple(scope.incidents or ())
    ways = [replace(filters, since=scope.since, incident=here) for filters in to_filters(conditions)]
    versions = {version.incident.id: version for way in ways for version in store.incidents(way)}
    whys = {
        id_: why for id_, version in versions.items() if (why := _look_at(version.incident, conditions)) is not None
    }
    told = _told_events(store, conditions, tuple(whys))
    texts = _read_texts(store, told.values()) if conditions.words else {}
    found: dict[str, Found] = {}
    for id_, events in told.items():
        kept, reasons = _look_into(conditions, events, texts, scope.today)
        more = _look_around(store, conditions, versions[id_].incident, events) if kept else None
        if more is not None:
            found[id_] = (versions[id_], (*whys[id_], *more, *reasons), kept)
    return found


def _read_texts(store: Alerting, told: Iterable[Sequence[StoredEvent]]) -> Texts:
    return store.texts({stored.report for events in told for stored in events})


def _told_events(store: Alerting, conditions: Conditions, ids: Sequence[str]) -> dict[str, list[StoredEvent]]:
    """Return incident → those of its events that pass what the filters ask of events."""
    told: dict[str, dict[str, StoredEvent]] = {}
    for start in range(0, len(ids), TOGETHER):
        some = tuple(ids[start : start + TOGETHER])
        for filters in to_filters(conditions):
            of_events = {name: getattr(filters, name) for name in OF_EVENTS}
            for stored in store.events(Filters(incident=some, **of_events), oldest=True):
                told.setdefault(stored.incident, {})[stored.id] = stored
    return {id_: list(events.values()) for id_, events in told.items()}


def _look_at(incident: Incident, conditions: Conditions) -> tuple[str, ...] | None:
    """Return what in an incident as a whole passes, None where something does not."""
    why: list[str] = []
    if conditions.near:
        distance = measure_distance(incident.where, conditions.near)
        if distance is None or distance > conditions.near.km:
            return None
        why.append(f"{distance:.0f} km from {conditions.near.lat:g}, {conditions.near.lon:g}")
    if conditions.toll:
        reached = list(_reach_toll(incident, conditions.toll))
        if not reached:
            return None
        why += reached
    return tuple(why)


def _reach_toll(incident: Incident, least: Mapping[str, int]) -> Iterator[str]:
    for kind, number in least.items():
        toll = incident.toll.get(kind)
        figure = (toll.best if toll.best is not None else toll.low) if toll else None
        if figure is not None and figure >= number:
            yield f"{figure} {kind}, {number} or more"


def measure_distance(place: Place | None, near: Near) -> float | None:
    """Return the great-circle distance in kilometres, None where the place is not known to a town or a point.

    >>> goma = Place(0, 4, "Goma", lat=-1.68, lon=29.22, precision="city")
    >>> round(measure_distance(goma, Near(lat=-1.94, lon=30.06, km=200)))
    98
    """
    if place is None or place.lat is None or place.lon is None or place.precision not in EXACT:
        return None
    here, there = map(radians, (place.lat, near.lat))
    across = sin(radians(near.lon - place.lon) / 2) ** 2
    half = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * across
    return EARTH * asin(min(1.0, sqrt(half)))


def _look_around(
    store: Alerting, conditions: Conditions, incident: Incident, events: Sequence[StoredEvent]
) -> tuple[str, ...] | None:
    """Return what passes in how an incident is told: how far it went and by how many; None where something does not."""
    why: list[str] = []
    if conditions.rung:
        reached = top_rung(incident, events)
        if reached < RUNGS.index(conditions.rung):
            return None
        why.append(f"reaches {RUNGS[reached]}")
    if conditions.origins:
        number = count_origins(store, incident.id)
        if number < conditions.origins:
            return None
        why.append(f"{number} independent origins")
    return tuple(why)


def top_rung(incident: Incident, events: Collection[StoredEvent]) -> int:
    """Return the highest rung that an incident reaches as these events tell it."""
    quad = TYPES[incident.type].quad
    rungs = (rung_of(incident.type, incident.mode, quad, one.event.modality, incident.toll) for one in events)
    return max(rungs, default=NO_RUNG)


def count_origins(store: Alerting, incident: str) -> int:
    """Return how many independent origins tell of an incident as done.

    Near-copies, reports of one publisher, and reports that pass on the word of one agency are one origin, as for the
    status `corroborated`.
    """
    events = store.events(Filters(incident=incident, modality="actual"))
    relays = read_relays(store, incident)
    groups: list[set[str]] = []
    for stored in events:
        voices = (name.lower() for name in (stored.publisher, relays.get(stored.report)) if name)
        marks = {f"text {stored.origin}", *(f"voice {name}" for name in voices)}
        joined = [group for group in groups if group & marks]
        groups = [group for group in groups if not group & marks] + [marks.union(*joined)]
    return len(groups)


def read_relays(store: Alerting, incident: str) -> dict[str, str]:
    """Return report → agency whose word it passes on, where matching found that out."""
    records = store.tellings_in([incident]).get(incident, ())
    return {record["report"]: record["relays"] for record in records if record.get("relays")}


def _look_into(
    conditions: Conditions, events: Sequence[StoredEvent], texts: Texts, today: str
) -> tuple[tuple[StoredEvent, ...], tuple[str, ...]]:
    """Return the events that pass all that is asked of one event, and why."""
    whys = {stored.id: _look_into_one(stored, conditions, texts, today) for stored in events}
    kept = tuple(stored for stored in events if whys[stored.id] is not None)
    return kept, tuple(dict.fromkeys(reason for stored in kept for reason in whys[stored.id] or ()))


def _look_into_one(stored: StoredEvent, conditions: Conditions, texts: Texts, today: str) -> tuple[str, ...] | None:
    why: list[str | None] = []
    if conditions.claims:
        why.append(_claim(stored.event, conditions.claims))
    if conditions.words:
        why.append(_say(stored, conditions.words, texts))
    if conditions.ahead:
        why.append(look_ahead(stored.event, conditions.ahead, today))
    return None if None in why else tuple(reason for reason in why if reason)


def _claim(event: Event, claims: Claims) -> str | None:
    """Return who says so and how; the parties of `by` the store has found already."""
    source = event.attribution
    if source is None or (claims.stance and source.stance not in claims.stance) or (claims.named and not source.named):
        return None
    return f"{plain(source.name or source.text)} {source.stance}"


def _say(stored: StoredEvent, words: Sequence[str], texts: Texts) -> str | None:
    sentence = texts[stored.report][stored.event.sentence.start : stored.event.sentence.end]
    for told in words:
        pattern = r"\s+".join(re.escape(word) for word in told.split())
        if re.search(rf"\b{pattern}\b", sentence, re.IGNORECASE):
            return f"“{told}”"
    return None


def look_ahead(event: Event, ahead: Ahead, today: str) -> str | None:
    """Return for when something is planned, threatened or dated that is still to come; None where it is not.

    Args:
        event: What a report tells.
        ahead: How far to look.
        today: ISO day.
    """
    planned = event.modality in PLANNED or event.type == "THREATEN"
    if event.when is None:
        return "planned, without a day" if planned and ahead.undated else None
    first, last = event.when.start[:10], event.when.end[:10]
    horizon = (date.fromisoformat(today) + timedelta(days=ahead.within)).isoformat()
    if last < today or first > horizon or not (planned or first > today):
        return None
    days = max(0, (date.fromisoformat(first) - date.fromisoformat(today)).days)
    return f"for {first}" + (f", in {days} days" if days > 1 else "")
