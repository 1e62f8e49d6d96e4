"""Entities of several sources in one scheme."""

from dataclasses import dataclass

import pytest

from bench.reader.entities import judge, own_spans, score_entities, trim
from train.corpora import bio_spans
from train.entities import allow_tags
from train.examples import Example


def example(source: str, text: str) -> Example:
    """Make a sentence of `word/LABEL` in the labels of a source."""
    pairs = [part.rpartition("/") if "/" in part else (part, "", "O") for part in text.split()]
    words = tuple(word for word, _, _ in pairs)
    return Example(words, source, None, allow_tags(words, bio_spans(label for _, _, label in pairs), source))


@pytest.mark.parametrize(
    ("source", "gold", "own", "expected"),
    [
        ("gmb", "Iranian/B-gpe troops", "B-NORP O", ["people hit"]),
        ("gmb", "Iran/B-gpe fell", "B-GPE O", ["people hit"]),
        ("gmb", "Lima/B-geo fell", "B-LOC O", ["place hit"]),
        ("gmb", "Lima/B-geo fell", "B-ORG O", ["place missed", "org wrong"]),
        ("gmb", "China/B-org said", "B-GPE O", ["org hit"]),
        ("uner", "China/B-ORG said", "B-GPE O", ["org missed", "place wrong"]),
        ("gmb", "Foreign/B-per Minister/I-per Ann/I-per Vale/I-per", "O O B-PERSON I-PERSON", ["person hit"]),
        ("gmb", "President/B-per Ann/I-per Vale/I-per", "B-PERSON I-PERSON I-PERSON", ["person hit"]),
        ("gmb", "Ann/B-per Vale/I-per", "B-PERSON O", ["person missed", "person wrong"]),
        ("gmb", "since/B-tim Monday/I-tim", "O B-DATE", ["date hit"]),
        ("gmb", "ten tanks", "B-QUANTITY O", []),
        ("uner without other", "Iranian troops", "B-NORP O", []),
        ("uner without other", "ten tanks", "B-ORG O", ["org wrong"]),
        ("crossner", "Vale/B-politicalparty won", "B-ORG O", ["org hit"]),
    ],
)
def test_both_sides_are_in_one_scheme(source: str, gold: str, own: str, expected: list[str]) -> None:
    """What a source does not tell apart or leaves open is no mistake."""
    assert [" ".join(found) for found in judge(example(source, gold), own.split())] == expected


@pytest.mark.parametrize(
    ("words", "kind", "expected"),
    [
        ("Mr. Vale", "PERSON", (1, 2)),
        ("the late President Vale", "PERSON", (3, 4)),
        ("Prime Minister", "PERSON", None),
        ("the 1990s ,", "DATE", (1, 2)),
        ("the Army", "ORG", (0, 2)),
    ],
)
def test_ends_are_trimmed(words: str, kind: str, expected: tuple[int, int] | None) -> None:
    """Titles of persons; determiners and marks of dates."""
    assert trim(words.split(), (0, len(words.split())), kind) == expected


def test_a_persons_titles_alone_are_none() -> None:
    """Nor is a date of nothing but marks."""
    assert own_spans(["President", "said"], ["B-PERSON", "O"]) == {}


@dataclass
class Told:
    """What a reader says of a sentence."""

    entities: list[str]


def test_f1_by_class_and_over_all() -> None:
    """A class that the source does not have does not count."""
    examples = [example("uner without other", "Ann/B-PER met Bo/B-PER in Lima/B-LOC")]
    scores = score_entities(examples, [Told(["B-PERSON", "O", "O", "O", "B-ORG"])])  # type: ignore[list-item]
    assert scores == {"person": 66.7, "place": 0.0, "all": 50.0}
