"""What the reader costs: words a second, seconds to load."""

from __future__ import annotations

import time
from collections.abc import Sequence

from casus.read.reader import load_reader
from train.examples import Example


def measure_speed(examples: Sequence[Example], folder: str | None) -> dict[str, float]:
    """Words a second from raw text to a finished Doc on one thread, and seconds to load."""
    started = time.perf_counter()
    nlp = load_reader(folder or "casus")
    loaded = time.perf_counter()
    texts = [" ".join(w for e in examples[k : k + 20] for w in e.words) for k in range(0, len(examples), 20)]
    list(nlp.pipe(texts[:5]))
    begun = time.perf_counter()
    words = sum(len(doc) for doc in nlp.pipe(texts))
    return {"load s": round(loaded - started, 2), "words/s": round(words / (time.perf_counter() - begun))}
