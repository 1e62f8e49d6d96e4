"""Who did it where the sentence does not say: lent by other events, never to a side that is filled."""

from typing import Any

import pytest

from casus.link.pairs import place_events
from casus.link.parties import LEAST, lend_parties, offer_signs, offers
from tests.link.builders import day, event, party, report

REBELS, ARMY, UN = party("rebels", "COD"), party("the army", "RWA"), party("the UN", "UNO")
TOLD = event("e1", word="bombed", actors=(ARMY,), recipients=(REBELS,))


def test_the_same_attack_told_again_has_the_same_doer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The evidence names the lender. The bar is lowered: bare events give the model little to go by."""
    monkeypatch.setitem(LEAST, "actors", 0.25)
    scene: dict[str, Any] = {
        "mode": "aerial",
        "when": day("2031-05-05"),
        "recipients": (REBELS,),
    }
    first = event("e1", word="bombed", actors=(ARMY,), **scene)
    again = event("e2", at=110, word="bombing", evidence={"entry": "x"}, **scene)
    third = event("e3", at=210, word="bombing", actors=(ARMY,), **scene)
    filled = lend_parties(report(first, again, third))[1]
    assert filled.actors == (ARMY,)
    assert filled.evidence["from other mention"]["actors"] in ("e1", "e3")
    assert filled.evidence["entry"] == "x"


def test_filled_sides_stay() -> None:
    """An event that knows both sides is the same object."""
    known = event("e2", at=110, actors=(UN,), recipients=(ARMY,))
    assert lend_parties(report(TOLD, known))[1] is known


def test_who_suffers_is_not_lent_as_who_did_it() -> None:
    """The people attacked did not attack themselves."""
    hit = event("e2", "CONSULT", at=910, word="talks", recipients=(REBELS,))
    assert REBELS not in lend_parties(report(TOLD, hit))[1].actors


def test_nobody_is_lent_from_nowhere() -> None:
    """A report of one event."""
    lone = event("e1")
    assert lend_parties(report(lone)) == (lone,)


def test_conflicts_are_signs() -> None:
    """What is offered and stands on the other side already."""
    again = event("e2", at=110, word="bombing", recipients=(REBELS,))
    placed = place_events(report(TOLD, again))
    found = list(offers(placed, 1))
    conflicts = {offer.side: offer_signs(placed[1], "actors", offer, found)["conflict"] for offer in found}
    assert conflicts == {"actors": 0.0, "recipients": 1.0}
