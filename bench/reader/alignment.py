"""Score two readings of one text that may disagree on words and sentences: the CoNLL 2018 shared task's method.

Both sides are laid over the text's characters without white space. Tokens and sentences are right where both ends
are. Words of single-word tokens pair up where their ends are the same; words of a multi-word token ("don't" = do + n't)
pair up by the longest common subsequence of their lower-cased forms within it. A head is right where the words it names
are a pair. Figures are F1: twice the right ones among the words of both sides.

Knows no corpus and no pipeline (`bench.reader.raw`). Method: Zeman and others, "CoNLL 2018 Shared Task", section 5.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Extent = tuple[int, int]
ROOT = -1


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word.

    `start` and `end` count characters without white space; a word of a multi-word token has the whole token's. `head`
    is a place in the text's words, ROOT for a sentence's root.
    """

    form: str
    start: int
    end: int
    head: int
    relation: str
    tag: str
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Analysis:
    """One side: the text's characters without white space, the extents of tokens and sentences in it, the words."""

    characters: str
    tokens: tuple[Extent, ...]
    sentences: tuple[Extent, ...]
    words: tuple[Word, ...]


Counts = Counter[tuple[str, str]]
METRICS = ("tokens", "sentences", "words", "upos", "uas", "las")


def compare(gold: Analysis, own: Analysis) -> Counts:
    """Count what is right and what each side has.

    Returns:
        (metric, "right" | "gold" | "own") → count.

    Raises:
        ValueError: the two are not of the same text.
    """
    if gold.characters != own.characters:
        raise ValueError(f"two texts: {gold.characters[:40]!r}… and {own.characters[:40]!r}…")
    pairs = list(align(gold.words, own.words))
    partner = {j: i for i, j in pairs} | {ROOT: ROOT}
    counts: Counts = Counter()
    for name, theirs, ours in (("tokens", gold.tokens, own.tokens), ("sentences", gold.sentences, own.sentences)):
        counts.update({(name, "gold"): len(theirs), (name, "own"): len(ours)})
        counts[name, "right"] += len(set(theirs) & set(ours))
    for name in METRICS[2:]:
        counts.update({(name, "gold"): len(gold.words), (name, "own"): len(own.words)})
    counts["words", "right"] += len(pairs)
    for i, j in pairs:
        word, other = gold.words[i], own.words[j]
        attached = partner.get(other.head) == word.head
        counts["upos", "right"] += word.tag == other.tag
        counts["uas", "right"] += attached
        counts["las", "right"] += attached and plain(word.relation) == plain(other.relation)
    return counts


def plain(relation: str) -> str:
    """A relation without its subtype, a root's always `root`."""
    name = relation.partition(":")[0]
    return "root" if name == "ROOT" else name


def figures(counts: Counts) -> dict[str, float]:
    """F1 in per cent by metric."""
    return {
        name: round(200 * counts[name, "right"] / max(1, counts[name, "gold"] + counts[name, "own"]), 2)
        for name in METRICS
    }


def align(gold: Sequence[Word], own: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield (place in gold, place in own) of the words that are the same."""
    i = j = 0
    while i < len(gold) and j < len(own):
        if gold[i].joined or own[j].joined:
            first_i, first_j = _skip_before(gold[i], own[j], i, j)
            i, j = _pass_token(gold, own, first_i, first_j)
            for a, b in common_subsequence([w.form for w in gold[first_i:i]], [w.form for w in own[first_j:j]]):
                yield first_i + a, first_j + b
        elif (gold[i].start, gold[i].end) == (own[j].start, own[j].end):
            yield i, j
            i, j = i + 1, j + 1
        elif gold[i].start <= own[j].start:
            i += 1
        else:
            j += 1


def _skip_before(theirs: Word, ours: Word, i: int, j: int) -> tuple[int, int]:
    """Leave out a word that begins before the multi-word token of the other side."""
    if theirs.joined:
        return i, j + (not ours.joined and ours.start < theirs.start)
    return i + (theirs.start < ours.start), j


def _pass_token(gold: Sequence[Word], own: Sequence[Word], i: int, j: int) -> tuple[int, int]:
    """The places after all words of the multi-word token at i or j and of those that overlap it."""
    end = max(side[k].end for side, k in ((gold, i), (own, j)) if k < len(side) and side[k].joined)
    while _reaches(gold, i, end) or _reaches(own, j, end):
        if i < len(gold) and (j >= len(own) or gold[i].start <= own[j].start):
            end = max(end, gold[i].end) if gold[i].joined else end
            i += 1
        else:
            end = max(end, own[j].end) if own[j].joined else end
            j += 1
    return i, j


def _reaches(words: Sequence[Word], i: int, end: int) -> bool:
    """Whether the word at i belongs to a multi-word token that ends there."""
    return i < len(words) and (words[i].start < end if words[i].joined else words[i].end <= end)


def common_subsequence(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places of a longest common subsequence, letter case aside."""
    a, b = [w.lower() for w in left], [w.lower() for w in right]
    best = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in reversed(range(len(a))):
        for j in reversed(range(len(b))):
            best[i][j] = best[i + 1][j + 1] + 1 if a[i] == b[j] else max(best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs
