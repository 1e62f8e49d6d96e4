"""Times of events on gold spans: where they stand, and when two answers are one."""

import pytest

from bench.resolve_whens import compare_report, gold_whens, overlaps
from casus.pipeline import Coder
from casus.records import When

TEXT = "On Monday rebels shelled Goma. The army said on Monday that it would answer."


def report(*whens: tuple[dict[str, str] | None, int]) -> dict[str, object]:
    """Return a gold report with events of those times, each in the sentence that begins there."""
    events = [{"when": when, "sentence": {"start": at, "end": at + 45}} for when, at in whens]
    return {"id": "x", "text": TEXT, "published": "2031-05-07", "events": events}


def test_a_time_is_sought_in_its_own_sentence_first() -> None:
    """The second Monday is the second event's; one that stands nowhere, or is not written, is none."""
    monday = {"text": "Monday", "start": "2031-05-05", "end": "2031-05-05"}
    gold = report((monday, 0), (monday, 31), ({"text": "Friday", "start": "", "end": ""}, 0), (None, 0))
    assert [start for _, start in gold_whens(gold)] == [3, TEXT.index("Monday", 31)]


@pytest.mark.parametrize(
    ("start", "end", "same"),
    [("2031-05-05", "2031-05-05", True), ("2031-05-05", "2031-05-06", True), ("2031-05-05", "2031-05-08", False),
     ("2031-05-06", "2031-05-06", False)],
)  # fmt: skip
def test_half_of_the_days_must_be_common(start: str, end: str, same: bool) -> None:
    """Of all days of both."""
    told = {"start": "2031-05-05", "end": "2031-05-05"}
    assert overlaps(told, When(start, end, "day", "x", None, None)) is same


def test_what_is_found_there_is_compared() -> None:
    """By the real reader and rules."""
    monday = {"text": "Monday", "start": "2031-05-05", "end": "2031-05-05"}
    ((told, found),) = compare_report(Coder(), report((monday, 0)))
    assert [overlaps(told, m.when) for m in found if m.when] == [True]
