"""Sums events up as one incident, plainly: for merges and splits by hand, where the caller brings nothing better."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from casus.records import Incident, IncidentStatus, Party, Quantity, Toll
from casus.stored import StoredEvent


def sum_up(id_: str, events: Sequence[StoredEvent]) -> Incident:
    """Return the incident that events tell of: majority type, the fullest sides, first time and place, all figures."""
    told = [stored.event for stored in events]
    type_ = Counter(event.type for event in told).most_common(1)[0][0]
    modes = Counter(event.mode for event in told if event.mode and event.type == type_)
    return Incident(
        id=id_,
        events=tuple(stored.id for stored in events),
        type=type_,
        mode=modes.most_common(1)[0][0] if modes else None,
        actors=_fullest(event.actors for event in told),
        recipients=_fullest(event.recipients for event in told),
        when=next((event.when for event in told if event.when), None),
        where=next((event.where for event in told if event.where), None),
        toll=_count_toll(events),
        status=_status(events),
    )


def _fullest(sides: Iterable[tuple[Party, ...]]) -> tuple[Party, ...]:
    return max(sides, key=lambda side: (len({party.country for party in side if party.country}), bool(side)))


def _count_toll(events: Sequence[StoredEvent]) -> Mapping[str, Toll]:
    counts: dict[str, list[tuple[str, Quantity]]] = {}
    for stored in events:
        for quantity in stored.event.quantities:
            counts.setdefault(quantity.kind, []).append((stored.report, quantity))
    return {kind: _toll(pairs) for kind, pairs in counts.items()}


def _toll(pairs: Sequence[tuple[str, Quantity]]) -> Toll:
    lows = [count.min for _, count in pairs if count.min is not None]
    highs = [count.max for _, count in pairs if count.max is not None]
    exact = Counter(count.min for _, count in pairs if count.min is not None and count.min == count.max)
    best = exact.most_common(1)[0][0] if exact else max(lows or highs, default=None)
    reports = tuple(dict.fromkeys(report for report, _ in pairs))
    return Toll(min(lows, default=None), best, max(highs, default=None), reports)


def _status(events: Sequence[StoredEvent]) -> IncidentStatus:
    moods = {stored.event.modality for stored in events}
    if moods == {"negated"}:
        return "denied"
    if {"negated", "actual"} <= moods:
        return "disputed"
    if "actual" not in moods:
        return "announced"
    return "corroborated" if len({stored.origin for stored in events}) > 1 else "reported"
