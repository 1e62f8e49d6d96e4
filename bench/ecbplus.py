"""Event clusters across documents on ECB+: `python -m bench.ecbplus --data FOLDER [--tune]`, FOLDER holding `ECB+`.

Takes gold mentions of actions in the sentences that the annotators checked, of the development topics (2 5 12 18 21
34 35), all in one pool, and says which tell of one event: mentions of different documents by the pair model across
reports, mentions of one document by the model within a report, grouped by average linkage. Prints MUC, B³, CEAF-e and
their mean, chains of one included, beside two baselines: the same lemma, and the same lemma in documents alike.
`--tune` takes other topics of the training part, on which the thresholds below were set.

The pair model learnt from topics of the training part, none of them measured here. Opens no topic that is kept back.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import combinations
from pathlib import Path

from bench.chains import MEASURES, Chain, Chains
from casus.link.across.model.pairs import score_pair
from casus.link.pairs import sameness
from casus.logistic import load_models
from casus.pipeline import Coder
from train.ecbplus import DEV, KIN, TUNE, Likeness, Mention, make_mentions, read_documents

ENOUGH = 0.25  # mean chance from which groups are joined, best on TUNE
ALIKE = 0.1  # likeness of documents from which the stricter baseline joins their lemmas, best on TUNE
Mentions = Sequence[Mention]


def score_mentions(a: Mention, b: Mention) -> float:
    """The chance that two mentions tell of one event, 0 to 1."""
    if a.document != b.document:
        return score_pair(a.telling, b.telling)
    first, second = sorted((a, b), key=lambda m: m.start)
    return load_models("casus.link")["same"].probability(sameness(first.placed, second.placed))


def group(count: int, chances: Mapping[tuple[int, int], float], enough: float) -> list[set[int]]:
    """Average linkage down to `enough`; pairs without a chance have none."""
    groups = {k: {k} for k in range(count)}
    near: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for (a, b), chance in chances.items():
        near[a][b] = near[b][a] = chance
    heap = [(-chance, a, b) for (a, b), chance in chances.items()]
    heapify(heap)
    while heap and -heap[0][0] >= enough:
        mean, a, b = heappop(heap)
        if a in groups and b in groups and -mean == near[a][b] / (len(groups[a]) * len(groups[b])):
            _join(groups, near, a, b)
            for other, total in near[a].items():
                heappush(heap, (-total / (len(groups[a]) * len(groups[other])), a, other))
    return list(groups.values())


def _join(groups: dict[int, set[int]], near: dict[int, dict[int, float]], a: int, b: int) -> None:
    """Put group b into group a; the sums of chances to other groups add up."""
    groups[a] |= groups.pop(b)
    for other, total in near.pop(b).items():
        near[other].pop(b)
        if other != a:
            near[a][other] = near[other][a] = near[a].get(other, 0.0) + total


def cluster(mentions: Mentions, likeness: Likeness, enough: float = ENOUGH) -> list[set[int]]:
    """Our clusters of mentions."""
    pairs = ((i, j) for i, j in combinations(range(len(mentions)), 2) if likeness(mentions[i], mentions[j]) >= KIN)
    return group(len(mentions), {(i, j): score_mentions(mentions[i], mentions[j]) for i, j in pairs}, enough)


def cluster_lemmas(mentions: Mentions, alike: Callable[[Mention, Mention], bool] | None = None) -> list[set[int]]:
    """The baseline: mentions of one lemma are one event, if asked for only where documents are alike."""
    groups: list[set[int]] = []
    for k, mention in enumerate(mentions):
        fits = [
            g
            for g in groups
            if any(mentions[j].lemma == mention.lemma and (alike is None or alike(mentions[j], mention)) for j in g)
        ]
        groups = [g for g in groups if g not in fits] + [{k}.union(*fits)]
    return groups


def score_clusters(gold: Chains, found: Chains) -> dict[str, float]:
    """F1 of each measure in per cent and their mean, clusters of one included.

    What no gold and found cluster share counts nothing, so that clusters can be compared by connected parts.
    """
    figures = {}
    for name, count in MEASURES.items():
        counts = [count(*part) for part in cut_apart(gold, found)]
        right_r, all_r, right_p, all_p = (sum(column) for column in zip(*counts, strict=True))
        recall, precision = right_r / max(all_r, 1), right_p / max(all_p, 1)
        figures[name] = 100 * 2 * recall * precision / (recall + precision) if recall + precision else 0.0
    return figures | {"CoNLL": sum(figures.values()) / len(figures)}


def cut_apart(gold: Chains, found: Chains) -> list[tuple[Chains, Chains]]:
    """Both sides cut into the smallest parts that share no mention."""
    parts: list[tuple[Chain, tuple[list[Chain], list[Chain]]]] = []
    for side, clusters in enumerate((gold, found)):
        for own in clusters:
            touched = [part for part in parts if part[0] & own]
            sides: tuple[list[Chain], list[Chain]] = ([], [])
            for k in (0, 1):
                sides[k].extend(cluster for part in touched for cluster in part[1][k])
            sides[side].append(own)
            parts = [part for part in parts if not part[0] & own]
            parts.append((frozenset(own).union(*(part[0] for part in touched)), sides))
    return [part[1] for part in parts]


def gold_clusters(mentions: Mentions) -> list[set[int]]:
    """The annotators' clusters."""
    chains: defaultdict[str, set[int]] = defaultdict(set)
    for k, mention in enumerate(mentions):
        chains[mention.chain].add(k)
    return list(chains.values())


def measure(mentions: Mentions) -> Iterator[tuple[str, str]]:
    """All figures."""
    gold, likeness = gold_clusters(mentions), Likeness()
    coded = Counter(m.telling.type.isupper() for m in mentions)
    yield "mentions, of which the coder takes for events", f"{len(mentions)}, {coded[True]}"
    yield "documents, clusters", f"{len({m.document for m in mentions})}, {len(gold)}"
    systems = {
        "same lemma": cluster_lemmas(mentions),
        "same lemma, documents alike": cluster_lemmas(mentions, lambda a, b: likeness(a, b) >= ALIKE),
        "casus": cluster(mentions, likeness),
    }
    for name, found in systems.items():
        yield name, "  ".join(f"{k} {v:.1f}" for k, v in score_clusters(gold, found).items())


def main() -> None:
    """Read the arguments, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with ECB+ and the list of checked sentences")
    parser.add_argument("--tune", action="store_true", help="take topics of the training part")
    args = parser.parse_args()
    documents = read_documents(args.data, TUNE if args.tune else DEV)
    for name, value in measure(list(make_mentions(documents, Coder()))):
        print(f"{name:50} {value}", flush=True)


if __name__ == "__main__":
    main()
