"""An archive in dicts: for tests, benches and chains of a file of coded reports. Keeps nothing on disk."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from casus.link.across.archive import Json
from casus.records import Incident, Link, Report
from casus.stored import ChangeReason, Constraint, IncidentVersion


class MemoryArchive:
    """Keeps reports' sketches, tellings and incidents with all versions.

    Attributes:
        versions: All versions of each incident, oldest first; the last of a retired one says where it went.
        judgements: What people judged; append to it.
    """

    def __init__(self) -> None:
        self.versions: dict[str, list[IncidentVersion]] = {}
        self.judgements: list[Constraint] = []
        self._homes: dict[str, str] = {}  # event → incident
        self._events: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._links: defaultdict[str, dict[tuple[str, str, str], Link]] = defaultdict(dict)  # by event, both ends
        self._sketches: dict[str, tuple[bytes, tuple[str, ...]]] = {}
        self._origins: dict[str, str] = {}
        self._bands: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._tellings: dict[str, Json] = {}
        self._of_report: defaultdict[str, list[str]] = defaultdict(list)
        self._first: defaultdict[str, dict[str, None]] = defaultdict(dict)  # first event → tellings
        self._filed: defaultdict[str, dict[str, None]] = defaultdict(dict)

    def add(self, report: Report) -> None:
        """Open one incident for each of a report's own; a report that is known already changes nothing."""
        if any(f"{report.id}:{i.id}" in self.versions for i in report.incidents):
            return
        for incident in report.incidents:
            events = tuple(f"{report.id}:{event}" for event in incident.events)
            opened = replace(incident, id=f"{report.id}:{incident.id}", events=events)
            self.put_incident(opened, reason="created", detail={})
        first = {i.id: f"{report.id}:{i.events[0]}" for i in report.incidents if i.events}
        for link in report.links:
            if link.source in first and link.target in first:
                self._add_link(replace(link, source=first[link.source], target=first[link.target]))

    def _add_link(self, link: Link) -> None:
        for event in (link.source, link.target):
            self._links[event][link.source, link.target, link.kind] = link

    def put_sketch(self, report_id: str, sketch: bytes, bands: Sequence[str]) -> None:
        """Keep a report's sketch in the place of what was kept of it before."""
        for band in self._sketches.get(report_id, (b"", ()))[1]:
            self._bands[band].pop(report_id, None)
        self._sketches[report_id] = sketch, tuple(bands)
        for band in bands:
            self._bands[band][report_id] = None

    def near(self, bands: Sequence[str]) -> Sequence[tuple[str, str, bytes]]:
        """Report, origin and sketch of the reports that share any of the bands."""
        reports = dict.fromkeys(report for band in bands for report in self._bands.get(band, ()))
        return [(report, self._origins.get(report, report), self._sketches[report][0]) for report in reports]

    def set_origin(self, report_id: str, origin_id: str) -> None:
        """Say which report told first what this one copies."""
        self._origins[report_id] = origin_id

    def put_tellings(self, report_id: str, rows: Sequence[Json]) -> None:
        """Keep a report's tellings in the place of those kept before."""
        for id_ in self._of_report.pop(report_id, []):
            self._withdraw(id_)
        for row in rows:
            self._tellings[row["id"]] = row
            self._of_report[report_id].append(row["id"])
            self._first[row["event"]][row["id"]] = None
            for key in row["keys"]:
                self._filed[key][row["id"]] = None

    def _withdraw(self, telling: str) -> None:
        row = self._tellings.pop(telling)
        self._first[row["event"]].pop(telling, None)
        for key in row["keys"]:
            self._filed[key].pop(telling, None)

    def find_homes(self, keys: Sequence[str], limit: int) -> Sequence[str]:
        """Live incidents with tellings under any of the keys, those of most common keys first."""
        shared = Counter(self._homes[self._tellings[t]["event"]] for key in keys for t in self._filed.get(key, ()))
        return sorted(shared, key=lambda id_: (-shared[id_], id_))[:limit]

    def tellings_in(self, incident_ids: Sequence[str]) -> Mapping[str, Sequence[Json]]:
        """The records of the tellings whose first event is in each of these incidents."""
        return {
            id_: [self._tellings[t]["record"] for e in self._events.get(id_, ()) for t in self._first.get(e, ())]
            for id_ in incident_ids
        }

    def event_ids_in(self, incident_ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """All events of each of these incidents."""
        return {id_: list(self._events.get(id_, ())) for id_ in incident_ids}

    def homes_of(self, event_ids: Sequence[str]) -> Mapping[str, str]:
        """The incident that each of these events is in."""
        return {event: self._homes[event] for event in event_ids if event in self._homes}

    def put_incident(self, incident: Incident, *, reason: ChangeReason, detail: Json) -> None:
        """Keep a new version of an incident, which takes its events over; incidents left empty are retired into it."""
        self._append(IncidentVersion(incident=incident, version=0, valid_from="", reason=reason, detail=detail))
        for event in incident.events:
            loser = self._homes.get(event, incident.id)
            self._events[loser].pop(event, None)
            self._homes[event] = incident.id
            if loser != incident.id and not self._events[loser]:
                self._retire(loser, incident.id)
        self._events[incident.id] |= dict.fromkeys(incident.events)

    def _retire(self, loser: str, winner: str) -> None:
        self._append(replace(self.versions[loser][-1], reason="merged", into=winner, detail={}))

    def _append(self, version: IncidentVersion) -> None:
        history = self.versions.setdefault(version.incident.id, [])
        history.append(replace(version, version=len(history) + 1))

    def constraints(self, event_ids: Iterable[str]) -> Sequence[Constraint]:
        """What people judged of these events."""
        wanted = set(event_ids)
        return [c for c in self.judgements if wanted & {*c.events, *c.others}]

    def links_of(self, incident_ids: Iterable[str]) -> Sequence[Link]:
        """Links from or to these live incidents, between the incidents that hold their events now."""
        found = {
            key: link
            for id_ in incident_ids
            for event in self._events.get(id_, ())
            for key, link in self._links.get(event, {}).items()
        }
        lifted = (replace(k, source=self._homes[k.source], target=self._homes[k.target]) for k in found.values())
        return tuple(link for link in lifted if link.source != link.target)

    def incidents_by_id(self, ids: Iterable[str]) -> Mapping[str, IncidentVersion]:
        """These incidents as they stand; a retired one leads to the one it went into."""
        return {id_: self._follow(self.versions[id_][-1]) for id_ in ids if id_ in self.versions}

    def _follow(self, version: IncidentVersion) -> IncidentVersion:
        while version.into is not None:
            version = self.versions[version.into][-1]
        return version
