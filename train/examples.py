"""One training sentence, whatever its corpus: a layer that its source lacks is None and is masked, never taken as O."""

from __future__ import annotations

from dataclasses import dataclass

from casus.ontology import TYPES

ENTITIES = ("PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "EVENT", "DATE", "QUANTITY")
TAGS = ("O", *(f"{p}-{e}" for e in ENTITIES for p in "BI"))
TAG_ID = {tag: i for i, tag in enumerate(TAGS)}
ANY = frozenset(range(len(TAGS)))
UPOS = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ",
    "SYM", "VERB", "X",
)  # fmt: skip
EVENT_TYPES = ("", *sorted(TYPES))
MODES = ("", *sorted({f"{t.name}:{m}" for t in TYPES.values() for m in t.modes}))
MODALITIES = ("actual", "future", "hypothetical", "negated")
ROLES = ("", "actor", "recipient", "source", "where", "quantity", "when")
UNTOLD = "?"  # a role that the source does not tell in our terms


@dataclass(frozen=True, slots=True)
class Tree:
    """Heads are word numbers from 1, 0 the root; `tags` are UPOS, `forms` the Penn Treebank's; one item a word each."""

    heads: tuple[int, ...]
    relations: tuple[str, ...]
    tags: tuple[str, ...]
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trigger:
    """One annotated event: the word that names it and the words of its arguments in the same sentence.

    A type of "" says that the word names no event; a type, mode or modality of None that the source does not tell.
    """

    word: int
    type: str | None
    mode: str | None
    modality: str | None
    roles: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with the layers that its source has.

    `entities` gives per word the set of tag ids that the source allows (several where its scheme is coarser than ours),
    `frames` the semantic frame that each word evokes, "" for none.
    """

    words: tuple[str, ...]
    source: str
    tree: Tree | None = None
    entities: tuple[frozenset[int], ...] | None = None
    triggers: tuple[Trigger, ...] | None = None
    frames: tuple[str, ...] | None = None
