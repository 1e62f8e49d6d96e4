"""Which event answers which, and the words that say so."""

import pytest

from casus.link.report import link_report
from casus.link.responses import find_answers, find_cue, incident_links
from casus.records import Answer, Event, Extent, Report, Span
from tests.link.builders import event, party, report

ISRAEL, IRAN = party("Israel", "ISR"), party("Iran", "IRN")


def place_in(text: str, name: str, type_: str, word: str, **fields: object) -> Event:
    """Return the event of `word` in a text of one sentence a line."""
    at = text.index(word)
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    extent = Extent(start, end if end >= 0 else len(text))
    return event(name, type_, word, at, **{"sentence": extent, **fields})


def pair(text: str, first: str, second: str) -> Report:
    """Return a report in which Iran does the first thing to Israel and Israel the second to Iran."""
    one = place_in(text, "e1", "ASSAULT", first, actors=(IRAN,), recipients=(ISRAEL,))
    two = place_in(text, "e2", "ASSAULT", second, actors=(ISRAEL,), recipients=(IRAN,))
    return report(one, two, text=text)


@pytest.mark.parametrize(
    ("text", "first", "second", "expected"),
    [
        ("Israel bombed Iran in retaliation for a rocket attack.", "attack", "bombed", "in retaliation for"),
        ("Israel bombed Iran in response to the attack.", "attack", "bombed", "in response to"),
        ("Israel bombed Iran after Iran attacked it.", "attacked", "bombed", "after"),
        ("Iran attacked Israel.\nIn response, Israel bombed Iran.", "attacked", "bombed", "In response"),
        ("Iran attacked Israel.\nIsrael retaliated and bombed Iran.", "attacked", "bombed", "retaliated"),
        ("Iran attacked Israel.\nIsrael bombed Iran.", "attacked", "bombed", None),
    ],
)
def test_the_cue_is_found(text: str, first: str, second: str, expected: str | None) -> None:
    """Between the triggers of a sentence, or before the trigger of a later one; its span points into the text."""
    made = pair(text, first, second)
    cue = find_cue(made, made.events[1], made.events[0])
    assert (cue.text if cue else None) == expected
    assert cue is None or text[cue.start : cue.end] == cue.text


def test_retaliation_is_an_answer() -> None:
    """By the later act, not by the earlier one."""
    made = pair("Israel bombed Iran in retaliation for a rocket attack.", "attack", "bombed")
    answers = find_answers(made, {"e1": "i1", "e2": "i2"})
    assert {name: [answer.id for answer in found] for name, found in answers.items()} == {"e2": ["e1"]}


def test_mere_order_is_no_answer() -> None:
    """Far apart and without a word that says so."""
    text = "Kenya signed a treaty.\n" + "x\n" * 3 + "Teachers marched in Peru."
    one = place_in(text, "e1", "SUPPORT", "signed", actors=(party("Kenya", "KEN"),))
    two = place_in(text, "e2", "PROTEST", "marched", actors=(party("Teachers", "PER"),))
    assert find_answers(report(one, two, text=text), {"e1": "i1", "e2": "i2"}) == {}


def test_one_incident_does_not_answer_itself() -> None:
    """Two mentions of a happening."""
    made = pair("Israel bombed Iran in retaliation for a rocket attack.", "attack", "bombed")
    assert find_answers(made, {"e1": "i1", "e2": "i1"}) == {}


def test_no_two_answer_each_other() -> None:
    """Whatever the weights say."""
    made = link_report(pair("Iran attacked Israel.\nIn response, Israel bombed Iran.", "attacked", "bombed"))
    pairs = {(event.id, answer.id) for event in made.events for answer in event.responds_to}
    assert not pairs & {(b, a) for a, b in pairs}


def test_links_run_between_incidents() -> None:
    """Each pair once, explicit where there is a cue."""
    cue = Span(0, 5, "after")
    events = [
        event("e1", incident="i1"),
        event("e2", incident="i2", responds_to=(Answer("e1", cue),)),
        event("e3", incident="i2", responds_to=(Answer("e1"),)),
        event("e4", incident="i3", responds_to=(Answer("e2"),)),
    ]
    links = incident_links(events)
    assert [(link.source, link.target, link.kind, link.explicit, link.cue) for link in links] == [
        ("i2", "i1", "responds_to", True, cue),
        ("i3", "i2", "responds_to", False, None),
    ]


def test_linking_keeps_events_and_gives_each_an_incident() -> None:
    """And every link leads from one incident to another."""
    made = link_report(pair("Israel bombed Iran in retaliation for a rocket attack.", "attack", "bombed"))
    ids = {incident.id for incident in made.incidents}
    assert [event.id for event in made.events] == ["e1", "e2"]
    assert {event.incident for event in made.events} == ids
    assert all({link.source, link.target} <= ids for link in made.links)
