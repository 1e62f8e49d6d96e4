"""The network read through batches: what a sentence says does not depend on what is read with it."""

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casus.errors import ModelError
from casus.read.batches import BUDGET, group_sentences, make_tensors, size_of
from casus.read.model import ReaderModel, Reading
from casus.read.reader import load_model

MODEL = load_model(None, 1)
WORDS = (
    "Rebels", "shelled", "the", "village", "near", "Goma", "on", "Monday", ",", "killing", "at", "least", "twelve",
    "soldiers", "and", "40", "civilians", ".", "The", "ministry", "said", "that", "talks", "with", "Uagadugu-7", "'s",
    "government", "had", "failed", "POLICE", "u.n.", "antidisestablishmentarianism",
)  # fmt: skip


def flatten(reading: Reading) -> tuple[object, ...]:
    """Return all that a reading says, numbers as bytes."""
    layers = (reading.modes, reading.modalities, reading.roles)
    rows = [[(k, np.ascontiguousarray(row).tobytes()) for k, row in sorted(layer.items())] for layer in layers]
    names = (reading.heads, reading.relations, reading.tags, reading.forms, reading.entities)
    return (*names, np.ascontiguousarray(reading.events).tobytes(), rows)


def draw_sentences(count: int, seed: int) -> list[list[str]]:
    """Return sentences of 1 to 40 words, most of them short."""
    rng = random.Random(seed)
    return [rng.choices(WORDS, k=min(40, 1 + int(rng.expovariate(0.08)))) for _ in range(count)]


@pytest.mark.parametrize("seed", range(3))
def test_company_and_order_change_nothing(seed: int) -> None:
    """Not one bit: alone, all together, shuffled and in parts."""
    sentences = draw_sentences(60, seed)
    together = [flatten(r) for r in MODEL.read(sentences)]
    assert [flatten(MODEL.read([s])[0]) for s in sentences] == together
    order = random.Random(seed).sample(range(60), 60)
    parts = [order[k : k + 7] for k in range(0, 60, 7)]
    for part in parts:
        assert [flatten(r) for r in MODEL.read([sentences[i] for i in part])] == [together[i] for i in part]


@given(st.lists(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=4), min_size=1, max_size=30), max_size=20))
@settings(deadline=None)
def test_every_sentence_is_in_one_batch_of_its_size(coded: list[list[list[int]]]) -> None:
    """And no batch is larger than the budget unless one sentence is."""
    groups = list(group_sentences(coded))
    assert sorted(i for _, group in groups for i in group) == list(range(len(coded)))
    assert all(size == size_of(coded[i]) >= sum(map(len, coded[i])) + 2 for size, group in groups for i in group)
    assert all(len(group) == 1 or size * len(group) <= BUDGET for size, group in groups)


def test_tensors_are_padded_with_nothing() -> None:
    """Pieces between two marks, each word's first piece, 0 behind."""
    pieces = MODEL.pieces
    coded = [[pieces.encode(w) for w in ("Rebels", "Uagadugu")]]
    length = size_of(coded[0])
    tensors = make_tensors([["Rebels", "Uagadugu"]], coded, pieces, length=length)
    flat = [p for word in coded[0] for p in word]
    padding = [0] * (length - len(flat) - 2)
    assert tensors["pieces"].tolist() == [[pieces.classify, *flat, pieces.separate, *padding]]
    assert tensors["first"].tolist() == [[0, 1, 2, *[0] * (length - 3)]]


def test_a_sentence_longer_than_the_encoder_is_read() -> None:
    """Its last words share the last place."""
    (reading,) = MODEL.read([["Uagadugu-antidisestablishmentarianism"] * 140])
    assert len(reading.heads) == len(reading.tags) == len(reading.events) == 140


def test_nothing_is_read_of_nothing() -> None:
    """No sentences, no readings."""
    assert MODEL.read([]) == []


def test_a_folder_without_a_network_is_refused(tmp_path: Path) -> None:
    """The error says what is missing."""
    with pytest.raises(ModelError, match=r"no reader\.onnx, heads\.npz, labels\.json"):
        ReaderModel(tmp_path)
