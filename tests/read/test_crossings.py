"""Crossing arcs are found, and taken out where that costs little."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.read.crossings import COST, crossed_words, find_crossed, uncross
from casus.read.heads import choose_heads
from casus.read.trees import best_tree, is_tree

# Smith(1) shot(2) Jones(3): the first word under the third crosses the root's arc to the second
SUBJECT_LOST = [0, 3, 0, 2]


def scores_of(heads: list[int], other: dict[tuple[int, int], float]) -> np.ndarray:
    """Scores by which these heads are the best by 9, but for the arcs given."""
    scores = np.full((len(heads), len(heads)), -9.0, dtype=np.float32)
    scores[np.arange(len(heads)), heads] = 0.0
    for arc, score in other.items():
        scores[arc] = score
    return scores


@st.composite
def trees(draw: st.DrawFn) -> tuple[np.ndarray, list[int]]:
    """Draw scores of up to nine words, and their best tree."""
    count = draw(st.integers(2, 10))
    rows = draw(st.lists(st.integers(-6, 6), min_size=count * count, max_size=count * count))
    scores = np.array(rows, dtype=np.float32).reshape(count, count)
    return scores, best_tree(scores)


def test_words_of_crossing_arcs_are_found() -> None:
    """Both arcs, and none where arcs lie in or beside one another."""
    assert crossed_words(SUBJECT_LOST) == {1, 2}
    assert crossed_words([0, 2, 0, 2]) == set()
    assert crossed_words([0, 2, 0, 4, 2]) == set()


def test_a_batch_is_searched_without_its_padding() -> None:
    """What stands beyond a sentence's words does not count."""
    heads = np.array([[0, 2, 0, 2, 0], [*SUBJECT_LOST, 1], [0, 2, 0, 1, 2]])
    assert find_crossed(heads, [3, 4, 2]) == [1]


@given(trees())
def test_the_search_of_a_batch_finds_what_the_search_of_a_sentence_does(drawn: tuple[np.ndarray, list[int]]) -> None:
    """For any tree."""
    _, heads = drawn
    assert bool(find_crossed(np.array([heads]), [len(heads) - 1])) == bool(crossed_words(heads))


def test_a_cheap_move_is_made() -> None:
    """The word goes to its next best head."""
    assert uncross(scores_of(SUBJECT_LOST, {(1, 2): -COST}), SUBJECT_LOST) == [0, 2, 0, 2]


def test_a_dear_move_is_not() -> None:
    """Some arcs do cross."""
    assert uncross(scores_of(SUBJECT_LOST, {(1, 2): -COST - 0.1}), SUBJECT_LOST) == SUBJECT_LOST


@given(trees())
def test_it_stays_a_tree_and_crosses_less(drawn: tuple[np.ndarray, list[int]]) -> None:
    """With the same root word."""
    scores, heads = drawn
    mended = uncross(scores, heads)
    assert is_tree(mended)
    assert mended.index(0, 1) == heads.index(0, 1)
    assert len(crossed_words(mended)) <= len(crossed_words(heads))


@pytest.mark.parametrize(("sure", "head"), [(-0.1, 3), (-2.0, 2)])
def test_the_relation_decides_between_close_heads(sure: float, head: int) -> None:
    """A head half a point ahead loses where no relation to it is likely."""
    arcs = scores_of([0, 3, 3, 0], {(1, 2): -0.5})[None]
    asked: list[tuple[int, int, int]] = []

    def sureness(i: np.ndarray, w: np.ndarray, h: np.ndarray) -> np.ndarray:
        asked.extend(zip(i.tolist(), w.tolist(), h.tolist(), strict=True))
        return np.where(h == 3, sure, 0.0).astype(np.float32)

    assert choose_heads(arcs, [3], sureness)[0].tolist() == [0, head, 3, 0]
    assert asked == [(0, 1, 2), (0, 1, 3)]
