"""Trees in spaCy's own labels become Universal Dependencies."""

import pytest
import spacy
from spacy.tokens import Doc

from casus.coding.slots import fill_slot
from casus.errors import ModelError
from casus.read.reader import load_reader
from casus.read.universal import is_clear, to_universal

NLP = spacy.blank("en")


def clear_tree() -> Doc:
    """`Protesters were beaten by police in Lyon .` as en_core_web_sm would read it."""
    words = ["Protesters", "were", "beaten", "by", "police", "in", "Lyon", "."]
    heads = [2, 2, 2, 2, 3, 2, 5, 2]
    deps = ["nsubjpass", "auxpass", "ROOT", "agent", "pobj", "prep", "pobj", "punct"]
    pos = ["NOUN", "AUX", "VERB", "ADP", "NOUN", "ADP", "PROPN", "PUNCT"]
    return to_universal(Doc(NLP.vocab, words, heads=heads, deps=deps, pos=pos))


def test_relations_and_heads_are_universal() -> None:
    """Prepositions become the case of their nouns."""
    doc = clear_tree()
    expected = ["nsubj:pass", "aux:pass", "ROOT", "case", "obl:agent", "case", "obl", "punct"]
    assert [t.dep_ for t in doc] == expected
    assert [t.head.i for t in doc] == [2, 2, 2, 4, 2, 6, 2, 2]


@pytest.mark.parametrize(("slot", "words"), [("subj", ["police"]), ("obj", ["Protesters"]), ("in", ["Lyon"])])
def test_the_coder_finds_its_slots_in_it(slot: str, words: list[str]) -> None:
    """What the coder looks for is where it looks."""
    assert [t.text for t in fill_slot(clear_tree()[2], slot)] == words


def test_a_pipeline_without_a_tree_is_refused(tmp_path: object) -> None:
    """It could only give an empty record, so it says what is missing."""
    NLP.to_disk(str(tmp_path))
    with pytest.raises(ModelError, match="no dependency tree"):
        load_reader(str(tmp_path))


def test_only_clear_labels_are_taken_for_clear() -> None:
    """A blank pipeline and ours speak no CLEAR."""
    assert not is_clear(load_reader())
