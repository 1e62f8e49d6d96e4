"""A store with all that an export may meet: made by hand, so that every figure in a test can be checked by eye."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from casus import Store
from casus.records import (
    Answer,
    Attribution,
    Event,
    Extent,
    Incident,
    Link,
    Party,
    Place,
    Quantity,
    Report,
    Span,
    Toll,
    When,
)

TEXT = (
    "Drones hit Kassala\n\n"
    "Drones of the Northern Front and the Reed Army hit a\tcamp in Kassala on 3 May, killing 4 to 6 civilians, "
    "the ministry claims. In return, the army’s guns shelled “=Reed\tHill” near the border; nobody was hurt. "
    "Talks with the African Union are planned in June. The army denied that it had arrested <b>Ines Okoro</b>. "
    "Thousands marched through Port Wana on Monday."
)


def span(words: str) -> Span:
    """Return the span of the first occurrence of words in TEXT."""
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


def party(words: str, **told: Any) -> Party:
    """Return the party that words stand for."""
    found = span(words)
    return Party(found.start, found.end, found.text, **told)


def event(id_: str, words: str, **told: Any) -> Event:
    """Return an event with its trigger."""
    trigger = span(words)
    start = TEXT.rindex(". ", 0, trigger.start) + 2 if ". " in TEXT[: trigger.start] else TEXT.index("\n\n") + 2
    end = TEXT.find(". ", trigger.end) + 1 or len(TEXT)
    return Event(id=id_, trigger=trigger, sentence=Extent(start, end), **told)


def day(words: str | None, first: str, last: str | None = None, precision: str = "day") -> When:
    """Return a time."""
    found = span(words) if words else None
    return When(first, last or first, precision, words, found)  # type: ignore[arg-type]


FRONT = party("Northern Front", name="Northern Front", id="org-northern-front", country="SDN", sectors=("REB",))
REEDS = party("the Reed Army", name="Reed Army", country="SDN", sectors=("REB", "UAF", "PRM"))
CIVILIANS = party("civilians", sectors=("CVL",))
ARMY = party("the army’s guns", name="Sudanese army", country="SDN", sectors=("MIL",))
UNION = party("the African Union", name="African Union", country="IGO")
OKORO = party("Ines Okoro", name="Ines Okoro", id="per-ines-okoro", country="SDN", sectors=("OPP",))


def place(words: str, **told: Any) -> Place:
    """Return a place."""
    found = span(words)
    return Place(found.start, found.end, found.text, **told)


def count(words: str, kind: Any, low: int | None, high: int | None, **told: Any) -> Quantity:
    """Return a count."""
    found = span(words)
    return Quantity(found.start, found.end, found.text, kind, low, high, **told)


MINISTRY = span("the ministry")
STRIKE = event(
    "e1", "hit", type="ASSAULT", mode="drone", contexts=("military", "terrorism"), cameo="1952", score=-9.5,
    quad="material-conflict", actors=(FRONT, REEDS), recipients=(CIVILIANS,), when=day("on 3 May", "2031-05-03"),
    where=place("Kassala", name="Kassala", geonameid=372753, country="SDN", admin1="Kassala State", lat=15.45099,
                lon=36.39998, precision="city"),
    quantities=(count("4 to 6 civilians", "killed", 4, 6, of="civilians"),),
    attribution=Attribution(MINISTRY.start, MINISTRY.end, MINISTRY.text, country="SDN", sectors=("GOV",),
                            stance="claims", cue=span("claims")),
    hedged=True, incident="i1", confidence=0.75, evidence={"entry": "ASSAULT:verb:hit"},
)  # fmt: skip
SHELLING = event(
    "e2", "shelled", type="ASSAULT", mode="heavy-weapons", cameo=None, score=-9.5, quad="material-conflict",
    actors=(ARMY,), recipients=(REEDS,), where=place("“=Reed\tHill”", country="SDN", precision="near"),
    responds_to=(Answer("e1", span("In return")),), incident="i2", confidence=0.5,
)  # fmt: skip
TALKS = event(
    "e3", "Talks", type="AGREE", score=2.5, quad="verbal-cooperation", actors=(UNION,), modality="future",
    when=day("in June", "2031-06-01", "2031-06-30", "month"), incident="i3", confidence=0.4,
)  # fmt: skip
ARREST = event(
    "e4", "arrested", type="COERCE", mode="arrest", cameo="173", score=-7, quad="material-conflict",
    actors=(party("The army", name="Sudanese army", country="SDN", sectors=("MIL",)),), recipients=(OKORO,),
    modality="negated", incident="i4", confidence=0.6,
)  # fmt: skip
MARCH = event(
    "e5", "marched", type="PROTEST", mode="demo", cameo="141", score=-5, quad="material-conflict",
    actors=(party("Thousands", sectors=("CVL",)),), when=day("on Monday", "2031-04-28", "2031-05-04", "week"),
    where=place("Port Wana", name="Port Wana", precision="city"),
    quantities=(count("Thousands", "participants", 2000, 9999, approximate=True),), incident="i5", confidence=0.9,
)  # fmt: skip


def report(**changes: Any) -> Report:
    """Return the report with its five events."""
    told = (STRIKE, SHELLING, TALKS, ARREST, MARCH)
    marchers = Toll(2000, 2000, 9999, ("kassala",))
    tolls = {"e1": {"killed": Toll(4, 4, 6, ("kassala",))}, "e5": {"participants": marchers}}
    statuses = {"future": "announced", "negated": "denied"}
    incidents = tuple(
        Incident(
            id=str(one.incident), events=(one.id,), type=one.type, mode=one.mode, actors=one.actors,
            recipients=one.recipients, when=one.when, where=one.where, toll=tolls.get(one.id, {}),
            status=statuses.get(one.modality, "reported"),  # type: ignore[arg-type]
        )
        for one in told
    )  # fmt: skip
    fields: dict[str, Any] = {
        "id": "kassala", "url": "https://wire.example/kassala?a=1&b=2", "publisher": "Wire; the first",
        "title": "Drones hit Kassala", "published": "2031-05-05", "text": TEXT, "events": told, "incidents": incidents,
        "links": (Link("i2", "i1", "responds_to", explicit=True, cue=span("In return"), confidence=0.9),),
    }  # fmt: skip
    return Report(**(fields | changes))


def fill(path: Path | str) -> Store:
    """Return a store with the report, its near-copy, and what people decided about them.

    The strike is one incident of both reports; the copy's march is rejected, its denied arrest confirmed, and its
    shelling corrected to have a day.
    """
    store = Store(path)
    copy = replace(report(), id="copy", url=None, publisher="Second Wire", published="2031-05-06")
    store.add_all([report(), copy])
    store.set_origin("copy", "kassala")
    store.merge("kassala:i1", ["copy:i1"], by="ann")
    store.reject("copy:e5", by="ann")
    store.confirm("copy:e4", by="ann")
    store.correct("copy:e2", "when", "2031-05-04", by="ann")
    return store
