"""Incidents as labels of one line and, with the links between them, as Mermaid flowcharts; looks nothing up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from casus.records import Incident, Link, Party
from casus.words import plain

ANSWERS: Mapping[str, tuple[str, str]] = {
    "responds_to": ("answers", "answered by"),
    "fulfils": ("fulfils", "fulfilled by"),
    "part_of": ("is part of", "of which part is"),
    "follows": ("follows", "followed by"),
}
"""What a link is called from its source and from its target."""
NAMED = 3  # parties of a side that a label names


def draw_flowchart(incidents: Iterable[Incident], links: Iterable[Link], *, root: str | None = None) -> str:
    """Return a Mermaid flowchart from causes to answers.

    Args:
        incidents: Its nodes, in their order.
        links: Its arrows; both ends must be among the incidents.
        root: The incident that is drawn bold.
    """
    told = tuple(incidents)
    names = {incident.id: f"n{nth}" for nth, incident in enumerate(told, 1)}
    nodes = [f'  {names[incident.id]}["{_escape(label_incident(incident))}"]' for incident in told]
    edges = [f'  {names[k.target]} -->|"{_escape(link_words(k))}"| {names[k.source]}' for k in links]
    style = [f"  style {names[root]} stroke-width:3px"] if root is not None else []
    return "\n".join(["flowchart LR", *nodes, *edges, *style]) + "\n"


def _escape(text: str) -> str:
    """Mermaid's own marks for what would end a label."""
    return text.replace("#", "#35;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")


def link_words(link: Link) -> str:
    """Return the words that say it answers, else what the link is called from its target."""
    return plain(link.cue.text) if link.cue else ANSWERS[link.kind][1]


def label_incident(incident: Incident) -> str:
    """Return an incident in one line: what, who to whom, where, when, and its id."""
    sides = " → ".join(side for side in (side_words(incident.actors), side_words(incident.recipients)) if side)
    place = incident.where and (incident.where.name or incident.where.text)
    when = incident.when.start if incident.when else None
    told = [part for part in (type_words(incident), sides, place, when) if part]
    return f"{plain(' · '.join(told))} [{incident.id}]"


def type_words(incident: Incident) -> str:
    """Return type and mode, and the status where it is more than reported."""
    status = "" if incident.status in ("reported", "corroborated") else f" ({incident.status})"
    return f"{incident.type} {incident.mode}{status}" if incident.mode else f"{incident.type}{status}"


def side_words(parties: Sequence[Party]) -> str:
    """Return the names of a side, each once, the first few in full."""
    names = list(dict.fromkeys(plain(p.name or p.text) for p in parties))
    return ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")
