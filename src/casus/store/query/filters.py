"""What events and incidents are filtered by, and the conditions that this comes to; runs no query."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, get_args

from sqlalchemy import ColumnElement, Select, or_, select

from casus.errors import FieldError
from casus.ontology import sector_of, type_of
from casus.records import IncidentStatus, Modality
from casus.store.query.words import match_reports
from casus.store.rows import fold
from casus.store.schema import events, incidents, parties, reports
from casus.stored import Verdict

Words = tuple[str, ...] | str
Condition = ColumnElement[bool]
COUNTRY = re.compile(r"[A-Z]{3}")
KEY = re.compile(r"[a-z]+-[a-z0-9-]+")
DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?")
EARLIEST = "0000-01-01"
UNJUDGED = "none"
LONGEST_NUMBER = 9
"""Digits of a GeoNames number; a column has no room for more."""
CHOICES: Mapping[str, tuple[str, ...]] = {
    "modality": get_args(Modality),
    "status": get_args(IncidentStatus),
    "judged": (*get_args(Verdict), UNJUDGED),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What events or incidents must have; of several values one is enough, of several filters all must hold.

    A party is a country code (`IRN`, `IGO`), that with a sector (`IRN/MIL`), a key of the knowledge base
    (`org-hezbollah`) or a name or noun phrase as written.

    Attributes:
        party: Who takes part, on either side.
        actor: Who did it.
        recipient: To whom.
        source: Who says so, as a party.
        sector: PLOVER sector of a party that takes part.
        type: PLOVER type.
        mode: Mode of a type.
        country: Where it happened, ISO 3166-1 alpha-3.
        place: Where it happened: name or GeoNames number.
        since: First day; a year or month begins with its first day.
        until: Last day; a year or month ends with its last.
        modality: `actual`, `future`, `hypothetical` or `negated`.
        status: Status of the incident.
        judged: `confirmed`, `rejected`, `corrected` or `none`; rejected events are left out unless asked for here.
        publisher: Who published the report.
        report: Id of the report.
        incident: Id of the incident.
        text: Words of the report, as in a web search: `rockets "supreme leader" -film`.
        least: Lowest confidence of an event.
    """

    party: Words = ()
    actor: Words = ()
    recipient: Words = ()
    source: Words = ()
    sector: Words = ()
    type: Words = ()
    mode: Words = ()
    country: Words = ()
    place: Words = ()
    since: str | None = None
    until: str | None = None
    modality: Words = ()
    status: Words = ()
    judged: Words = ()
    publisher: Words = ()
    report: Words = ()
    incident: Words = ()
    text: str | None = None
    least: float | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if field.type == "Words":
                object.__setattr__(self, field.name, (value,) if isinstance(value, str) else tuple(value))
        for name, allowed in CHOICES.items():
            for value in getattr(self, name):
                if value not in allowed:
                    raise FieldError(name, value, " ".join(allowed))
        for name in ("since", "until"):
            if (day := getattr(self, name)) is not None and not DAY.fullmatch(day):
                raise FieldError(name, day, "a day, month or year: 2020-01-03, 2020-01 or 2020")
        for value in self.type:
            type_of(value)
        for value in self.sector:
            sector_of(value)


def first_day(told: str) -> str:
    """Return the first day of a year or month, or the day itself.

    >>> first_day("2031"), first_day("2031-05-09")
    ('2031-01-01', '2031-05-09')
    """
    return f"{told}-01-01"[:10] if len(told) < len("2031-05") else f"{told}-01"[:10]


def last_day(told: str) -> str:
    """Return the last day of a year or month, or the day itself.

    >>> last_day("2031"), last_day("2032-02"), last_day("2031-05-09")
    ('2031-12-31', '2032-02-29', '2031-05-09')
    """
    if len(told) > len("2031-05"):
        return told
    year, month = int(told[:4]), int(told[5:] or 12)
    return f"{year:04}-{month:02}-{monthrange(year, month)[1]:02}"


def event_conditions(filters: Filters, *, is_sqlite: bool) -> Iterator[Condition]:
    """Yield the conditions on the table of events."""
    yield from _same_columns(filters, events)
    for name in ("modality", "report", "incident"):
        if values := getattr(filters, name):
            yield events.c[name].in_(values)
    yield _judged(filters.judged)
    if filters.least is not None:
        yield events.c.confidence >= filters.least
    if filters.status:
        yield events.c.status.in_(filters.status)
    yield from _party_conditions(filters)
    yield from _report_conditions(filters, is_sqlite=is_sqlite)


def incident_conditions(filters: Filters, *, is_sqlite: bool) -> Iterator[Condition]:
    """Yield the conditions on the table of incidents: its own columns, and that one of its events has the rest."""
    yield incidents.c.live.is_(True)
    yield from _same_columns(filters, incidents)
    if filters.status:
        yield incidents.c.status.in_(filters.status)
    if filters.incident:
        yield incidents.c.id.in_(filters.incident)
    left = Filters(**{name: getattr(filters, name) for name in OF_EVENTS})
    told = list(event_conditions(left, is_sqlite=is_sqlite))
    if left == Filters():
        yield _not_rejected(*told)
    else:
        here = [events.c.incident.in_(filters.incident)] if filters.incident else []  # else all events are looked at
        yield incidents.c.id.in_(select(events.c.incident).where(*told, *here))


def _not_rejected(*standing: Condition) -> Condition:
    """Return the condition that some event of an incident stands; asked only of those with a rejected one."""
    touched = select(events.c.incident).where(events.c.judged == "rejected")
    left = select(events.c.number).where(events.c.incident == incidents.c.id, *standing)
    return or_(incidents.c.id.not_in(touched), left.exists())


OF_EVENTS = (
    "party", "actor", "recipient", "source", "sector", "modality", "judged", "publisher", "report", "text", "least",
)  # fmt: skip


def _judged(wanted: Words) -> Condition:
    if not wanted:
        return or_(events.c.judged.is_(None), events.c.judged != "rejected")
    known = events.c.judged.in_(wanted)
    return or_(events.c.judged.is_(None), known) if UNJUDGED in wanted else known


def _same_columns(filters: Filters, of: Any) -> Iterator[Condition]:
    """Yield the conditions on columns that events and incidents both have."""
    for name in ("type", "mode", "country"):
        if values := getattr(filters, name):
            yield of.c[name].in_(values)
    if filters.place:
        numbers = [int(value) for value in filters.place if value.isdecimal() and len(value) <= LONGEST_NUMBER]
        names = [fold(value) for value in filters.place]
        yield or_(of.c.geonameid.in_(numbers), of.c.place_key.in_(names)) if numbers else of.c.place_key.in_(names)
    if filters.since:
        yield of.c.day_to >= first_day(filters.since)
    if filters.until:
        yield of.c.day_from.between(EARLIEST, last_day(filters.until))


def _party_conditions(filters: Filters) -> Iterator[Condition]:
    """Yield the condition on who takes part; sector and party must meet in one party."""
    wanted = []
    sectors = [or_(*(parties.c.sectors.contains(f"|{code}|") for code in filters.sector))] if filters.sector else []
    if filters.party or sectors:
        wanted.append(_taking_part(parties.c.role != "source", *_any_party(filters.party), *sectors))
    roles = {name: getattr(filters, name) for name in ("actor", "recipient", "source")}
    wanted += [_taking_part(parties.c.role == name, *_any_party(values)) for name, values in roles.items() if values]
    if wanted:
        # One list of events that are in all: with a condition each, every event of the first would be looked up.
        yield events.c.number.in_(wanted[0].intersect(*wanted[1:]) if wanted[1:] else wanted[0])


def _taking_part(*conditions: Condition) -> Select[tuple[int]]:
    return select(parties.c.event).where(*conditions)


def _any_party(values: Words) -> list[Condition]:
    return [or_(*map(is_party, values))] if values else []


def is_party(told: str) -> Condition:
    """Return the condition that a row of the parties is the one told: country, country/SECTOR, key or name.

    Raises:
        OntologyError: There is no such sector.
    """
    country, _, sector = told.partition("/")
    if COUNTRY.fullmatch(country):
        here: Condition = parties.c.country == country
        return here & parties.c.sectors.contains(f"|{sector_of(sector) and sector}|") if sector else here
    if KEY.fullmatch(told):
        return parties.c.party == told
    name = fold(told)
    return or_(parties.c.name_key == name, parties.c.text_key == name)


def _report_conditions(filters: Filters, *, is_sqlite: bool) -> Iterator[Condition]:
    of_report = []
    if filters.text is not None:
        of_report.append(match_reports(filters.text, is_sqlite=is_sqlite))
    if filters.publisher:
        of_report.append(reports.c.publisher.in_(filters.publisher))
    if of_report:
        yield events.c.report.in_(select(reports.c.id).where(*of_report))
