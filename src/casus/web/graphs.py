"""A chain laid out for the page: as a tree of branches, and as boxes and curves in columns by step. Renders nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casus.chains import Chain
from casus.records import Incident, Link
from casus.words import party_words, place_words, plain, when_words

ANSWERS: Mapping[str, tuple[str, str]] = {
    "responds_to": ("answers", "answered by"),
    "fulfils": ("fulfils", "fulfilled by"),
    "part_of": ("is part of", "of which part is"),
    "follows": ("follows", "followed by"),
}
WIDTH, HEIGHT = 212, 62
"""Of a box, in the units of the drawing."""
ACROSS, DOWN = 312, 84
"""From one box to the next."""
EDGE = 8
LETTERS = 25
"""Characters of a line in a box."""
CUE_LETTERS = 16
LETTER = 7
"""Width of a letter of a cue."""


@dataclass(frozen=True, slots=True)
class Branch:
    """An incident that is reached over a link, and what is reached from it; `again` where it stood further above."""

    link: Link
    words: str
    incident: Incident
    again: bool
    below: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """An incident at a place of the drawing, in three short lines."""

    incident: Incident
    x: int
    y: int
    lines: tuple[str, str]
    root: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """A link as a path from cause to answer, its cue in short and where that stands, and how far right it reaches."""

    path: str
    words: str
    x: int
    y: int
    right: int
    explicit: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """A drawing of a chain; `box` is width and height of each box."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]
    box: tuple[int, int] = (WIDTH, HEIGHT)


def link_words(kind: str, forth: bool) -> str:
    """Return what a link says, from the answer's side or from the side of what was answered.

    >>> link_words("responds_to", True), link_words("fulfils", False)
    ('answers', 'fulfilled by')
    """
    return ANSWERS[kind][0 if forth else 1]


def grow_tree(chain: Chain, way: int) -> tuple[Branch, ...]:
    """Return the branches from the root of a chain: below zero what it answered, above zero what answered it."""
    return tuple(_grow(chain, chain.root, way, {chain.root}))


def _grow(chain: Chain, id_: str, way: int, shown: set[str]) -> Iterator[Branch]:
    for link in chain.links:
        near, far = (link.source, link.target) if way < 0 else (link.target, link.source)
        if near != id_:
            continue
        again = far in shown
        shown.add(far)
        below = () if again else tuple(_grow(chain, far, way, shown))
        yield Branch(link, link_words(link.kind, way < 0), chain.incidents[far], again, below)


def lay_out(chain: Chain) -> Graph:
    """Return the drawing of a chain: causes left, answers right, those of one step below each other by day."""
    columns: dict[int, list[Incident]] = {}
    for incident in chain.ordered():
        columns.setdefault(chain.steps[incident.id], []).append(incident)
    first, most = min(columns), max(map(len, columns.values()))
    boxes = {
        incident.id: _box(incident, step - first, nth + (most - len(members)) / 2, root=incident.id == chain.root)
        for step, members in columns.items()
        for nth, incident in enumerate(members)
    }
    curves = tuple(_curve(link, boxes[link.target], boxes[link.source]) for link in chain.links)
    right = max([box.x + WIDTH for box in boxes.values()] + [curve.right for curve in curves])
    height = (most - 1) * DOWN + HEIGHT + 2 * EDGE
    return Graph(right + EDGE, height, tuple(boxes.values()), curves)


def _box(incident: Incident, column: int, row: float, *, root: bool) -> Box:
    sides = " → ".join(filter(None, (party_words(incident.actors), party_words(incident.recipients))))
    told = " · ".join(filter(None, (when_words(incident.when), place_words(incident.where))))
    lines = (_short(sides or "nobody named", LETTERS), _short(told, LETTERS))
    return Box(incident, EDGE + column * ACROSS, round(EDGE + row * DOWN), lines, root)


def _curve(link: Link, cause: Box, answer: Box) -> Curve:
    start, y1, y2, words = cause.x + WIDTH, cause.y + HEIGHT // 2, answer.y + HEIGHT // 2, _cue(link)
    if answer.x > start:
        middle = (start + answer.x) // 2
        path = f"M{start} {y1} C{middle} {y1} {middle} {y2} {answer.x} {y2}"
        return Curve(path, words, middle, (y1 + y2) // 2 - 5, answer.x, link.explicit)
    # An answer within one step, or back to an earlier one: around the right side of both.
    end = answer.x + WIDTH
    bend = max(start, end) + ACROSS - WIDTH
    path = f"M{start} {y1} C{bend} {y1} {bend} {y2} {end} {y2}"
    return Curve(path, words, bend - 20, (y1 + y2) // 2, bend + LETTER * len(words) // 2, link.explicit)


def _cue(link: Link) -> str:
    return _short(plain(link.cue.text), CUE_LETTERS) if link.cue else ""


def _short(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1]}…"
