"""Find which event answers which, with the words that say so. Mere order in time is no answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from casus.link.pairs import Placed, answering, place_events
from casus.logistic import load_models
from casus.records import Answer, Event, Link, Report, Span

THRESHOLD = 0.35  # best F1 on train, see train.links
BACK = 2  # sentences with events that an answer may lie behind what it answers
# words that say that one act answers another, the plainest first
CUES = tuple(
    re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for words in (
        r"in (?:response|retaliation|reaction|reply|revenge|reprisal|protest)(?: (?:to|for|at|of|against|over))?",
        r"in a bid to \w+",
        r"retaliat\w+|aveng\w+|respond\w*|react\w*|prompt\w+|triggered|sparked|because of|due to|amid|citing",
        r"after|following|over|against|protesting|condemn\w*|denounc\w*|for",
    )
)


def find_answers(report: Report, groups: Mapping[str, str]) -> dict[str, tuple[Answer, ...]]:
    """Event id → what it answers, likeliest first; never an event of its own incident, never both ways."""
    model = load_models("casus.link")["answers"]
    placed = place_events(report)
    scored = [
        (p, a, b)
        for a in placed
        for b in placed
        if _may_answer(a, b, groups) and (p := model.probability(answering(report, a, b))) >= THRESHOLD
    ]
    answers: dict[str, list[Answer]] = {}
    taken: set[tuple[str, str]] = set()
    for _, a, b in sorted(scored, key=lambda s: -s[0]):
        pair = (groups[a.event.id], groups[b.event.id])
        if pair[::-1] in taken or (pair in taken and any(groups[x.id] == pair[1] for x in answers.get(a.event.id, ()))):
            continue
        taken.add(pair)
        answers.setdefault(a.event.id, []).append(Answer(b.event.id, find_cue(report, a.event, b.event)))
    return {id_: tuple(found) for id_, found in answers.items()}


def _may_answer(a: Placed, b: Placed, groups: Mapping[str, str]) -> bool:
    return (
        0 <= a.sentence - b.sentence <= BACK and a.event.id != b.event.id and groups[a.event.id] != groups[b.event.id]
    )


def find_cue(report: Report, one: Event, two: Event) -> Span | None:
    """The plainest words between two triggers, or before the answer's, that say that one answers the other."""
    first, second = sorted((one.trigger, two.trigger), key=lambda t: t.start)
    same = one.sentence == two.sentence
    low, high = (first.end, second.start) if same else (one.sentence.start, one.trigger.end)
    match = next((m for cue in CUES if (m := cue.search(report.text, low, high))), None)
    return Span(match.start(), match.end(), match[0]) if match else None


def incident_links(events: Sequence[Event]) -> tuple[Link, ...]:
    """Answers between events as links between their incidents, each pair once."""
    incident = {e.id: e.incident or e.id for e in events}
    links: dict[tuple[str, str], Link] = {}
    for event in events:
        for answer in event.responds_to:
            pair = (incident[event.id], incident[answer.id])
            links.setdefault(pair, Link(*pair, "responds_to", answer.cue is not None, answer.cue, event.confidence))
    return tuple(links.values())
