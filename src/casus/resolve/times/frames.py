"""What a time expression is read against: the publication date, the tense around it, and the times mentioned before it.

Holds the state of one text while its times are anchored, from left to right. Knows no forms: makers and joins do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from casus.resolve.times.intervals import Interval, of_range
from casus.resolve.times.lexing import Words

Tense = Literal["past", "future"]
OPENING = re.compile(r"(?:\bIn |\n|^)$")
UNDATED = "publication date unknown"
FINE = {"day": 0, "week": 1, "month": 2, "year": 3, "range": 2}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a form means: an interval, or the reason why there is none; `basis` is `text` or `published`.

    `month` and `day` are set where the year was not written, so that a range can supply it.
    """

    interval: Interval | None = None
    reason: str | None = None
    basis: str = "text"
    timex: str = ""
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One time expression: word indexes `first` to `last` (excluded), its kind, rule and outcome."""

    first: int
    last: int
    kind: str
    rule: str
    outcome: Outcome

    @property
    def interval(self) -> Interval | None:
        """The days it stands for, None where open."""
        return self.outcome.interval


@dataclass(slots=True)
class Frame:
    """The state of one text while its times are anchored."""

    words: Words
    published: date | None
    tense: Callable[[int, int], Tense]
    narrative: bool = False
    seen: list[Found] = field(default_factory=list)

    def is_future(self, hit: Hit) -> bool:
        """Say whether the verb that governs the expression is in the future."""
        return self.tense(*hit.chars()) == "future"

    def reference(self, first: int, unit: str) -> tuple[date, str] | None:
        """The day that "the next day" or "that year" counts from, and its basis.

        It is the last mentioned time that is at least as fine as the unit, in the same paragraph (in the one before
        where the expression begins its own; anywhere in a history); else the publication date.
        """
        breaks, rank = 0, {"D": 0, "W": 1, "WE": 1, "FN": 1, "M": 2}.get(unit, 3)
        for found in reversed(self.seen):
            gap = self.words.text[self.words.ends[found.last - 1] : self.words.starts[first]]
            breaks = gap.count("\n\n")
            if not self.narrative and (
                breaks > 1 or (breaks == 1 and len(gap.rpartition("\n\n")[2]) > 25) or len(gap) > 700
            ):
                break
            if _anchors(found, self.narrative) and found.interval is not None and _is_fine(found.interval, rank):
                return found.interval.start, found.outcome.basis
        return (self.published, "published") if self.published is not None else None

    def last_interval(self) -> Interval | None:
        """The time last mentioned, a year at most: what a bare month of a history belongs to.

        A year in passing ("declassified in 2005") carries the story no further, one that opens a sentence does.
        """
        passing = None
        for found in reversed(self.seen):
            if not _anchors(found, self.narrative) or found.interval is None or found.interval.days > 366:
                continue
            if found.interval.precision != "year" or self._opens(found):
                return found.interval
            passing = passing or found.interval
        return passing

    def _opens(self, found: Found) -> bool:
        """Say whether "In 1954" opens a sentence, or the year a paragraph."""
        start = self.words.starts[found.first]
        return found.rule == "year" and OPENING.search(self.words.text, max(0, start - 5), start) is not None


def _anchors(found: Found, narrative: bool) -> bool:
    """Say whether other times may count from it: in a history none that counts from publication."""
    return found.kind == "date" and not (narrative and found.outcome.basis == "published")


def _is_fine(interval: Interval, rank: int) -> bool:
    return FINE[interval.precision] <= rank and (interval.precision != "range" or interval.days <= 62 or rank == 3)


class Hit:
    """A rule's match: the values of its named word groups, numbered alternatives (`year2`) under one name."""

    __slots__ = ("_groups", "_words", "first", "last")

    def __init__(self, match: re.Match[str], words: Words) -> None:
        self.first, self.last = match.span()
        self._words = words
        self._groups: dict[str, tuple[int, int]] = {}
        for name in match.re.groupindex:
            if match.start(name) >= 0:
                self._groups[name.rstrip("0123456789")] = match.span(name)

    def chars(self) -> tuple[int, int]:
        """The match's characters in the text, start and end."""
        return self._words.starts[self.first], self._words.ends[self.last - 1]

    def value(self, name: str) -> Any:
        """The value of the group's first word that has one; None where the group is empty."""
        first, last = self._groups.get(name, (0, 0))
        return next((value for value in self._words.values[first:last] if value is not None), None)

    def text(self, name: str) -> str:
        """The group's words in lower case, one blank between them."""
        first, last = self._groups.get(name, (0, 0))
        return " ".join(self.words_of(first, last))

    def span(self, name: str) -> tuple[int, int]:
        """The group's first and last word index; (0, 0) where it is empty."""
        return self._groups.get(name, (0, 0))

    def words_of(self, first: int, last: int) -> list[str]:
        """The lower-case words between two indexes."""
        words = self._words
        return [words.text[words.starts[index] : words.ends[index]].lower() for index in range(first, last)]

    def all_text(self) -> str:
        """All words of the match in lower case."""
        return " ".join(self.words_of(self.first, self.last))


def resolved(interval: Interval, *, basis: str = "text", timex: str = "") -> Outcome:
    """An outcome with its days."""
    return Outcome(interval, basis=basis, timex=timex or interval.timex)


def left_open(reason: str, timex: str = "") -> Outcome:
    """An outcome without days."""
    return Outcome(reason=reason, timex=timex)


def span_between(start: date, end: date, *, basis: str = "text", timex: str = "") -> Outcome:
    """A range, or open where it would end before it starts."""
    if end < start:
        return left_open("ends before it starts", timex)
    return resolved(of_range(start, end, timex), basis=basis, timex=timex)


def with_part(day: Interval, hit: Hit) -> str:
    """The TIMEX3 value of a day with the part of it that the form names: `2014-05-02TNI`."""
    part = hit.value("part")
    return f"{day.timex}T{part}" if part and day.precision == "day" else day.timex


Maker = Callable[[Frame, Hit], Outcome | None]
