"""What the network says of events in a whole Doc: the extension `doc._.event_reading`, and its way through bytes.

Decides nothing (the coder does): these are probabilities over the tokens of a Doc, spaces included.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import srsly
from numpy.typing import NDArray
from spacy.tokens import Doc

from casus.read.model import TRIGGERS, Reading

EXTENSION = "event_reading"
MARK = "casus.EventReading.v1"  # names the record in a Doc's bytes
Floats = NDArray[np.float32]
Chain = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class EventReading:
    """The network's view of events, over tokens of the Doc.

    `labels` names the columns. `events` is (tokens, types), its column 0 is "" for no event. `modes`, `modalities` and
    `roles` map the token index of every word that may be a trigger to probabilities: (modes,), (modalities,) and (words
    of the sentence, roles); `words` maps it to the token indices of those words.
    """

    labels: dict[str, list[str]]
    events: Floats
    modes: dict[int, Floats]
    modalities: dict[int, Floats]
    roles: dict[int, Floats]
    words: dict[int, list[int]]


def register_extension() -> None:
    """Let every Doc have `doc._.event_reading`, None unless our reader has read it."""
    if not Doc.has_extension(EXTENSION):
        Doc.set_extension(EXTENSION, default=None)


def gather_readings(
    count: int, read: Sequence[tuple[list[int], Reading]], labels: dict[str, list[str]]
) -> EventReading:
    """Put the sentences' event layers together.

    Args:
        count: tokens of the Doc.
        read: token indices of each sentence's words, and its reading.
        labels: of the network.
    """
    events = np.zeros((count, len(labels["events"])), dtype=np.float32)
    events[:, 0] = 1.0
    layers: dict[str, dict[int, Any]] = {name: {} for name in TRIGGERS}
    words_of: dict[int, list[int]] = {}
    for words, reading in read:
        events[words] = reading.events
        for name, layer in layers.items():
            layer.update({words[k]: row for k, row in getattr(reading, name).items()})
        words_of.update({words[k]: words for k in reading.roles})
    return EventReading(labels, events, words=words_of, **layers)


def encode_reading(value: Any, chain: Chain | None = None) -> Any:
    """An EventReading as a dict that msgpack can write; mappings become pairs, because its keys must be strings."""
    if not isinstance(value, EventReading):
        return value if chain is None else chain(value)
    plain = {f.name: getattr(value, f.name) for f in fields(value)}
    pairs = {n: [list(item) for item in v.items()] for n, v in plain.items() if n not in ("labels", "events")}
    return {MARK: plain | pairs}


def decode_reading(value: Any, chain: Chain | None = None) -> Any:
    """Counterpart of `encode_reading`."""
    if not (isinstance(value, Mapping) and MARK in value):
        return value if chain is None else chain(value)
    plain = value[MARK]
    labels = {name: list(names) for name, names in plain["labels"].items()}
    layers = {name: dict(plain[name]) for name in TRIGGERS}
    return EventReading(labels, plain["events"], **layers, words={k: list(v) for k, v in plain["words"]})


# spaCy writes a Doc's user data with srsly's msgpack, which asks these two for what it does not know.
srsly.msgpack_encoders(MARK, func=encode_reading)
srsly.msgpack_decoders(MARK, func=decode_reading)
