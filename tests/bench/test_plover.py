"""What counts as found in PLOVER's records."""

from bench.plover import judge_record
from tests.link.builders import event, party

RECORD = {"type": "ASSAULT", "actors": ["RWA"], "recipients": ["COD"]}
ARMY, REBELS = party("the army", "RWA"), party("rebels", "COD")


def test_all_is_met_by_the_right_event() -> None:
    """Type and both sides."""
    told = event("e1", actors=(ARMY,), recipients=(REBELS,))
    assert judge_record(RECORD, [told]) == {"type found", "with actors", "with both sides", "surest is of the type"}


def test_sides_must_stand_on_one_event() -> None:
    """Two half-right events do not make a right one; swapped sides are wrong."""
    halves = [event("e1", actors=(ARMY,)), event("e2", recipients=(REBELS,))]
    assert judge_record(RECORD, halves) == {"type found", "with actors", "surest is of the type"}
    assert judge_record(RECORD, [event("e1", actors=(REBELS,), recipients=(ARMY,))]) == {
        "type found", "surest is of the type",
    }  # fmt: skip


def test_a_surer_event_of_another_type_is_seen() -> None:
    """And nothing at all gives nothing."""
    other = event("e2", "CONSULT", confidence=0.99)
    assert judge_record(RECORD, [event("e1"), other]) == {"type found"}
    assert judge_record(RECORD, []) == set()
