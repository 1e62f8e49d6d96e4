"""Reports that the coder itself coded, as training sentences: sure verdicts teach, doubtful words are masked.

What lexicon, tree and network decided together teaches the network what lexicon and tree know (self-training).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from train.events import report_examples
from train.examples import Example

SURE, DOUBTFUL = 0.6, 0.12  # confidence above which an event is taken for true, and below which a word names none
SOURCE = "silver"
Word = tuple[int, int, str]


def read_silver(path: Path, tokenize: Callable[[str], list[list[Word]]]) -> list[Example]:
    """Sentences of the coded reports in a JSON Lines file, one example each.

    Args:
        path: reports as the coder gives them with every event of a confidence above DOUBTFUL.
        tokenize: text → sentences of (start, end, word) in characters.
    """
    with path.open(encoding="utf-8") as lines:
        return [e for line in lines for e in silver_examples(json.loads(line), tokenize)]


def silver_examples(report: dict[str, Any], tokenize: Callable[[str], list[list[Word]]]) -> Iterator[Example]:
    """One example a sentence: sure events as triggers, the triggers of the others as unsure words."""
    sure = [e for e in report["events"] if e["confidence"] >= SURE]
    unsure = {e["trigger"]["start"] for e in report["events"] if e["confidence"] < SURE}
    sentences = tokenize(report["text"])
    examples = report_examples([{**report, "events": sure}], lambda _: sentences)
    for example, sentence in zip(examples, sentences, strict=True):
        yield replace(example, source=SOURCE, unsure=tuple(_words_at(sentence, unsure)))


def _words_at(sentence: Iterable[Word], starts: set[int]) -> Iterator[int]:
    return (i for i, (start, _, _) in enumerate(sentence) if start in starts)
