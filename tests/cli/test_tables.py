"""A coded report drawn for a reader: the whole page, in its widths."""

from dataclasses import replace

import pytest

from casus.cli.outputs import Look
from casus.cli.tables import draw_report, show_value, sort_incidents
from casus.records import Link
from tests.cli.builders import report, shelling

PAGE = """\
Rebels shell Goma
2031-05-06 · Example Wire

    when        actors            type:mode         recipients        where  toll        modality          says who
────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
e1  2031-05-05  Rebels [COD REB]  ASSAULT:                            Goma   12+ killed  actual            police claims
                                  heavy-weapons
e2              the army          ASSAULT           the rebels [COD                      hypothetical,
                                                    REB]                                 hedged
"""
EVIDENCE = """
Evidence
  e1 “shelled” ASSAULT: heavy-weapons, confidence 0.91
      actors       “Rebels” 19-25
      when         “on Monday” 39-48
      where        “Goma” 34-38
      toll         “at least 12 people” 58-76
      says who     “police” 78-84 by “claimed”
      entry        ASSAULT:verb:shell
      network      0.91
      slots        actor: subj
  e2 “attack” ASSAULT, confidence 0.50
      actors       “the army” 107-115
      recipients   “the rebels” 127-137
      answers      e1 “In response”
"""
CHAIN = """
Chain
  i1  ASSAULT: heavy-weapons  Rebels [COD REB] · 2031-05-05 · Goma · 12+ killed   e1 “shelled”
  i2  ASSAULT  the army → the rebels [COD REB] · announced   e2 “attack”
      └─ answers i1 “In response”

"""


def test_the_page() -> None:
    """Heading, events, chain; what the text leaves open is left empty."""
    assert draw_report(report(), Look()) == PAGE + CHAIN


def test_the_page_explained() -> None:
    """The evidence stands between events and chain."""
    assert draw_report(report(), Look(explain=True)) == PAGE + EVIDENCE + CHAIN


def test_a_report_without_events() -> None:
    """It is said that there are none."""
    page = draw_report(report(title=None, published=None, publisher=None, events=(), incidents=(), links=()), Look())
    head = "Rebels shell Goma Rebels shelled Goma on Monday, killing at least 12 people, police claimed. In …"
    assert page.splitlines() == [head, "no date", "", "  No events found.", ""]


@pytest.mark.parametrize("width", [60, 80, 200])
def test_every_width_has_room_for_all(width: int) -> None:
    """No line is longer, and every event and header stays."""
    page = draw_report(report(), Look(width=width))
    assert max(map(len, page.splitlines())) <= width
    assert "e1" in page
    assert "polic" in page


def test_colours_only_where_wanted() -> None:
    """Escape sequences are for terminals; those in a report are taken out."""
    evil = replace(shelling(), trigger=replace(shelling().trigger, text="shell\x1b[2Jed"))
    assert "\x1b[31m" in draw_report(report(), Look(colour=True))
    assert "\x1b" not in draw_report(report(title="a\x1b[2J", events=(evil,)), Look(explain=True))


def test_incidents_come_after_what_they_answer() -> None:
    """By time; without a time behind the one they answer; a circle does not hang."""
    second, first = report().incidents
    links = (Link("i2", "i1", "responds_to"), Link("i1", "i2", "follows"), Link("i2", "i9", "follows"))
    assert sort_incidents((second, first), links[:1]) == [first, second]
    assert len(sort_incidents((second, first), links)) == 2


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"start": 1, "end": 5, "text": "Iran"}, "“Iran” 1-5"),
        (("a", None, ("b", {})), "a, b"),
        ({"slot": {"text": "x"}}, "slot: text: x"),
        (None, ""),
        (True, "True"),
    ],
)
def test_any_evidence_can_be_shown(value: object, words: str) -> None:
    """Whatever keys the coder uses."""
    assert show_value(value) == words
