"""The charts that `casus chart` makes of a store, by name; writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from casus.errors import FieldError

if TYPE_CHECKING:
    from casus.store.house import Store
    from casus.store.query import Filters
    from casus.watch.dyads import Window

MOST_COUNTED = 2000
"""Newest incidents that are counted by side."""
MOST_SIDES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a chart is asked for: of which incidents, about whom, and how much."""

    about: tuple[str, ...]
    filters: Filters
    limit: int
    width: int


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of chart: what it shows, what it must be told, and what makes it."""

    told: str
    about: tuple[str, ...]
    make: Callable[[Store, Asked], Any]


def make_chart(store: Store, name: str, asked: Asked) -> Any:
    """Return a chart of a store.

    Raises:
        FieldError: There is no such chart, or it was told too little or too much.
    """
    if name not in KINDS:
        raise FieldError("kind", name, " ".join(KINDS))
    kind = KINDS[name]
    if len(asked.about) not in {len(kind.about), 0 if name in FREE else len(kind.about)}:
        raise FieldError(f"what {name} is about", " ".join(asked.about), " ".join(kind.about) or "nothing")
    return kind.make(store, asked)


def _lanes(store: Store, asked: Asked) -> Any:
    from casus.charts import lanes

    found = store.incidents(asked.filters, limit=asked.limit)
    links = store.links_of([version.incident.id for version in found])
    return lanes(found, links, width=asked.width)


def _map(store: Store, asked: Asked) -> Any:
    from casus.charts import place_map
    from casus.store.query.spots import read_spots

    rows = [
        {
            "lat": spot.lat, "lon": spot.lon, "start": day or None, "place": spot.place, "quad": quad, "count": count,
            "title": f"{spot.place}: {count}",
        }
        for spot in read_spots(store, asked.filters).spots
        for (day, quad), count in spot.days.items()
    ]  # fmt: skip
    return place_map(rows, width=asked.width)


def _calendar(store: Store, asked: Asked) -> Any:
    from casus.charts import calendar
    from casus.store.query.plans import newest_day

    ways: tuple[dict[str, Any], ...] = ({"status": "announced"}, {"type": "THREATEN"})
    found = {
        version.incident.id: version
        for way in ways
        for version in store.incidents(replace(asked.filters, **way), limit=asked.limit)
    }
    return calendar(found.values(), today=newest_day(store), most=asked.limit, width=asked.width)


def _quads(store: Store, asked: Asked) -> Any:
    from casus.charts import quads

    return quads(dict(_count_ways(store, asked) if asked.about else _count_sides(store, asked)), width=asked.width)


def _count_ways(store: Store, asked: Asked) -> Iterator[tuple[str, Mapping[str, int]]]:
    from casus.watch.dyads import dyad_figures

    a, b = asked.about
    figures = dyad_figures(store, a, b, _window(store, asked))
    yield f"{a} → {b}", figures.a_to_b.counts_by_quad
    yield f"{b} → {a}", figures.b_to_a.counts_by_quad


def _count_sides(store: Store, asked: Asked) -> Sequence[tuple[str, Mapping[str, int]]]:
    """Return the sides that did most, with their incidents by quad."""
    from casus.charts.rows import act_row

    counts: dict[str, Counter[str]] = {}
    for row in map(act_row, store.incidents(asked.filters, limit=MOST_COUNTED)):
        counts.setdefault(row["lane"], Counter())[row["quad"]] += 1
    return sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))[:MOST_SIDES]


def _mirror(store: Store, asked: Asked) -> Any:
    from casus.charts import mirror

    return mirror(_weeks(store, asked), (asked.about[0], asked.about[1]), width=asked.width)


def _ladder(store: Store, asked: Asked) -> Any:
    from casus.charts import ladder

    return ladder(_weeks(store, asked), (asked.about[0], asked.about[1]), width=asked.width)


def _weeks(store: Store, asked: Asked) -> Any:
    from casus.watch.dyads import weekly

    a, b = asked.about
    return weekly(store, a, b, _window(store, asked))


def _window(store: Store, asked: Asked) -> Window:
    from casus.watch.dyads import choose_window

    return choose_window(store, asked.filters.since, asked.filters.until)


def _tolls(store: Store, asked: Asked) -> Any:
    from casus.charts import toll_range
    from casus.link.across import read_happening

    version = store.incident(asked.about[0])
    figures = [
        figure
        for reckoning in read_happening(version.incident.id, store).tolls.values()
        for figure in reckoning.figures
    ]
    return toll_range(figures, version.incident.toll, width=asked.width)


def _reliability(store: Store, asked: Asked) -> Any:
    from casus.charts import reliability
    from casus.store.query.verdicts import read_judged
    from casus.web.pages.method import bin_judged

    return reliability(bin_judged(read_judged(store)), size=asked.width // 2)


SIDES = ("PARTY", "PARTY")
FREE = frozenset({"quads"})
"""Charts that need not be told what they are about."""
KINDS: Mapping[str, Kind] = {
    "lanes": Kind("a timeline with a lane a party and an arrow to each answer", (), _lanes),
    "map": Kind("where it happened, and on which days", (), _map),
    "calendar": Kind("what is planned and threatened", (), _calendar),
    "quads": Kind("who did what, by quad; of two sides, each way", SIDES, _quads),
    "mirror": Kind("what two sides did to each other, week by week", SIDES, _mirror),
    "ladder": Kind("the rung of escalation that each reached, week by week", SIDES, _ladder),
    "tolls": Kind("every report's figures of an incident", ("INCIDENT",), _tolls),
    "reliability": Kind("what share of the events at each confidence people confirmed", (), _reliability),
}
"""The kinds of charts by name."""
