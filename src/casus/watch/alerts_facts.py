"""What of an incident an alert remembers, so that a later version can be compared with it; words of a change only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from casus.records import Incident, Party, Toll
from casus.words import place_words, plain, toll_words, what_words, when_words

Facts = Mapping[str, Any]


def read_facts(incident: Incident) -> dict[str, Any]:
    """Return what is remembered of an incident, as plain JSON values."""
    return {
        "what": what_words(incident.type, incident.mode),
        "status": incident.status,
        "when": when_words(incident.when),
        "place": place_words(incident.where),
        "actors": _names(incident.actors),
        "recipients": _names(incident.recipients),
        "toll": {kind: [toll.low, toll.best, toll.high] for kind, toll in sorted(incident.toll.items())},
    }


def _names(parties: Iterable[Party]) -> list[str]:
    """Return parties by what they stand for: other words for the same party are no news."""
    return sorted({party.id or party.country or plain(party.name or party.text).casefold() for party in parties})


def compare_facts(before: Facts, after: Facts) -> tuple[str, ...]:
    """Return in words what is different.

    >>> before = {"status": "reported", "toll": {"killed": [12, 12, 12]}}
    >>> compare_facts(before, {"status": "disputed", "toll": {"killed": [12, 15, 15]}})
    ('status: reported → disputed', '12 killed → 12-15 killed')
    """
    return (*_changed_slots(before, after), *_changed_tolls(before.get("toll", {}), after.get("toll", {})))


def _changed_slots(before: Facts, after: Facts) -> Iterator[str]:
    for name in ("what", "status", "when", "place", "actors", "recipients"):
        old, new = before.get(name), after.get(name)
        if old != new:
            yield f"{name}: {_tell(old)} → {_tell(new)}"


def _tell(value: object) -> str:
    return (", ".join(map(str, value)) if isinstance(value, list) else str(value or "")) or "not known"


def _changed_tolls(before: Mapping[str, list[int | None]], after: Mapping[str, list[int | None]]) -> Iterator[str]:
    for kind in (*before, *(kind for kind in after if kind not in before)):
        old, new = before.get(kind), after.get(kind)
        if old != new:
            yield f"{_count(kind, old)} → {_count(kind, new)}"


def _count(kind: str, figures: list[int | None] | None) -> str:
    return toll_words(kind, Toll(low=figures[0], best=figures[1], high=figures[2])) if figures else f"no {kind}"
