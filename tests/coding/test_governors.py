"""Which event hangs on which, by hand-made trees."""

import spacy
from spacy.tokens import Doc

from casus.coding.governors import Governor, find_governors

VOCAB = spacy.blank("en").vocab


def tree(*rows: tuple[str, int, str]) -> Doc:
    """Return a Doc of (word, head, relation)."""
    words, heads, relations = zip(*rows, strict=True)
    return Doc(VOCAB, words=list(words), heads=list(heads), deps=list(relations))


CONDEMNED = tree(
    ("Paris", 1, "nsubj"), ("condemned", 1, "ROOT"), ("the", 3, "det"), ("attack", 1, "obj"), ("after", 6, "mark"),
    ("troops", 6, "nsubj"), ("fled", 1, "advcl"),
)  # fmt: skip


def test_an_object_hangs_on_its_verb() -> None:
    """And a clause by its conjunction."""
    assert find_governors(CONDEMNED, {1, 3, 6}) == {3: Governor(1, "obj"), 6: Governor(1, "advcl:after")}


def test_the_nearest_trigger_governs() -> None:
    """Words between that are no triggers lengthen the path, from the top down."""
    doc = tree(
        ("Crowds", 1, "nsubj"), ("marched", 1, "ROOT"), ("over", 3, "case"), ("plans", 1, "obl"), ("of", 5, "case"),
        ("eviction", 3, "nmod"),
    )  # fmt: skip
    assert find_governors(doc, {1, 5}) == {5: Governor(1, "obl:over nmod:of")}


def test_what_hangs_on_nothing_is_left_out() -> None:
    """A root, and a trigger above which there is no other."""
    assert find_governors(CONDEMNED, {3}) == {}
    assert find_governors(CONDEMNED, {1}) == {}


def test_relative_clauses_are_told_from_other_clauses() -> None:
    """`the strike that killed` is one happening as a rule, `an order to kill` is not."""
    doc = tree(("strike", 0, "ROOT"), ("that", 2, "nsubj"), ("killed", 0, "acl:relcl"))
    assert find_governors(doc, {0, 2}) == {2: Governor(0, "relative")}
