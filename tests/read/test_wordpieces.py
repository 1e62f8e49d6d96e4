"""Words into pieces as BERT's uncased tokenizer does it, and shapes of words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.read.wordpieces import SHAPES, WordPieces, fold_word, load_wordpieces, shape_of, split_punctuation

PIECES = load_wordpieces()
NAMES = {number: piece for piece, number in PIECES.ids.items()}
TOY = WordPieces(["[UNK]", "[CLS]", "[SEP]", "un", "##aff", "##able", "##a", "want", "##ed", "-"])


def names(word: str) -> str:
    """Return the pieces of a word, a space between."""
    return " ".join(NAMES[number] for number in PIECES.encode(word))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("the", "the"),
        ("The", "the"),
        ("embeddings", "em ##bed ##ding ##s"),  # Devlin et al.'s README
        ("johanson", "johan ##son"),
        ("résumé", "resume"),
        ("São", "sao"),
        ("U.S.", "u . s ."),
        ("n't", "n ' t"),
        ("10,000", "10 , 000"),
        ("$", "$"),
        ("“", "“"),
        ("\U0001f600", "[UNK]"),
    ],
)
def test_pieces_are_those_of_bert(word: str, expected: str) -> None:
    """Lower case, no accents, punctuation apart, longest match first."""
    assert names(word) == expected


def test_special_pieces_have_the_numbers_of_bert() -> None:
    """The vocabulary has 30,522 pieces in BERT's order."""
    assert (PIECES.unknown, PIECES.classify, PIECES.separate, len(PIECES.ids)) == (100, 101, 102, 30_522)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("unaffable", (3, 4, 5)), ("wanted", (7, 8)), ("unwanted", (0,)), ("un-wanted", (3, 9, 7, 8)), ("", (0,))],
)
def test_longest_match_from_the_left(word: str, expected: tuple[int, ...]) -> None:
    """`unwanted` has no `##want`, so the whole part is unknown."""
    assert TOY.encode(word) == expected


def test_the_cache_gives_the_same() -> None:
    """The second time too."""
    assert PIECES.encode("Ouagadougou") == PIECES.encode("Ouagadougou")


@given(st.text(max_size=30))
def test_every_word_has_a_piece(word: str) -> None:
    """Whatever it holds."""
    assert PIECES.encode(word)


@given(st.text(max_size=30))
def test_splitting_loses_nothing_but_space(word: str) -> None:
    """The parts make up the word."""
    assert "".join(split_punctuation(word)) == "".join(c for c in word if not c.isspace())


def test_folding() -> None:
    """Accents and capitals go, other letters stay."""
    assert [fold_word(word) for word in ("Ñandú", "ISTANBUL", "Zürich", "Łódź")] == [
        "nandu",
        "istanbul",
        "zurich",
        "łodz",
    ]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("attack", "lower"),
        ("Attack", "Title"),
        ("NATO", "UPPER"),
        ("McDonald", "mixed"),
        ("1,200", "digit"),
        ("M23", "alphanumeric"),
        ("...", "punctuation"),
        ("A", "initial"),
        ("U.S.", "UPPER"),
        ("pro-Iran", "mixed"),
    ],
)
def test_shapes(word: str, expected: str) -> None:
    """What the uncased vocabulary forgets."""
    assert SHAPES[shape_of(word)] == expected
