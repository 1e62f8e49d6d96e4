"""Turn examples into padded tensors of about equal size. Pads with -100 what a loss must not see."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from casus.read.wordpieces import SHAPES, WordPieces, shape_of
from train.examples import EVENT_TYPES, MODALITIES, MODES, ROLES, TAGS, UNTOLD, UPOS, Example

LONGEST = 110  # words; a handful of training sentences are longer and are left out
IGNORE = -100
CASES = {SHAPES.index("UPPER"): 0.05, SHAPES.index("Title"): 0.02, SHAPES.index("lower"): 0.02}  # share shown so
PARTIAL = ("lexicon",)  # sources that tell of their triggers and parties, and nothing of the other words
MASKED = {"events": 0.08, "geneva": 0.05, "ewt": 0.04, "gum": 0.04, "gmb": 0.03}  # share of words hidden, by source
TYPE_ID, MODE_ID, MODALITY_ID, ROLE_ID, UPOS_ID = (
    {n: i for i, n in enumerate(t)} for t in (EVENT_TYPES, MODES, MODALITIES, ROLES, UPOS)
)


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors over (batch, W); W counts the root at 0. `triggers` rows are (sentence, word); roles (trigger, W)."""

    pieces: Tensor
    shapes: Tensor
    first: Tensor
    heads: Tensor
    relations: Tensor
    tags: Tensor
    forms: Tensor
    entities: Tensor  # (batch, W, tags) bool: what is allowed; all False where nothing is known
    events: Tensor
    triggers: Tensor
    modes: Tensor
    modalities: Tensor
    roles: Tensor
    frames: Tensor


def make_batches(
    examples: Sequence[Example], pieces: WordPieces, budget: int, rng: random.Random
) -> Iterator[list[Example]]:
    """Shuffled groups of similar length whose padded word pieces stay under the budget."""
    order = [e for e in examples if 0 < len(e.words) <= LONGEST]
    lengths = {id(e): sum(len(pieces.encode(w)) for w in e.words) + 2 for e in order}
    order.sort(key=lambda e: lengths[id(e)] + rng.random() * 4)
    groups: list[list[Example]] = [[]]
    for example in order:
        if (len(groups[-1]) + 1) * lengths[id(example)] > budget and groups[-1]:
            groups.append([])
        groups[-1].append(example)
    rng.shuffle(groups)
    yield from groups


def collate(
    group: Sequence[Example], pieces: WordPieces, names: dict[str, dict[str, int]], rng: random.Random
) -> Batch:
    """Tensors of one group, each sentence as its case and its masked words were drawn."""
    coded = [_encode(e.words, pieces, _draw_case(rng), _draw_masked(e, rng)) for e in group]
    size = (len(group), max(len(e.words) for e in group) + 1)
    unknown = {name: torch.full(size, IGNORE) for name in ("heads", "relations", "tags", "forms", "events", "frames")}
    batch = Batch(
        **{name: _pad([row[k] for row in coded]) for k, name in enumerate(("pieces", "shapes", "first"))},
        **unknown,
        entities=torch.zeros((*size, len(TAGS)), dtype=torch.bool),
        **_trigger_tensors(group, size[1]),
    )
    for i, example in enumerate(group):
        _fill(batch, i, example, names)
    return batch


def _draw_case(rng: random.Random) -> int | None:
    """The shape that all words take, or None: telexes, headlines and careless writers must parse too."""
    return rng.choices((None, *CASES), (1 - sum(CASES.values()), *CASES.values()))[0]


def _draw_masked(example: Example, rng: random.Random) -> frozenset[int]:
    """Words to hide, so that events are read from what stands around them and not from remembered sentences."""
    rate = MASKED.get(example.source, 0.0)
    return frozenset(i for i in range(len(example.words)) if rng.random() < rate) if rate else frozenset()


def _encode(
    words: Sequence[str], pieces: WordPieces, case: int | None, masked: frozenset[int]
) -> tuple[list[int], list[int], list[int]]:
    ids, shapes, first = [pieces.classify], [6], [0]
    for i, word in enumerate(words):
        own = (pieces.ids["[MASK]"],) if i in masked else pieces.encode(word)
        first.append(len(ids))
        ids += own
        shapes += [case if case is not None and word.isalpha() else shape_of(word)] * len(own)
    return [*ids, pieces.separate], [*shapes, 6], first


def _pad(rows: list[list[int]]) -> Tensor:
    """Rows of unlike length as one tensor, filled up with 0."""
    longest = max(map(len, rows))
    return torch.tensor([r + [0] * (longest - len(r)) for r in rows])


def _fill(batch: Batch, i: int, example: Example, names: dict[str, dict[str, int]]) -> None:
    """Write one example's layers into row i."""
    end = len(example.words) + 1
    if example.tree:
        batch.heads[i, 1:end] = torch.tensor(example.tree.heads)
        batch.relations[i, 1:end] = torch.tensor(
            [names["relations"].get(r, names["relations"]["dep"]) for r in example.tree.relations]
        )
        batch.forms[i, 1:end] = torch.tensor([names["forms"].get(f, IGNORE) for f in example.tree.forms])
        batch.tags[i, 1:end] = torch.tensor([UPOS_ID.get(t, UPOS_ID["X"]) for t in example.tree.tags])
    for w, allowed in enumerate(example.entities or (), 1):
        batch.entities[i, w, list(allowed)] = True
    if example.frames:
        batch.frames[i, 1:end] = torch.tensor([names["frames"][f] for f in example.frames])
    elif example.triggers is not None:
        batch.events[i, 1:end] = IGNORE if example.source in PARTIAL else 0
        for trigger in example.triggers:
            batch.events[i, trigger.word + 1] = TYPE_ID[trigger.type or ""]


def _trigger_tensors(group: Sequence[Example], words: int) -> dict[str, Tensor]:
    """Where the triggers are, their modes and modalities, and the role of every word for each."""
    found = [(i, e, t) for i, e in enumerate(group) for t in e.triggers or ()]
    roles = torch.full((len(found), words), IGNORE)
    for row, (_, example, trigger) in enumerate(found):
        roles[row, 1 : len(example.words) + 1] = IGNORE if example.source in PARTIAL else 0
        for word, role in trigger.roles:
            roles[row, word + 1] = IGNORE if role == UNTOLD else ROLE_ID[role]
    return {
        "triggers": torch.tensor([(i, t.word + 1) for i, _, t in found]).reshape(-1, 2),
        "modes": torch.tensor([IGNORE if t.mode is None else MODE_ID[t.mode] for *_, t in found]),
        "modalities": torch.tensor([IGNORE if t.modality is None else MODALITY_ID[t.modality] for *_, t in found]),
        "roles": roles,
    }
