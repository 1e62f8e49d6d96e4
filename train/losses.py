"""What the network is asked to get right, layer by layer; a layer absent from a batch costs nothing."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from train.batches import IGNORE, Batch
from train.model import DISTANCES, ReaderNet

WEIGHTS = {
    "arcs": 1.0, "relations": 1.0, "tags": 0.5, "forms": 0.5, "entities": 1.0, "events": 1.5, "modes": 0.3,
    "modalities": 0.3, "roles": 1.0, "frames": 0.5,
}  # fmt: skip


def read_losses(net: ReaderNet, batch: Batch) -> dict[str, Tensor]:
    """Mean cross-entropy of each layer that the batch has."""
    arcs, dependent, head, tags, forms, entities, events, modes, modalities, trigger, argument, view = net.look(
        batch.pieces, batch.shapes, batch.first
    )
    losses: dict[str, Tensor] = {}
    if (batch.heads != IGNORE).any():
        losses["arcs"] = _cross(arcs.masked_fill(_padding(batch)[:, None, :], -1e4), batch.heads)
        chosen = torch.gather(head, 1, batch.heads.clamp(min=0)[:, :, None].expand_as(head))
        losses["relations"] = _cross(net.relation_output(functional.relu(dependent + chosen)), batch.relations)
        losses["tags"] = _cross(tags, batch.tags)
        losses["forms"] = _cross(forms, batch.forms)
    if batch.entities.any():
        losses["entities"] = _allowed(entities, batch.entities)
    if (batch.events != IGNORE).any():
        losses["events"] = _cross(events, batch.events)
    if (batch.frames != IGNORE).any():
        losses["frames"] = _cross(net.frames(view), batch.frames)
    if len(batch.triggers):
        i, w = batch.triggers.T
        layers = {"modes": (modes[i, w], batch.modes), "modalities": (modalities[i, w], batch.modalities)}
        layers["roles"] = (score_roles(net, trigger[i, w], argument[i], w), batch.roles)
        losses |= {name: _cross(*pair) for name, pair in layers.items() if (pair[1] != IGNORE).any()}
    return losses


def score_roles(net: ReaderNet, trigger: Tensor, argument: Tensor, word: Tensor) -> Tensor:
    """(triggers, ROLE), (triggers, W, ROLE) and the triggers' word numbers → (triggers, W, roles)."""
    places = torch.arange(argument.shape[1], device=argument.device)[None, :] - word[:, None]
    distance = net.role_distance(places.clamp(-(DISTANCES // 2), DISTANCES // 2) + DISTANCES // 2)
    return net.role_output(functional.relu(trigger[:, None, :] + argument + distance))  # type: ignore[no-any-return]


def _padding(batch: Batch) -> Tensor:
    """(batch, W) true where no word stands; the root is a word."""
    padding = batch.first == 0
    padding[:, 0] = False
    return padding


def _cross(scores: Tensor, gold: Tensor) -> Tensor:
    return functional.cross_entropy(scores.flatten(0, -2), gold.flatten(), ignore_index=IGNORE)


def _allowed(scores: Tensor, allowed: Tensor) -> Tensor:
    """Minus log of the probability that the source allows, over words about which it says anything."""
    known = allowed.any(-1) & ~allowed.all(-1)
    log = functional.log_softmax(scores[known], dim=-1).masked_fill(~allowed[known], -torch.inf)
    return -torch.logsumexp(log, dim=-1).mean()
