"""Invented histories of two sides, as acts and as the reports that tell of them."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from casus.ontology import quad_of, score_of
from casus.records import Event, Extent, Incident, IncidentStatus, Modality, Party, Quantity, Report, Span, Toll, When
from casus.store.query.acts import Act, Way

FIRST = date(2031, 1, 1)
STATUS: dict[Modality, IncidentStatus] = {
    "actual": "reported", "future": "announced", "hypothetical": "announced", "negated": "denied",
}  # fmt: skip
TEXT = "One side acted on the other, they say."


def day(number: int) -> str:
    """Return the ISO day so many days after the first."""
    return (FIRST + timedelta(days=number)).isoformat()


def act(number: int = 0, way: Way = "a_to_b", type_: str = "ASSAULT", **changes: Any) -> Act:
    """Return an act of one day."""
    fields: dict[str, Any] = {"incident": f"{way}{number}{type_}", "day": day(number), "until": day(number)}
    return Act(**({"way": way, "type": type_} | fields | changes))


class Told(NamedTuple):
    """What one report tells: on which day who did what to whom."""

    id: str
    day: int
    actors: str
    recipients: str
    type: str
    mode: str | None = None
    modality: Modality = "actual"
    killed: int | None = None
    until: int | None = None


def make_report(told: Told) -> Report:
    """Return a report of one event and its incident."""
    actors, recipients = _parties(told.actors), _parties(told.recipients)
    when = When(day(told.day), day(told.until if told.until is not None else told.day), "day")
    count = (Quantity(0, 3, TEXT[:3], "killed", told.killed, told.killed),) if told.killed else ()
    event = Event(
        id="e1", trigger=Span(9, 14, TEXT[9:14]), sentence=Extent(0, len(TEXT)), type=told.type, mode=told.mode,
        score=score_of(told.type, told.mode), quad=quad_of(told.type), actors=actors, recipients=recipients,
        modality=told.modality, when=when, quantities=count, incident="i1", confidence=0.9,
    )  # fmt: skip
    toll = {"killed": Toll(told.killed, told.killed, told.killed, (told.id,))} if told.killed else {}
    incident = Incident(
        id="i1", events=("e1",), type=told.type, mode=told.mode, actors=actors, recipients=recipients, when=when,
        toll=toll, status=STATUS[told.modality],
    )  # fmt: skip
    return Report(id=told.id, published=day(told.day), text=TEXT, events=(event,), incidents=(incident,))


def make_reports(told: Iterable[Told]) -> list[Report]:
    """Return a report each."""
    return [make_report(one) for one in told]


def _parties(named: str) -> tuple[Party, ...]:
    """Return the parties of `USA/MIL IRN`."""
    codes = (name.partition("/") for name in named.split())
    return tuple(
        Party(0, 3, TEXT[:3], None, None, country, (sector,) if sector else ()) for country, _, sector in codes
    )
