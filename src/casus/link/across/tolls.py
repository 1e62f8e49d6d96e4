"""Tolls reconciled: of every kind the lowest, likeliest and highest count, with each report's figure and its time.

A count that rises from report to report is one count that grows: what later and higher figures overtake is kept but no
longer counts as an opinion. Figures that stand side by side and cannot both be true are a disagreement, which is shown
and never averaged away. Counts speakers of offices and independent origins, never articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from casus.link.across.tellings import Figure
from casus.records import Record, Toll

TOGETHER = timedelta(hours=36)  # figures published within this of the newest one stand side by side
GROWING = frozenset({"killed", "injured", "missing", "arrested", "displaced", "abducted"})
CLOSE = 0.1  # figures that differ by less are rounded, not disputed


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning(Record):
    """The figures of one kind for one happening.

    `low`, `best` and `high` are over the `current` figures; `latest_official` is the newest that an office gives,
    `frequent` the one that most origins give; `rising` tells that later figures overtook earlier ones, `disputed` that
    current ones cannot all be true. `figures` are all, oldest first.
    """

    kind: str
    low: int | None = None
    best: int | None = None
    high: int | None = None
    latest_official: Figure | None = None
    frequent: Figure | None = None
    rising: bool = False
    disputed: bool = False
    figures: tuple[Figure, ...] = ()

    def to_toll(self) -> Toll:
        """The short form that record.md asks for."""
        return Toll(self.low, self.best, self.high, tuple(dict.fromkeys(f.report for f in self.figures)))


def reconcile_tolls(figures: Iterable[Figure]) -> Mapping[str, Reckoning]:
    """One reckoning a kind, in the order of the alphabet."""
    kinds: dict[str, list[Figure]] = {}
    for figure in figures:
        kinds.setdefault(figure.kind, []).append(figure)
    return {kind: reconcile(kinds[kind]) for kind in sorted(kinds)}


def reconcile(figures: Sequence[Figure]) -> Reckoning:
    """The reckoning of all figures of one kind."""
    ordered = sorted(figures, key=lambda f: (_moment(f), f.report, value_of(f)))
    current = find_current(ordered)
    official = next((f for f in reversed(ordered) if f.official), None)
    frequent = most_frequent(current)
    return Reckoning(
        kind=ordered[0].kind,
        low=min((f.min for f in current if f.min is not None), default=None),
        best=value_of(choose_best(current, official, frequent)),
        high=max((f.max if f.max is not None else value_of(f) for f in current), default=None),
        latest_official=official,
        frequent=frequent,
        rising=any(is_overtaken(f, ordered) for f in ordered),
        disputed=any(differ(a, b) for a in current for b in current if a.origin != b.origin),
        figures=tuple(ordered),
    )


def value_of(figure: Figure) -> int:
    """The number that a figure stands for: its lower end, since reports count what they know of."""
    return figure.min if figure.min is not None else figure.max or 0


def find_current(ordered: Sequence[Figure]) -> list[Figure]:
    """What still counts: each origin's last word (or last words, if of one time), unless later figures overtook it."""
    last = {f.origin: _moment(f) for f in ordered}
    kept = [f for f in ordered if _moment(f) == last[f.origin] and not is_overtaken(f, ordered)]
    whole = [f for f in kept if not _is_part(f, kept)]
    return whole or kept


def _is_part(figure: Figure, others: Sequence[Figure]) -> bool:
    """Whether the same report gives a larger figure: "12 killed, four of them children"."""
    return any(o.report == figure.report and value_of(o) > value_of(figure) for o in others)


def is_overtaken(figure: Figure, others: Iterable[Figure]) -> bool:
    """Whether a later figure of a growing count is higher: the same origin at any time, another's well after it."""
    if figure.kind not in GROWING:
        return False
    for other in others:
        later = _moment(other) - _moment(figure)
        patience = timedelta(0) if other.origin == figure.origin else TOGETHER
        if later > patience and value_of(other) > value_of(figure):
            return True
    return False


def choose_best(current: Sequence[Figure], official: Figure | None, frequent: Figure | None) -> Figure:
    """The newest official figure that still counts, else the one that most origins give, else the newest."""
    if official in current and official is not None:
        return official
    return frequent or current[-1]


def most_frequent(current: Sequence[Figure]) -> Figure | None:
    """The figure that most origins give, the newest among equals."""
    votes = Counter(value for value, _ in {(value_of(f), f.origin) for f in current})
    return max(reversed(current), key=lambda f: (votes[value_of(f)], _moment(f)), default=None)


def differ(a: Figure, b: Figure) -> bool:
    """Whether two figures cannot both be true, rounding aside."""
    low, high = sorted((a, b), key=value_of)
    top = low.max if low.max is not None else (None if low.min is not None else 0)
    return top is not None and value_of(high) > top * (1 + CLOSE) and value_of(high) - top >= 1


def _moment(figure: Figure) -> datetime:
    """When a figure was published; a day counts from its midnight, an unknown day comes first."""
    if figure.published is None:
        return datetime.min.replace(tzinfo=UTC)
    moment = datetime.fromisoformat(figure.published)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
