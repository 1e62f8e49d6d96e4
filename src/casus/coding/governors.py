"""Which event hangs on which in the tree: `condemned` governs the `attack` that is its object. Links nothing itself."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from spacy.tokens import Doc, Token

STEPS = 5  # relations between two triggers; further up nothing holds them together
MARKERS = ("case", "mark")


@dataclass(frozen=True, slots=True)
class Governor:
    """The nearest trigger above another, by its token index, and the relations down from it."""

    trigger: int
    path: str


def find_governors(doc: Doc, triggers: AbstractSet[int]) -> dict[int, Governor]:
    """Trigger → the nearest trigger above it, where there is one.

    Args:
        doc: with a tree.
        triggers: token indices, one an event.
    """
    return {t: governor for t in sorted(triggers) if (governor := _climb(doc[t], triggers))}


def _climb(token: Token, triggers: AbstractSet[int]) -> Governor | None:
    steps: list[str] = []
    while token.head.i != token.i and len(steps) < STEPS:
        steps.append(_step(token))
        token = token.head
        if token.i in triggers:
            return Governor(token.i, " ".join(reversed(steps)))
    return None


def _step(token: Token) -> str:
    """A relation with its preposition or conjunction: `obl:after`, `advcl:because`, `obj`."""
    relation = token.dep_.partition(":")[0]
    markers = [c.lower_ for c in token.children if c.dep_ in MARKERS and c.i < token.i]
    if token.dep_ == "acl:relcl":
        relation = "relative"
    return f"{relation}:{markers[0]}" if markers else relation
