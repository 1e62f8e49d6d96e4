"""What usually follows: the next acts between two sides after a pattern, from the store's own history.

Counts stand behind every chance, and a backtest beside it; where the pattern is rare, nothing is told but why. It says
what followed before, not what will: no causes, no other signs than the pattern. Deeds and uttered threats only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from casus.errors import FieldError
from casus.records import Record
from casus.store.query import Query
from casus.store.query.acts import Act, Way, read_acts, read_span
from casus.watch.dyads import Side, read_last_day, split_sides
from casus.watch.ladder import RUNGS
from casus.watch.outlook_backtest import ENOUGH, Score, backtest, draw_to_base
from casus.watch.outlook_patterns import (
    Pattern,
    Step,
    find_occasions,
    read_pattern,
    rung,
    set_apart,
    tell_pattern,
    worst,
)
from casus.watch.series import dated, happened

SHOWN = 3
"""Incidents named as examples of an outcome."""
LONGEST = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Follows(Record):
    """One outcome: what came next, how often after the pattern, how often after any day, and the chance made of both.

    Attributes:
        way: Who did it; None for nothing, or where only the rung is told.
        type: PLOVER type; None for nothing, or where only the rung is told.
        rung: Index into `ladder.RUNGS`; None for nothing, or where the type is told.
        count: Occasions with this outcome.
        share: Of all occasions.
        base_count: Days of the history with this outcome.
        base_share: Of all days: the base rate.
        chance: The share, drawn toward the base rate; see `outlook_backtest`.
        examples: Newest incidents that came so.
    """

    way: Way | None = None
    type: str | None = None
    rung: int | None = None
    count: int
    share: float
    base_count: int
    base_share: float
    chance: float
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook(Record):
    """What followed a pattern within `days` days, from `since` to `until`.

    Attributes:
        pattern: In words, as it may be asked for again.
        last: The last day on which it was complete, None if never.
        occasions: Days on which it was, whose outcome is known.
        apart: How many of them have days of outlook that do not overlap.
        history: Days of the history whose outcome is known: what the base rate is of.
        why: Why nothing is told; None where something is.
        next: The next act, nothing included: chances add up to 1. Of several acts of one day the one on the highest
            rung counts.
        next_score: What these chances would have been worth.
        highest: The highest rung reached by either side, nothing included: chances add up to 1.
        highest_score: What these chances would have been worth.
    """

    a: tuple[str, ...]
    b: tuple[str, ...]
    days: int
    since: str
    until: str
    pattern: str
    last: str | None = None
    occasions: int = 0
    apart: int = 0
    history: int = 0
    why: str | None = None
    next: tuple[Follows, ...] = ()
    next_score: Score | None = None
    highest: tuple[Follows, ...] = ()
    highest_score: Score | None = None


@dataclass(frozen=True, slots=True)
class _Past:
    """Acts by the number of their day, and the first and last day of which anything is known."""

    by_day: dict[int, list[Act]]
    active: list[int]
    first: int
    last: int


Outcome = tuple[Way | None, str | None, int | None]
NOTHING: Outcome = (None, None, None)


def outlook(  # noqa: PLR0913  what, when and how far
    store: Query, a: Side, b: Side, *, after: str | None = None, days: int = 14, until: date | None = None
) -> Outlook:
    """Return what usually follows between two sides.

    Args:
        store: The store.
        a: One side, as in `casus.watch.dyads`.
        b: The other.
        after: The pattern, as `outlook_patterns.read_pattern` takes it; by default what was last: the gravest act of
            the last day with any, or quiet if that is `days` days ago.
        days: How far the outlook reaches, 1 to 365.
        until: Last day of the history; by default that of the newest report.

    Raises:
        FieldError: A side is empty or a party on both, the pattern has an unknown side or act, or `days` is out of
            bounds.
    """
    one, other = split_sides(a, b)
    if not 1 <= days <= LONGEST:
        raise FieldError("days", days, f"1 to {LONGEST}")
    wanted = read_pattern(after, one, other) if after is not None else None
    past = _read_past(store, (one, other), until)
    pattern = _present(past, days) if wanted is None else wanted
    found = find_occasions(pattern, past.by_day, (past.first, past.last), days)
    known = [day for day in found if day + days <= past.last]
    told = Outlook(
        a=one,
        b=other,
        days=days,
        since=_day(past.first),
        until=_day(past.last),
        pattern=tell_pattern(pattern, ",".join(one), ",".join(other)),
        last=_day(found[-1]) if found else None,
        occasions=len(known),
        apart=set_apart(known, days),
        history=max(0, past.last - days - past.first + 1),
    )
    why = _too_thin(told)
    return replace(told, why=why) if why else _tell(told, past, known)


def _day(number: int) -> str:
    return date.fromordinal(number).isoformat()


def _read_past(store: Query, sides: tuple[Sequence[str], Sequence[str]], until: date | None) -> _Past:
    span = read_span(store)
    last = (until or read_last_day(store)).isoformat()
    first = min(span[0], last) if span else last
    by_day: dict[int, list[Act]] = {}
    for act in dated(happened(read_acts(store, *sides, since=first, until=last))):
        by_day.setdefault(date.fromisoformat(act.day).toordinal(), []).append(act)
    ends = (date.fromisoformat(day).toordinal() for day in (first, last))
    return _Past(by_day, sorted(by_day), *ends)


def _present(past: _Past, days: int) -> Pattern:
    """Return how things stand at the end of the history."""
    if not past.active or past.last - past.active[-1] >= days:
        return ()
    act = worst(past.by_day[past.active[-1]])
    return (Step(None if act.way == "together" else act.way, RUNGS[rung(act)]),)


def _too_thin(told: Outlook) -> str | None:
    if told.apart >= ENOUGH:
        return None
    times = f"{told.occasions} times, {told.apart} of them with days of their own"
    return (
        f"too few: {told.pattern!r} and the {told.days} days after it are known {times}; at least {ENOUGH} are needed"
    )


def _tell(told: Outlook, past: _Past, occasions: Sequence[int]) -> Outlook:
    """Return the outlook with its chances and what they would have been worth."""
    coming = [_acts_within(past, day, told.days) for day in range(past.first, past.last - told.days + 1)]
    places = [day - past.first for day in occasions]
    following, next_score = _weigh([_next(past, acts) for acts in coming], places, told.days)
    highest, highest_score = _weigh([_highest(past, acts) for acts in coming], places, told.days)
    ordered = sorted(highest, key=lambda row: -1 if row.rung is None else row.rung)
    return replace(told, next=following, next_score=next_score, highest=tuple(ordered), highest_score=highest_score)


def _acts_within(past: _Past, day: int, days: int) -> list[int]:
    """Return the days with acts among those after a day."""
    return past.active[bisect_right(past.active, day) : bisect_right(past.active, day + days)]


def _next(past: _Past, active: Sequence[int]) -> tuple[Outcome, str | None]:
    """Return the next act as an outcome, and its incident."""
    if not active:
        return NOTHING, None
    act = worst(past.by_day[active[0]])
    return (act.way, act.type, None), act.incident


def _highest(past: _Past, active: Sequence[int]) -> tuple[Outcome, str | None]:
    """Return the highest rung as an outcome, and the incident that reached it first."""
    if not active:
        return NOTHING, None
    act = max((worst(past.by_day[day]) for day in active), key=rung)
    return (None, None, rung(act)), act.incident


def _weigh(
    came: Sequence[tuple[Outcome, str | None]], places: Sequence[int], days: int
) -> tuple[tuple[Follows, ...], Score | None]:
    """Return the outcomes after the occasions, likeliest first, and the backtest.

    Args:
        came: What came after each day of the history.
        places: The occasions, as indices into it.
        days: Days after which an outcome is known.
    """
    base = Counter(outcome for outcome, _ in came)
    counts = Counter(came[place][0] for place in places)
    kinds = sorted(base, key=str)
    numbers = {kind: nth for nth, kind in enumerate(kinds)}
    chances = draw_to_base(_vector(counts, kinds), _vector(base, kinds) / len(came))
    rows = [
        Follows(
            way=kind[0],
            type=kind[1],
            rung=kind[2],
            count=counts[kind],
            share=round(counts[kind] / len(places), 4),
            base_count=base[kind],
            base_share=round(base[kind] / len(came), 4),
            chance=round(float(chance), 4),
            examples=_examples(came[place] for place in reversed(places) if came[place][0] == kind),
        )
        for kind, chance in zip(kinds, chances, strict=True)
    ]
    score = backtest([numbers[outcome] for outcome, _ in came], places, days, len(kinds))
    return tuple(sorted(rows, key=lambda row: (-row.chance, str(row.type)))), score


def _vector(counts: Counter[Outcome], kinds: Sequence[Outcome]) -> np.ndarray:
    return np.array([float(counts[kind]) for kind in kinds])


def _examples(came: Iterable[tuple[Outcome, str | None]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(incident for _, incident in came if incident))[:SHOWN]
