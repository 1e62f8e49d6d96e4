"""Dictionary forms and features of EWT's words: with gold tags and trees, and from the reader's own.

A form is right where it is the treebank's to the letter. Features count where the treebank or the reader gives one of
`FEATURES`: those from which tense, voice, negation, number and person are read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bench.reader.words import Parsed
from casus.read.lemmas import lemma_of
from casus.read.morphology import find_features
from train.corpora import read_conllu

FEATURES = ("Tense", "VerbForm", "Mood", "Voice", "Polarity", "Number", "Person")
Rows = list[list[str]]


def read_rows(root: Path, part: str) -> list[Rows]:
    """The word rows of EWT's sentences, in the order of `train.corpora.read_ewt`."""
    name = {"train": "en_ewt-ud-train.rebuilt.conllu"}.get(part, f"en_ewt-ud-{part}.conllu")
    return [rows for _, rows in read_conllu(root / "ewt" / name)]


def score_lemmas(sentences: Sequence[Rows], readings: Sequence[Parsed] | None = None) -> float:
    """Per cent of words whose dictionary form is right, with the readings' tags or the gold ones."""
    right = total = 0
    for k, rows in enumerate(sentences):
        tags = readings[k].tags if readings else [row[3] for row in rows]
        forms = readings[k].forms if readings else [row[4] for row in rows]
        right += sum(lemma_of(row[1], *own) == row[2] for row, *own in zip(rows, tags, forms, strict=True))
        total += len(rows)
    return round(100 * right / max(1, total), 2)


def score_features(sentences: Sequence[Rows], readings: Sequence[Parsed]) -> dict[str, float]:
    """F1 in per cent by feature, from the readings' tags and trees."""
    counts: Counter[tuple[str, str]] = Counter()
    for rows, reading in zip(sentences, readings, strict=True):
        own = find_features([row[1] for row in rows], reading.forms, reading.relations, reading.heads)
        for row, features in zip(rows, own, strict=True):
            gold, found = split_features(row[5]), split_features(features)
            for name in FEATURES:
                counts[name, "both"] += (name in gold) + (name in found)
                counts[name, "right"] += name in gold and gold[name] == found.get(name)
    return {name: round(200 * counts[name, "right"] / max(1, counts[name, "both"]), 1) for name in FEATURES}


def split_features(text: str) -> dict[str, str]:
    """`Number=Sing|Person=3` as a dictionary."""
    return dict(part.split("=", 1) for part in text.split("|") if "=" in part)
