"""Trees from scores: the best there is, always one root and no cycle."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.read.trees import best_tree, is_tree


def total(scores: np.ndarray, heads: list[int]) -> float:
    """Return the score of a tree."""
    return float(sum(scores[word, heads[word]] for word in range(1, len(heads))))


def brute_force(scores: np.ndarray) -> float:
    """Return the score of the best of all trees."""
    count = len(scores)
    trees = ([0, *heads] for heads in product(range(count), repeat=count - 1))
    return max(total(scores, heads) for heads in trees if is_tree(heads))


@st.composite
def matrices(draw: st.DrawFn, most: int = 4) -> np.ndarray:
    """Draw scores of up to `most` words and the root."""
    count = draw(st.integers(2, most + 1))
    rows = draw(st.lists(st.integers(-50, 50), min_size=count * count, max_size=count * count))
    return np.array(rows, dtype=np.float32).reshape(count, count)


@given(matrices(most=5))
def test_it_is_the_best_of_all(scores: np.ndarray) -> None:
    """Of all trees with one root word."""
    assert total(scores, best_tree(scores)) == brute_force(scores)


@given(matrices(most=12))
def test_longer_sentences_get_trees(scores: np.ndarray) -> None:
    """Also with many ties and cycles."""
    heads = best_tree(scores)
    assert (is_tree(heads), len(heads)) == (True, len(scores))


def test_a_cycle_is_broken_where_it_costs_least() -> None:
    """Both words prefer each other; the first is the cheaper root."""
    scores = np.array([[0, 0, 0], [5, 0, 9], [1, 9, 0]], dtype=np.float32)
    assert best_tree(scores) == [0, 0, 1]


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        ([0, 0], True),
        ([0, 2, 0], True),
        ([0, 0, 0], False),
        ([0, 2, 1], False),
        ([0, 0, 3, 2], False),
        ([0, 0, 1, 2], True),
    ],
)
def test_trees_are_known(heads: list[int], expected: bool) -> None:
    """One root, no cycle."""
    assert is_tree(heads) == expected
