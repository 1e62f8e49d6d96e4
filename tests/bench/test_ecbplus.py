"""Clusters across documents against cases worked out by hand; chains of one count."""

import pytest

from bench.ecbplus import cut_apart, group, score_clusters

GOLD = [{1, 2, 3}, {4, 5}, {6}]


@pytest.mark.parametrize(
    ("found", "muc", "b_cubed", "ceaf"),
    [
        (GOLD, 100.0, 100.0, 100.0),
        # all alone: MUC has no link; B³ R (1/3·3 + 1/2·2 + 1)/6, P 1; CEAF (2/4 + 2/3 + 1) over 3 and 6
        ([{1}, {2}, {3}, {4}, {5}, {6}], 0.0, 66.7, 48.1),
        # all in one: MUC R 3/3 P 3/5; B³ R 1, P (9 + 4 + 1)/36; CEAF 6/9 over 3 and 1
        ([{1, 2, 3, 4, 5, 6}], 75.0, 56.0, 33.3),
        # one split, one wrong join: MUC R and P 2/3; B³ R (2/3·2 + 1/3 + 3)/6, P (4 + 1/2·2)/6; CEAF (4/5 + 2/3 + 1)/3
        ([{1, 2}, {3, 6}, {4, 5}], 66.7, 80.5, 82.2),
    ],
)
def test_measures(found: list[set[int]], muc: float, b_cubed: float, ceaf: float) -> None:
    """Each measure, and their mean."""
    figures = score_clusters(GOLD, found)
    assert [figures[name] for name in ("MUC", "B³", "CEAF-e")] == pytest.approx([muc, b_cubed, ceaf], abs=0.06)
    assert figures["CoNLL"] == pytest.approx((muc + b_cubed + ceaf) / 3, abs=0.06)


def test_parts_share_no_mention() -> None:
    """What hangs together on either side stays together."""
    parts = cut_apart(GOLD, [{1}, {2, 4}, {3}, {5}, {6}])
    assert sorted((len(gold), len(found)) for gold, found in parts) == [(1, 1), (2, 4)]


@pytest.mark.parametrize(("enough", "expected"), [(0.8, [{0, 1}, {2}]), (0.39, [{0, 1, 2}]), (0.95, [{0}, {1}, {2}])])
def test_average_linkage(enough: float, expected: list[set[int]]) -> None:
    """The mean over all pairs of two groups decides."""
    assert sorted(map(sorted, group(3, {(0, 1): 0.9, (0, 2): 0.1, (1, 2): 0.7}, enough))) == sorted(
        map(sorted, expected)
    )
