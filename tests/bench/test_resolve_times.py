"""The scorer of times: how ranges and the two standards are made comparable."""

from datetime import date

import pytest

from bench.resolve_times import Gold, Tally, follow_standard, read_document, split_range, unify
from casus.resolve.times.frames import Found
from casus.resolve.times.rules import scan_times

PUBLISHED = date(2020, 1, 3)


def find(text: str) -> list[tuple[int, int, Found]]:
    """What the rules find, with offsets."""
    words, found = scan_times(text, PUBLISHED, lambda _start, _end: "past")
    return [(words.starts[item.first], words.ends[item.last - 1], item) for item in found]


def test_both_ends_of_a_range_are_told_apart() -> None:
    """One form of ours answers two annotated times."""
    (spans,) = [split_range(*row) for row in find("He ruled from 1985 to 1987.")]
    assert [found.outcome.timex for _, _, found in spans] == ["1985", "1987"]


@pytest.mark.parametrize(
    ("text", "corpus", "value"),
    [
        ("They shot daily.", "wikiwars", "XXXX-XX-XX"),
        ("They shot daily.", "tempeval3", "P1D"),
        ("The former king left.", "wikiwars", "PAST_REF"),
        ("The former king left.", "tempeval3", None),
    ],
)
def test_each_corpus_has_its_standard(text: str, corpus: str, value: str | None) -> None:
    """TIMEX2 and TIMEX3 differ in habits and in adjectives."""
    (kept,) = [follow_standard(found, corpus) for _, _, found in find(text)]
    assert (kept.outcome.timex if kept else None) == value


def test_a_document_loses_its_tags_and_keeps_its_outermost_times() -> None:
    """Offsets point into the text without tags."""
    text, (gold,) = read_document(
        '<TEXT>On <TIMEX3 type="DATE" value="2020-01-01">New <TIMEX3 value="x">Year</TIMEX3></TIMEX3> &amp; on.</TEXT>',
        "TIMEX3",
        "value",
    )
    assert (text, text[gold.start : gold.end], gold.value) == ("On New Year & on.", "New Year", "2020-01-01")


def test_found_and_right_are_counted_apart() -> None:
    """An overlap is found; only the same value is right."""
    text, tally = "It was 2019 or Tuesday.", Tally()
    tally.compare(
        text, [Gold(7, 11, "2019", "DATE", "2018"), Gold(15, 22, "Tuesday", "DATE", "2019-12-31")], find(text)
    )
    assert (tally.gold, tally.system, tally.matched, tally.right) == (2, 2, 2, 1)


def test_the_corpora_write_one_value_in_several_ways() -> None:
    """`198X`, `1949-XX` and `W7` in one notation."""
    assert [unify(value) for value in ("198X", "1949-XX", "2000-W7", "PXY")] == ["198", "1949", "2000-W07", "PXY"]
