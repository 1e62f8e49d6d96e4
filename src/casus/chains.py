"""The chain of an incident: what it answered, and what answered it, as far as asked for. Draws nothing.

Backwards from the incident go what it answered, what that answered, and so on; forwards what answered it. An incident
met twice is kept once, so circles of blow and counter-blow end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from casus.errors import StoreError
from casus.records import Incident, Link, Record
from casus.stored import IncidentVersion

DEPTH = 5  # links away from the incident, each way
MOST = 200  # incidents


class Links(Protocol):
    """Where a chain is looked up: a store, or an archive in memory."""

    def links_of(self, incident_ids: Iterable[str]) -> Sequence[Link]:
        """Links from or to these live incidents."""

    def incidents_by_id(self, ids: Iterable[str]) -> Mapping[str, IncidentVersion]:
        """These incidents as they stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain(Record):
    """An incident with all that it answers and that answers it.

    `steps` tells for each incident how many links away it is: below zero what came before, above zero what followed.
    Where more than `MOST` incidents would belong to it, the nearest are kept and `cut` is true.
    """

    root: str
    steps: Mapping[str, int] = field(hash=False)
    incidents: Mapping[str, Incident] = field(hash=False)
    links: tuple[Link, ...] = ()
    cut: bool = False

    def ordered(self) -> tuple[Incident, ...]:
        """The incidents from the furthest cause to the furthest answer, those of one step by day."""
        return tuple(sorted(self.incidents.values(), key=lambda i: (self.steps[i.id], _day(i), i.id)))


def _day(incident: Incident) -> str:
    return incident.when.start if incident.when else "9999"


def build_chain(incident: str, source: Links, *, depth: int = DEPTH, most: int = MOST) -> Chain:
    """The chain of an incident.

    Args:
        incident: Its id.
        source: Where links and incidents are looked up.
        depth: Links away from it, each way.
        most: Incidents at most.

    Raises:
        StoreError: There is no such incident.
    """
    found = source.incidents_by_id([incident])
    if incident not in found:
        raise StoreError(f"found no incident {incident!r}")
    root = found[incident].incident.id
    steps = {root: 0}
    links: dict[tuple[str, str, str], Link] = {}
    for way in (-1, 1):
        _walk(root, way, source, depth, (steps, links))
    kept = sorted(steps, key=lambda id_: (abs(steps[id_]), steps[id_], id_))[:most]
    return Chain(
        root=root,
        steps={id_: steps[id_] for id_ in kept},
        incidents={id_: version.incident for id_, version in source.incidents_by_id(kept).items()},
        links=tuple(k for _, k in sorted(links.items()) if k.source in kept and k.target in kept),
        cut=len(steps) > most,
    )


State = tuple[dict[str, int], dict[tuple[str, str, str], Link]]


def _walk(root: str, way: int, source: Links, depth: int, state: State) -> None:
    """Go from the root along the links one way, a step at a time, and note in the state what is met."""
    steps, links = state
    edge = [root]
    for step in range(1, depth + 1):
        ahead: dict[str, None] = {}
        for link in _ends(source.links_of(edge), edge, way):
            links[link.source, link.target, link.kind] = link
            other = link.target if way < 0 else link.source
            if other not in steps:
                steps[other] = way * step
                ahead[other] = None
        if not ahead:
            return
        edge = sorted(ahead)


def _ends(links: Sequence[Link], edge: Sequence[str], way: int) -> list[Link]:
    """Links that lead from the edge the right way; mere order in time is no chain."""
    near = set(edge)
    return [k for k in links if k.kind != "follows" and (k.source if way < 0 else k.target) in near]
