"""The figures of what went one way: counts, scores, rung, toll, change and ruptures, from acts and weeks.

Reads no store; what is done or threatened makes up the figures, what is planned, possible or denied stands beside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from casus.ontology import quad_of
from casus.records import Record, Toll
from casus.store.query.acts import Act
from casus.watch.changes import Change, measure_change
from casus.watch.reciprocity import Reciprocity
from casus.watch.ruptures import Rupture, find_ruptures
from casus.watch.series import STANDINGS, WEEK, Week, WeekSide, climb, dated, happened, score_act, standing_of

SHORT, LONG = 4, 52
"""Weeks of the two baselines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TollSum(Record):
    """Figures of one kind, summed over the incidents that have any; open ends count as their likeliest figure."""

    low: int
    best: int
    high: int
    incidents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WayFigures(Record):
    """What went one way, or both ways.

    Attributes:
        incidents: All of them, whatever their standing.
        standings: How many were done, threatened, planned, possible, denied.
        disputed: How many of those done or threatened have claims that cannot all be true.
        undated: How many of those done or threatened have a time too wide for a week: they are in no week, change,
            rupture or reciprocity.
        counts_by_quad: Of those done or threatened; so are all that follow unless they say otherwise.
        counts_by_type: The same by PLOVER type; threats are THREATEN.
        apart: Those planned, possible or denied, by type.
        score_sum: Sum of PLOVER scores, -10 to +10 each.
        score_mean: Their mean, None without any.
        rung: Highest rung reached, index into `ladder.RUNGS`, None without any.
        rung_apart: Highest rung that what is planned would reach, a threat at most.
        toll: Kind → figures, of material conflict that was done.
        change_4w: Acts of conflict of the last week against the four weeks before.
        change_52w: The same against the 52 weeks before.
        ruptures: Changes of level of the weekly acts of conflict.
        reciprocity: How they were answered by the other side; None for both ways.
    """

    incidents: int
    standings: Mapping[str, int] = field(hash=False)
    disputed: int
    undated: int
    counts_by_quad: Mapping[str, int] = field(hash=False)
    counts_by_type: Mapping[str, int] = field(hash=False)
    apart: Mapping[str, Mapping[str, int]] = field(hash=False)
    score_sum: float
    score_mean: float | None
    rung: int | None
    rung_apart: int | None
    toll: Mapping[str, TollSum] = field(hash=False)
    change_4w: Change
    change_52w: Change
    ruptures: tuple[Rupture, ...]
    reciprocity: Reciprocity | None = None


def sum_up_way(acts: Sequence[Act], weeks: Sequence[Week], sides: Sequence[WeekSide], *, since: str) -> WayFigures:
    """Return the figures of acts that went one way, each incident once.

    Args:
        acts: Those of the window.
        weeks: Weeks of the window and of the baselines, oldest first, as far back as the store knows anything.
        sides: What went this way in each of them.
        since: First day of the window.
    """
    took_place = happened(acts)
    by_standing: dict[str, list[Act]] = {standing: [] for standing in STANDINGS}
    for act in acts:
        by_standing[standing_of(act)].append(act)
    scores = [score_act(act) for act in took_place]
    return WayFigures(
        incidents=len(acts),
        standings={standing: len(found) for standing, found in by_standing.items()},
        disputed=sum(act.status == "disputed" for act in took_place),
        undated=len(took_place) - len(dated(took_place)),
        counts_by_quad=_count(quad_of(act.type) for act in took_place),
        counts_by_type=_count(act.type for act in took_place),
        apart={
            standing: _count(act.type for act in acts if standing_of(act) == standing) for standing in STANDINGS[2:]
        },
        score_sum=round(sum(scores), 1),
        score_mean=round(sum(scores) / len(scores), 2) if scores else None,
        rung=climb(took_place),
        rung_apart=climb(by_standing["planned"]),
        toll=_sum_tolls(act.toll for act in took_place),
        change_4w=_change(sides, SHORT),
        change_52w=_change(sides, LONG),
        ruptures=_ruptures(weeks, sides, since),
    )


def _count(names: Iterable[str]) -> dict[str, int]:
    """Return how often each name occurs, the most frequent first."""
    return dict(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])))


def _sum_tolls(tolls: Iterable[Mapping[str, Toll]]) -> dict[str, TollSum]:
    found: dict[str, list[Toll]] = {}
    for toll in tolls:
        for kind, figures in toll.items():
            found.setdefault(kind, []).append(figures)
    return {kind: _sum_toll(figures) for kind, figures in sorted(found.items())}


def _sum_toll(figures: Sequence[Toll]) -> TollSum:
    likeliest = [_first(toll.best, toll.low, toll.high) for toll in figures]
    return TollSum(
        low=sum(_first(toll.low, 0) for toll in figures),
        best=sum(likeliest),
        high=sum(max(_first(toll.high, 0), best) for toll, best in zip(figures, likeliest, strict=True)),
        incidents=len(figures),
    )


def _first(*numbers: int | None) -> int:
    return next((number for number in numbers if number is not None), 0)


def _change(sides: Sequence[WeekSide], weeks: int) -> Change:
    """Return how the last week compares with those before it."""
    counts = [side.conflict for side in sides[-LONG - 1 :]]
    return measure_change(counts[:-1], counts[-1] if counts else 0, weeks)


def _ruptures(weeks: Sequence[Week], sides: Sequence[WeekSide], since: str) -> tuple[Rupture, ...]:
    """Return the ruptures within the window, over whole weeks."""
    whole = [
        (week.start, side.conflict)
        for week, side in zip(weeks, sides, strict=True)
        if week.start >= since and week.days == WEEK
    ]
    return find_ruptures([start for start, _ in whole], [count for _, count in whole])
