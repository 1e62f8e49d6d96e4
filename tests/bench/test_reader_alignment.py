"""Two readings of one text laid over each other, by hand-made cases."""

import pytest

from bench.reader.alignment import ROOT, Analysis, Word, align, common_subsequence, compare, figures


def words(text: str) -> list[Word]:
    """Make words of `form` or `a+b` (one token of two words); every word hangs on the one before."""
    made: list[Word] = []
    place = 0
    for token in text.split():
        parts = token.split("+")
        end = place + len(token.replace("+", ""))
        for part in parts:
            start, stop = (place, end) if len(parts) > 1 else (place, place + len(part))
            made.append(Word(part, start, stop, len(made) - 1 if made else ROOT, "dep", "X", len(parts) > 1))
        place = end
    return made


def analysis(text: str) -> Analysis:
    """Make one side of sentences parted by `|`."""
    sides = [part.replace("+", "").replace(" ", "") for part in text.split("|")]
    ends = [sum(map(len, sides[: n + 1])) for n in range(len(sides))]
    own = words(text.replace("|", " "))
    tokens = tuple(dict.fromkeys((w.start, w.end) for w in own))
    return Analysis("".join(sides), tokens, tuple(zip([0, *ends], ends, strict=False)), tuple(own))


@pytest.mark.parametrize(
    ("gold", "own", "expected"),
    [
        ("a b c", "a b c", ["a", "b", "c"]),
        ("pro-x y", "pro - x y", ["y"]),
        ("I do+n't go", "I do n't go", ["I", "do", "n't", "go"]),
        ("I do n't go", "I do+n't go", ["I", "do", "n't", "go"]),
        ("I do+n't go", "I don't go", ["I", "go"]),
        ("can+not", "can not", ["can", "not"]),
        ("x wan+na y", "x wanna y", ["x", "y"]),
        ("its", "it s", []),
        ("a do+n't z", "ado n't z", ["n't", "z"]),
        ("he+'s '", "he 's+'", ["he", "'s", "'"]),
        ("", "", []),
    ],
)
def test_words_pair_up(gold: str, own: str, expected: list[str]) -> None:
    """By their ends, and within a multi-word token by the longest common subsequence."""
    left, right = words(gold), words(own)
    pairs = list(align(left, right))
    assert [left[i].form for i, _ in pairs] == expected
    assert [right[j].form for _, j in pairs] == expected


def test_a_head_is_right_where_it_is_the_same_word() -> None:
    """So a word that hangs on one of another extent is wrong."""
    scores = figures(compare(analysis("a b c|d"), analysis("a b c d")))
    assert (scores["words"], scores["uas"], scores["las"]) == (100.0, 100.0, 100.0)
    scores = figures(compare(analysis("ab c"), analysis("a b c")))
    assert (scores["words"], scores["uas"]) == (40.0, 0.0)


def test_sentences_and_tokens_count_both_ends() -> None:
    """One border too few costs two sentences of gold and one of ours."""
    counts = compare(analysis("a b|c|d"), analysis("a b|c d"))
    assert figures(counts)["sentences"] == 40.0
    assert figures(counts)["tokens"] == 100.0


def test_subtypes_do_not_count_and_labels_do() -> None:
    """`nsubj:pass` is as good as `nsubj`; `ROOT` is `root`."""
    gold = Analysis(
        "ab", ((0, 1), (1, 2)), ((0, 2),), (Word("a", 0, 1, 1, "nsubj", "X"), Word("b", 1, 2, -1, "root", "X"))
    )
    own = Analysis(
        "ab", gold.tokens, gold.sentences, (Word("a", 0, 1, 1, "nsubj:pass", "X"), Word("b", 1, 2, -1, "ROOT", "Y"))
    )
    scores = figures(compare(gold, own))
    assert (scores["las"], scores["upos"]) == (100.0, 50.0)


def test_two_texts_cannot_be_compared() -> None:
    """It says what the texts are."""
    with pytest.raises(ValueError, match="two texts"):
        compare(analysis("a"), analysis("b"))


def test_the_longest_common_subsequence() -> None:
    """Letter case does not count."""
    assert common_subsequence(["A", "b", "c", "d"], ["a", "c", "D"]) == [(0, 0), (2, 1), (3, 2)]
