"""What a page of the portal "Current events" holds, whichever way it is written: days, lines, stretches of a line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line: plain, or a link to the article `title`, or a source at the address `url`."""

    text: str
    title: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a nested list: how deep it stands, counted from one, under which heading, on which line of the page."""

    depth: int
    category: str | None
    runs: tuple[Run, ...]
    number: int = 1


@dataclass(frozen=True, slots=True)
class Day:
    """A day: its ISO date, None where the page does not say, and its lines in their order."""

    published: str | None
    lines: tuple[Line, ...]
