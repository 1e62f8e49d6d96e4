"""Dictionary forms of words."""

import pytest

from casus.read.lemmas import lemma_of


@pytest.mark.parametrize(
    ("word", "tag", "form", "expected"),
    [
        ("attacked", "VERB", "VBD", "attack"),
        ("ATTACKED", "VERB", "VBD", "attack"),
        ("troops", "NOUN", "NNS", "troop"),
        ("n't", "PART", "RB", "not"),
        ("'s", "AUX", "VBZ", "be"),
        ("'s", "PART", "POS", "'s"),
        ("more", "ADJ", "JJR", "more"),
        ("other", "ADJ", "JJ", "other"),
        ("worse", "ADJ", "JJR", "bad"),
        ("her", "PRON", "PRP", "she"),
        ("her", "PRON", "PRP$", "her"),
        ("Iranian", "ADJ", "JJ", "Iranian"),
        ("Great", "ADJ", "JJ", "great"),
        ("United", "ADJ", "NNP", "United"),
        ("Islands", "PROPN", "NNPS", "Island"),
        ("Reuters", "PROPN", "NNP", "Reuters"),
        ("Sept.", "PROPN", "NNP", "September"),
        ("Jan", "PROPN", "NNP", "Jan"),
        ("200,000", "NUM", "CD", "200000"),
        ("HQ", "NOUN", "NN", "HQ"),
        ("wan", "VERB", "VB", "want"),
    ],
)
def test_dictionary_forms(word: str, tag: str, form: str, expected: str) -> None:
    """As Universal Dependencies has them."""
    assert lemma_of(word, tag, form) == expected


def test_the_form_may_be_unknown() -> None:
    """Then names stay as they are."""
    assert lemma_of("Islands", "PROPN") == "Islands"
