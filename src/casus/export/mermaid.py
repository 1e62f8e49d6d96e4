"""Mermaid: the newest incidents and what answers what as a flowchart, small enough for Mermaid to draw."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import BinaryIO

from casus.export.forms import Column, Format, word_set
from casus.export.sources import Source
from casus.flowcharts import draw_flowchart, label_incident
from casus.records import Incident

MOST, MOST_LINKS, MOST_CHARACTERS = 200, 500, 40_000
"""Incidents, arrows and characters of labels: Mermaid draws no more than 500 arrows and 50,000 characters."""
TOO_MANY = f"incidents, as a flowchart has at most {MOST} of the newest"
COLUMNS = (
    Column("node", "string", "an incident: type and mode, status, sides, place, first day, and its id in brackets"),
    Column("arrow", "string", "from cause to answer, with the words that say so, else the kind of link"),
)


@dataclass(slots=True)
class _Newest:
    """The last incidents that came, as many as a chart has room for."""

    kept: list[Incident] = field(default_factory=list)
    dropped: int = 0

    def add(self, incident: Incident) -> None:
        self.kept.append(incident)
        if len(self.kept) > 2 * MOST:
            self._cut(MOST)

    def _cut(self, most: int) -> None:
        self.dropped += max(0, len(self.kept) - most)
        self.kept = self.kept[-most:] if most else []

    def finish(self) -> None:
        """Keep as many as the chart has room for, in number and in characters."""
        self._cut(MOST)
        room, fit = MOST_CHARACTERS, 0
        for incident in reversed(self.kept):
            room -= len(label_incident(incident))
            fit += room >= 0
        self._cut(fit)


def _write(source: Source, file: BinaryIO) -> None:
    newest = _Newest()
    for told in source.happenings():
        newest.add(told.incident)
    newest.finish()
    source.losses.leave_out(TOO_MANY, newest.dropped)
    known = {incident.id for incident in newest.kept}
    found = source.store.links_of(known)
    links = [link for link in found if link.source in known and link.target in known]
    source.losses.leave_out("links to incidents that are not in the chart", len(found) - len(links))
    source.losses.leave_out("links beyond what Mermaid draws", max(0, len(links) - MOST_LINKS))
    file.write(draw_flowchart(newest.kept, links[:MOST_LINKS]).encode())
    source.losses.written = len(newest.kept)


FORMAT = Format(
    name="mermaid",
    title="Mermaid",
    about="A flowchart of the newest incidents, an arrow from each cause to its answer; Markdown viewers draw it. One "
    "incident's chain: `casus chain INCIDENT --format mermaid`.",
    unit="incidents",
    suffix=".mmd",
    media="text/vnd.mermaid",
    columns=COLUMNS,
    keeps=word_set("incident stored_incidents type mode party_names further_parties when where status links"),
    write=_write,
    done_only=False,
)
