"""The best possible sequence of BIO tags: an I- may only follow a B- or I- of its own kind. Knows no words, no network.

The best tag of every word is the best sequence wherever that is possible, which it nearly always is. Only the sentences
where it is not are searched (Viterbi, without transition weights): the score of a sequence is the sum of its tags'.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Numbers = NDArray[np.int64]


class BioDecoder:
    """Chooses tags.

    Args:
        labels: names of the columns of the scores: `O`, and `B-` and `I-` of every kind.
    """

    def __init__(self, labels: Sequence[str]) -> None:
        place = {label: k for k, label in enumerate(labels)}
        self.outside = place["O"]
        self.inside = [k for k, label in enumerate(labels) if label.startswith("I-")]
        self.begin = [place["B" + labels[k][1:]] for k in self.inside]
        self.opening = np.full(len(labels), -1, dtype=np.int64)  # for an I-, the B- that may stand before it
        self.opening[self.inside] = self.begin

    def choose(self, scores: Floats, lengths: Sequence[int]) -> Numbers:
        """Tags of a batch.

        Args:
            scores: (batch, W, labels), W counting the root at 0; what stands behind a sentence's end is ignored.
            lengths: words of each sentence.

        Returns:
            (batch, W) places in the labels; the root's and those behind the end of a sentence mean nothing.
        """
        tags: Numbers = scores.argmax(-1)
        tags[:, 0] = -1
        opening, before = self.opening[tags[:, 1:]], tags[:, :-1]
        stray = (opening >= 0) & (before != opening) & (before != tags[:, 1:])
        stray &= np.arange(stray.shape[1]) < np.asarray(lengths)[:, None]
        tags[:, 0] = 0
        for k in np.flatnonzero(stray.any(-1)).tolist():
            tags[k, 1 : lengths[k] + 1] = self._search(scores[k, 1 : lengths[k] + 1])
        return tags

    def _search(self, scores: Floats) -> list[int]:
        """The best sequence of one sentence; `opened` holds for every kind the best sequence that ends within one."""
        outs, begins, insides = (scores[:, k].tolist() for k in (self.outside, self.begin, self.inside))
        best, opened = 0.0, [-inf] * len(self.inside)
        ways: list[tuple[int, list[bool]]] = []  # per word: the kind in which the best sequence ends, and which go on
        for out, begin, inside in zip(outs, begins, insides, strict=True):
            onward = [old + i for old, i in zip(opened, inside, strict=True)]
            fresh = [best + b for b in begin]
            goes_on = [a >= b for a, b in zip(onward, fresh, strict=True)]
            opened = [max(a, b) for a, b in zip(onward, fresh, strict=True)]
            top = max(opened)
            ways.append((opened.index(top) if top > best + out else -1, goes_on))
            best = max(top, best + out)
        return self._trace(ways)

    def _trace(self, ways: list[tuple[int, list[bool]]]) -> list[int]:
        """Read the best sequence off, from the last word to the first."""
        tags, kind = [], -1
        for ended, goes_on in reversed(ways):
            kind = ended if kind < 0 else kind
            if kind < 0:
                tags.append(self.outside)
            elif goes_on[kind]:
                tags.append(self.inside[kind])
            else:
                tags.append(self.begin[kind])
                kind = -1
        return tags[::-1]
