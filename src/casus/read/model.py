"""Run the shipped network over sentences of words and decode what it says. Knows nothing of spaCy or raw text.

One pass of an int8 ONNX graph gives every layer; relation and role scores are finished here, for the chosen heads and
triggers alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from casus.errors import ModelError
from casus.read.tags import TagGuard, load_words
from casus.read.trees import best_tree, is_tree
from casus.read.wordpieces import WordPieces, load_wordpieces, shape_of

Floats = NDArray[np.float32]
FILES = ("reader.onnx", "heads.npz", "labels.json")
BUDGET = 384  # padded word pieces a batch: fits the cache, see reader.md and bench/reader.py
PIECES = 510  # the encoder has 512 places, two are taken by [CLS] and [SEP]
FAINT = 0.02  # triggers less likely than this get no roles
REACH = 16  # words; farther arguments share the last distance


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network says of one sentence of n words.

    `heads` are word numbers from 0, a root's is its own; `relations`, `tags` (UPOS), `forms` (Penn) and `entities`
    (BIO) have n names. `events` (n, types) are probabilities, index 0 is "none". `roles` maps a word number that may be
    a trigger to probabilities (n, roles); `modes` and `modalities` map it to a row of probabilities.
    """

    heads: list[int]
    relations: list[str]
    tags: list[str]
    forms: list[str]
    entities: list[str]
    events: Floats
    modes: dict[int, Floats]
    modalities: dict[int, Floats]
    roles: dict[int, Floats]


class ReaderModel:
    """The network and its labels.

    Args:
        folder: where `reader.onnx`, `heads.npz` and `labels.json` lie.
        threads: threads of one pass; several processes of one thread each are faster than one of several.

    Raises:
        ModelError: a file is missing or does not fit.
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        if missing := [name for name in FILES if not (folder / name).is_file()]:
            raise ModelError(f"{folder}: no {', '.join(missing)}; a reader is the files {', '.join(FILES)}")
        self.folder = folder
        self.labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text("utf-8"))
        self.heads = {name: array.astype(np.float32) for name, array in np.load(folder / "heads.npz").items()}
        self.pieces: WordPieces = load_wordpieces()
        self.guard = TagGuard(load_words(), self.labels)
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.session = ort.InferenceSession(str(folder / "reader.onnx"), options, providers=["CPUExecutionProvider"])
        self.outputs = [o.name for o in self.session.get_outputs()]

    def read(self, sentences: Sequence[Sequence[str]]) -> list[Reading]:
        """Read sentences, each a non-empty sequence of words without white space; the order is kept."""
        coded = [[self.pieces.encode(w) for w in words] for words in sentences]
        readings: list[Reading | None] = [None] * len(sentences)
        for group in _group(coded):
            found = self._read_group([sentences[i] for i in group], [coded[i] for i in group])
            for index, reading in zip(group, found, strict=True):
                readings[index] = reading
        return [r for r in readings if r is not None]

    def _read_group(self, sentences: list[Sequence[str]], coded: list[list[tuple[int, ...]]]) -> Iterator[Reading]:
        inputs = _tensors(sentences, coded, self.pieces)
        out = dict(zip(self.outputs, self.session.run(None, inputs), strict=True))
        lengths = [len(s) for s in sentences]
        heads = _choose_heads(out["arcs"], lengths)
        rows = np.arange(len(sentences))[:, None]
        mixed = np.maximum(out["relation_dependent"] + out["relation_head"][rows, heads], 0)
        relations = (mixed @ self.heads["relation_weight"].T + self.heads["relation_bias"]).argmax(-1)
        events = _softmax(out["events"])
        tags, forms = self.guard.choose(sentences, out, relations, 1 - events[:, :, 0])
        best = {"tags": tags, "forms": forms, "entities": out["entities"].argmax(-1), "relations": relations}
        for i, n in enumerate(lengths):
            names = {name: [self.labels[name][k] for k in best[name][i, 1 : n + 1].tolist()] for name in best}
            own = [h - 1 if h else w for w, h in enumerate(heads[i, 1 : n + 1].tolist())]
            triggers = self._trigger_layers(out, events, i, n)
            yield Reading(heads=own, **names, events=events[i, 1 : n + 1], **triggers)  # type: ignore[arg-type]

    def _trigger_layers(self, out: dict[str, Floats], events: Floats, i: int, n: int) -> dict[str, dict[int, Floats]]:
        """Modes, modalities and roles of the words of sentence i that may be triggers."""
        words = np.flatnonzero(events[i, 1 : n + 1, 0] < 1 - FAINT)
        if not len(words):
            return {"modes": {}, "modalities": {}, "roles": {}}
        places = np.clip(np.arange(n)[None, :] - words[:, None], -REACH, REACH) + REACH
        mixed = (
            out["role_trigger"][i, words + 1][:, None]
            + out["role_argument"][i, 1 : n + 1][None]
            + self.heads["role_distance"][places]
        )
        scores = {
            "modes": _softmax(out["modes"][i, words + 1]),
            "modalities": _softmax(out["modalities"][i, words + 1]),
            "roles": _softmax(np.maximum(mixed, 0) @ self.heads["role_weight"].T + self.heads["role_bias"]),
        }
        return {name: dict(zip(words.tolist(), rows, strict=True)) for name, rows in scores.items()}


def _group(coded: Sequence[Sequence[tuple[int, ...]]]) -> Iterator[list[int]]:
    """Indices of sentences of similar length, at most BUDGET padded pieces together."""
    lengths = [sum(map(len, words)) + 2 for words in coded]
    group: list[int] = []
    for index in sorted(range(len(coded)), key=lengths.__getitem__):
        if group and (len(group) + 1) * lengths[index] > BUDGET:
            yield group
            group = []
        group.append(index)
    if group:
        yield group


def _tensors(
    sentences: Sequence[Sequence[str]], coded: Sequence[Sequence[tuple[int, ...]]], pieces: WordPieces
) -> dict[str, NDArray[np.int64]]:
    """The graph's three inputs, padded with 0. Words past the encoder's last place share its last piece."""
    longest = min(max(sum(map(len, words)) for words in coded), PIECES) + 2
    ids, shapes = (np.zeros((len(coded), longest), dtype=np.int64) for _ in range(2))
    first = np.zeros((len(coded), max(map(len, coded)) + 1), dtype=np.int64)
    for i, (words, own) in enumerate(zip(sentences, coded, strict=True)):
        flat = [p for word in own for p in word][:PIECES]
        ids[i, : len(flat) + 2] = [pieces.classify, *flat, pieces.separate]
        shape = [s for w, word in zip(words, own, strict=True) for s in [shape_of(w)] * len(word)][:PIECES]
        shapes[i, : len(shape) + 2] = [6, *shape, 6]
        starts = np.cumsum([1, *map(len, own)])[:-1]
        first[i, 1 : len(own) + 1] = np.minimum(starts, PIECES)
    return {"pieces": ids, "shapes": shapes, "first": first}


def _choose_heads(arcs: Floats, lengths: Sequence[int]) -> NDArray[np.int64]:
    """Greedy heads, replaced by the best tree in the few sentences where they have a cycle or several roots."""
    words = arcs.shape[1]
    padding = np.arange(words)[None, :] > np.asarray(lengths)[:, None]
    arcs = np.where(padding[:, None, :], -np.inf, arcs)
    arcs[:, np.arange(words), np.arange(words)] = -np.inf
    heads: NDArray[np.int64] = arcs.argmax(-1)
    heads[:, 0] = 0
    for i, n in enumerate(lengths):
        if not is_tree(heads[i, : n + 1].tolist()):
            heads[i, : n + 1] = best_tree(arcs[i, : n + 1, : n + 1])
    return heads


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    return raised / raised.sum(-1, keepdims=True)  # type: ignore[no-any-return]
