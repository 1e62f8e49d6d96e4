"""What linking across reports asks of a store, by key only: nothing scans. `casus.Store` and `MemoryArchive` do it.

In an archive an event is named by its report and its id there (`r1:e1`), an incident by the report that opened it
(`r1:i1`). Every report is added first, which opens one incident for each of its own; linking moves events between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from casus.link.across.tellings import Telling
from casus.link.across.tolls import Reckoning
from casus.records import Incident, Record
from casus.stored import ChangeReason, Constraint

ChangeKind = Literal["joined", "merged", "split"]
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening(Record):
    """One incident as many reports tell it: summed up, with all figures, the number of `sources` and tellings."""

    incident: Incident
    tolls: Mapping[str, Reckoning] = field(default_factory=dict, hash=False)
    sources: int = 0
    tellings: tuple[Telling, ...] = ()


@dataclass(frozen=True, slots=True)
class Why(Record):
    """One sign that counted in a decision, what it means and what it added to the log-odds."""

    name: str
    meaning: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Record):
    """What became of an incident: through which report, with which other incidents, how surely and why."""

    incident: str
    kind: ChangeKind
    report: str
    others: tuple[str, ...] = ()
    score: float | None = None
    why: tuple[Why, ...] = ()


class Archive(Protocol):
    """Where reports, sketches, tellings and incidents are kept. All calls for one report belong in one transaction."""

    def put_sketch(self, report_id: str, sketch: bytes, bands: Sequence[str]) -> None:
        """Keep a report's sketch under its bands, in the place of what was kept of it before."""

    def near(self, bands: Sequence[str]) -> Sequence[tuple[str, str, bytes]]:
        """Report, origin and sketch of the reports that share any of the bands."""

    def set_origin(self, report_id: str, origin_id: str) -> None:
        """Say which report told first what this one copies."""

    def put_tellings(self, report_id: str, rows: Sequence[Json]) -> None:
        """Keep a report's tellings, `{id, event, keys, record}` each, in the place of those kept before."""

    def find_homes(self, keys: Sequence[str], limit: int) -> Sequence[str]:
        """Live incidents with tellings under any of the keys, those of most common keys first."""

    def tellings_in(self, incident_ids: Sequence[str]) -> Mapping[str, Sequence[Json]]:
        """The records of the tellings whose first event is in each of these incidents."""

    def event_ids_in(self, incident_ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """All events of each of these incidents."""

    def homes_of(self, event_ids: Sequence[str]) -> Mapping[str, str]:
        """The incident that each of these events is in."""

    def put_incident(self, incident: Incident, *, reason: ChangeReason, detail: Json) -> None:
        """Keep a new version of an incident, which takes its events over from wherever they are."""

    def constraints(self, event_ids: Iterable[str]) -> Sequence[Constraint]:
        """What people judged of these events: which are of one happening, and which are not."""
