"""The best sequence of BIO tags that can be."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casus.read.bio import BioDecoder

LABELS = ("O", "B-X", "I-X", "B-Y", "I-Y")


def is_possible(tags: tuple[str, ...]) -> bool:
    """Tell whether every I- continues its own kind."""
    return all(tag[0] != "I" or before[1:] == tag[1:] for before, tag in zip(("O", *tags), tags, strict=False))


def best_of_all(scores: np.ndarray) -> float:
    """Try every sequence."""
    sequences = product(range(len(LABELS)), repeat=len(scores))
    possible = (s for s in sequences if is_possible(tuple(LABELS[k] for k in s)))
    return max(float(sum(scores[w, k] for w, k in enumerate(s))) for s in possible)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([[0, 9, 0, 0, 0], [0, 0, 9, 0, 0]], "B-X I-X"),
        ([[5, 4, 0, 0, 0], [0, 0, 9, 0, 0]], "B-X I-X"),
        ([[9, 0, 0, 0, 0], [4, 0, 5, 0, 0]], "O O"),
        ([[0, 9, 0, 0, 0], [0, 0, 3, 0, 4]], "B-X I-X"),
        ([[0, 0, 5, 4, 0], [0, 0, 0, 0, 9]], "B-Y I-Y"),
        ([[0, 3, 5, 0, 0]], "B-X"),
    ],
)
def test_the_best_possible_tags(rows: list[list[float]], expected: str) -> None:
    """A stray I- turns the word before into its beginning, or goes."""
    scores = np.array([[[0] * len(LABELS), *rows]], dtype=np.float32)
    tags = BioDecoder(LABELS).choose(scores, [len(rows)])
    assert " ".join(LABELS[k] for k in tags[0, 1:]) == expected


@settings(deadline=None)  # tries all sequences
@given(st.integers(1, 5), st.integers(0, 10_000))
def test_nothing_possible_is_better(length: int, seed: int) -> None:
    """Against all sequences; what stands behind a sentence's end does not matter."""
    scores = np.random.default_rng(seed).normal(size=(3, 6, len(LABELS))).astype(np.float32)
    tags = BioDecoder(LABELS).choose(scores, [length] * 3)
    for row, chosen in zip(scores[:, 1:], tags[:, 1:], strict=True):
        assert is_possible(tuple(LABELS[k] for k in chosen[:length]))
        assert sum(row[w, k] for w, k in enumerate(chosen[:length])) == pytest.approx(
            best_of_all(row[:length]), abs=1e-4
        )
