"""Events and reports in one line, for the tests of the linker."""

from typing import Any

from casus.ontology import quad_of, score_of
from casus.records import Event, Extent, Party, Place, Quantity, Report, Span, When


def party(text: str, country: str | None = None) -> Party:
    """Return somebody."""
    return Party(0, len(text), text, country=country)


def day(date: str) -> When:
    """Return a day."""
    return When(date, date, "day")


def place(name: str) -> Place:
    """Return a city."""
    return Place(0, len(name), name, name, precision="city")


def count(kind: Any, low: int | None, high: int | None) -> Quantity:
    """Return a count."""
    return Quantity(0, 1, "n", kind, low, high)


def event(name: str, type_: str = "ASSAULT", word: str = "attacked", at: int = 0, **fields: Any) -> Event:
    """Return an event whose trigger `word` begins at `at`; its sentence is the line of 100 characters around it."""
    line = at - at % 100
    given: dict[str, Any] = {
        "trigger": Span(at, at + len(word), word), "sentence": Extent(line, line + 99),
        "score": score_of(type_), "quad": quad_of(type_), "confidence": 0.9,
    }  # fmt: skip
    return Event(id=name, type=type_, **(given | fields))


def report(*events: Event, text: str | None = None) -> Report:
    """Return a report of these events."""
    return Report(id="r", text=text or " " * 1000, events=events)
