"""Event clusters across documents on ECB+: `python -m bench.ecbplus --data FOLDER [--tune]`, FOLDER holding `ECB+`.

Takes gold mentions of actions in the sentences that the annotators checked, of the development topics (2 5 12 18 21
34 35), all in one pool, and says which tell of one event: mentions of different documents by the pair model across
reports, mentions of one document by the model within a report, grouped by average linkage. Prints MUC, B³, CEAF-e and
their mean, chains of one included, beside two baselines: the same lemma, and the same lemma in documents alike.
`--tune` takes other topics of the training part, on which the thresholds below were set.

Lets the coder say what it can of a mention; a mention that it takes for no event has its lemma for a type and no
parties. Opens no topic that is kept back.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

from spacy.tokens import Doc
from spacy.tokens import Span as Words

from bench.chains import MEASURES, Chain, Chains
from casus.link.across.model.pairs import score_pair
from casus.link.across.rarity import overlap
from casus.link.across.tellings import Telling, make_tellings
from casus.link.pairs import Placed, place_events, sameness
from casus.logistic import load_models
from casus.pipeline import Coder
from casus.records import Event, Extent, Incident, Report, Span

DEV = ("2", "5", "12", "18", "21", "34", "35")
TUNE = ("1", "3", "4", "6", "7", "8", "9")
ENOUGH = 0.35  # mean chance from which groups are joined, best on TUNE
ALIKE = 0.15  # likeness of documents from which the stricter baseline joins their lemmas, best on TUNE
KIN = 0.02  # documents less alike are not compared: a speed-up that loses nothing
Mentions = Sequence["Mention"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A gold mention: its document, characters, head's lemma and chain, and what the coder makes of it."""

    document: str
    start: int
    chain: str
    lemma: str
    telling: Telling
    placed: Placed


@dataclass(frozen=True, slots=True)
class Marked:
    """A document of ECB+: its text, and its gold mentions as (start, end, chain)."""

    name: str
    text: str
    mentions: tuple[tuple[int, int, str], ...]


def read_documents(folder: Path, topics: Iterable[str]) -> Iterator[Marked]:
    """The documents of topics, with the action mentions of the sentences that were checked."""
    with folder.joinpath("ECBplus_coreference_sentences.csv").open(encoding="utf-8") as lines:
        checked = {(row["Topic"], row["File"], int(row["Sentence Number"])) for row in csv.DictReader(lines)}
    for topic in topics:
        for path in sorted(folder.joinpath("ECB+", topic).glob("*.xml")):
            file = path.stem.partition("_")[2]
            sentences = {number for t, f, number in checked if (t, f) == (topic, file)}
            yield read_document(path, sentences)


def read_document(path: Path, sentences: set[int]) -> Marked:
    """One document: tokens joined by blanks, sentences by line ends."""
    root = ElementTree.parse(path).getroot()
    text, places = "", {}
    number = None
    for token in root.iter("token"):
        own = int(token.attrib["sentence"])
        text += "" if number is None else " " if own == number else "\n"
        places[token.attrib["t_id"]] = (len(text), len(text) + len(token.text or ""), own)
        text += token.text or ""
        number = own
    chains = read_chains(root, path.stem)
    mentions = []
    for mark in root.find("Markables") or ():
        anchors = [places[a.attrib["t_id"]] for a in mark.iter("token_anchor")]
        if anchors and mark.tag.startswith(("ACTION", "NEG")) and anchors[0][2] in sentences:
            id_ = mark.attrib["m_id"]
            mentions.append((anchors[0][0], anchors[-1][1], chains.get(id_, f"{path.stem} {id_}")))
    return Marked(path.stem, text, tuple(sorted(set(mentions))))


def read_chains(root: ElementTree.Element, name: str) -> dict[str, str]:
    """Mention id → chain: its name across documents, else one of the document's own."""
    return {
        source.attrib["m_id"]: relation.attrib["note"] if "CROSS" in relation.tag else f"{name} {relation.get('r_id')}"
        for relation in root.find("Relations") or ()
        for source in relation.iter("source")
    }


def make_mentions(documents: Iterable[Marked], coder: Coder) -> Iterator[Mention]:
    """Gold mentions with what the coder makes of each."""
    for document in documents:
        report = Report(id=document.name, text=document.text)
        doc = coder.reader(document.text)
        coded = coder.code_unlinked(doc, report)
        events, lemmas = [], []
        for number, (start, end, _) in enumerate(document.mentions):
            head = find_head(doc, start, end)
            lemmas.append(head[2])
            events.append(as_event(f"e{number}", doc, (start, end), head, coded.events))
        incidents = tuple(as_incident(event) for event in events)
        whole = replace(report, events=tuple(events), incidents=incidents)
        tellings = make_tellings(whole, report.id)
        for (start, _, chain), lemma, telling, placed in zip(
            document.mentions, lemmas, tellings, place_events(whole), strict=True
        ):
            yield Mention(document.name, start, chain, lemma, telling, placed)


def find_head(doc: Doc, start: int, end: int) -> tuple[int, int, str]:
    """Start, end and lemma of the word of a mention that governs the others."""
    token = cover(doc, start, end).root
    return token.idx, token.idx + len(token), token.lemma_.lower()


def cover(doc: Doc, start: int, end: int) -> Words:
    """The words that a mention touches."""
    words = doc.char_span(start, end, alignment_mode="expand")
    return words if words is not None else doc[:1]


def as_event(id_: str, doc: Doc, place: tuple[int, int], head: tuple[int, int, str], coded: Iterable[Event]) -> Event:
    """The coder's event on a mention, the surest if there are several; else one that its lemma alone describes."""
    start, end = place
    found = [e for e in coded if e.trigger.start < end and e.trigger.end > start]
    if found:
        return replace(max(found, key=lambda e: e.confidence), id=id_)
    sentence = cover(doc, start, end).sent
    return Event(
        id=id_,
        trigger=Span(head[0], head[1], doc.text[head[0] : head[1]]),
        sentence=Extent(sentence.start_char, sentence.end_char),
        type=head[2],
        score=0.0,
        quad="verbal-cooperation",
    )


def as_incident(event: Event) -> Incident:
    """An incident of one event."""
    return Incident(
        id=f"i{event.id[1:]}",
        events=(event.id,),
        type=event.type,
        mode=event.mode,
        actors=event.actors,
        recipients=event.recipients,
        when=event.when,
        where=event.where,
    )


class Likeness:
    """How alike documents are, by the rare words and names they share; each pair is compared once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], float] = {}

    def __call__(self, a: Mention, b: Mention) -> float:
        """0 to 1; 1 within a document."""
        key = (a.document, b.document)
        if key not in self._known:
            self._known[key] = 1.0 if a.document == b.document else overlap(a.telling.topic, b.telling.topic)
        return self._known[key]


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
