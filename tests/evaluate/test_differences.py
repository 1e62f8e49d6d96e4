"""What is told of wrong statements, and of two runs."""

from typing import Any

import pytest

from casus.evaluate import score_all
from casus.evaluate.differences import KINDS, find_changes, find_differences
from casus.evaluate.tables import WORDS, write_page
from tests.evaluate.builders import bombed, event, match, party, report, sent, shelled

GOLD = report(shelled(), bombed())


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ([shelled(), bombed()], []),
        ([shelled()], [("missed", "", "")]),
        ([shelled(), bombed(type="AID")], [("type", "ASSAULT", "AID")]),
        ([shelled(), bombed(), event("e9", "troops", "AID")], [("spurious", "", "")]),
        ([shelled(actors=[]), bombed()], [("actors", "Rebels [COD]", "")]),
        ([shelled(mode="aerial"), bombed()], [("mode", "heavy-weapons", "aerial")]),
        ([shelled(), bombed(modality="future")], [("modality", "actual", "future")]),
        ([shelled(when=None), bombed()], [("when", "2031-05-05..2031-05-05 “on Monday”", "")]),
        ([shelled(where=None), bombed()], [("where", "Goma [COD]", "")]),
        ([shelled(quantities=[]), bombed()], [("quantities", "12-? killed", "")]),
        ([shelled(), bombed(responds_to=[])], [("responds_to", "e1", "")]),
        ([shelled(attribution=None), bombed()], [("attribution", "police [COD]", "")]),
        ([shelled(recipients=[party("Goma", "RWA")]), bombed()], [("recipients", "Goma [COD]", "Goma [RWA]")]),
    ],
)
def test_differences(own: list[dict[str, Any]], expected: list[tuple[str, str, str]]) -> None:
    """One a slot, with both values."""
    found = find_differences([match(GOLD, report(*own))])
    assert [(item.kind, item.gold, item.own) for item in found] == expected


def test_a_difference_is_one_line() -> None:
    """Kind, report, type, trigger, the words around it, both values."""
    (item,) = find_differences([match(GOLD, report(shelled(mode=None), bombed()))])
    told = str(item).split(" | ")
    assert told[:4] == ["mode", "goma", "ASSAULT", "shelled"]
    assert told[-1] == "gold heavy-weapons, coded nothing"


def test_changes_between_runs() -> None:
    """Gained, lost, and what is wrong in one run alone."""
    own, other = match(GOLD, report(shelled(), sent())), match(GOLD, report(bombed(), event("e9", "camp", "AID")))
    found = [(change.kind, change.trigger) for change in find_changes([own], [other])]
    assert found == [("gained", "shelled"), ("lost", "bombed"), ("wrong", "sent"), ("gone", "camp")]


def test_every_kind_has_words() -> None:
    """For the page."""
    assert set(WORDS) == set(KINDS)


def test_the_page() -> None:
    """Slots, types with their modes and largest classes of errors, classes of errors."""
    matches = [match(GOLD, report(shelled(mode="aerial"), bombed(type="AID")))]
    lines = write_page(score_all(matches), list(find_differences(matches))).splitlines()
    assert "| type | 50.0 | 50.0 | 50.0 | 2 | 2 |" in lines
    assert "| **ASSAULT** | 100.0 | 50.0 | 66.7 | 2 | 1 | wrong mode 1, found as AID 1 |" in lines
    assert "| heavy-weapons | – | 0.0 | 0.0 | 1 | 0 | |" in lines
    assert "| **AID** | 0.0 | – | 0.0 | 0 | 1 | was ASSAULT 1 |" in lines
    assert "| found as another type | 1 | 50.0 |" in lines


def test_confidence_has_its_table() -> None:
    """Where the coder tells it: how many of each bin are right, and how far both are apart."""
    own = report(shelled(confidence=0.9), bombed(type="AID", confidence=0.25))
    lines = write_page(score_all([match(GOLD, own)]), []).splitlines()
    assert "| 0.9 | 1 | 90.0 | 1 | 100.0 |" in lines
    assert "| 0.2 | 1 | 25.0 | 0 | 0.0 |" in lines
    assert lines[-1] == "Expected calibration error: 17.5 per cent."
