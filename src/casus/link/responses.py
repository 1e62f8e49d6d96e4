"""Find which event answers which, with the words that say so. Mere order in time is no answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from casus.link.pairs import Placed, answering, place_events
from casus.logistic import load_models
from casus.records import Answer, Event, Link, Report, Span

THRESHOLD = 0.4  # best F1 on reports that the network has not seen
BACK = 2  # sentences with events that an answer may lie behind what it answers
PLAIN = re.compile(r"[^\w]*(?:\w+ )?in (?:response|retaliation|reprisal|revenge|reply|reaction)\b", re.IGNORECASE)
PLAIN_TO = re.compile(
    r"\bin (?:response|retaliation|reprisal|revenge|reply|reaction) (?:to|for|against)\b", re.IGNORECASE
)
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
    """Event id → what it answers, plainest first; never an event of its own incident, never both ways."""
    model = load_models("casus.link")["answers"]
    placed = sorted(place_events(report), key=lambda p: p.event.trigger.start)
    pairs = [(a, b) for k, a in enumerate(placed) for b in neighbours(placed, k) if _may_answer(a, b, groups)]
    scored = [(model.probability(answering(report, a, b)), a, b) for a, b in pairs]
    plain = [(1.0, a, b) for a, b in plain_answers(report, placed) if _may_answer(a, b, groups)]
    answers: dict[str, list[Answer]] = {}
    taken: set[tuple[str, str]] = set()
    for chance, a, b in sorted(plain + scored, key=lambda s: -s[0]):
        pair = (groups[a.event.id], groups[b.event.id])
        known = any(groups[x.id] == pair[1] for x in answers.get(a.event.id, ()))
        if chance >= THRESHOLD and pair[::-1] not in taken and not known:
            taken.add(pair)
            answers.setdefault(a.event.id, []).append(Answer(b.event.id, find_cue(report, a.event, b.event)))
    return {id_: tuple(found) for id_, found in answers.items()}


def plain_answers(report: Report, placed: Sequence[Placed]) -> Iterator[tuple[Placed, Placed]]:
    """Pairs that `in response`, `in retaliation for` and the like join outright, in or across sentences."""
    for k, answer in enumerate(placed):
        start = answer.event.sentence.start
        opening = PLAIN.match(report.text, start, answer.event.trigger.start)
        before = [p for p in neighbours(placed, k) if p.sentence == answer.sentence - 1]
        if opening and before and (k == 0 or placed[k - 1].sentence != answer.sentence):
            yield answer, before[0]
        after = placed[k + 1] if k + 1 < len(placed) and placed[k + 1].sentence == answer.sentence else None
        if after and PLAIN_TO.search(report.text, answer.event.trigger.end, after.event.trigger.start):
            yield answer, after


def neighbours(placed: Sequence[Placed], k: int) -> Iterator[Placed]:
    """The events that event number k could answer by their distance: BACK sentences before it to the end of its own."""
    first = k
    while first and placed[k].sentence - placed[first - 1].sentence <= BACK:
        first -= 1
    for number in range(first, len(placed)):
        if placed[number].sentence > placed[k].sentence:
            return
        yield placed[number]


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
