"""What one mention lends another, and what it may not."""

from casus.link.fill import lend_slots
from tests.link.builders import day, event, party, place

REBELS, ARMY = party("rebels", "COD"), party("the army", "RWA")
TOGETHER = {"e1": "i1", "e2": "i1", "e3": "i1"}


def test_an_empty_slot_is_filled_and_told() -> None:
    """The evidence names the lender."""
    full = event("e1", actors=(REBELS,), recipients=(ARMY,), when=day("2031-05-05"), where=place("Goma"))
    filled = lend_slots([full, event("e2", at=110, evidence={"entry": "x"})], TOGETHER)[1]
    assert (filled.when, filled.where) == (full.when, full.where)
    lent = dict.fromkeys(("when", "where"), "e1")
    assert filled.evidence == {"entry": "x", "from other mention": lent}


def test_a_full_slot_stays() -> None:
    """And an event that borrows nothing is the same object."""
    events = [event("e1", actors=(REBELS,)), event("e2", at=110, actors=(ARMY,))]
    assert [a is b for a, b in zip(lend_slots(events, TOGETHER), events, strict=True)] == [True, True]


def test_other_incidents_lend_nothing() -> None:
    """However near."""
    events = [event("e1", where=place("Goma")), event("e2", at=110)]
    assert lend_slots(events, {"e1": "i1", "e2": "i2"})[1].where is None


def test_other_types_lend_nothing() -> None:
    """A meeting about an attack is elsewhere."""
    events = [event("e1", where=place("Goma")), event("e2", "CONSULT", at=110)]
    assert lend_slots(events, TOGETHER)[1].where is None


def test_the_nearest_lends() -> None:
    """By characters between the triggers."""
    events = [event("e1", where=place("Goma")), event("e2", at=300), event("e3", at=310, where=place("Bukavu"))]
    assert lend_slots(events, TOGETHER)[1].where == place("Bukavu")


def test_a_plan_does_not_date_what_was_done() -> None:
    """Nor the other way round."""
    plan = event("e1", modality="future", when=day("2031-06-01"), actors=(REBELS,))
    done = lend_slots([plan, event("e2", at=110)], TOGETHER)[1]
    assert done.when is None


def test_what_is_lent_is_not_lent_on() -> None:
    """Only a mention's own words are lent: the order of the events does not matter."""
    events = [event("e1", where=place("Goma")), event("e2", at=110), event("e3", at=120)]
    filled = {e.id: e for e in lend_slots(events, TOGETHER)}
    turned = {e.id: e for e in lend_slots(events[::-1], TOGETHER)}
    assert filled == turned
    assert filled["e3"].evidence == {"from other mention": {"where": "e1"}}
