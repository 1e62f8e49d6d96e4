"""The scorer of chains against cases worked out by hand."""

from itertools import permutations

import pytest

from bench.chains import MEASURES, best_assignment, score_chains

ABC = {"a", "b", "c"}
DEFG = {"d", "e", "f", "g"}


@pytest.mark.parametrize("name", MEASURES)
def test_the_same_chains_score_full(name: str) -> None:
    """Gold against itself."""
    assert score_chains([([ABC, DEFG], [DEFG, ABC])])[name] == 100


# Luo (2005) has gold {a b c} {d e f g}; the system breaks the second, keeps one whole, and so on.
CASES = [
    # (found, MUC, B³, CEAF-e): MUC R 4/5 P 4/4; B³ R (3 + 4/4 + 4/4)/7, P 7/7; CEAF 1 + 2·2/6 over 2 and 3
    ([ABC, {"d", "e"}, {"f", "g"}], 88.9, 83.3, 66.7),
    # one chain of all seven: MUC R 5/5 P 5/6; B³ R 7/7, P (9 + 16)/49; CEAF 2·4/11 over 2 and 1
    ([ABC | DEFG], 90.9, 67.6, 48.5),
    # one link of five, no wrong one: MUC R 1/5 P 1/1; B³ R (4/3)/7, P 2/2; CEAF 2·2/5 over 2 and 1
    ([{"a", "b"}], 33.3, 32.0, 53.3),
    # a mention that is not in the gold: MUC R 2/5 P 2/3; B³ R 3/7, P (9/4)/4; CEAF 2·3/7 over 2 and 1
    ([ABC | {"x"}], 50.0, 48.6, 57.1),
    ([], 0.0, 0.0, 0.0),
]


@pytest.mark.parametrize(("found", "muc", "b_cubed", "ceaf"), CASES)
def test_the_three_measures_are_as_by_hand(found: list[set[str]], muc: float, b_cubed: float, ceaf: float) -> None:
    """Each measure, and the mean of the three."""
    figures = score_chains([([ABC, DEFG], found)])
    assert [figures[name] for name in MEASURES] == pytest.approx([muc, b_cubed, ceaf], abs=0.06)
    assert figures["CoNLL"] == pytest.approx((muc + b_cubed + ceaf) / 3, abs=0.1)


def test_chains_of_one_do_not_count() -> None:
    """Singletons are left out on both sides."""
    assert score_chains([([ABC, {"x"}], [ABC, {"y"}])])["CoNLL"] == 100


def test_documents_add_up_before_the_division() -> None:
    """Two links found of two, none of two."""
    assert score_chains([([ABC], [ABC]), ([ABC], [])])["MUC"] == pytest.approx(66.7, abs=0.06)


def test_the_assignment_is_the_best_of_all() -> None:
    """Against every permutation, more columns than rows."""
    values = [[0.1, 0.9, 0.4, 0.0], [0.2, 0.8, 0.7, 0.3], [0.6, 0.5, 0.9, 0.1]]
    best = max(sum(values[i][j] for i, j in enumerate(p)) for p in permutations(range(4), 3))
    assert best_assignment(values) == pytest.approx(best)
