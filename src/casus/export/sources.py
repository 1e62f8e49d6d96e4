"""What a format is written from: the events, incidents or reports of a store, page by page, so that memory is bounded.

Every page is read in a transaction of its own; what comes into the store meanwhile may be in or not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from casus.export.losses import Losses
from casus.records import Event, Incident, Link, Report
from casus.store.query import Filters, Query
from casus.store.query.heads import Head, count_links, count_told, find_reports, read_heads
from casus.stored import IncidentVersion, StoredEvent

PAGE = 1000
"""Events or incidents that are in memory at a time."""
REPORTS = 100
"""Reports, with all their events, that are in memory at a time."""
LEFT: Mapping[str, str] = {
    "actual": "events that are said to have happened",
    "future": "events that are planned",
    "hypothetical": "events that are possible, feared or asked for",
    "negated": "events that are denied or failed",
}
NONE_DONE = "incidents of which nothing is said to have happened"


@dataclass(frozen=True, slots=True)
class Statement:
    """An event with the head of its report."""

    stored: StoredEvent
    head: Head

    @property
    def event(self) -> Event:
        """The event as judged."""
        return self.stored.event


@dataclass(frozen=True, slots=True)
class Happening:
    """An incident with its events, those that people rejected left out, and the heads of their reports."""

    version: IncidentVersion
    events: tuple[StoredEvent, ...]
    heads: Mapping[str, Head] = field(hash=False)

    @property
    def incident(self) -> Incident:
        """The incident as it is now."""
        return self.version.incident


@dataclass(frozen=True, slots=True)
class Source:
    """What is exported, and the counts of what is lost on the way.

    Attributes:
        store: Where it comes from.
        filters: What events must have.
        modalities: Of the events that are let in; an incident needs one such event.
        losses: Where losses and rows are counted.
        step: Called with how many events, incidents or reports were written since the last call.
    """

    store: Query
    filters: Filters
    modalities: frozenset[str]
    losses: Losses
    step: Callable[[int], None] = lambda _: None

    def statements(self) -> Iterator[Statement]:
        """Yield the events that are let in, oldest first."""
        decided = self._count_beside()
        last: str | None = None
        while page := self.store.events(self.filters, limit=PAGE, after=last, oldest=True):
            last = page[-1].id
            heads = read_heads(self.store, (event.report for event in page))
            for stored in page:
                if self._let_in(stored):
                    self.losses.count_event(stored)
                    self.losses.count_beside("judgements", decided[stored.id])
                    yield Statement(stored, heads[stored.report])
            self.step(len(page))

    def _let_in(self, stored: StoredEvent) -> bool:
        self.losses.read["events"] += 1
        if stored.event.modality in self.modalities:
            return True
        self.losses.leave_out(LEFT[stored.event.modality])
        return False

    def happenings(self, refuse: Callable[[Happening], str | None] = lambda _: None) -> Iterator[Happening]:
        """Yield the incidents with an event that is let in, oldest first.

        Args:
            refuse: Says why a format cannot take an incident, as it is to be counted; None where it can.
        """
        decided = self._count_beside()
        last: str | None = None
        while page := self.store.incidents(self.filters, limit=PAGE, after=last, oldest=True):
            last = page[-1].incident.id
            told = self.store.events_of([version.incident.id for version in page])
            heads = read_heads(self.store, (event.report for events in told.values() for event in events))
            for version in page:
                events = told.get(version.incident.id, ())
                here = sorted({event.report for event in events})
                happening = Happening(version, events, {id_: heads[id_] for id_ in here})
                if self._let_happen(happening, refuse, decided):
                    yield happening
            self.step(len(page))

    def _let_happen(self, told: Happening, refuse: Callable[[Happening], str | None], decided: Counter[str]) -> bool:
        self.losses.read["incidents"] += 1
        self.losses.read["events"] += len(told.events)
        done = not self.modalities.isdisjoint(stored.event.modality for stored in told.events)
        if why := refuse(told) if done else NONE_DONE:
            self.losses.leave_out(why)
            return False
        self.losses.count_incident(told.version)
        for stored in told.events:
            self.losses.count_event(stored)
        targets = (told.incident.id, *(stored.id for stored in told.events))
        self.losses.count_beside("judgements", sum(decided[target] for target in targets))
        return True

    def reports(self) -> Iterator[Report]:
        """Yield the reports of the events that are let in, each with those events as judged, as they were added."""
        decided = self._count_beside()
        ids = find_reports(self.store, self.filters)
        for first in range(0, len(ids), REPORTS):
            some = ids[first : first + REPORTS]
            heads = read_heads(self.store, some, whole=True)
            told = self._events_in(some, decided)
            yield from (self._make_report(heads[id_], told) for id_ in some if id_ in heads)
            self.step(len(some))

    def _events_in(self, ids: Sequence[str], decided: Counter[str]) -> dict[str, Event]:
        told: dict[str, Event] = {}
        for stored in self.store.events(replace(self.filters, report=tuple(ids))):
            if self._let_in(stored):
                self.losses.count_event(stored)
                self.losses.count_beside("judgements", decided[stored.id])
                told[stored.id] = stored.event
        return told

    def _make_report(self, head: Head, told: Mapping[str, Event]) -> Report:
        self.losses.read["reports"] += 1
        known = {told[id_].id for id_ in head.events if id_ in told}
        incidents = [Incident.from_json(item) for item in head.incidents]
        kept = [trimmed for incident in incidents if (trimmed := _trim(incident, known))]
        homes = {incident.id for incident in kept}
        links = [Link.from_json(item) for item in head.links]
        return Report(
            id=head.id, url=head.url, publisher=head.publisher, title=head.title, published=head.published,
            text=head.text, events=tuple(self._cut(told[id_], known) for id_ in head.events if id_ in told),
            incidents=tuple(kept), links=tuple(link for link in links if {link.source, link.target} <= homes),
        )  # fmt: skip

    def _cut(self, event: Event, known: set[str]) -> Event:
        """Return the event without answers to events that are not exported."""
        answers = tuple(answer for answer in event.responds_to if answer.id in known)
        if lost := len(event.responds_to) - len(answers):
            self.losses.leave_out("answers to events that are not in the export", lost)
        return replace(event, responds_to=answers) if lost else event

    def _count_beside(self) -> Counter[str]:
        """Count what is no event; return the target of judgements → how many there are about it."""
        if not self.filters.judged:
            rejected = self.store.count_events(replace(self.filters, judged="rejected"))
            self.losses.leave_out("events that people rejected", rejected)
        texts, homes = count_told(self.store, self.filters)
        self.losses.count_beside("texts", texts)
        self.losses.count_beside("stored_incidents", homes)
        self.losses.count_beside("links", count_links(self.store, self.filters))
        return Counter(judgement.target for judgement in self.store.judgements())


def _trim(incident: Incident, known: set[str]) -> Incident | None:
    """Return an incident of a report with the events that are known; None where it had some and has none left."""
    left = tuple(key for key in incident.events if key in known)
    return replace(incident, events=left) if left or not incident.events else None
