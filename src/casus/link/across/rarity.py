"""How rare words are in the news, from a table of counts (`data/frequencies.json`); what is not there is rarest.

The counts are those of stems and names in the older items of Wikipedia's current-events portal (CC BY-SA 4.0),
written by `train.across`. Knows nothing of events.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from casus.errors import ModelError

PACKAGE = "casus.link.across.model"
STOP_SHARE = 0.2  # a word in more of the texts than this says nothing
SMALL = 1  # counts below are not in the table


@cache
def load_frequencies() -> tuple[int, Mapping[str, int]]:
    """The number of texts counted, and in how many each stem and name stands.

    Raises:
        ModelError: the table is missing or broken.
    """
    try:
        table = json.loads(files(PACKAGE).joinpath("data/frequencies.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{PACKAGE}/data/frequencies.json: {error}") from error
    return table["texts"], table["units"]


@cache
def rarity(word: str) -> float:
    """Inverse document frequency: 0 for a word of every text, above 8 for one never seen."""
    texts, counts = load_frequencies()
    count = counts.get(word, SMALL)
    return 0.0 if count > STOP_SHARE * texts else math.log(texts / count)


def rarest(words: Iterable[str], most: int) -> tuple[str, ...]:
    """The rarest of the words, each once, in the order of the alphabet."""
    kept = sorted({w for w in words if rarity(w) > 0}, key=lambda w: (-rarity(w), w))[:most]
    return tuple(sorted(kept))


def overlap(a: Iterable[str], b: Iterable[str]) -> float:
    """The share of the weight of two sets of words that both hold: a cosine, every word weighing its rarity, 0 to 1."""
    one, two = set(a), set(b)
    weights = [math.sqrt(sum(rarity(w) ** 2 for w in side)) for side in (one, two)]
    if not all(weights):
        return 0.0
    return sum(rarity(w) ** 2 for w in one & two) / (weights[0] * weights[1])
