"""Which statements belong together."""

import pytest

from casus.errors import RecordError
from tests.evaluate.builders import TEXT, bombed, event, match, party, report, sent, shelled


def test_the_same_trigger_and_type_come_first() -> None:
    """A statement of another type at the same word is left for the next round."""
    found = match(report(shelled()), report(event("a", "shelled", "COERCE"), event("b", "shelled", "ASSAULT")))
    assert found.pairs == ((0, 1),)


def test_the_same_trigger_pairs_other_types() -> None:
    """Found, but not with its type."""
    found = match(report(shelled()), report(event("a", "shelled", "COERCE")))
    assert (found.pairs, found.good) == (((0, 0),), {})


def test_the_same_sentence_needs_the_type() -> None:
    """Of two, the one with the same actors' countries."""
    far = event("a", "camp", "ASSAULT", actors=[party("Congo", "COD")])
    near = event("b", "Congo", "ASSAULT")
    assert match(report(bombed()), report(far, near)).pairs == ((0, 0),)
    assert match(report(bombed()), report(event("a", "camp", "AID"))).pairs == ()
    assert match(report(bombed()), report(event("a", "Goma", "ASSAULT"))).pairs == ()


def test_the_nearest_trigger_is_taken_once() -> None:
    """Two statements never share a twin."""
    gold = report(bombed(actors=[]), sent(type="ASSAULT"))
    found = match(gold, report(event("a", "camp", "ASSAULT")))
    assert found.pairs == ((0, 0),)
    assert [twin is None for _, twin in found.twins] == [False, True]


def test_reports_belong_together_by_text_too() -> None:
    """Whatever their ids, and with offsets moved where white space differs."""
    own = report(shelled(), key="other", text=TEXT.replace("Rebels ", "Rebels\n  "))
    for stretch in (own["events"][0]["trigger"], own["events"][0]["sentence"]):
        stretch |= {"start": stretch["start"] + 2, "end": stretch["end"] + 2}
    found = match(report(shelled()), own)
    assert (found.pairs, found.own.events[0].trigger) == (((0, 0),), found.gold.events[0].trigger)


def test_an_uncoded_report_is_empty() -> None:
    """What nobody coded is missed."""
    assert match(report(shelled()), report(key="other", text="Another text.")).own.events == ()


def test_the_same_id_with_another_text_is_refused() -> None:
    """No offset would fit."""
    with pytest.raises(RecordError, match="text of report goma"):
        match(report(), report(text="Another text."))
