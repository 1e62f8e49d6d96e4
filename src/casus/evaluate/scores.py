"""Precision, recall and F1 of every slot, by type and by mode, and which types are taken for which.

All counts are micro averages over the reports given. Slots other than `found` and `report types` are judged against
the coded statement of the same type; without one, all that the gold has is missed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypeVar

from casus.evaluate.calibration import Bin, bin_confidence
from casus.evaluate.judges import PRESENT, SETS, Items, countries, sectors
from casus.evaluate.statements import Statement, Told
from casus.evaluate.twins import Match

K = TypeVar("K")
Kind = tuple[str, str | None]
Twin = tuple[Statement, Statement | None]


@dataclass(frozen=True, slots=True)
class Count:
    """What was right, what was said, and what there is to say.

    >>> Count(3, 4, 6).precision, Count(3, 4, 6).recall, Count(3, 4, 6).f1
    (75.0, 50.0, 60.0)
    """

    hit: int = 0
    pred: int = 0
    gold: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.hit + other.hit, self.pred + other.pred, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """What of the said is right, in per cent."""
        return 100 * self.hit / self.pred if self.pred else 0.0

    @property
    def recall(self) -> float:
        """What of the gold is said, in per cent."""
        return 100 * self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both, in per cent."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def to_json(self) -> dict[str, float]:
        """Return the figures with one decimal."""
        shares = {"p": round(self.precision, 1), "r": round(self.recall, 1), "f1": round(self.f1, 1)}
        return shares | {"gold": self.gold, "pred": self.pred, "hit": self.hit}


def _count_sets(gold: Items, own: Items) -> Count:
    return Count(len(gold & own), len(own), len(gold))


def _count_mode(event: Statement, twin: Statement | None) -> Count:
    """No mode where the gold has none is right, and counts as one found."""
    own = twin.mode if twin else None
    return Count(int(twin is not None and (own or None) == (event.mode or None)), int(bool(own)), int(bool(event.mode)))


def _count_events(event: Statement, twin: Statement | None) -> Iterator[tuple[str, Count]]:
    """Yield the slots of one gold statement that the whole record is made of."""
    for name, items in SETS.items():
        yield name, _count_sets(items(event), items(twin) if twin else frozenset())
    if event.mode or (twin and twin.mode):
        yield "mode", _count_mode(event, twin)
    yield "modality", Count(int(twin is not None and twin.modality == event.modality), int(twin is not None), 1)
    for name, same in PRESENT.items():
        there = getattr(twin, name) is not None if twin else False
        right = twin is not None and same(event, twin)
        yield name, Count(int(right), int(there), int(getattr(event, name) is not None))


def _count_sectors(twins: Iterable[Twin]) -> Count:
    """Country and first sector of the parties, of statements found alone."""
    count = Count()
    for event, twin in twins:
        if twin:
            count += _count_sets(sectors(event.actors), sectors(twin.actors))
            count += _count_sets(sectors(event.recipients), sectors(twin.recipients))
    return count


def _count_triples(match: Match) -> Count:
    """Statements whose type, actors' and recipients' countries are all right."""
    right = sum(twin is not None and same_parties(event, twin) for event, twin in match.twins)
    return Count(right, len(match.own.events), len(match.gold.events))


def same_parties(gold: Statement, own: Statement) -> bool:
    """Tell whether both sides have the same countries."""
    return countries(gold.actors) == countries(own.actors) and countries(gold.recipients) == countries(own.recipients)


def _count_answers(match: Match) -> Count:
    """Answers between gold incidents; one from or to a statement that is not gold's is a wrong one."""
    gold, own = match.gold.events, match.own.events
    home = {event.id: event.incident or event.id for event in gold}
    want = {(home[event.id], home[to]) for event in gold for to in event.responds_to if to in home}
    twin = {own[j].id: home[gold[i].id] for i, j in match.good.items()}
    said = [(twin.get(event.id), twin.get(to)) for event in own for to in event.responds_to]
    have = {pair for pair in said if None not in pair}
    return Count(len(have & want), len(have) + sum(None in pair for pair in said), len(want))


def _count_incidents(match: Match) -> Count:
    """Pairs of statements that share an incident."""
    pairs = [(match.gold.events[i], match.own.events[j]) for i, j in match.good.items()]
    homes = [(gold.incident or gold.id, own.incident or own.id) for gold, own in pairs]
    count = Count()
    for a, b in combinations(homes, 2):
        want, have = a[0] == b[0], a[1] == b[1]
        count += Count(int(want and have), int(have), int(want))
    return count


def _types(report: Told) -> Items:
    return frozenset(event.type for event in report.events)


def _count_report(match: Match) -> Iterator[tuple[str, Count]]:
    own, gold = len(match.own.events), len(match.gold.events)
    typed = Count(len(match.good), own, gold)
    yield "found", Count(len(match.pairs), own, gold)
    yield "type", typed
    yield "whole record", typed
    yield "report types", _count_sets(_types(match.gold), _types(match.own))
    for event, twin in match.twins:
        for name, count in _count_events(event, twin):
            yield name, count
            yield "whole record", count
    yield "whole record", Count(pred=sum(len(event.actors) + len(event.recipients) for event in match.strays))
    yield "sectors", _count_sectors(match.twins)
    yield "who-did-what-to-whom", _count_triples(match)
    yield "responds_to", _count_answers(match)
    yield "incident", _count_incidents(match)


SLOTS = (
    "found", "type", "report types", "mode", "actor", "recipient", "who-did-what-to-whom", "sectors", "modality",
    "attribution", "when", "where", "quantity", "responds_to", "incident", "whole record",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scores:
    """What a comparison comes to.

    Attributes:
        slots: Every slot of SLOTS.
        types: Statements by type.
        in_reports: Whether a type occurs in a report at all, by type.
        kinds: Statements by type and mode.
        taken: How often a statement of a gold type was found but taken for another type.
        bins: How many of the statements coded at each confidence have their type right.
    """

    slots: dict[str, Count]
    types: dict[str, Count]
    in_reports: dict[str, Count]
    kinds: dict[Kind, Count]
    taken: Counter[tuple[str, str]]
    bins: tuple[Bin, ...] = ()

    @property
    def macro_f1(self) -> float:
        """Mean F1 of the types that the gold has."""
        found = [count.f1 for count in self.types.values() if count.gold]
        return sum(found) / len(found) if found else 0.0

    def to_json(self) -> dict[str, Any]:
        """Return the figures as one JSON object."""
        types = {
            name: count.to_json() | {"report_f1": round(self.in_reports[name].f1, 1)}
            for name, count in self.types.items()
        }
        taken = [{"gold": gold, "pred": pred, "count": count} for (gold, pred), count in self.taken.most_common()]
        return {name: count.to_json() for name, count in self.slots.items()} | {"types": types, "taken": taken}


def score_all(matches: Iterable[Match]) -> Scores:
    """Return the figures over all reports."""
    matches = list(matches)
    slots = dict.fromkeys(SLOTS, Count())
    for match in matches:
        for name, count in _count_report(match):
            slots[name] += count
    return Scores(
        slots,
        dict(sorted(_count_by(matches, lambda event: event.type).items())),
        _count_types_in_reports(matches),
        _count_by(matches, lambda event: (event.type, event.mode or None)),
        Counter(pair for match in matches for pair in _find_taken(match)),
        bin_confidence(matches),
    )


def _count_by(matches: Iterable[Match], key: Callable[[Statement], K]) -> dict[K, Count]:
    counts: dict[K, Count] = defaultdict(Count)
    for match in matches:
        for event, twin in match.twins:
            counts[key(event)] += Count(hit=int(twin is not None and key(twin) == key(event)), gold=1)
        for event in match.own.events:
            counts[key(event)] += Count(pred=1)
    return dict(counts)


def _count_types_in_reports(matches: Iterable[Match]) -> dict[str, Count]:
    counts: dict[str, Count] = defaultdict(Count)
    for match in matches:
        gold, own = ({event.type for event in report.events} for report in (match.gold, match.own))
        for name in gold | own:
            counts[name] += Count(int(name in gold and name in own), int(name in own), int(name in gold))
    return counts


def _find_taken(match: Match) -> Iterator[tuple[str, str]]:
    for i, j in match.pairs:
        gold, own = match.gold.events[i].type, match.own.events[j].type
        if gold != own:
            yield gold, own
