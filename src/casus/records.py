"""The nouns of Casus: what passes from stage to stage and out of the door; no behaviour but JSON in and out and a look.

All are frozen. Every offset counts characters (Unicode code points) of `Report.text`, start included, end excluded.
Dates are ISO strings. The records of the output come first, those that only pass between the stages last.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from casus._json import Record

__all__ = (
    "Answer", "Attribution", "Event", "Extent", "Facts", "Incident", "IncidentStatus", "Link", "LinkKind", "Modality",
    "Party", "PartyMention", "Place", "PlaceMention", "PlacePrecision", "Quad", "Quantity", "QuantityKind",
    "QuantityMention", "Record", "Report", "Span", "Stance", "TimeMention", "TimePrecision", "Toll", "When",
)  # fmt: skip

Quad = Literal["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"]
Modality = Literal["actual", "future", "hypothetical", "negated"]
Stance = Literal["states", "claims", "denies", "confirms", "accuses", "threatens"]
TimePrecision = Literal["day", "week", "month", "year", "range"]
PlacePrecision = Literal["point", "city", "near", "admin1", "country", "region"]
QuantityKind = Literal[
    "killed",
    "injured",
    "missing",
    "abducted",
    "arrested",
    "displaced",
    "participants",
    "troops",
    "munitions",
    "vehicles",
    "money",
]
IncidentStatus = Literal["reported", "corroborated", "disputed", "announced", "denied"]
LinkKind = Literal["responds_to", "fulfils", "part_of", "follows"]


@dataclass(frozen=True, slots=True)
class Extent(Record):
    """A stretch of the report's text without its words: a sentence."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Span(Record):
    """A stretch of the report's text with its words: `report.text[start:end] == text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Party(Record):
    """Somebody who acts or is acted upon.

    `text` is the head noun phrase as written, `name` the entity it stands for, `id` its key in the knowledge base,
    `country` an ISO 3166-1 alpha-3 or PLOVER non-state code, `sectors` PLOVER sector codes, most specific first.
    """

    start: int
    end: int
    text: str
    name: str | None = None
    id: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution(Party):
    """Who says so: a party with its stance; `named` is false for "a Pentagon official", `cue` is "according to"."""

    stance: Stance = "states"
    named: bool = False
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class When(Record):
    """A time as two ISO dates, both included.

    `text` and `span` are the words it came from; `basis` is `"published"` where only the report's own date gives it.
    """

    start: str
    end: str
    precision: TimePrecision
    text: str | None = None
    span: Span | None = None
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Place(Record):
    """Where something happened; `lat` and `lon` in degrees, `admin1` the first-level division's name or code."""

    start: int
    end: int
    text: str
    name: str | None = None
    geonameid: int | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Quantity(Record):
    """How many: whole numbers `min` to `max`, both included, None where open; `of` is who or what was counted."""

    start: int
    end: int
    text: str
    kind: QuantityKind
    min: int | None = None
    max: int | None = None
    of: str | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Answer(Record):
    """An event of the same report that an event answers, with the words that say so."""

    id: str
    cue: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """One statement of an event: who did what to whom, when, where, with what toll, who says so, in answer to what.

    `score` runs from -10 (conflict) to +10 (cooperation). `confidence` is calibrated: of events at 0.8, four in five
    are right.
    `evidence` holds plain JSON values only, tuples for lists.
    """

    id: str
    trigger: Span
    sentence: Extent
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    score: float
    quad: Quad
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    modality: Modality = "actual"
    attribution: Attribution | None = None
    hedged: bool = False
    when: When | None = None
    where: Place | None = None
    quantities: tuple[Quantity, ...] = ()
    responds_to: tuple[Answer, ...] = ()
    incident: str | None = None
    confidence: float = 0.0
    evidence: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def _repr_html_(self) -> str:
        """Return it as notebooks show it."""
        from casus._html import event_html

        return event_html(self)


@dataclass(frozen=True, slots=True)
class Toll(Record):
    """The figures of one kind for an incident; `reports` are the ids of the reports that give them."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    reports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident(Record):
    """One happening in the world, as one or many `events` (their ids) tell it; `toll` maps a kind to its figures."""

    id: str
    events: tuple[str, ...]
    type: str
    mode: str | None = None
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    when: When | None = None
    where: Place | None = None
    toll: Mapping[str, Toll] = field(default_factory=dict, hash=False)
    status: IncidentStatus = "reported"

    def _repr_html_(self) -> str:
        """Return it as notebooks show it."""
        from casus._html import incident_html

        return incident_html(self)


@dataclass(frozen=True, slots=True)
class Link(Record):
    """Incident `source` answers, fulfils, is part of or follows incident `target`; in JSON they are `from` and `to`."""

    source: str = field(metadata={"json": "from"})
    target: str = field(metadata={"json": "to"})
    kind: LinkKind
    explicit: bool = False
    cue: Span | None = None
    confidence: float = 0.0

    def _repr_html_(self) -> str:
        """Return it as notebooks show it."""
        from casus._html import link_html

        return link_html(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Record):
    """One news report and, once coded and linked, what it says."""

    id: str
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: str | None = None
    text: str
    events: tuple[Event, ...] = ()
    incidents: tuple[Incident, ...] = ()
    links: tuple[Link, ...] = ()

    def _repr_html_(self) -> str:
        """Return it as notebooks show it."""
        from casus._html import report_html

        return report_html(self)


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time the text names; `when` is None where the text leaves it open, and `reason` says why; `rule` found it."""

    span: Span
    when: When | None
    reason: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place the text names, with the runners-up among the places of that name, best first."""

    span: Span
    place: Place
    candidates: tuple[Place, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A number the text gives; `head` is the token index of the counted noun, or of the number where there is none."""

    quantity: Quantity
    head: int
    rule: str


@dataclass(frozen=True, slots=True)
class PartyMention:
    """A party the text names; `head` is the token index of the head of its noun phrase.

    `ground`: the country is that of the report's ground, not told by the phrase or its antecedents.
    """

    head: int
    party: Party
    rule: str
    ground: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """All that `resolve` found in one text: parties by token index of their head, the rest in text order."""

    parties: Mapping[int, PartyMention] = field(default_factory=dict, hash=False)
    times: tuple[TimeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    quantities: tuple[QuantityMention, ...] = ()
