"""The queue of events that nobody judged yet, and what is needed to judge one; decides nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from casus.records import Event, Incident
from casus.store.house import Store
from casus.store.query.filters import UNJUDGED, Filters
from casus.store.rows import fold
from casus.stored import Judgement, StoredEvent
from casus.web.marks import Piece, cut, marks_of
from casus.web.spelling import SPELLINGS, spell_slot

AHEAD = 8
"""Events of the queue that are shown behind the one at hand."""
NEAR_DAYS = timedelta(days=2)
CANDIDATES = 150
"""Events that are looked at for incidents that may be the same."""
NEAREST = 9
"""Incidents offered for merging: each has a digit as its key."""
AROUND = 240
"""Characters of the report shown before and behind the sentence."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the queue one is: the event at hand, the one before it, and the next ones."""

    at: StoredEvent | None
    before: str | None
    ahead: tuple[StoredEvent, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """An event as it is judged: its words in their report, its slots as they may be typed, and what is around it."""

    stored: StoredEvent
    title: str | None
    before: str
    pieces: tuple[Piece, ...]
    behind: str
    slots: tuple[tuple[str, str], ...]
    incident: Incident
    others: tuple[StoredEvent, ...]
    near: tuple[Incident, ...]
    judgements: tuple[Judgement, ...]


def find_place(store: Store, filters: Filters, item: str | None) -> Place:
    """Return the place of an event in the queue, or the beginning of the queue.

    Args:
        store: What is asked.
        filters: What the events of the queue must have; those judged are left out.
        item: The event at hand, of the queue or not; None for the first of the queue.

    Raises:
        StoreError: The event is not in the store.
    """
    queue = replace(filters, judged=filters.judged or UNJUDGED)
    if item is None:
        found = store.events(queue, limit=AHEAD + 1)
        return Place(found[0] if found else None, None, found[1:])
    at = store.event(item)
    earlier = store.events(queue, limit=1, after=item, oldest=True)
    return Place(at, earlier[0].id if earlier else None, store.events(queue, limit=AHEAD, after=item))


def fill_sheet(store: Store, stored: StoredEvent) -> Sheet:
    """Return all that is needed to judge an event."""
    report = store.report(stored.report)
    start, end = stored.event.sentence.start, stored.event.sentence.end
    members = store.events_of([stored.incident]).get(stored.incident, ())
    return Sheet(
        stored=stored,
        title=report.title,
        before=report.text[max(0, start - AROUND) : start],
        pieces=cut(report.text[start:end], marks_of(stored.event), offset=start),
        behind=report.text[end : end + AROUND],
        slots=tuple((slot, spell_slot(stored.event, slot)) for slot in SPELLINGS),
        incident=store.incident(stored.incident).incident,
        others=tuple(member for member in members if member.id != stored.id)[:AHEAD],
        near=_find_near(store, stored),
        judgements=store.judgements(stored.id),
    )


def _find_near(store: Store, stored: StoredEvent) -> tuple[Incident, ...]:
    """Return the incidents of the same type and days that look most like that of the event."""
    if not stored.day_from or not stored.day_to:
        return ()
    since, until = _shift(stored.day_from, -NEAR_DAYS), _shift(stored.day_to, NEAR_DAYS)
    found = store.candidates_for(since, until, types=[stored.event.type], countries=stored.countries, limit=CANDIDATES)
    marks = set(_marks(stored.event))
    alike: dict[str, int] = {}
    for other in found:
        if other.incident != stored.incident:
            alike[other.incident] = max(alike.get(other.incident, 0), len(marks & set(_marks(other.event))))
    ranked = sorted(alike, key=lambda id_: (-alike[id_], id_))[:NEAREST]
    known = store.incidents_by_id(ranked)
    return tuple(known[id_].incident for id_ in ranked if id_ in known)


def _marks(event: Event) -> Iterable[str]:
    """Yield what two events share if they may be one: parties on either side, the place, the mode."""
    for side, parties in (("actor", event.actors), ("recipient", event.recipients)):
        yield from (f"{side} {party.id or party.country or fold(party.text)}" for party in parties)
    if event.where:
        yield f"place {fold(event.where.name or event.where.text)}"
    if event.mode:
        yield f"mode {event.mode}"


def _shift(day: str, by: timedelta) -> str:
    try:
        return (date.fromisoformat(day[:10]) + by).isoformat()
    except OverflowError:  # the first or last days of the calendar
        return day[:10]
