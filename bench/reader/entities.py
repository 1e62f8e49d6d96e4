"""Entities by exact span and type; GPE, LOC and FAC counted as one where a corpus does not tell them apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casus.read.model import Reading
from train.corpora import Span, bio_spans
from train.examples import TAGS, Example

COARSE = {"GPE": "LOC", "FAC": "LOC"}


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
