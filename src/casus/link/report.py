"""Link one report: which events tell of one happening, what each answers, and what one mention lends another."""

from __future__ import annotations

from dataclasses import replace

from casus.link.fill import lend_slots
from casus.link.incidents import build_incidents, group_events
from casus.link.parties import lend_parties
from casus.link.responses import find_answers, incident_links
from casus.link.scene import lend_scenes
from casus.records import Report


def link_report(report: Report) -> Report:
    """The report with `incident` and `responds_to` on its events, and with incidents and links.

    Incidents and answers are judged on what the sentences say themselves, before anything is lent.
    """
    groups = group_events(report)
    answers = find_answers(report, groups)
    filled = replace(report, events=lend_parties(report))
    events = lend_scenes(replace(filled, events=lend_slots(filled.events, groups)))
    events = tuple(replace(e, incident=groups[e.id], responds_to=answers.get(e.id, ())) for e in events)
    linked = replace(report, events=events)
    return replace(linked, incidents=build_incidents(linked), links=incident_links(events))
