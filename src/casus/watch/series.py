"""Acts in weeks: how many were done, threatened, planned or denied, with what score and up to which rung.

A week is seven days, counted back from the last day that is asked for, so that the newest one is whole; acts whose time
is wider than `WIDEST` belong to no week. Reads no store.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from casus.ontology import quad_of, score_of
from casus.records import Record
from casus.store.query.acts import Act
from casus.watch.ladder import NO_RUNG, rung_of

Standing = Literal["done", "threatened", "planned", "possible", "denied"]
STANDINGS: tuple[Standing, ...] = ("done", "threatened", "planned", "possible", "denied")
HAPPENED = frozenset({"done", "threatened"})
"""What took place: deeds, and threats that were uttered, which are no deeds of what they threaten."""
CONFLICT = frozenset({"verbal-conflict", "material-conflict"})
WIDEST = 13
"""Days between first and last: an act told as of "March" has no week."""
WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekSide(Record):
    """One week of acts one way: how many of each standing, the sum of their scores and the highest rung.

    `conflict` counts the acts of verbal and material conflict among those done or threatened; `score_sum` (PLOVER, -10
    to +10 an act) and `rung` (index into `ladder.RUNGS`, None without acts) are over the same.
    """

    done: int = 0
    threatened: int = 0
    planned: int = 0
    possible: int = 0
    denied: int = 0
    conflict: int = 0
    score_sum: float = 0.0
    rung: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Week(Record):
    """One week: its first day, how many of its days are in the window, and each way; `both` has every incident once."""

    start: str
    days: int = WEEK
    a_to_b: WeekSide
    b_to_a: WeekSide
    both: WeekSide


def standing_of(act: Act) -> Standing:
    """Return how far an act came: `done`, `threatened`, `planned`, only `possible`, or `denied`.

    A threat is threatened whether it was uttered or announced: what it threatens was not done.
    """
    if act.modality == "negated":
        return "denied"
    if act.modality == "hypothetical":
        return "possible"
    if act.type == "THREATEN":
        return "threatened"
    return "planned" if act.modality == "future" else "done"


def happened(acts: Iterable[Act]) -> tuple[Act, ...]:
    """Return the deeds and the threats that were uttered."""
    return tuple(act for act in acts if standing_of(act) in HAPPENED)


def is_conflict(act: Act) -> bool:
    """Tell whether an act is of verbal or material conflict."""
    return quad_of(act.type) in CONFLICT


def score_act(act: Act) -> float:
    """Return the PLOVER score of an act, -10 to +10."""
    return score_of(act.type, act.mode)


def climb(acts: Iterable[Act]) -> int | None:
    """Return the highest rung that acts reached, None where none reached any."""
    rungs = [rung_of(act.type, act.mode, quad_of(act.type), act.modality, act.toll) for act in acts]
    return max((rung for rung in rungs if rung != NO_RUNG), default=None)


def once(acts: Iterable[Act]) -> tuple[Act, ...]:
    """Return each incident once, whichever ways it went."""
    return tuple({act.incident: act for act in acts}.values())


def dated(acts: Iterable[Act]) -> tuple[Act, ...]:
    """Return the acts whose time is narrow enough for a week."""
    return tuple(act for act in acts if _days(act.day, act.until) <= WIDEST)


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days if last != first else 0


def count_weeks(acts: Iterable[Act], first: date, last: date) -> tuple[Week, ...]:
    """Return the weeks from `first` to `last`, both included, oldest first; the first may be shorter."""
    number = -(-((last - first).days + 1) // WEEK)
    filled: list[list[Act]] = [[] for _ in range(number)]
    for act in dated(acts):
        day = date.fromisoformat(act.day)
        if first <= day <= last:
            filled[number - 1 - (last - day).days // WEEK].append(act)
    starts = [max(first, last - timedelta(days=WEEK * (number - nth) - 1)) for nth in range(number)]
    ends = [last - timedelta(days=WEEK * (number - 1 - nth)) for nth in range(number)]
    return tuple(
        _count_week(start, (end - start).days + 1, found)
        for start, end, found in zip(starts, ends, filled, strict=True)
    )


def _count_week(start: date, days: int, acts: Sequence[Act]) -> Week:
    return Week(
        start=start.isoformat(),
        days=days,
        a_to_b=_count_side([act for act in acts if act.way == "a_to_b"]),
        b_to_a=_count_side([act for act in acts if act.way == "b_to_a"]),
        both=_count_side(once(acts)),
    )


def _count_side(acts: Sequence[Act]) -> WeekSide:
    if not acts:
        return EMPTY
    standings = [standing_of(act) for act in acts]
    counts = {standing: standings.count(standing) for standing in STANDINGS}
    took_place = happened(acts)
    return WeekSide(
        **counts,
        conflict=sum(map(is_conflict, took_place)),
        score_sum=round(sum(map(score_act, took_place)), 1),
        rung=climb(took_place),
    )


EMPTY = WeekSide()


def week_rows(weeks: Iterable[Week], a: str, b: str) -> list[dict[str, Any]]:
    """Return a flat row a week and direction, `{start, days, direction, done, …, rung}`: for charts, tables and CSV.

    Args:
        weeks: Of two sides.
        a: How the first is called.
        b: How the second is called.
    """
    return [
        {"start": week.start, "days": week.days, "direction": direction, **side.to_json()}
        for week in weeks
        for direction, side in ((f"{a} → {b}", week.a_to_b), (f"{b} → {a}", week.b_to_a))
    ]
