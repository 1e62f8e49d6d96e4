"""Fit the coder's logistic models on annotated reports: `python -m train.decide --gold FOLDER …`.

Each model learns to weigh lexicon, tree and network. The network's view counts only in the fold that `train.fit` kept
back; the other reports teach the rest. Whether a word names an act is learnt in two steps: what lexicon and tree say on
all other reports (`event alone`), that verdict beside the network's, on the fold (`event`). Needs no torch: the network
is read as it ships.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from spacy.tokens import Token

from casus.coding.attribution import possible_sources, source_features
from casus.coding.candidates import WORDS, Candidate, weigh_types, weigh_verdicts, words_alone
from casus.coding.circumstances import count_features, kind_for, mention_features
from casus.coding.coder import see
from casus.coding.modality import MODALITIES, modality_features
from casus.coding.roles import SIDES, frame_heads, phrase_heads, role_features
from casus.coding.sight import Sight, sentence_of
from casus.logistic import Logistic
from casus.pipeline import Coder
from casus.records import Report, TimeMention
from train.events import held_out, read_reports
from train.fitting import Row, fit_all, write_models

OUT = Path(__file__).parent.parent / "src/casus/coding/data/weights.json"
Gold = Mapping[str, Any]


def sight_of(coder: Coder, report: Gold) -> Sight:
    """Read and resolve one gold report."""
    record = Report(id=report["id"], text=report["text"], published=report.get("published"))
    doc = coder.reader(record.text)
    return see(doc, coder.find_facts(doc, record), coder.lexicon)


def event_rows(sight: Sight, report: Gold) -> Iterator[Row]:
    """Every proposal of a type for a word, right or wrong."""
    gold = {e["trigger"]["start"]: e["type"] for e in report["events"]}
    for token in sight.doc:
        if token.pos_ in WORDS:
            for _, type_, _, features in weigh_types(sight, token):
                yield "event", features, int(gold.get(token.idx) == type_)


def gold_candidates(sight: Sight, report: Gold) -> Iterator[tuple[Candidate, Gold]]:
    """The gold triggers as candidates."""
    tokens = {t.idx: t for t in sight.doc}
    for event in report["events"]:
        token = tokens.get(event["trigger"]["start"])
        if token is not None:
            match = next((m for m in sight.matches.get(token.i, ()) if m.entry.type == event["type"]), None)
            yield Candidate(token.i, match.head if match else token.i, event["type"], match, 1.0, {}), event


def is_top(token: Token, span: Gold) -> bool:
    """Whether a word is the head of the phrase in a gold span."""
    inside = span["start"] <= token.idx < span["end"]
    return inside and not (span["start"] <= token.head.idx < span["end"] and token.head.i != token.i)


def role_rows(sight: Sight, candidate: Candidate, event: Gold) -> Iterator[Row]:
    """Every phrase of the sentence for either side."""
    frames = {side: frame_heads(sight, candidate, side) for side in SIDES}
    for token in phrase_heads(sight, candidate):
        features = role_features(sight, candidate, token, frames)
        for side in SIDES:
            yield side, features, int(any(is_top(token, p) for p in event[f"{side}s"]))


def circumstance_rows(sight: Sight, candidate: Candidate, event: Gold) -> Iterator[Row]:
    """Times and places of the sentence."""
    sentence = sight.grounds.sentence[candidate.trigger]
    times = sight.grounds.times.get(sentence, [])
    wanted = (event["when"] or {}).get("text") or ""
    for time in times:
        same = (bool(wanted) and (wanted in time.span.text or time.span.text in wanted)) or same_days(event, time)
        yield "when", mention_features(sight, candidate, time, times, "when"), int(same)
    places = sight.grounds.places.get(sentence, [])
    where = event["where"] or {"start": -1, "end": -1}
    for place in places:
        hit = place.place.start < where["end"] and where["start"] < place.place.end
        yield "where", mention_features(sight, candidate, place, places, "where"), int(hit)


def same_days(event: Gold, time: TimeMention) -> bool:
    """Whether a time has the first and last day of the event's, in whatever words."""
    want, own = event["when"], time.when
    return bool(want) and own is not None and (want["start"][:10], want["end"][:10]) == (own.start, own.end)


def quantity_rows(sight: Sight, pairs: Sequence[tuple[Candidate, Gold]]) -> Iterator[Row]:
    """Every count with every trigger of its sentence that may have it."""
    for mention in sight.facts.quantities:
        start, end = sentence_of(sight.doc[mention.head])
        rivals = [(c, e) for c, e in pairs if start <= c.trigger < end and kind_for(c.type, mention.quantity.kind)]
        for candidate, event in rivals:
            kind = kind_for(candidate.type, mention.quantity.kind)
            spans = [q for q in event["quantities"] if q["kind"] == kind]
            hit = any(q["start"] < mention.quantity.end and mention.quantity.start < q["end"] for q in spans)
            yield "quantity", count_features(sight, candidate, mention, rivals), int(hit)


def source_rows(sight: Sight, candidate: Candidate, event: Gold) -> Iterator[Row]:
    """Everybody who could be the source of the statement."""
    gold = event["attribution"] or {}
    span = {"start": gold.get("start") if gold.get("start") is not None else -1, "end": gold.get("end") or -1}
    for source in possible_sources(sight, candidate):
        yield "source", source_features(sight, candidate, source), int(is_top(sight.doc[source.head], span))


def slot_rows(sight: Sight, report: Gold) -> Iterator[Row]:
    """Cases of every slot of the gold events of one report."""
    pairs = list(gold_candidates(sight, report))
    for candidate, event in pairs:
        yield from role_rows(sight, candidate, event)
        yield from circumstance_rows(sight, candidate, event)
        yield from source_rows(sight, candidate, event)
        features = modality_features(sight, candidate)
        yield from ((f"modality {m}", features, int(event["modality"] == m)) for m in MODALITIES)
    yield from quantity_rows(sight, pairs)


def fit_models(coder: Coder, reports: Sequence[Gold]) -> dict[str, Any]:
    """Fit every model: on held-out reports with the network's view, on all others without it, for it has seen those."""
    fresh: list[Row] = []
    seen: list[Row] = []
    words: list[Row] = []
    for report in reports:
        sight = sight_of(coder, report)
        alone = replace(sight, reading=None)
        if held_out(report["id"]):
            fresh += [*event_rows(sight, report), *slot_rows(sight, report)]
            continue
        words += [("event alone", words_alone(f), y) for _, f, y in event_rows(alone, report)]
        seen += slot_rows(alone, report)
    models = fit_all(words)
    verdict = Logistic(models["event alone"]["bias"], models["event alone"]["weights"])
    fresh = [(n, weigh_verdicts(f, verdict) if n == "event" else f, y) for n, f, y in fresh]
    return models | fit_all(fresh, seen)


def main() -> None:
    """Read the arguments, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, nargs="+", required=True)
    args = parser.parse_args()
    coder = Coder()
    coder.load()
    reports = read_reports(*args.gold)
    kept = sum(held_out(r["id"]) for r in reports)
    note = f"train.decide on {len(reports)} reports, {kept} of them unseen by the network; features: casus.coding"
    write_models(OUT, fit_models(coder, reports), note)


if __name__ == "__main__":
    main()
