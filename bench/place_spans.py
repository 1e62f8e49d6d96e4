"""Measures places on marked spans of annotated reports: each span is given, and the place that it means is judged.

Right is within 161 km of the gold place, or in its country where the gold place is one. The gold gives names and
countries but no points, so the point is that of the place of the gold's name in the gold's country; a place that no
gazetteer knows counts as right under the same name and country alone.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language

from casus.records import Place
from casus.resolve.gazetteer import Entry, Gazetteer
from casus.resolve.geometry import distance_km
from casus.resolve.place_names import fold_name
from casus.resolve.places.given import resolve_spans
from casus.resolve.places.names import NATIONS

RIGHT_KM = 161.0
VERDICTS = ("right", "no answer", "no point", "other country", "too far")
_DIRECTION = re.compile(r"(?:(?:north|south|east|west)(?:ern)?[ -]?){1,2} |central |downtown ", re.IGNORECASE)
Gold = Mapping[str, Any]


def gold_places(report: Gold) -> list[Gold]:
    """Each gold place once, however many events happened there."""
    places = (event["where"] for event in report["events"] if event["where"])
    return list({(place["start"], place["end"], place["name"]): place for place in places}.values())


def judge(gold: Gold, ours: Place | None, gazetteer: Gazetteer) -> str:
    """One of VERDICTS."""
    if ours is None:
        return "no answer"
    same_country = (ours.country or None) == (gold["country"] or None)
    name = gold["name"] or gold["text"]
    if same_country and (gold["precision"] == "country" or plain_name(ours.name or "") == plain_name(name)):
        return "right"
    points = gold_points(gold, gazetteer)
    if ours.lat is None or ours.lon is None or not points:
        return "no point" if same_country else "other country"
    at = (ours.lat, ours.lon)
    if any(distance_km(at, point) <= RIGHT_KM for point in points):
        return "right"
    return "too far" if same_country else "other country"


def plain_name(name: str) -> str:
    """The folded name, with directions in one form: "north-eastern" is "northeast"."""
    plain = fold_name(name)
    direction = _DIRECTION.match(plain)
    return plain if direction is None else direction[0].replace("ern", "").replace(" ", "") + plain[direction.end() :]


def gold_points(gold: Gold, gazetteer: Gazetteer) -> list[tuple[float, float]]:
    """Where the gold's name lies in the gold's country: of several towns the largest alone."""
    name = gold["name"] or gold["text"]
    bare = _DIRECTION.sub("", name)
    known = gazetteer.lookup(name) or (e for e in gazetteer.lookup(bare) if e.kind not in NATIONS)
    found = [e for e in known if e.country == gold["country"]]
    towns = [e for e in found if e.population]
    largest = max(towns, key=lambda e: e.population, default=None)
    kept: list[Entry] = [e for e in found if not e.population] + ([largest] if largest else [])
    return [(e.lat, e.lon) for e in kept]


def judge_spans(folder: Path, nlp: Language, gazetteer: Gazetteer) -> Iterator[tuple[str, Gold, Place | None]]:
    """Verdict, gold and ours for every gold place of a folder's reports."""
    reports = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    for doc, report in zip(nlp.pipe(report["text"] for report in reports), reports, strict=True):
        golds = gold_places(report)
        answers = resolve_spans(doc, [(gold["start"], gold["end"]) for gold in golds], gazetteer)
        for gold, answer in zip(golds, answers, strict=True):
            ours = answer.place if answer else None
            yield judge(gold, ours, gazetteer), gold, ours


def measure_spans(rows: Sequence[tuple[str, Gold, Place | None]]) -> dict[str, float]:
    """Percentages by verdict."""
    counts = Counter(verdict for verdict, _, _ in rows)
    shares = {verdict: 100 * counts[verdict] / max(1, len(rows)) for verdict in VERDICTS}
    return {"gold spans": float(len(rows))} | {f"gold spans, {verdict} %": share for verdict, share in shares.items()}
