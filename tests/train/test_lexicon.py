"""Lexicon entries as training sentences: what is marked is taught, what is not stays open."""

from pathlib import Path

import pytest

from casus.coding.lexicon import Lexicon, load_lexicon
from train.lexicon import lexicon_examples
from train.text import tokenize

ENTRIES = """
type = "ASSAULT"
entries = [
  { verb = "zork", mode = "aerial", cameo = "195", example = "<Two jets> *zorked* [a camp].", counter = "I zork." },
]
"""


@pytest.fixture
def lexicon(tmp_path: Path) -> Lexicon:
    """Return a lexicon of one made-up verb."""
    (tmp_path / "assault.toml").write_text(ENTRIES, "utf-8")
    whole = load_lexicon([tmp_path])
    return Lexicon(tuple(e for e in whole.entries if e.words == ("zork",)), whole.by_head, whole.classes)


def test_an_example_teaches_its_marks(lexicon: Lexicon) -> None:
    """Type, mode and both sides; modality is not told."""
    example = lexicon_examples(lexicon, tokenize)[0]
    trigger = (example.triggers or ())[0]
    assert example.words == ("Two", "jets", "zorked", "a", "camp", ".")
    assert (trigger.word, trigger.type, trigger.mode, trigger.modality) == (2, "ASSAULT", "ASSAULT:aerial", None)
    assert trigger.roles == ((0, "actor"), (1, "actor"), (3, "recipient"), (4, "recipient"))


def test_a_counter_example_teaches_that_its_word_names_nothing(lexicon: Lexicon) -> None:
    """Where the word stands in it once and has no other reading in the lexicon."""
    counter = (lexicon_examples(lexicon, tokenize)[1].triggers or ())[0]
    assert (counter.word, counter.type, counter.mode, counter.roles) == (1, "", None, ())
