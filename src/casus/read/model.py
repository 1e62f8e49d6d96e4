"""Run the shipped network over sentences of words and decode what it says. Knows nothing of spaCy or raw text.

One pass of an int8 ONNX graph gives every layer; relation and role scores are finished here, for the chosen heads and
triggers alone. What is read together is decided in `casus.read.batches`, and changes nothing of what is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from casus.errors import ModelError
from casus.read.batches import group_sentences, make_tensors
from casus.read.bio import BioDecoder
from casus.read.heads import Numbers, choose_heads
from casus.read.tags import TagGuard, load_words
from casus.read.wordpieces import WordPieces, load_wordpieces

Floats = NDArray[np.float32]
FILES = ("reader.onnx", "heads.npz", "labels.json")
FAINT = 0.02  # triggers less likely than this get no roles
REACH = 16  # words; farther arguments share the last distance
LAYERS = ("tags", "forms", "entities", "relations")  # of names, one a word
TRIGGERS = ("modes", "modalities", "roles")  # of rows, one a possible trigger
SLOW = ("SkipLayerNormFusion", "BiasGeluFusion")  # each six times slower than what they put together, measured


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
        self.names = {layer: np.array(self.labels[layer], dtype=object) for layer in LAYERS}
        self.heads = {name: array.astype(np.float32) for name, array in np.load(folder / "heads.npz").items()}
        self.pieces: WordPieces = load_wordpieces()
        self.guard = TagGuard(load_words(), self.labels)
        self.bio = BioDecoder(self.labels["entities"])
        self.session = open_session(folder / "reader.onnx", threads)
        self.outputs = [o.name for o in self.session.get_outputs()]

    def read(self, sentences: Sequence[Sequence[str]]) -> list[Reading]:
        """Read sentences, each a non-empty sequence of words without white space; the order is kept."""
        encode = self.pieces.encode
        coded = [[encode(word) for word in words] for words in sentences]
        readings: dict[int, Reading] = {}
        for size, group in group_sentences(coded):
            own = [sentences[i] for i in group]
            tensors = make_tensors(own, [coded[i] for i in group], self.pieces, length=size)
            out = dict(zip(self.outputs, self.session.run(None, tensors), strict=True))
            readings.update(zip(group, self._decode(own, out), strict=True))
        return [readings[i] for i in range(len(sentences))]

    def _decode(self, sentences: list[Sequence[str]], out: dict[str, Floats]) -> Iterator[Reading]:
        """The readings of one batch."""
        lengths = [len(s) for s in sentences]
        rows, columns = np.arange(len(sentences))[:, None], np.arange(out["arcs"].shape[1])[None, :]
        heads = choose_heads(out["arcs"], lengths, lambda i, w, h: self._relation_sureness(out, i, w, h))
        relations = self._weigh_relations(out, rows, columns, heads).argmax(-1)
        events = _softmax(out["events"])
        tags, forms = self.guard.choose(sentences, out, relations, 1 - events[:, :, 0])
        names = self.bio.choose(out["entities"], lengths)
        best = {"tags": tags, "forms": forms, "entities": names, "relations": relations}
        words = {layer: self.names[layer][best[layer]].tolist() for layer in LAYERS}
        own = np.where(heads == 0, np.arange(heads.shape[1]), heads) - 1
        triggers = self._read_triggers(out, events, lengths)
        for i, (n, layers) in enumerate(zip(lengths, triggers, strict=True)):
            layers |= {layer: words[layer][i][1 : n + 1] for layer in LAYERS}
            yield Reading(heads=own[i, 1 : n + 1].tolist(), events=events[i, 1 : n + 1], **layers)

    def _weigh_relations(self, out: Mapping[str, Floats], i: Numbers, w: Numbers, h: Numbers) -> Floats:
        """Scores of every relation between the words w and their heads h in the sentences i."""
        mixed = np.maximum(out["relation_dependent"][i, w] + out["relation_head"][i, h], 0)
        return mixed @ self.heads["relation_weight"].T + self.heads["relation_bias"]  # type: ignore[no-any-return]

    def _relation_sureness(self, out: Mapping[str, Floats], i: Numbers, w: Numbers, h: Numbers) -> Floats:
        """Log-probability of the likeliest relation of each."""
        scores = self._weigh_relations(out, i, w, h)
        top = scores.max(-1)
        return -np.log(np.exp(scores - top[:, None]).sum(-1))  # type: ignore[no-any-return]

    def _read_triggers(self, out: Mapping[str, Floats], events: Floats, lengths: Sequence[int]) -> list[dict[str, Any]]:
        """Modes, modalities and roles of the words that may be triggers, for every sentence."""
        found: list[dict[str, Any]] = [{name: {} for name in TRIGGERS} for _ in lengths]
        likely = events[:, :, 0] < 1 - FAINT
        likely[:, 0] = False
        likely &= np.arange(events.shape[1])[None, :] <= np.asarray(lengths)[:, None]
        i, w = np.nonzero(likely)
        if not len(i):
            return found
        layers: dict[str, Floats] = {name: _softmax(out[name][i, w]) for name in ("modes", "modalities")}
        layers["roles"] = self._weigh_roles(out, i, w)
        for k, (sentence, word) in enumerate(zip(i.tolist(), w.tolist(), strict=True)):
            for name, rows in layers.items():
                row = rows[k, 1 : lengths[sentence] + 1] if name == "roles" else rows[k]
                found[sentence][name][word - 1] = row
        return found

    def _weigh_roles(self, out: Mapping[str, Floats], i: NDArray[np.int64], w: NDArray[np.int64]) -> Floats:
        """(triggers, W, roles) of the words w of the sentences i."""
        places = np.clip(np.arange(out["role_argument"].shape[1])[None, :] - w[:, None], -REACH, REACH) + REACH
        mixed = self.heads["role_distance"][places]
        mixed += out["role_trigger"][i, w][:, None]
        mixed += out["role_argument"][i]
        return _softmax(np.maximum(mixed, 0, out=mixed) @ self.heads["role_weight"].T + self.heads["role_bias"])


def open_session(path: Path, threads: int) -> ort.InferenceSession:
    """ONNX Runtime on a graph, on the processor.

    Raises:
        ModelError: the file is no graph.
    """
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_mem_pattern = False  # a plan kept for every shape of batch costs memory and saves no time
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=[*SLOW])


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    return raised / raised.sum(-1, keepdims=True)  # type: ignore[no-any-return]
