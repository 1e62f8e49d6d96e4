"""Where coded statements differ from the gold: one line each, and what one run has that another has not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from casus.evaluate.judges import PRESENT, countries, figures
from casus.evaluate.statements import Days, Number, Somebody, Spot, Statement, Stretch
from casus.evaluate.twins import Match

WIDTH = 70
"""Characters of the text that are shown on either side."""

FIELDS = ("actors", "recipients", "mode", "modality", "attribution", "when", "where", "quantities", "responds_to")
KINDS = ("missed", "spurious", "type", *FIELDS)


@dataclass(frozen=True, slots=True)
class Difference:
    """A statement that is wrong in one way.

    Attributes:
        kind: One of KINDS.
        report: Id of the report.
        type: The gold's type; of a spurious statement, its own.
        trigger: The word that names the act.
        context: The words around it.
        gold: What the gold has, in words.
        own: What was coded.
    """

    kind: str
    report: str
    type: str
    trigger: str
    context: str
    gold: str = ""
    own: str = ""

    def __str__(self) -> str:
        told = f" | gold {self.gold or 'nothing'}, coded {self.own or 'nothing'}" if self.gold or self.own else ""
        return f"{self.kind} | {self.report} | {self.type} | {self.trigger} | {self.context}{told}"


def find_differences(matches: Iterable[Match]) -> Iterator[Difference]:
    """Yield all differences, report by report."""
    for match in matches:
        yield from _find_losses(match)
        taken = {j for _, j in match.pairs}
        for j, event in enumerate(match.own.events):
            if j not in taken:
                yield _tell(match, "spurious", event)


def _find_losses(match: Match) -> Iterator[Difference]:
    pairs = dict(match.pairs)
    for i, event in enumerate(match.gold.events):
        twin = match.own.events[pairs[i]] if i in pairs else None
        if twin is None:
            yield _tell(match, "missed", event)
        elif twin.type != event.type:
            yield _tell(match, "type", event, event.type, twin.type)
        else:
            yield from _compare(match, event, twin)


def _compare(match: Match, event: Statement, twin: Statement) -> Iterator[Difference]:
    for field in FIELDS:
        if not _is_same(field, match, event, twin):
            show = SHOWN.get(field, _show)
            yield _tell(match, field, event, show(getattr(event, field)), show(getattr(twin, field)))


def _is_same(field: str, match: Match, event: Statement, twin: Statement) -> bool:
    gold, own = getattr(event, field), getattr(twin, field)
    if field in PRESENT:
        return (gold is None and own is None) or PRESENT[field](event, twin)
    if field in ("actors", "recipients"):
        return countries(gold) == countries(own)
    if field == "quantities":
        return figures(gold) == figures(own)
    if field == "responds_to":
        return _homes(match, gold) == _homes(match, own, coded=True)
    return (gold or None) == (own or None)


def _homes(match: Match, ids: Iterable[str], *, coded: bool = False) -> set[str]:
    """Return the gold incidents of statements; a coded one without a twin keeps its id."""
    gold, own = match.gold.events, match.own.events
    home = {event.id: event.incident or event.id for event in gold}
    if coded:
        home = {own[j].id: home[gold[i].id] for i, j in match.good.items()}
    return {home.get(key, f"coded {key}" if coded else key) for key in ids}


def _tell(match: Match, kind: str, event: Statement, gold: str = "", own: str = "") -> Difference:
    around = _context(match.gold.text, event.trigger)
    return Difference(kind, match.gold.id, event.type, event.trigger.text, around, gold, own)


def _context(text: str, trigger: Stretch) -> str:
    return " ".join(text[max(0, trigger.start - WIDTH) : trigger.end + WIDTH].split())


def _show_parties(parties: Iterable[Somebody]) -> str:
    return "; ".join(f"{party.text} [{party.country or '?'}]" for party in parties)


def _show_source(source: Somebody | None) -> str:
    return _show_parties([source]) if source else ""


def _show_days(days: Days | None) -> str:
    return f"{days.start}..{days.end}" + (f" “{days.text}”" if days.text else "") if days else ""


def _show_spot(spot: Spot | None) -> str:
    return f"{spot.name or spot.text} [{spot.country or '?'}]" if spot else ""


def _show_numbers(numbers: Iterable[Number]) -> str:
    def bound(number: int | None) -> str:
        return "?" if number is None else str(number)

    return "; ".join(f"{bound(item.min)}-{bound(item.max)} {item.kind}" for item in numbers)


def _show(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")


SHOWN: dict[str, Callable[..., str]] = {
    "actors": _show_parties,
    "recipients": _show_parties,
    "attribution": _show_source,
    "when": _show_days,
    "where": _show_spot,
    "quantities": _show_numbers,
}


@dataclass(frozen=True, slots=True)
class Change:
    """A statement on which two runs differ; `kind` is one of CHANGES."""

    kind: str
    report: str
    type: str
    trigger: str
    context: str

    def __str__(self) -> str:
        return f"{self.kind} | {self.report} | {self.type} | {self.trigger} | {self.context}"


CHANGES = {
    "gained": "gold statements that only this run finds with their type",
    "lost": "gold statements that only the other run finds",
    "wrong": "statements of this run that the gold has not, and the other run has neither",
    "gone": "statements of the other run that the gold has not, and this run has neither",
}


def find_changes(own: Iterable[Match], other: Iterable[Match]) -> list[Change]:
    """Return what one run has that the other has not, in the order of CHANGES.

    Args:
        own: Matches of this run.
        other: Matches of the other run, against the same gold in the same order.
    """
    changes = [change for a, b in zip(own, other, strict=True) for change in _changes(a, b)]
    return sorted(changes, key=lambda change: list(CHANGES).index(change.kind))


def _changes(own: Match, other: Match) -> Iterator[Change]:
    for (event, now), (_, then) in zip(own.twins, other.twins, strict=True):
        if (now is None) != (then is None):
            yield _change("lost" if now is None else "gained", own, event)
    for kind, here, there in (("wrong", own, other), ("gone", other, own)):
        known = Counter(map(_place, there.strays))
        yield from (_change(kind, own, event) for event in here.strays if not known[_place(event)])


def _place(event: Statement) -> tuple[int, str]:
    return event.trigger.start, event.type


def _change(kind: str, match: Match, event: Statement) -> Change:
    context = _context(match.gold.text, event.trigger)
    return Change(kind, match.gold.id, event.type, event.trigger.text, context)
