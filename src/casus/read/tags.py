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
KNOWN = 100_000  # words whose rows are kept at hand
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
        self._known: dict[str, tuple[int, int]] = {}
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
        rows = np.zeros((2, *relations.shape), dtype=np.int64)
        known = self._known
        for i, words in enumerate(sentences):
            found = [known.get(word) or self._look_up(word) for word in words]
            rows[:, i, 1 : len(words) + 1] = np.array(found, dtype=np.int64).T
        trust = (TRUST + TRIGGER_TRUST * chances)[:, :, None]
        tags = scores["tags"] + self.possible[rows[0]] + trust * self.by_relation[relations]
        return tags.argmax(-1), (scores["forms"] + trust * self.by_ending[rows[1]]).argmax(-1)

    def _look_up(self, word: str) -> tuple[int, int]:
        """Which set of tags a word may have, as a row of the mask; which ending it has, 0 where that tells nothing."""
        row = self.closed.get(word.lower(), OPEN if word.isalpha() and len(word) > 1 else FREE)
        end = self.endings.get(word[-2:].lower(), 0) if row == OPEN else 0
        if len(self._known) >= KNOWN:
            self._known.clear()
        self._known[word] = row, end
        return row, end


def _logs(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> NDArray[np.float32]:
    """(rows, names) log shares; 0 throughout for a row that tells nothing."""
    return np.array([[row.get(name, row.get("", 0.0)) for name in names] for row in rows], dtype=np.float32)
