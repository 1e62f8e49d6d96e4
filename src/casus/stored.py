"""The nouns of the store: what it adds to the records of a report; no behaviour beyond JSON in and out.

In the store an event is named by its report and its id there, `goma:e1`, and an incident that a report opened by
`goma:i1`. Times are ISO strings in UTC; days are ISO days.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from casus.records import Event, Incident, Record

Added = Literal["added", "known", "updated", "recoded"]
ChangeReason = Literal["created", "updated", "merged", "split", "retired"]
Verdict = Literal["confirmed", "rejected", "corrected"]
JudgementKind = Literal["confirm", "reject", "correct", "merge", "split", "undo"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvent(Record):
    """An event with what the store knows of it.

    `event` is the event as judged, its `id` still that of its report; `day_from` and `day_to` are its own days, else
    the day of publication, else None; `countries` are those of its parties and its place, sorted.
    """

    id: str
    report: str
    incident: str
    origin: str
    published: str | None = None
    publisher: str | None = None
    day_from: str | None = None
    day_to: str | None = None
    countries: tuple[str, ...] = ()
    judged: Verdict | None = None
    event: Event

    def _repr_html_(self) -> str:
        """Return it as notebooks show it."""
        from casus._html import event_html

        return event_html(replace(self.event, id=self.id))


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentVersion(Record):
    """An incident as it stood from `valid_from` until `valid_to`, None for now; why it changed, and by which run.

    A retired incident went `into` another. The incident's `events` are events of the store, its toll's `reports` ids
    of reports.
    """

    incident: Incident
    version: int
    valid_from: str
    valid_to: str | None = None
    reason: ChangeReason
    into: str | None = None
    run: int | None = None
    detail: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def _repr_html_(self) -> str:
        """Return it as notebooks show it."""
        from casus._html import incident_html

        return incident_html(self.incident)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement(Record):
    """What a person decided about an event or an incident; later ones win, none is erased.

    `target` is the event or incident judged, for `undo` the number of a judgement; `slot` and `value` say what is
    corrected, `others` what is merged into the target or split off it.
    """

    id: int
    kind: JudgementKind
    target: str
    slot: str | None = None
    value: Any = None
    others: tuple[str, ...] = ()
    by: str
    at: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Constraint(Record):
    """What a judgement says of incidents: `events` are of one happening with `others`, or are not."""

    kind: Literal["together", "apart"]
    events: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run(Record):
    """One run of a command over the store: what ran, with which versions, and what came of it."""

    id: int
    command: str
    started: str
    ended: str | None = None
    versions: Mapping[str, str] = field(default_factory=dict, hash=False)
    counts: Mapping[str, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance(Record):
    """Where a report came from and what coded it: the run that last wrote it, and all that intake told of it."""

    report: str
    added: str
    run: Run | None = None
    origin: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Hit(Record):
    """A report that a search found, with the words around the first match."""

    report: str
    title: str | None
    published: str | None
    publisher: str | None
    excerpt: str


SumUp = Callable[[str, Sequence[StoredEvent]], Incident]
"""Sums events up as the incident of that id."""
