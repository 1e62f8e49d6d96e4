"""Coded reports and tellings in one line, for the tests of matching across reports."""

from dataclasses import replace
from typing import Any

from casus.link.across import MemoryArchive, link_across
from casus.link.across.archive import Change
from casus.link.across.tellings import Figure, Telling, make_tellings
from casus.ontology import quad_of, score_of
from casus.records import Event, Extent, Incident, Link, Party, Place, Quantity, Report, Span, When

TOWNS = {
    "Aldmoor": Place(0, 7, "Aldmoor", "Aldmoor", 1, "GBR", None, 51.0, 0.0, precision="city"),
    "Norbridge": Place(0, 9, "Norbridge", "Norbridge", 2, "GBR", None, 55.0, -3.0, precision="city"),
    "Aldmoor Quay": Place(0, 12, "Aldmoor Quay", "Aldmoor Quay", 3, "GBR", None, 51.1, 0.05, precision="city"),
}


def party(text: str, country: str | None = None) -> Party:
    """Return somebody."""
    return Party(0, len(text), text, country=country)


def day(date: str) -> When:
    """Return a day."""
    return When(date, date, "day")


def killed(low: int | None, high: int | None = None, kind: Any = "killed") -> Quantity:
    """Return a count."""
    return Quantity(0, 1, str(low), kind, low, low if high is None else high)


def told(name: str, text: str, word: str, **fields: Any) -> Event:
    """Return an event of the whole text whose trigger is that word of it."""
    at = text.index(word)
    kind = fields.pop("type", "ASSAULT")
    given = {"score": score_of(kind), "quad": quad_of(kind), "confidence": 0.9, "incident": f"i{name[1:]}"} | fields
    return Event(id=name, type=kind, trigger=Span(at, at + len(word), word), sentence=Extent(0, len(text)), **given)


def report(id_: str, text: str, *events: Event, published: str = "2031-05-02", **fields: Any) -> Report:
    """Return a coded report, every event an incident of its own."""
    incidents = tuple(
        Incident(
            id=f"i{e.id[1:]}", events=(e.id,), type=e.type, mode=e.mode, actors=e.actors, recipients=e.recipients,
            when=e.when, where=e.where,
        )
        for e in events
    )  # fmt: skip
    return Report(id=id_, text=text, published=published, events=events, incidents=incidents, **fields)


def attack(id_: str, town: str = "Aldmoor", **fields: Any) -> Report:
    """Return a report of an attack by the Kestrel Front on a market; the words depend on the id, the names do not."""
    opening = {"a": "Gunmen of the Kestrel Front", "b": "Men from the Kestrel Front with rifles"}
    text = f"{opening.get(id_[0], 'Fighters of the Kestrel Front')} attacked the Harrowgate market in {town}."
    dead = fields.pop("dead", None)
    options = {name: fields.pop(name) for name in ("published", "publisher", "links") if name in fields}
    given = {
        "actors": (party("Kestrel Front", "GBR"),), "recipients": (party("the Harrowgate market", "GBR"),),
        "where": TOWNS[town], "mode": "firearms", "quantities": (killed(dead),) if dead else (),
    } | fields  # fmt: skip
    return report(id_, text, told("e1", text, "attacked", **given), **options)


def tellings(*reports: Report) -> list[Telling]:
    """Return the first telling of each report."""
    return [make_tellings(r, r.id)[0] for r in reports]


def take(archive: MemoryArchive, *reports: Report) -> list[Change]:
    """Add and link reports, and return what was changed."""
    changes: list[Change] = []
    for r in reports:
        archive.add(r)
        changes += link_across(r, archive)
    return changes


def figure(number: int, published: str = "2031-05-02", origin: str = "a", **fields: Any) -> Figure:
    """Return how many were killed."""
    given: dict[str, Any] = {"kind": "killed", "min": number, "max": number, "text": str(number)} | fields
    return Figure(report=origin, origin=origin, published=published, **given)


def answering(one: Report, other: str, cue: str | None = None) -> Report:
    """Return the report with a link from its second incident to its first."""
    span = Span(0, len(cue), cue) if cue else None
    return replace(one, links=(Link("i2", other, "responds_to", cue is not None, span, 0.9),))
