"""Whether more happens than usual: incidents of the last days against the weeks before. Counts incidents, not reports.

Numbers of two times are compared as counts of two Poisson processes: if nothing had changed, each incident of both
times would fall into the newer one with the share of its length (Przyborowski and Wilenski 1940, Biometrika 31). The
chance of so many or more there is the tail of a binomial distribution.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import exp, lgamma, log

from casus.store.alerting import Alerting
from casus.store.query.alerts import count_either, earliest_day
from casus.watch.rules import Change, Conditions, Rule, level_number
from casus.watch.rules_match import to_filters

WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How many incidents there were: `recent` in the window, `before` in the time before, and what that comes to.

    `usual` is the number to expect in the window from the time before; `chance` that of so many or more by accident.
    """

    recent: int
    before: int
    usual: float
    chance: float


@dataclass(frozen=True, slots=True)
class Surge:
    """More than usual: how loud, and why."""

    level: int
    why: tuple[str, ...]
    figures: Figures


def measure_change(store: Alerting, conditions: Conditions, change: Change, today: str) -> Figures | None:
    """Return the figures of a change; None where the store does not reach back far enough to say what is usual.

    Args:
        store: What is asked.
        conditions: What is counted.
        change: How long the window and the time before are.
        today: Last ISO day of the window.
    """
    last = date.fromisoformat(today)
    first = last - timedelta(days=change.window - 1)
    start = first - timedelta(days=change.weeks * WEEK)
    earliest = earliest_day(store)
    if earliest is None or earliest > start.isoformat():
        return None
    recent = _count(store, conditions, first, last)
    before = _count(store, conditions, start, first - timedelta(days=1))
    share = change.window / (change.window + change.weeks * WEEK)
    return Figures(
        recent=recent,
        before=before,
        usual=before * change.window / (change.weeks * WEEK),
        chance=binomial_tail(recent, recent + before, share),
    )


def _count(store: Alerting, conditions: Conditions, first: date, last: date) -> int:
    days = {"since": first.isoformat(), "until": last.isoformat()}
    return count_either(store, [replace(filters, **days) for filters in to_filters(conditions)])  # type: ignore[arg-type]


def binomial_tail(successes: int, trials: int, share: float) -> float:
    """Return the chance of so many successes or more, each with the chance `share`.

    >>> round(binomial_tail(3, 4, 0.5), 4)
    0.3125
    """
    if successes <= 0:
        return 1.0
    return min(1.0, sum(_terms(successes, trials, share)))


def _terms(successes: int, trials: int, share: float) -> Iterator[float]:
    for number in range(successes, trials + 1):
        ways = lgamma(trials + 1) - lgamma(number + 1) - lgamma(trials - number + 1)
        yield exp(ways + number * log(share) + (trials - number) * log(1 - share))


def find_surge(store: Alerting, rule: Rule, today: str) -> Surge | None:
    """Return how loud a change is by a rule and its steps, None where it is none.

    Args:
        store: What is asked.
        rule: One with `change`.
        today: Last ISO day of the window.
    """
    found: Surge | None = None
    for level, conditions in ((rule.level, rule.when), *((step.level, step.when) for step in rule.steps)):
        counted = replace(rule.when, change=conditions.change)
        figures = measure_change(store, counted, conditions.change, today) if conditions.change else None
        if figures and conditions.change and is_surge(figures, conditions.change):
            if found is None or level_number(level) > found.level:
                found = Surge(level_number(level), (tell_figures(figures, conditions.change),), figures)
        elif found is None:
            return None
    return found


def is_surge(figures: Figures, change: Change) -> bool:
    """Tell whether figures are as many more than usual as is asked for."""
    enough = figures.recent >= max(change.least, change.factor * figures.usual)
    return enough and figures.chance <= change.chance


def tell_figures(figures: Figures, change: Change) -> str:
    """Return a change in words, with every number behind it.

    >>> tell_figures(Figures(recent=12, before=10, usual=2.5, chance=0.0012), Change())
    '12 in 7 days; usual 2.5 (10 in the 4 weeks before); chance of so many by accident 0.0012'
    """
    before = f"usual {figures.usual:.1f} ({figures.before} in the {change.weeks} weeks before)"
    return f"{figures.recent} in {change.window} days; {before}; chance of so many by accident {figures.chance:.2g}"
