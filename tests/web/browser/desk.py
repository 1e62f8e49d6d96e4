"""A small desk's store for the browser: a shelling that two papers tell differently, an answer, a plan, an intruder."""

from __future__ import annotations

from typing import Any

from casus import Store
from casus.link.across import link_across
from casus.ontology import quad_of, score_of
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
    When,
)

FIRST = (
    "Rebels shell Bangassou\n\n"
    "Rebels shelled Bangassou on Monday, killing 12 people, police said. "
    "In response, the army raided a rebel camp on Tuesday. "
    "The rebels warned they would attack Zemio next week."
)
SECOND = (
    "Shells hit Bangassou\n\n"
    "The rebels shelled Bangassou on Monday, killing 30 people, residents said. "
    "The ministry condemned the rebels."
)
TRAP = "<script>document.title='taken'</script>"
PUBLISHER = "<img src=x onerror=\"document.title='taken'\"> Wire"
INTRUDER = f"{TRAP} Envoys\n\nEnvoys <b>met</b> rebels in Zemio on Thursday {TRAP} and talked."
REBELS = {"country": "CAF", "sectors": ("REB",)}
ARMY = {"country": "CAF", "sectors": ("MIL",)}


class Coder:
    """Makes events of one text by their words, each in a sentence of its own."""

    def __init__(self, report: str, text: str) -> None:
        self.report, self.text = report, text

    def span(self, words: str, after: str = "") -> Span:
        """Return where words stand in the text, behind other words."""
        begin = self.text.index(after)
        start = self.text.index(words, begin)
        return Span(start, start + len(words), words)

    def party(self, words: str, **told: Any) -> Party:
        """Return the party of these words."""
        found = self.span(words, "\n\n")
        return Party(found.start, found.end, words, **told)

    def event(self, id_: str, trigger: str, type_: str, **slots: Any) -> Event:
        """Return an event, the sentence being that of its trigger."""
        word = self.span(trigger, "\n\n")
        start = max(self.text.rfind(". ", 0, word.start) + 2, self.text.index("\n\n") + 2)
        end = self.text.find(". ", word.end)
        mode = slots.get("mode")
        return Event(
            id=id_, trigger=word, sentence=Extent(start, len(self.text) if end < 0 else end + 1), type=type_,
            score=score_of(type_, mode), quad=quad_of(type_), incident=id_.replace("e", "i"),
            **({"confidence": 0.7} | slots),
        )  # fmt: skip

    def when(self, words: str, start: str, end: str | None = None) -> When:
        """Return the time of these words."""
        return When(start, end or start, "week" if end else "day", words, self.span(words))

    def place(self, words: str, number: int, lat: float, lon: float) -> Place:
        """Return the place of these words, behind the title."""
        found = self.span(words, "\n\n")
        return Place(found.start, found.end, words, words, number, "CAF", None, lat, lon, precision="city")

    def killed(self, words: str, count: int) -> Quantity:
        """Return the toll of these words."""
        found = self.span(words)
        return Quantity(found.start, found.end, words, "killed", count, count, "people")

    def source(self, words: str, **told: Any) -> Attribution:
        """Return the speaker of these words."""
        found = self.span(words)
        return Attribution(found.start, found.end, words, **told)


def first() -> Report:
    """Return the shelling as one paper tells it, with what answered it and what is threatened."""
    told = Coder("first", FIRST)
    town, camp = told.place("Bangassou", 1, 4.74, 22.82), told.place("Zemio", 2, 5.03, 25.13)
    events = (
        told.event("e1", "shelled", "ASSAULT", mode="heavy-weapons", actors=(told.party("Rebels", **REBELS),),
                   when=told.when("on Monday", "2031-05-05"), where=town, quantities=(told.killed("12 people", 12),),
                   attribution=told.source("police", country="CAF", sectors=("COP",)), confidence=0.9),
        told.event("e2", "raided", "COERCE", mode="restrict", actors=(told.party("the army", **ARMY),),
                   recipients=(told.party("rebel", **REBELS),), when=told.when("on Tuesday", "2031-05-06"),
                   responds_to=(Answer("e1", told.span("In response")),)),
        told.event("e3", "warned", "THREATEN", mode="violence", actors=(told.party("The rebels", **REBELS),),
                   modality="future", where=camp, when=told.when("next week", "2031-05-12", "2031-05-18")),
    )  # fmt: skip
    link = Link("i2", "i1", "responds_to", explicit=True, cue=told.span("In response"), confidence=0.9)
    return _report("first", FIRST, events, "Rebels shell Bangassou", "Example Wire", "2031-05-07", (link,))


def second() -> Report:
    """Return the shelling as another paper tells it, with another toll, and a condemnation."""
    told = Coder("second", SECOND)
    rebels = told.party("The rebels", **REBELS)
    events = (
        told.event("e1", "shelled", "ASSAULT", mode="heavy-weapons", actors=(rebels,),
                   when=told.when("on Monday", "2031-05-05"), where=told.place("Bangassou", 1, 4.74, 22.82),
                   quantities=(told.killed("30 people", 30),), attribution=told.source("residents", country="CAF")),
        told.event("e2", "condemned", "ACCUSE", mode="disapprove",
                   actors=(told.party("The ministry", country="CAF", sectors=("GOV",)),),
                   recipients=(told.party("the rebels", **REBELS),)),
    )  # fmt: skip
    return _report("second", SECOND, events, "Shells hit Bangassou", "Other Wire", "2031-05-07T09:00:00Z")


def intruder() -> Report:
    """Return a report whose text, title and publisher would be run by a careless page."""
    told = Coder("intruder", INTRUDER)
    event = told.event(
        "e1", "met", "CONSULT", actors=(told.party("Envoys", country="UNO"),),
        recipients=(told.party("rebels", **REBELS),), where=told.place("Zemio", 2, 5.03, 25.13),
        when=told.when("on Thursday", "2031-05-01"), confidence=0.4,
    )  # fmt: skip
    return _report("intruder", INTRUDER, (event,), f"{TRAP} Envoys", PUBLISHER, "2031-05-02")


def _report(id_: str, text: str, events: tuple[Event, ...], *heads: Any) -> Report:
    title, publisher, published, *links = heads
    incidents = tuple(
        Incident(id=event.incident or "", events=(event.id,), type=event.type, mode=event.mode, actors=event.actors,
                 recipients=event.recipients, when=event.when, where=event.where,
                 status="announced" if event.modality == "future" else "reported")
        for event in events
    )  # fmt: skip
    return Report(
        id=id_, title=title, publisher=publisher, published=published, text=text, events=events, incidents=incidents,
        links=links[0] if links else (),
    )  # fmt: skip


def fill(store: Store) -> None:
    """Put the reports into a store, linked with each other."""
    for report in (intruder(), first(), second()):
        store.add(report)
        link_across(report, store)
