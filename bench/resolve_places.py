"""Measures places: senses of gold names and names found on LGL, and the places of events in annotated reports.

    python -m bench.resolve_places --lgl LGL.XML --gold FOLDER --errors 50 --reader casus

"Right" on LGL is within 161 km of the gold point. The naive answer, the most populous place of that name, is measured
in the same run. LGL counts names of parties and adjectives ("American") as places too, so all mentions are judged
there; in annotated reports marked spans are judged (`place_spans`), and `find_places` as it is. Nothing is written.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from bench.place_spans import RIGHT_KM, VERDICTS, Gold, gold_places, judge_spans, measure_spans
from casus.config import Settings
from casus.read.reader import load_reader
from casus.records import PlaceMention
from casus.resolve.gazetteer import Entry, Gazetteer, open_gazetteer
from casus.resolve.geometry import distance_km
from casus.resolve.place_names import fold_name
from casus.resolve.places import find_places
from casus.resolve.places.mentions import find_toponyms
from casus.resolve.places.names import Name
from casus.resolve.places.ranking import rank_names

_HELD = re.compile(r",? ?|, in | in |,? ?\(")


@dataclass(frozen=True, slots=True)
class Toponym:
    """One gold name of a text with its point, None where the corpus gives none."""

    start: int
    end: int
    text: str
    point: tuple[float, float] | None


@dataclass(slots=True)
class Tally:
    """Counts of found, gold and right."""

    found: int = 0
    gold: int = 0
    right: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in percent."""
        return 200 * self.right / max(1, self.found + self.gold)


def read_lgl(path: Path) -> Iterator[tuple[str, list[Toponym]]]:
    """Texts and gold names of a corpus in LGL's format."""
    for article in ElementTree.parse(path).getroot():
        names = [_read_gold(node) for node in article.iter("toponym")]
        yield article.findtext("text") or "", names


def _read_gold(node: ElementTree.Element) -> Toponym:
    place = node.find("gaztag")
    source = node if place is None else place
    lat, lon = source.findtext("lat"), source.findtext("lon")
    point = (float(lat), float(lon)) if lat and lon else None
    start, end = int(node.findtext("start") or 0), int(node.findtext("end") or 0)
    return Toponym(start, end, node.findtext("phrase") or "", point)


def rank_gold(text: str, golds: Sequence[Toponym], gazetteer: Gazetteer) -> list[tuple[Entry | None, Entry | None]]:
    """Our sense and the naive sense of each gold name."""
    names = [_as_name(gold, gazetteer) for gold in golds]
    pairs = itertools.pairwise(golds)
    outer = {n: n + 1 for n, (left, right) in enumerate(pairs) if _HELD.fullmatch(text[left.end : right.start])}
    ranked = rank_names(names, outer)
    naive = [max(name.entries, key=lambda entry: entry.population, default=None) for name in names]
    return [
        (ranking.entries[0] if ranking.entries else None, other) for ranking, other in zip(ranked, naive, strict=True)
    ]


def _as_name(gold: Toponym, gazetteer: Gazetteer) -> Name:
    country = gazetteer.country(gazetteer.country_of(gold.text) or "")
    entries = (country,) if country else gazetteer.lookup(gold.text)
    return Name(gold.start, gold.end, gold.text, fold_name(gold.text), entries, use="adjective" if country else "place")


def is_right(entry: Entry | None, point: tuple[float, float] | None) -> bool:
    """Whether a place is where the gold has it."""
    return entry is not None and point is not None and distance_km((entry.lat, entry.lon), point) <= RIGHT_KM


def measure_lgl(path: Path, nlp: Language, gazetteer: Gazetteer) -> dict[str, float]:
    """Percentages of gold spans right, ours and naive, and F1 of names found and right."""
    corpus = list(read_lgl(path))
    senses = [
        (gold, *pair)
        for text, golds in corpus
        for gold, pair in zip(golds, rank_gold(text, golds, gazetteer), strict=True)
    ]
    placed = [row for row in senses if row[0].point]
    tally, exact = Tally(), Tally()
    for doc, (_, golds) in zip(nlp.pipe(text for text, _ in corpus), corpus, strict=True):
        _count_found(doc, [gold for gold in golds if gold.point], gazetteer, tally)
        _count_found(doc, golds, gazetteer, exact)
    return {
        "gold spans": len(placed),
        "ours, % within 161 km": 100 * sum(is_right(ours, gold.point) for gold, ours, _ in placed) / len(placed),
        "naive, % within 161 km": 100 * sum(is_right(naive, gold.point) for gold, _, naive in placed) / len(placed),
        "found and right, F1": tally.f1,
        "found and right, precision": 100 * tally.right / max(1, tally.found),
        "found and right, recall": 100 * tally.right / max(1, tally.gold),
        "found and right, F1, gold without a point counted as missed": exact.f1,
    }


def _count_found(doc: Doc, golds: Iterable[Toponym], gazetteer: Gazetteer, tally: Tally) -> None:
    names, ranked, _ = find_toponyms(doc, gazetteer)
    spans = {}
    for name, ranking in zip(names, ranked, strict=True):
        piece = doc[name.start : name.end]
        if ranking.entries:
            spans[piece.start_char, piece.end_char] = ranking.entries[0]
    golds = list(golds)
    tally.found += len(spans)
    tally.gold += len(golds)
    for gold in golds:
        entry = next((entry for (start, end), entry in spans.items() if start < gold.end and gold.start < end), None)
        tally.right += is_right(entry, gold.point)


def measure_reports(folder: Path, nlp: Language, gazetteer: Gazetteer) -> tuple[dict[str, float], Counter[str]]:
    """Of the places of events: how many have a mention of ours, with the right country, with the right name too."""
    reports = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    counts: Counter[str] = Counter()
    misses: Counter[str] = Counter()
    for doc, report in zip(nlp.pipe(report["text"] for report in reports), reports, strict=True):
        mentions = find_places(doc, gazetteer)
        counts["mentions"] += len(mentions)
        for gold in gold_places(report):
            counts["gold"] += 1
            ours = _best(mentions, gold)
            right = _judge(gold, ours)
            counts.update(right)
            if "right" not in right:
                shown = f"{ours.place.name} {ours.place.country}" if ours else "nothing"
                misses[f"{gold['text']} = {gold['name']} {gold['country']} | {shown}"] += 1
    total = counts["gold"]
    return {
        "gold places": total,
        "mentions a report": counts["mentions"] / len(reports),
        "found %": 100 * counts["found"] / total,
        "country right %": 100 * counts["country"] / total,
        "name and country right %": 100 * counts["right"] / total,
    }, misses


def _best(mentions: Sequence[PlaceMention], gold: Gold) -> PlaceMention | None:
    """The mention over the gold span, the one of the same name first."""
    over = [mention for mention in mentions if mention.span.start < gold["end"] and gold["start"] < mention.span.end]
    return next((mention for mention in over if "right" in _judge(gold, mention)), over[0] if over else None)


def _judge(gold: Gold, ours: PlaceMention | None) -> set[str]:
    if ours is None:
        return set()
    if ours.place.country != gold["country"]:
        return {"found"}
    same = fold_name(gold["name"] or gold["text"]) == fold_name(ours.place.name or "")
    return {"found", "country", "right"} if same else {"found", "country"}


def measure_speed(folder: Path, nlp: Language, gazetteer: Gazetteer) -> float:
    """Words a second of `find_places` once the Doc is there."""
    docs = list(nlp.pipe(json.loads(path.read_text("utf-8"))["text"] for path in sorted(folder.glob("*.json"))))
    start = time.process_time()
    for doc in docs:
        find_places(doc, gazetteer)
    return sum(map(len, docs)) / (time.process_time() - start)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lgl", type=Path)
    parser.add_argument("--gold", type=Path, help="folder of annotated reports")
    parser.add_argument("--reader", default="casus")
    parser.add_argument("--cache", type=Path, default=Settings().cache)
    parser.add_argument("--errors", type=int, default=0, help="how many errors of each kind to print")
    asked = parser.parse_args()
    nlp, gazetteer = load_reader(asked.reader), open_gazetteer(asked.cache)
    if asked.lgl:
        for name, value in measure_lgl(asked.lgl, nlp, gazetteer).items():
            print(f"LGL      {name:60} {value:8.1f}")
    if asked.gold:
        _print_reports(asked.gold, nlp, gazetteer, asked.errors)


def _print_reports(folder: Path, nlp: Language, gazetteer: Gazetteer, errors: int) -> None:
    rows = list(judge_spans(folder, nlp, gazetteer))
    figures, misses = measure_reports(folder, nlp, gazetteer)
    figures |= measure_spans(rows) | {"words a second, after reading": measure_speed(folder, nlp, gazetteer)}
    for name, value in figures.items():
        print(f"reports  {name:60} {value:8.1f}")
    for verdict in VERDICTS[1:]:
        wrong = [row for row in rows if row[0] == verdict]
        for _, gold, ours in wrong[:errors]:
            told = f"{ours.name} {ours.country} {ours.precision}" if ours else "nothing"
            print(f"{verdict:14} {gold['text']} = {gold['name']} {gold['country']} | {told}")
    for miss, count in misses.most_common(errors):
        print(f"{'not found':14} {count} {miss}")


if __name__ == "__main__":
    main()
