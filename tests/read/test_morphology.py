"""Features of words, by tag, word and tree."""

import pytest

from casus.read.morphology import features_of, find_features


@pytest.mark.parametrize(
    ("word", "form", "expected"),
    [
        ("rebels", "NNS", "Number=Plur"),
        ("said", "VBD", "Mood=Ind|Tense=Past|VerbForm=Fin"),
        ("says", "VBZ", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"),
        ("n't", "RB", "Polarity=Neg"),
        ("No", "DT", "PronType=Neg"),
        ("They", "PRP", "Case=Nom|Number=Plur|Person=3|PronType=Prs"),
        ("its", "PRP$", "Case=Gen|Gender=Neut|Number=Sing|Person=3|Poss=Yes|PronType=Prs"),
        ("it", "PRP", "Gender=Neut|Number=Sing|Person=3|PronType=Prs"),
        ("themselves", "PRP", "Case=Acc|Number=Plur|Person=3|PronType=Prs|Reflex=Yes"),
        ("12", "CD", "NumForm=Digit|NumType=Card"),
        ("the", "DT", "Definite=Def|PronType=Art"),
        ("of", "IN", ""),
    ],
)
def test_what_a_word_is_in_any_sentence(word: str, form: str, expected: str) -> None:
    """Names in order, joined as Universal Dependencies joins them."""
    assert features_of(word, form) == expected


PASSIVE = "Tense=Past|VerbForm=Part|Voice=Pass"


@pytest.mark.parametrize(
    ("words", "forms", "relations", "heads", "expected"),
    [
        ("He was shot", "PRP VBD VBN", "nsubj:pass aux:pass root", (2, 2, 2), "Tense=Past|VerbForm=Part|Voice=Pass"),
        ("He has shot", "PRP VBZ VBN", "nsubj aux root", (2, 2, 2), "Tense=Past|VerbForm=Part"),
        ("men shot", "NNS VBN", "root acl", (0, 0), "Tense=Past|VerbForm=Part|Voice=Pass"),
        ("was hit and shot", "VBD VBN CC VBN", "aux:pass root cc conj", (1, 1, 3, 1), PASSIVE),
        ("They are shooting", "PRP VBP VBG", "nsubj aux root", (2, 2, 2), "Tense=Pres|VerbForm=Part"),
        ("the shooting", "DT VBG", "det obj", (1, 1), "VerbForm=Ger"),
        ("will shoot", "MD VB", "aux root", (1, 1), "VerbForm=Inf"),
        ("Please shoot", "UH VB", "discourse root", (1, 1), "Mood=Imp|VerbForm=Fin"),
    ],
)  # fmt: skip
def test_what_only_the_tree_tells(
    words: str, forms: str, relations: str, heads: tuple[int, ...], expected: str
) -> None:
    """Voice, mood and form of the last word."""
    assert find_features(words.split(), forms.split(), relations.split(), heads)[-1] == expected
