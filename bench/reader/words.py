"""Trees and tags on gold words, by the rules of the CoNLL 2018 shared task (relations without subtypes).

From raw text: `bench.reader.raw`. Events: `casus evaluate`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from casus.read.model import Reading
from casus.read.reader import load_model
from train.examples import Example

BATCH = 256  # sentences handed to the network at a time


class Parsed(Protocol):
    """What a reader says of a sentence's words: head (a root's is its own), relation, UPOS, Penn tag, BIO tag."""

    @property
    def heads(self) -> list[int]: ...  # noqa: D102
    @property
    def relations(self) -> list[str]: ...  # noqa: D102
    @property
    def tags(self) -> list[str]: ...  # noqa: D102
    @property
    def forms(self) -> list[str]: ...  # noqa: D102
    @property
    def entities(self) -> list[str]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Said:
    """The same, of a reader that is not ours."""

    heads: list[int]
    relations: list[str]
    tags: list[str]
    forms: list[str]
    entities: list[str]


def shout(examples: Sequence[Example]) -> list[Example]:
    """The same sentences in capitals, as telexes and headlines write."""
    return [replace(example, words=tuple(word.upper() for word in example.words)) for example in examples]


def read_all(examples: Sequence[Example], folder: str | None) -> list[Reading]:
    """Read the examples' words with the shipped network."""
    model = load_model(folder, 1)
    return [r for k in range(0, len(examples), BATCH) for r in model.read([e.words for e in examples[k : k + BATCH]])]


def score_trees(examples: Sequence[Example], readings: Sequence[Parsed]) -> dict[str, float]:
    """UAS, LAS, LAS with subtypes, UPOS, Penn tags: per cent of words."""
    hits = dict.fromkeys(("uas", "las", "las full", "upos", "penn"), 0)
    total = 0
    for example, reading in zip(examples, readings, strict=True):
        if example.tree is None:
            continue
        for i, (head, relation) in enumerate(zip(example.tree.heads, example.tree.relations, strict=True)):
            own = 0 if reading.heads[i] == i else reading.heads[i] + 1
            label = "root" if own == 0 else reading.relations[i]
            hits["uas"] += own == head
            hits["las"] += own == head and label.partition(":")[0] == relation.partition(":")[0]
            hits["las full"] += own == head and label == relation
            hits["upos"] += reading.tags[i] == example.tree.tags[i]
            hits["penn"] += reading.forms[i] == example.tree.forms[i]
            total += 1
    return {name: round(100 * n / max(total, 1), 2) for name, n in hits.items()}
