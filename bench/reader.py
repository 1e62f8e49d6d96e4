"""Accuracy and speed of the shipped reader: `python -m bench.reader --data FOLDER` (what `make unpack` unpacks).

Trees by the rules of the CoNLL 2018 shared task on gold words (relations without subtypes); entities by exact span and
type, GPE, LOC and FAC counted as one where a corpus does not tell them apart. Events: `casus evaluate`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from casus.read.model import Reading
from casus.read.reader import load_model, load_reader
from train.corpora import Span, bio_spans, read_ewt, read_gmb, read_gum
from train.examples import TAGS, Example

COARSE = {"GPE": "LOC", "FAC": "LOC"}
BATCH = 256  # sentences handed to the network at a time


def read_all(examples: Sequence[Example], folder: str | None) -> list[Reading]:
    """Read the examples' words with the shipped network."""
    model = load_model(folder, 1)
    return [r for k in range(0, len(examples), BATCH) for r in model.read([e.words for e in examples[k : k + BATCH]])]


def score_trees(examples: Sequence[Example], readings: Sequence[Reading]) -> dict[str, float]:
    """UAS, LAS, LAS with subtypes, UPOS, Penn tags: per cent of words."""
    hits = dict.fromkeys(("uas", "las", "las full", "upos", "penn"), 0)
    total = 0
    for example, reading in zip(examples, readings, strict=True):
        if example.tree is None:
            continue
        for i, (head, relation) in enumerate(zip(example.tree.heads, example.tree.relations, strict=True)):
            own = 0 if reading.heads[i] == i else reading.heads[i] + 1
            label = "root" if own == 0 else reading.relations[i]
            hits["uas"] += own == head
            hits["las"] += own == head and label.partition(":")[0] == relation.partition(":")[0]
            hits["las full"] += own == head and label == relation
            hits["upos"] += reading.tags[i] == example.tree.tags[i]
            hits["penn"] += reading.forms[i] == example.tree.forms[i]
            total += 1
    return {name: round(100 * n / max(total, 1), 2) for name, n in hits.items()}


def gold_spans(example: Example) -> list[Span]:
    """Entities of a coarse scheme, read back from what each word may be."""
    tags = []
    for allowed in example.entities or ():
        names = {TAGS[i] for i in allowed}
        tags.append("O" if "O" in names else coarse(min(names)))
    return bio_spans(tags)


def coarse(tag: str) -> str:
    """A tag with the places as one type."""
    prefix, dash, kind = tag.partition("-")
    return prefix + dash + COARSE.get(kind, kind)


def score_entities(examples: Sequence[Example], readings: Sequence[Reading], kinds: Iterable[str]) -> dict[str, float]:
    """F1 by type and over all the types given."""
    wanted = set(kinds)
    counts = {kind: [0, 0, 0] for kind in (*sorted(wanted), "all")}
    for example, reading in zip(examples, readings, strict=True):
        if example.entities is None:
            continue
        gold = {s for s in gold_spans(example) if s[2] in wanted}
        found = {s for s in bio_spans(coarse(t) for t in reading.entities) if s[2] in wanted}
        for kind in counts:
            a, b = ({s for s in side if kind in ("all", s[2])} for side in (gold, found))
            counts[kind] = [x + y for x, y in zip(counts[kind], (len(a & b), len(b), len(a)), strict=True)]
    return {kind: round(200 * hit / max(found + gold, 1), 1) for kind, (hit, found, gold) in counts.items()}


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


def main() -> None:
    """Read the arguments and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--reader", help="folder of another reader than the shipped one")
    args = parser.parse_args()
    ewt, gum = read_ewt(args.data, "test"), read_gum(args.data, "test")
    gmb = read_gmb(args.data, lambda n: n % 10 == 0)
    rows = {
        "EWT test, gold words": score_trees(ewt, read_all(ewt, args.reader)),
        "GUM test, gold words": score_trees(gum, read_all(gum, args.reader)),
        "UNER EWT test, F1": score_entities(ewt, read_all(ewt, args.reader), ("PERSON", "ORG", "LOC")),
        "GMB held-out tenth, F1": score_entities(gmb, read_all(gmb, args.reader), ("PERSON", "ORG", "LOC", "DATE")),
        "speed, one thread": measure_speed(ewt, args.reader),
    }
    for name, figures in rows.items():
        sys.stdout.write(f"{name:26}" + "  ".join(f"{k} {v}" for k, v in figures.items()) + "\n")


if __name__ == "__main__":
    main()
