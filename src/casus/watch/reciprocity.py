"""How one side's acts are answered by the other: how often, how soon, and how much one sets off the other.

Three figures that are not the same thing. *Answered*: reports say so, by links from answer to act. *Followed*: the
other side acted within `WITHIN` days after, whatever for; beside it stands how often that is so after any day.
*Effect*: the acts of conflict that one act of conflict sets off, by the Hawkes process of `casus.watch.hawkes`. Reads
no store.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median, quantiles

from casus.records import Record
from casus.store.query.acts import Act, Given
from casus.watch.hawkes import FEWEST, LONGEST, HawkesFit, fit_hawkes
from casus.watch.ruptures import find_shifts
from casus.watch.series import WEEK, dated, is_conflict

WITHIN = 14
"""Days after an act in which an act of the other side follows it."""
AT_BOUND = 0.95
"""Share of the longest half-life from which on the search for it ran into its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Times(Record):
    """Days between act and answer: how many are known, their quartiles and median."""

    known: int
    quarter: float
    median: float
    three_quarters: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect(Record):
    """Acts of conflict of the other side that one of this side directly sets off, by a Hawkes process.

    `error` is its standard error, None where the value lies at its bound of 0; `half_life` in days; `why` says why
    there is no value.
    """

    value: float | None = None
    error: float | None = None
    half_life: float | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reciprocity(Record):
    """How the acts of one side, done or threatened, are answered by the other.

    Attributes:
        acts: How many there are.
        answered: How many were answered, as reports say.
        answered_share: Of `acts`; None without acts.
        answer_times: Until the first answer.
        followed: How many were followed by an act of the other side within `WITHIN` days, from the next day on.
        followed_of: Acts that are old enough to tell.
        followed_share: Of `followed_of`.
        followed_after_any_day: Share of all days of the window that are so followed: what chance alone would give.
        follow_times: Until the first act of the other side.
        effect: Tit for tat.
    """

    acts: int
    answered: int
    answered_share: float | None
    answer_times: Times | None
    followed: int
    followed_of: int
    followed_share: float | None
    followed_after_any_day: float | None
    follow_times: Times | None
    effect: Effect


SLOW = Effect(why=f"no short memory: the level changes over more than {LONGEST:g} days, which is not tit for tat")


def measure_reciprocity(
    acts: Sequence[Act], others: Sequence[Act], answers: Iterable[Given], effect: Effect, window: tuple[date, date]
) -> Reciprocity:
    """Return how acts were answered.

    Args:
        acts: Of one side, done or threatened.
        others: Of the other side.
        answers: Which acts were answered by which; others are passed over.
        effect: As `measure_effects` gives it.
        window: First and last day.
    """
    days = [_number(act.day) for act in dated(acts)]
    replies = sorted({_number(act.day) for act in dated(others)})
    first, last = window[0].toordinal(), window[1].toordinal()
    waits = [_wait(day, replies) for day in days if day + WITHIN <= last]
    soon = [wait for wait in waits if wait is not None]
    any_day = [_wait(day, replies) is not None for day in range(first, last - WITHIN + 1)]
    answered, times = _match_answers(acts, answers)
    return Reciprocity(
        acts=len(acts),
        answered=answered,
        answered_share=_share(answered, len(acts)),
        answer_times=_sum_up(times),
        followed=len(soon),
        followed_of=len(waits),
        followed_share=_share(len(soon), len(waits)),
        followed_after_any_day=_share(sum(any_day), len(any_day)),
        follow_times=_sum_up(soon),
        effect=effect,
    )


def _number(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _wait(day: int, replies: Sequence[int]) -> int | None:
    """Return the days from a day to the first reply after it, None if that is not soon."""
    nth = bisect_right(replies, day)
    return replies[nth] - day if nth < len(replies) and replies[nth] - day <= WITHIN else None


def _match_answers(acts: Iterable[Act], answers: Iterable[Given]) -> tuple[int, list[int]]:
    """Return how many acts were answered, and the days until their first answers, where both days are known."""
    begun = {act.incident: act for act in acts}
    given: dict[str, list[str]] = {}
    for answer in answers:
        if answer.act in begun:
            given.setdefault(answer.act, []).append(answer.day)
    narrow = {act.incident for act in dated(begun.values())}
    known = ((begun[act].day, min(filter(None, days), default="")) for act, days in given.items() if act in narrow)
    waits = [_number(then) - _number(day) for day, then in known if then]
    return len(given), [wait for wait in waits if wait >= 0]


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _sum_up(days: Sequence[int]) -> Times | None:
    if not days:
        return None
    low, _, high = quantiles(days, n=4, method="inclusive") if len(days) > 1 else (days[0], days[0], days[0])
    return Times(known=len(days), quarter=float(low), median=float(median(days)), three_quarters=float(high))


def measure_effects(acts: Sequence[Act], others: Sequence[Act], window: tuple[date, date]) -> tuple[Effect, Effect]:
    """Return how many acts of conflict each side's acts of conflict set off on the other.

    Args:
        acts: Of one side, done or threatened.
        others: Of the other.
        window: First and last day.

    Returns:
        What acts of the one side set off in the other, and the reverse.
    """
    first, days = window[0].toordinal(), (window[1] - window[0]).days + 1
    one, two = ([_number(act.day) - first for act in dated(side) if is_conflict(act)] for side in (acts, others))
    fit = fit_hawkes(one, two, days, breaks=(_find_breaks(one, days), _find_breaks(two, days)))
    if fit is None:
        return _too_few(len(one), len(two)), _too_few(len(two), len(one))
    if fit.half_life > AT_BOUND * LONGEST:
        return SLOW, SLOW
    return _effect(fit, 1, 0), _effect(fit, 0, 1)


def _find_breaks(acts: Sequence[int], days: int) -> list[int]:
    """Return the days from which on the level of acts is another."""
    counts = [0] * (days // WEEK)
    for day in acts:
        if day // WEEK < len(counts):
            counts[day // WEEK] += 1
    return [WEEK * shift.at for shift in find_shifts(counts)]


def _too_few(own: int, others: int) -> Effect:
    return Effect(why=f"too few acts of conflict: {own} and {others} back, at least {FEWEST} of each side")


def _effect(fit: HawkesFit, on: int, of: int) -> Effect:
    return Effect(value=fit.effect[on][of], error=fit.effect_error[on][of], half_life=fit.half_life)
