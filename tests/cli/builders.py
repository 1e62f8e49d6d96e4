"""A small coded report, built by hand, for the tests of what is printed."""

from typing import Any

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
    "Rebels shell Goma\n\n"
    "Rebels shelled Goma on Monday, killing at least 12 people, police claimed. "
    "In response, the army may attack the rebels."
)


def span(words: str, *, nth: int = 0) -> Span:
    """Return the span of the `nth` occurrence of `words` in TEXT."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words), words)


def party(words: str, *, nth: int = 0, **fields: Any) -> Party:
    """Return the party that `words` stand for."""
    found = span(words, nth=nth)
    return Party(found.start, found.end, found.text, **fields)


def shelling() -> Event:
    """Return the shelling, with every slot filled."""
    where, count, source = span("Goma", nth=1), span("at least 12 people"), span("police")
    return Event(
        id="e1",
        trigger=span("shelled"),
        sentence=Extent(19, 93),
        type="ASSAULT",
        mode="heavy-weapons",
        contexts=("military", "rebellion"),
        cameo="194",
        score=-9.5,
        quad="material-conflict",
        actors=(party("Rebels", nth=1, country="COD", sectors=("REB",)),),
        attribution=Attribution(source.start, source.end, "police", stance="claims", cue=span("claimed")),
        when=When("2031-05-05", "2031-05-05", "day", "on Monday", span("on Monday")),
        where=Place(where.start, where.end, "Goma", "Goma", 216281, "COD", lat=-1.68, lon=29.22, precision="city"),
        quantities=(Quantity(count.start, count.end, count.text, "killed", 12, None, "people"),),
        incident="i1",
        confidence=0.913,
        evidence={
            "entry": "ASSAULT:verb:shell",
            "network": 0.91,
            "slots": {"actor": ("subj",), "recipient": ()},
            "rule": None,
        },
    )


def answer() -> Event:
    """Return the attack that may follow."""
    return Event(
        id="e2",
        trigger=span("attack"),
        sentence=Extent(94, 138),
        type="ASSAULT",
        score=-9.0,
        quad="material-conflict",
        actors=(party("the army"),),
        recipients=(party("the rebels", country="COD", sectors=("REB",)),),
        modality="hypothetical",
        hedged=True,
        responds_to=(Answer("e1", span("In response")),),
        incident="i2",
        confidence=0.5,
    )


def report(**changes: Any) -> Report:
    """Return the report with both events, the second an answer to the first."""
    first, second = shelling(), answer()
    fields: dict[str, Any] = {
        "id": "goma",
        "title": "Rebels shell Goma",
        "published": "2031-05-06",
        "publisher": "Example Wire",
        "text": TEXT,
        "events": (first, second),
        "incidents": (
            Incident(
                id="i2", events=("e2",), type="ASSAULT", actors=second.actors, recipients=second.recipients,
                status="announced",
            ),
            Incident(
                id="i1", events=("e1",), type="ASSAULT", mode="heavy-weapons", actors=first.actors, when=first.when,
                where=first.where, toll={"killed": Toll(12, 12, None, ("goma",))},
            ),
        ),
        "links": (Link("i2", "i1", "responds_to", explicit=True, cue=span("In response"), confidence=0.9),),
    }  # fmt: skip
    return Report(**(fields | changes))
