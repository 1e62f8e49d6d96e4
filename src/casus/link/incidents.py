"""Group the events of one report that tell of the same happening, and sum each group up as an incident."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from casus.link.grouping import NEVER, group_pairs
from casus.link.pairs import place_events, sameness
from casus.link.responses import plain_answers
from casus.logistic import load_models
from casus.records import Event, Incident, IncidentStatus, Party, Report, Toll

NEAR = 60  # events; see train.links
THRESHOLD = 0.27  # best pairwise F1 on reports that the network has not seen is within 3 of each other from 0.22 to 0.3


def group_events(report: Report) -> dict[str, str]:
    """Event id → incident id, the groups that are likeliest one joined first.

    Only events at most NEAR apart are compared, so that the time a report takes grows with its length and no faster.
    """
    model = load_models("casus.link")["same"]
    placed = place_events(report)
    likely = {
        (j, k): model.probability(sameness(placed[j], event))
        for k, event in enumerate(placed)
        for j in range(max(0, k - NEAR), k)
    }
    number = {p.event.id: k for k, p in enumerate(placed)}
    for answer, cause in plain_answers(report, sorted(placed, key=lambda p: p.event.trigger.start)):
        likely[order(number[answer.event.id], number[cause.event.id])] = NEVER  # an answer is another happening
    groups = group_pairs(len(placed), likely, THRESHOLD)
    return {p.event.id: f"i{group}" for p, group in zip(placed, groups, strict=True)}


def order(a: int, b: int) -> tuple[int, int]:
    """Two numbers, the smaller first."""
    return (a, b) if a < b else (b, a)


def build_incidents(report: Report) -> tuple[Incident, ...]:
    """One incident per id that the events carry, in order of first mention."""
    members: dict[str, list[Event]] = {}
    for event in report.events:
        members.setdefault(event.incident or event.id, []).append(event)
    return tuple(sum_up(id_, events, report.id) for id_, events in members.items())


def sum_up(id_: str, events: Sequence[Event], report: str) -> Incident:
    """The incident that a group of events tells of: majority type, the fullest parties, time, place and counts."""
    type_ = Counter(e.type for e in events).most_common(1)[0][0]
    modes = Counter(e.mode for e in events if e.mode and e.type == type_)
    return Incident(
        id=id_,
        events=tuple(e.id for e in events),
        type=type_,
        mode=modes.most_common(1)[0][0] if modes else None,
        actors=_fullest([e.actors for e in events]),
        recipients=_fullest([e.recipients for e in events]),
        when=next((e.when for e in events if e.when), None),
        where=next((e.where for e in events if e.where), None),
        toll=count_toll(events, report),
        status=status_of(events),
    )


def _fullest(sides: Sequence[tuple[Party, ...]]) -> tuple[Party, ...]:
    """The side that names most countries, the first among equals."""
    return max(sides, key=lambda s: (len({p.country for p in s if p.country}), bool(s)), default=())


def count_toll(events: Sequence[Event], report: str) -> Mapping[str, Toll]:
    """Per kind the lowest, likeliest (last given) and highest figure that the events give."""
    kinds = dict.fromkeys(q.kind for e in events for q in e.quantities)
    return {kind: _toll([q for e in events for q in e.quantities if q.kind == kind], report) for kind in kinds}


def _toll(counts: Sequence, report: str) -> Toll:  # type: ignore[type-arg]
    lows = [q.min for q in counts if q.min is not None]
    highs = [q.max for q in counts if q.max is not None]
    exact = [q.min for q in counts if q.min is not None and q.min == q.max]
    best = exact[-1] if exact else (max(lows) if lows else max(highs, default=None))
    return Toll(min(lows, default=None), best, max(highs, default=None), (report,))


def status_of(events: Sequence[Event]) -> IncidentStatus:
    """What one report alone can say: announced, denied, disputed or reported. Corroboration needs several reports."""
    moods = {e.modality for e in events}
    if moods == {"negated"}:
        return "denied"
    if "negated" in moods and "actual" in moods:
        return "disputed"
    return "announced" if moods <= {"future", "hypothetical"} else "reported"
