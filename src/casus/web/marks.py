"""Cuts a text where its marks begin and end, so that marks may overlap; renders nothing.

A mark says that some words fill a slot of an event. Between two neighbouring ends all characters have the same marks:
such a piece is what a page shows in one colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from casus.records import Event

TRIGGER, SENTENCE = "trigger", "sentence"


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` of a text fill a slot of an event; `event` is its id in the report."""

    start: int
    end: int
    slot: str
    event: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters with the same marks; `trigger` is the event whose act they name, where they do."""

    text: str
    slots: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    trigger: str | None = None


def marks_of(event: Event) -> Iterator[Mark]:
    """Yield the marks of one event: its sentence, its trigger, and the words of every slot."""
    for start, end, slot in _stretches(event):
        yield Mark(start, end, slot, event.id)


def _stretches(event: Event) -> Iterator[tuple[int, int, str]]:
    yield event.sentence.start, event.sentence.end, SENTENCE
    yield event.trigger.start, event.trigger.end, TRIGGER
    yield from ((p.start, p.end, "actor") for p in event.actors)
    yield from ((p.start, p.end, "recipient") for p in event.recipients)
    yield from ((q.start, q.end, "quantity") for q in event.quantities)
    if event.when and event.when.span:
        yield event.when.span.start, event.when.span.end, "when"
    if event.where:
        yield event.where.start, event.where.end, "where"
    if event.attribution:
        yield event.attribution.start, event.attribution.end, "source"
    yield from ((a.cue.start, a.cue.end, "answer") for a in event.responds_to if a.cue)


def cut(text: str, marks: Iterable[Mark], offset: int = 0) -> tuple[Piece, ...]:
    """Return the pieces of a text in order; together they are the text.

    Args:
        text: The text, or a part of it.
        marks: What is marked in it; marks outside of the part are left out.
        offset: Where in the whole text the part begins, in characters.

    >>> [piece.text for piece in cut("Rebels shelled Goma", [Mark(7, 14, "trigger", "e1"), Mark(0, 6, "actor", "e1")])]
    ['Rebels', ' ', 'shelled', ' Goma']
    """
    near = sorted(
        (Mark(max(0, m.start - offset), min(len(text), m.end - offset), m.slot, m.event) for m in marks),
        key=lambda m: m.start,
    )
    near = [mark for mark in near if mark.start < mark.end]
    edges = sorted({0, len(text), *(m.start for m in near), *(m.end for m in near)})
    return tuple(_pieces(text, near, edges))


def _pieces(text: str, marks: list[Mark], edges: list[int]) -> Iterator[Piece]:
    """Yield a piece between every two edges; `marks` are in the order of their starts."""
    running: list[Mark] = []
    coming = iter([*marks, None])
    following = next(coming)
    for start, end in pairwise(edges):
        running = [mark for mark in running if mark.end > start]
        while following and following.start <= start:
            running.append(following)
            following = next(coming)
        yield _piece(text[start:end], running)


def _piece(text: str, marks: list[Mark]) -> Piece:
    """Return a piece; that its sentence tells of an event is of note only where the words themselves fill no slot."""
    marks = [mark for mark in marks if mark.slot != SENTENCE] or marks
    trigger = next((mark.event for mark in marks if mark.slot == TRIGGER), None)
    slots, events = (tuple(dict.fromkeys(getattr(m, name) for m in marks)) for name in ("slot", "event"))
    return Piece(text, slots, events, trigger)
