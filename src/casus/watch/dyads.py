"""What two sides did to each other in a time: counts, scores, rungs, tolls, answers, changes, ruptures.

Everything counts incidents, never reports or sentences. What was done or threatened makes up the figures; what is only
planned, possible or denied stands beside them. The formulas are told where they are: `ladder`, `series`, `tallies`,
`changes`, `ruptures`, `reciprocity`, `hawkes`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from casus.errors import FieldError
from casus.records import Record
from casus.store.query import Query
from casus.store.query.acts import Act, read_acts, read_answers, read_span
from casus.store.query.filters import DAY, first_day, last_day
from casus.watch.reciprocity import Reciprocity, measure_effects, measure_reciprocity
from casus.watch.series import WEEK, Week, count_weeks, happened, once
from casus.watch.tallies import LONG, WayFigures, sum_up_way

Side = str | Sequence[str]
"""A party as the store's filters write it: `USA`, `IRN/MIL`, `org-hezbollah`, a name. Several, between commas or as a
sequence, are one side together."""
BEFORE = timedelta(days=WEEK * (LONG + 1) - 1)


@dataclass(frozen=True, slots=True)
class Window:
    """A time: first and last day, both included.

    Raises:
        FieldError: It ends before it begins.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise FieldError("window", f"{self.start} to {self.end}", "a last day that is not before the first")


@dataclass(frozen=True, slots=True, kw_only=True)
class DyadFigures(Record):
    """What two sides did to each other from `since` to `until`: A toward B, B toward A, and both.

    `both` has every incident once, and those that the sides are told to have done together, as talks and clashes.
    """

    a: tuple[str, ...]
    b: tuple[str, ...]
    since: str
    until: str
    a_to_b: WayFigures
    b_to_a: WayFigures
    both: WayFigures


def split_side(side: Side) -> tuple[str, ...]:
    """Return the parties of a side.

    >>> split_side("USA, GBR"), split_side(["Doe, John"])
    (('USA', 'GBR'), ('Doe, John',))

    Raises:
        FieldError: There is none.
    """
    told = side.split(",") if isinstance(side, str) else side
    keys = tuple(dict.fromkeys(key.strip() for key in told if key.strip()))
    if not keys:
        raise FieldError("side", side, "a country, country/sector, key or name, or several between commas")
    return keys


def split_sides(a: Side, b: Side) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the parties of two sides.

    Raises:
        FieldError: One of them has none, or a party is on both.
    """
    one, other = split_side(a), split_side(b)
    if shared := [key for key in one if key in other]:
        raise FieldError("side", shared[0], "a party of one side only")
    return one, other


def choose_window(store: Query, since: str | None = None, until: str | None = None) -> Window:
    """Return the window from one day, month or year to another.

    Args:
        store: The store.
        since: First day; by default so that the window has 52 weeks.
        until: Last day; by default that of the newest report.

    Raises:
        FieldError: One of them is no day, month or year, or the last is before the first.
    """
    end = read_last_day(store, until)
    start = _read_day("since", since, first_day) if since else end - timedelta(days=WEEK * LONG - 1)
    return Window(start, end)


def read_last_day(store: Query, until: str | None = None) -> date:
    """Return the last day of a day, month or year, by default the day of the newest report.

    Raises:
        FieldError: It is no day, month or year.
    """
    if until is not None:
        return _read_day("until", until, last_day)
    span = read_span(store)
    return date.fromisoformat(span[1]) if span else date.today()  # noqa: DTZ011  a day, as reports have it


def _read_day(name: str, told: str, whole: Callable[[str], str]) -> date:
    try:
        return date.fromisoformat(whole(told if DAY.fullmatch(told) else ""))
    except ValueError as error:
        raise FieldError(name, told, "a day, month or year: 2020-01-03, 2020-01 or 2020") from error


def weekly(store: Query, a: Side, b: Side, window: Window, *, acts: Sequence[Act] | None = None) -> tuple[Week, ...]:
    """Return what two sides did to each other week by week, oldest first.

    Args:
        store: The store.
        a: One side.
        b: The other.
        window: Which days; weeks are counted back from its last.
        acts: What `read_window` gave for the same, so that it is not read again.

    Raises:
        FieldError: A side is empty, or a party is on both.
    """
    known = read_window(store, a, b, window) if acts is None else acts
    return count_weeks(known, window.start, window.end)


def read_window(store: Query, a: Side, b: Side, window: Window) -> tuple[Act, ...]:
    """Return all acts that the figures of a window rest on: those in it, and those of the year before it.

    Args:
        store: The store.
        a: One side.
        b: The other.
        window: Which days.

    Raises:
        FieldError: A side is empty, or a party is on both.
    """
    one, other = split_sides(a, b)
    earliest = min(window.start, window.end - BEFORE)
    return read_acts(store, one, other, since=earliest.isoformat(), until=window.end.isoformat())


def dyad_figures(store: Query, a: Side, b: Side, window: Window, *, acts: Sequence[Act] | None = None) -> DyadFigures:
    """Return what two sides did to each other.

    Args:
        store: The store.
        a: One side.
        b: The other.
        window: Which days; the baselines reach back behind it.
        acts: What `read_window` gave for the same, so that it is not read again.

    Raises:
        FieldError: A side is empty, or a party is on both.
    """
    one, other = split_sides(a, b)
    since, until = window.start.isoformat(), window.end.isoformat()
    earliest = min(window.start, window.end - BEFORE)
    acts = read_window(store, one, other, window) if acts is None else acts
    known = _first_known(store, window)
    weeks = [week for week in count_weeks(acts, earliest, window.end) if week.start >= known]
    inside = [act for act in acts if act.day >= since]
    ours, theirs = ([act for act in inside if act.way == way] for way in ("a_to_b", "b_to_a"))
    answered, answering = _reciprocities(
        store, (one, other), (ours, theirs), (date.fromisoformat(max(since, known)), window.end)
    )
    a_to_b = sum_up_way(ours, weeks, [week.a_to_b for week in weeks], since=since)
    b_to_a = sum_up_way(theirs, weeks, [week.b_to_a for week in weeks], since=since)
    return DyadFigures(
        a=one,
        b=other,
        since=since,
        until=until,
        a_to_b=replace(a_to_b, reciprocity=answered),
        b_to_a=replace(b_to_a, reciprocity=answering),
        both=sum_up_way(once(inside), weeks, [week.both for week in weeks], since=since),
    )


def _first_known(store: Query, window: Window) -> str:
    """Return the day of the oldest report, at most the last of the window: before it, no acts means no reports."""
    span, until = read_span(store), window.end.isoformat()
    return min(span[0], until) if span else until


def _reciprocities(
    store: Query,
    sides: tuple[Sequence[str], Sequence[str]],
    acts: tuple[Sequence[Act], Sequence[Act]],
    days: tuple[date, date],
) -> tuple[Reciprocity, Reciprocity]:
    """Return how each side's acts of those days were answered by the other."""
    first = days[0].isoformat()
    ours, theirs = (happened(act for act in side if act.day >= first) for side in acts)
    on_them, on_us = measure_effects(ours, theirs, days)
    to_us = read_answers(store, {act.incident for act in ours}, sides[1])
    to_them = read_answers(store, {act.incident for act in theirs}, sides[0])
    return (
        measure_reciprocity(ours, theirs, to_us, on_them, days),
        measure_reciprocity(theirs, ours, to_them, on_us, days),
    )
