"""A telling: what one report says of one happening, flat, with all that is compared across reports. Compares nothing.

Its id is the report's and the incident's (`r1:i3`). Names and the stems of other words are those of `units`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from casus.link.across.rarity import rarest
from casus.link.across.units import cut_units
from casus.link.pairs import stem
from casus.records import Attribution, Event, Incident, Party, Record, Report

TOPIC = 40  # words of a report that say what it is about
MOST = 60  # stems of the sentences of one incident
OFFICIAL = frozenset({"GOV", "MIL", "COP", "MED", "JUD", "LEG", "SPY"})
PRESS = "JRN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Record):
    """One figure that one report gives: how many, as written, when it was published and whether an office gives it."""

    kind: str
    min: int | None
    max: int | None
    text: str
    approximate: bool = False
    report: str
    origin: str
    published: str | None
    official: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling(Record):
    """What one report says of one happening.

    `start` and `end` are the days the text names (`stated`), else the day of publication. `denied` names the countries
    and parties that deny it, `relays` the press whose word it passes on. `incident` is the report's own, as JSON.
    """

    id: str
    report: str
    origin: str
    publisher: str | None = None
    published: str | None = None
    type: str
    mode: str | None = None
    modalities: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    stated: bool = False
    place: str | None = None
    geonameid: int | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None
    actors: tuple[str, ...] = ()
    actor_names: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    recipient_names: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    denied: tuple[str, ...] = ()
    relays: str | None = None
    events: tuple[str, ...] = ()
    incident: Mapping[str, Any] = field(default_factory=dict, hash=False)


def make_tellings(report: Report, origin: str) -> tuple[Telling, ...]:
    """One telling for every incident of a coded and linked report, in its order."""
    units = cut_units(report.text)
    topic = rarest((*units.names, *units.words), TOPIC)
    events = {e.id: e for e in report.events}
    told = ((i, [events[e] for e in i.events if e in events]) for i in report.incidents)
    return tuple(replace(tell_incident(report, i, own, origin=origin), topic=topic) for i, own in told if own)


def tell_incident(report: Report, incident: Incident, events: Sequence[Event], *, origin: str) -> Telling:
    """What the events of one incident of a report say; without the report's topic."""
    sentences = dict.fromkeys((e.sentence.start, e.sentence.end) for e in events)
    units = [cut_units(report.text[start:end]) for start, end in sentences]
    return Telling(
        id=f"{report.id}:{incident.id}",
        report=report.id,
        origin=origin,
        publisher=report.publisher,
        published=report.published,
        type=incident.type,
        mode=incident.mode,
        modalities=tuple(sorted({e.modality for e in events})),
        **_time(report, incident),
        **_place(incident),
        actors=_countries(incident.actors),
        actor_names=_party_names(incident.actors),
        recipients=_countries(incident.recipients),
        recipient_names=_party_names(incident.recipients),
        triggers=tuple(sorted({stem(e.trigger.text) for e in events})),
        names=tuple(sorted({name for unit in units for name in unit.names})),
        words=rarest((word for unit in units for word in unit.words), MOST),
        figures=tuple(_figures(report, events, origin)),
        denied=tuple(sorted({name for e in events for name in _deniers(e)})),
        relays=_relayed(events),
        events=tuple(f"{report.id}:{e.id}" for e in events),
        incident=incident.to_json(),
    )


def _time(report: Report, incident: Incident) -> dict[str, Any]:
    if incident.when:
        return {"start": incident.when.start[:10], "end": incident.when.end[:10], "stated": True}
    day = report.published[:10] if report.published else None
    return {"start": day, "end": day, "stated": False}


def _place(incident: Incident) -> dict[str, Any]:
    place = incident.where
    if place is None:
        return {}
    names = ("geonameid", "country", "lat", "lon", "precision")
    return {"place": (place.name or place.text).lower()} | {name: getattr(place, name) for name in names}


def _countries(parties: Iterable[Party]) -> tuple[str, ...]:
    return tuple(sorted({p.country for p in parties if p.country}))


def _party_names(parties: Iterable[Party]) -> tuple[str, ...]:
    """Keys of known parties, and names as far as they are names: descriptions ("two men") say nothing."""
    known = {p.id for p in parties if p.id}
    return tuple(sorted(known | {p.name.lower() for p in parties if not p.id and p.name and p.name[0].isupper()}))


def _figures(report: Report, events: Sequence[Event], origin: str) -> Iterator[Figure]:
    for event in events:
        for q in event.quantities:
            yield Figure(
                kind=q.kind,
                min=q.min,
                max=q.max,
                text=q.text,
                approximate=q.approximate,
                report=report.id,
                origin=origin,
                published=report.published,
                official=is_official(event.attribution),
            )


def is_official(source: Attribution | None) -> bool:
    """Whether an office of a state answers for what is said: government, army, police, hospital, court."""
    return source is not None and bool(OFFICIAL & set(source.sectors))


def _deniers(event: Event) -> Iterator[str]:
    if event.attribution and event.attribution.stance == "denies":
        yield event.attribution.country or (event.attribution.name or event.attribution.text).lower()


def _relayed(events: Sequence[Event]) -> str | None:
    """The press that all events are told after ("Reuters reported"), None where one stands on the report's own word."""
    told = {
        (e.attribution.name or e.attribution.text).lower() if e.attribution and PRESS in e.attribution.sectors else None
        for e in events
    }
    return told.pop() if len(told) == 1 else None
