"""Patterns of acts between two sides, `IRN:THREATEN, USA:coercion`, and the days on which they are complete.

A step is a PLOVER type, a quad, a rung of the ladder or `any`, of one side or of whoever; the steps of a pattern come
one after another, on different days, all within the days of the outlook. `quiet` is a pattern of its own: no act for so
many days. Reads no store.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from casus.errors import FieldError
from casus.ontology import TYPES, quad_of
from casus.records import Quad, Record
from casus.store.query.acts import Act, Way
from casus.watch.ladder import NO_RUNG, RUNGS, rung_of

QUIET, ANY = "quiet", "any"
QUADS: tuple[str, ...] = get_args(Quad)
ByDay = Mapping[int, Sequence[Act]]
"""Acts by the number of their day."""


@dataclass(frozen=True, slots=True)
class Step(Record):
    """One step of a pattern: whose act, None for anybody's, and its type, quad or rung, or `any`."""

    way: Way | None
    what: str


Pattern = tuple[Step, ...]
"""Steps in order; an empty one stands for quiet."""


def read_pattern(told: str, a: Sequence[str], b: Sequence[str]) -> Pattern:
    """Return the pattern that words stand for.

    Args:
        told: Steps between commas, each with or without a side before it: `THREATEN`, `IRN:limited violence`.
        a: Parties of one side; any of them, or `A`, names it.
        b: Parties of the other; or `B`.

    >>> read_pattern("IRN:threat, assault", ["USA"], ["IRN"])
    (Step(way='b_to_a', what='threat'), Step(way=None, what='ASSAULT'))

    Raises:
        FieldError: A side or a kind of act is unknown.
    """
    if told.strip().casefold() == QUIET:
        return ()
    return tuple(_read_step(step, a, b) for step in told.split(","))


def _read_step(told: str, a: Sequence[str], b: Sequence[str]) -> Step:
    side, _, what = told.strip().rpartition(":")
    ways = _name_way("a_to_b", "A", a) | _name_way("b_to_a", "B", b)
    if side and side not in ways:
        raise FieldError("after", side, "a party of either side: " + " ".join(ways))
    kinds = {kind.casefold(): kind for kind in (*TYPES, *QUADS, *RUNGS, ANY)}
    kind = kinds.get(what.strip().casefold())
    if kind is None:
        raise FieldError("after", what.strip(), f"{QUIET}, or steps of {ANY}, {', '.join((*TYPES, *QUADS, *RUNGS))}")
    return Step(ways.get(side), kind)


def _name_way(way: Way, letter: str, side: Sequence[str]) -> dict[str, Way]:
    """Return all that a side may be called."""
    return dict.fromkeys((letter, *side), way)


def tell_pattern(pattern: Pattern, a: str, b: str) -> str:
    """Return a pattern in words that `read_pattern` takes.

    >>> tell_pattern((Step("b_to_a", "threat"), Step(None, "ASSAULT")), "USA", "IRN")
    'IRN:threat, ASSAULT'
    """
    sides = {"a_to_b": f"{a}:", "b_to_a": f"{b}:"}
    return ", ".join(f"{sides.get(step.way or '', '')}{step.what}" for step in pattern) or QUIET


def rung(act: Act) -> int:
    """Return the rung of an act."""
    return rung_of(act.type, act.mode, quad_of(act.type), act.modality, act.toll)


def worst(acts: Sequence[Act]) -> Act:
    """Return the act on the highest rung; of several the same one, whatever their order."""
    return max(acts, key=lambda act: (rung(act), act.way, act.type, act.incident))


def fits(step: Step, act: Act) -> bool:
    """Tell whether an act is such a step."""
    if step.way is not None and act.way != step.way:
        return False
    reached = rung(act)
    return step.what in (ANY, act.type, quad_of(act.type), RUNGS[reached] if reached != NO_RUNG else None)


def find_occasions(pattern: Pattern, by_day: ByDay, span: tuple[int, int], days: int) -> list[int]:
    """Return the days on which a pattern was complete, in order.

    Args:
        pattern: The pattern.
        by_day: Acts by day.
        span: First and last day.
        days: Days within which all its steps lie, or for which it was quiet.
    """
    if not pattern:
        return _quiet_days(sorted(by_day), span, days)
    *steps, last = [
        sorted(day for day, acts in by_day.items() if any(fits(step, act) for act in acts)) for step in pattern
    ]
    return [day for day in last if span[0] <= day <= span[1] and _precedes(steps, day, day - days)]


def _precedes(steps: Sequence[Sequence[int]], day: int, earliest: int) -> bool:
    """Tell whether the earlier steps came in order before a day; the latest day that fits each is the best choice."""
    for step in reversed(steps):
        nth = bisect_left(step, day) - 1
        if nth < 0 or step[nth] < earliest:
            return False
        day = step[nth]
    return True


def _quiet_days(active: Sequence[int], span: tuple[int, int], days: int) -> list[int]:
    """Return the days that end so many days without an act."""
    first = span[0] + days - 1
    return [
        day for day in range(first, span[1] + 1) if bisect_left(active, day - days + 1) == bisect_left(active, day + 1)
    ]


def set_apart(occasions: Sequence[int], days: int) -> int:
    """Return how many occasions there are whose days of outlook do not overlap."""
    number, free = 0, -1
    for day in occasions:
        if day >= free:
            number, free = number + 1, day + days
    return number
