"""Keep the network's tags to what a word may be: a dictionary of the closed classes, and what relation and ending tell.

The tag head learned from treebanks alone; on the trigger words of annotated reports, which moved the encoder, it may
prefer an impossible class. Words with digits or marks are left to the network.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

NEVER = -1e9  # added to the score of what cannot be
TRUST = 0.25  # weight of relation and ending beside the network; the highest that costs nothing on EWT dev
TRIGGER_TRUST = 2.0  # added for a word that is surely a trigger
FREE, OPEN = 0, 1  # rows of the mask: anything goes, an open-class word


def load_words() -> Mapping[str, Any]:
    """The shipped dictionary, written by `train.words`: `closed`, `open`, `relations`, `endings`."""
    table: dict[str, Any] = json.loads(files("casus.read").joinpath("data/words.json").read_text("utf-8"))
    return table


class TagGuard:
    """Chooses tags and Penn forms among those that are possible; relation and ending are witnesses.

    Args:
        words: as `load_words` gives it.
        labels: the network's label names by layer.
    """

    def __init__(self, words: Mapping[str, Any], labels: Mapping[str, Sequence[str]]) -> None:
        tags, forms = labels["tags"], labels["forms"]
        self.rows: dict[str, int] = {}
        self.ends: dict[str, int] = {}
        sets = {tuple(allowed) for allowed in words["closed"].values()}
        number = {allowed: k for k, allowed in enumerate(sorted(sets), 2)}
        self.closed = {word: number[tuple(allowed)] for word, allowed in words["closed"].items()}
        ranked = [tuple(tags), tuple(words["open"]), *sorted(sets)]
        self.possible = np.array(
            [[0.0 if t in allowed else NEVER for t in tags] for allowed in ranked], dtype=np.float32
        )
        self.by_relation = _logs([words["relations"].get(r, {}) for r in labels["relations"]], tags)
        self.endings = {ending: k for k, ending in enumerate(words["endings"], 1)}
        self.by_ending = _logs([{}, *words["endings"].values()], forms)

    def choose(
        self,
        sentences: Sequence[Sequence[str]],
        scores: Mapping[str, NDArray[np.float32]],
        relations: NDArray[np.int64],
        chances: NDArray[np.float32],
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The best possible tag and form of every word.

        Args:
            sentences: of words.
            scores: `tags` (batch, W, tags) and `forms` (batch, W, forms), W counting the root at 0.
            relations: (batch, W) the relation chosen for every word.
            chances: (batch, W) how likely every word is a trigger: the likelier, the less its own scores count.
        """
        rows, ends = (np.zeros(relations.shape, dtype=np.int64) for _ in range(2))
        for i, words in enumerate(sentences):
            rows[i, 1 : len(words) + 1] = [self.row_of(word) for word in words]
            ends[i, 1 : len(words) + 1] = [self.end_of(word) for word in words]
        trust = (TRUST + TRIGGER_TRUST * chances)[:, :, None]
        tags = scores["tags"] + self.possible[rows] + trust * self.by_relation[relations]
        return tags.argmax(-1), (scores["forms"] + trust * self.by_ending[ends]).argmax(-1)

    def end_of(self, word: str) -> int:
        """Which ending an open word has, as a row of the table; 0 where it tells nothing."""
        end = self.ends.get(word)
        if end is None:
            known = self.endings.get(word[-2:].lower(), 0) if self.row_of(word) == OPEN else 0
            end = self.ends[word] = known
        return end

    def row_of(self, word: str) -> int:
        """Which set of tags a word may have, as a row of the mask."""
        row = self.rows.get(word)
        if row is None:
            row = self.rows[word] = self.closed.get(word.lower(), OPEN if word.isalpha() and len(word) > 1 else FREE)
        return row


def _logs(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> NDArray[np.float32]:
    """(rows, names) log shares; 0 throughout for a row that tells nothing."""
    return np.array([[row.get(name, row.get("", 0.0)) for name in names] for row in rows], dtype=np.float32)
