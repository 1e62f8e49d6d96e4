"""Figures of many reports: what counts, what is overtaken, and what cannot all be true."""

import pytest

from casus.link.across.tellings import Figure
from casus.link.across.tolls import Reckoning, reconcile, reconcile_tolls
from tests.link.across.builders import figure


def summed(*figures: Figure) -> tuple[int | None, int | None, int | None]:
    """Return the lowest, likeliest and highest figure."""
    told = reconcile(figures)
    return told.low, told.best, told.high


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([figure(12)], (12, 12, 12)),
        ([figure(12), figure(14, origin="b")], (12, 14, 14)),
        ([figure(12), figure(12, origin="b"), figure(14, origin="c")], (12, 12, 14)),
        ([figure(12), figure(14, origin="b", official=True), figure(12, origin="c")], (12, 14, 14)),
        ([figure(9), figure(15, "2031-05-05", "b")], (15, 15, 15)),
        ([figure(9), figure(15, "2031-05-02T18:00:00+00:00")], (15, 15, 15)),
        ([figure(15), figure(12, "2031-05-05", "b")], (12, 12, 15)),
        ([figure(20, max=None), figure(26, origin="b")], (20, 26, 26)),
        ([figure(12), figure(4)], (12, 12, 12)),
    ],
    ids=["one", "two", "most say", "an office says", "grown", "grown at home", "shrunk", "at least", "a part of it"],
)
def test_figures(figures: list[Figure], expected: tuple[int | None, int | None, int | None]) -> None:
    """Lowest, likeliest, highest."""
    assert summed(*figures) == expected


def test_a_count_that_rises_is_one_count() -> None:
    """Earlier figures are kept, but are no disagreement."""
    told = reconcile([figure(4), figure(7, "2031-05-04", "b"), figure(11, "2031-05-07", "c")])
    assert (told.rising, told.disputed, [f.min for f in told.figures]) == (True, False, [4, 7, 11])


def test_disagreement_is_shown() -> None:
    """Figures of one time that cannot all be true; each keeps its report."""
    told = reconcile([figure(10), figure(60, origin="b")])
    assert (told.disputed, told.low, told.high) == (True, 10, 60)
    assert [(f.report, f.min) for f in told.figures] == [("a", 10), ("b", 60)]


@pytest.mark.parametrize(
    ("other", "expected"),
    [(figure(21, origin="b"), False), (figure(60, origin="a"), False), (figure(60, origin="b"), True)],
)
def test_rounding_and_copies_are_no_disagreement(other: Figure, expected: bool) -> None:
    """Twenty and twenty-one may be one count; a copy of the same report does not contradict it."""
    assert reconcile([figure(20), other]).disputed == expected


def test_at_least_contradicts_nothing_above() -> None:
    """An open end leaves room."""
    assert not reconcile([figure(20, max=None), figure(60, origin="b")]).disputed


def test_copies_count_once() -> None:
    """Three copies of one text do not outvote two origins."""
    copies = [figure(5, origin="a", text=str(n)) for n in range(3)]
    told = reconcile([*copies, figure(8, origin="b"), figure(8, origin="c")])
    assert (told.best, told.frequent and told.frequent.min) == (8, 8)


def test_the_latest_official_figure_is_shown() -> None:
    """Even where a later voice that is no office says more."""
    told = reconcile(
        [figure(5, official=True), figure(7, "2031-05-03", "b", official=True), figure(9, "2031-05-03", "c")]
    )
    assert told.latest_official is not None
    assert (told.latest_official.min, told.best) == (7, 7)


def test_kinds_are_kept_apart() -> None:
    """And a reckoning survives JSON."""
    told = reconcile_tolls([figure(5), figure(30, kind="injured")])
    assert list(told) == ["injured", "killed"]
    assert Reckoning.from_json(told["killed"].to_json()) == told["killed"]
