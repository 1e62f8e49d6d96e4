"""An invented desk's store in any size, for measuring pages, not coding.

The reports of bench/synthetic.py with places on the map, speakers who disagree, plans with dates, near-copies, and a
few happenings that many reports tell of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bench.synthetic import COUNTRIES, make_report
from casus import Store
from casus.ontology import score_of
from casus.records import Attribution, Event, Incident, IncidentStatus, Link, Place, Report, Stance, Toll

STANCES: tuple[Stance, ...] = ("states", "claims", "denies", "confirms", "accuses", "threatens")
SPEAKERS = ("the ministry", "a spokesman", "police", "residents", "the rebels")
BATCH, COPIES, SHARED = 100, 5, 40
"""Reports of one transaction; every so many-th report is a near-copy; so many reports tell of each great happening."""


def make_desk_report(number: int, events: int = 10) -> Report:
    """Return report `number`, always the same: synthetic, with all that pages show."""
    chance = Random(number)
    plain = make_report(number, events)
    told = tuple(_dress(event, plain, chance) for event in plain.events)
    incidents = tuple(_sum_up(incident, told, plain.id) for incident in plain.incidents)
    links = (*plain.links, Link("i3", "i4", "fulfils", confidence=0.7)) if len(incidents) > 3 else plain.links
    return replace(plain, url=f"https://wire.example/{number}", events=told, incidents=incidents, links=links)


def _dress(event: Event, report: Report, chance: Random) -> Event:
    when = event.when
    if when and event.modality == "future":
        day = (date.fromisoformat(when.start) + timedelta(days=chance.randrange(1, 40))).isoformat()
        when = replace(when, start=day, end=day)
    where = _on_map(event.where) if event.where else None
    speaker = _speaker(report, event.sentence.start, chance) if chance.random() < 0.4 else None
    score, hedged = score_of(event.type, event.mode), chance.random() < 0.2
    return replace(event, when=when, where=where, attribution=speaker, hedged=hedged, score=score)


def _on_map(place: Place) -> Place:
    """Return the place with coordinates: its country's own corner of the earth."""
    number = place.geonameid or 0
    corner = COUNTRIES.index(place.country) if place.country in COUNTRIES else 0
    return replace(place, lat=-40 + (number * 7 % 1000) / 10, lon=-120 + corner * 16 + (number % 13), admin1="A1")


def _speaker(report: Report, start: int, chance: Random) -> Attribution:
    words = report.text[start : start + 3]
    return Attribution(
        start, start + 3, words, chance.choice(SPEAKERS), None, chance.choice(COUNTRIES), ("GOV",),
        stance=chance.choice(STANCES), named=False,
    )  # fmt: skip


def _sum_up(incident: Incident, told: Sequence[Event], report: str) -> Incident:
    members = [event for event in told if event.id in incident.events]
    killed = [item.min for event in members for item in event.quantities if item.kind == "killed" and item.min]
    toll = {"killed": Toll(min(killed), max(killed), max(killed), (report,))} if killed else {}
    return replace(
        incident, type=members[0].type, mode=members[0].mode, when=members[0].when, where=members[0].where, toll=toll,
        status=_status({event.modality for event in members}),
    )  # fmt: skip


def _status(moods: set[Any]) -> IncidentStatus:
    if moods == {"negated"}:
        return "denied"
    if {"negated", "actual"} <= moods:
        return "disputed"
    return "reported" if "actual" in moods else "announced"


def fill_desk(store: Store, reports: int) -> None:
    """Put so many reports into a store, join some of their incidents, and note which are near-copies."""
    for first in range(0, reports, BATCH):
        last = min(reports, first + BATCH)
        with store.transaction():
            store.add_all(make_desk_report(number) for number in range(first, last))
            for number in range(first + COPIES - 1, last, COPIES):
                store.set_origin(f"s{number}", f"s{number - 1}")
    for first in range(0, reports - SHARED, max(SHARED, reports // 5)):
        _join(store, [f"s{number}:i1" for number in range(first, first + SHARED)])


def _join(store: Store, ids: Sequence[str]) -> None:
    """Make one incident of those, the first's, as if many reports told of it."""
    members = [event.id for id_ in ids for event in store.events_of([id_]).get(id_, ())]
    first = store.incident(ids[0]).incident
    store.put_incident(replace(first, events=tuple(members), status="corroborated"), reason="merged")


def open_desk(path: Path, reports: int) -> Store:
    """Return the store in that file, filled where it is not there yet."""
    fresh = not path.exists()
    store = Store(path)
    if fresh:
        fill_desk(store, reports)
    return store
