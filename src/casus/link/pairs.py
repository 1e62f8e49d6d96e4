"""What two events of one report have in common and where they differ, as named signs. Judges nothing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

from casus.records import Event, Party, Report

WORD = re.compile(r"[A-Za-z’'-]+")
ENDINGS = ("ings", "ing", "ers", "er", "ions", "ion", "ed", "es", "s", "e", "al")
CUES: Mapping[str, tuple[str, ...]] = {
    "response": (
        "response",
        "respond",
        "responded",
        "responding",
        "reply",
        "replied",
        "answer",
        "react",
        "reacted",
        "reaction",
    ),
    "retaliate": (
        "retaliation",
        "retaliated",
        "retaliate",
        "retaliatory",
        "revenge",
        "avenge",
        "reprisal",
        "vengeance",
        "reprisals",
    ),
    "after": ("after", "following", "followed", "since", "days", "hours"),
    "over": ("over", "about"),
    "against": ("against",),
    "for": ("for",),
    "because": ("because", "due", "cited", "citing", "amid", "reason", "prompted", "led", "sparked"),
    "protest": ("protest", "protesting", "protested"),
    "condemn": ("condemned", "condemn", "denounced", "criticised", "criticized", "deplored", "slammed", "blasted"),
    "despite": ("despite", "although", "though"),
    "before": ("before", "ahead", "until"),
    "by": ("by",),
    "of": ("of",),
    "and": ("and",),
    "that": ("that",),
    "to": ("to",),
    "when": ("when", "while", "as"),
    "who": ("who", "which"),
}
SHOWN = 6  # words before a trigger that a pair looks at
REPEATED = frozenset(
    {
        "synonyms",
        "stem",
        "actors",
        "recipients",
        "place",
        "names",
        "mode",
        "when",
        "definite",
        "far",
        "sentence",
        "counts",
        "title",
    }
)
DEFINITE = frozenset({"the", "this", "that", "these", "those", "such"})
INDEFINITE = frozenset({"a", "an", "any", "some", "several", "more", "new"})
POSSESSIVE = frozenset({"its", "their", "his", "her"})
OTHER = frozenset(
    {
        "another",
        "other",
        "second",
        "separate",
        "separately",
        "elsewhere",
        "meanwhile",
        "previous",
        "earlier",
        "similar",
        "also",
        "new",
        "next",
    }
)
FAMILY = {
    "ASSAULT": "force",
    "COERCE": "force",
    "CONSULT": "talk",
    "AGREE": "talk",
    "SUPPORT": "talk",
    "CONCEDE": "yield",
    "RETREAT": "yield",
}


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared of an event, worked out once for all its pairs."""

    actors: frozenset[str]
    recipients: frozenset[str]
    names: frozenset[str]
    counts: frozenset[str]
    kinds: frozenset[str]
    place: frozenset[str]
    mode: frozenset[str]


@dataclass(frozen=True, slots=True)
class Placed:
    """An event with its sentence's number in the report and the words before its trigger."""

    event: Event
    sentence: int
    before: tuple[str, ...] = ()
    traits: Traits = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "traits", read_traits(self.event))


def read_traits(event: Event) -> Traits:
    """The traits of an event."""
    return Traits(
        actors=countries(event.actors),
        recipients=countries(event.recipients),
        names=frozenset((p.name or p.text).lower().removeprefix("the ") for p in (*event.actors, *event.recipients)),
        counts=frozenset(f"{q.kind} {q.min} {q.max}" for q in event.quantities),
        kinds=frozenset(q.kind for q in event.quantities),
        place=frozenset([(event.where.name or event.where.text).lower()]) if event.where else frozenset(),
        mode=frozenset([event.mode]) if event.mode else frozenset(),
    )


def place_events(report: Report) -> list[Placed]:
    """Events with the number of their sentence, counted over sentences that have events."""
    starts = sorted({e.sentence.start for e in report.events})
    number = {start: n for n, start in enumerate(starts)}
    return [Placed(e, number[e.sentence.start], _words_before(report, e)) for e in report.events]


def _words_before(report: Report, event: Event) -> tuple[str, ...]:
    """The last words of the sentence before the trigger, lower case, nearest last."""
    return tuple(w.lower() for w in WORD.findall(report.text[event.sentence.start : event.trigger.start])[-SHOWN:])


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """A crude stem, enough to see that `attacked` and `attacks` are one word."""
    word = word.lower()
    return next((word[: -len(e)] for e in ENDINGS if word.endswith(e) and len(word) - len(e) >= 3), word)


@cache
def load_groups() -> Mapping[str, frozenset[str]]:
    """Stem → the groups of synonyms it stands in: `data/synonyms.toml`."""
    table = tomllib.loads(files("casus.link").joinpath("data/synonyms.toml").read_text("utf-8"))
    index: dict[str, set[str]] = {}
    for group, words in table.items():
        for word in words:
            index.setdefault(stem(word), set()).add(group)
    return {word: frozenset(groups) for word, groups in index.items()}


@lru_cache(maxsize=1 << 14)
def _groups(word: str) -> frozenset[str]:
    return load_groups().get(stem(word), frozenset())


def countries(parties: tuple[Party, ...]) -> frozenset[str]:
    """Known countries of parties."""
    return frozenset(p.country for p in parties if p.country)


def compare(name: str, a: frozenset[str], b: frozenset[str]) -> dict[str, float]:
    """same, overlapping, one empty or different."""
    if not a or not b:
        return {f"{name} open": 1.0}
    if a == b:
        return {f"{name} same": 1.0}
    return {f"{name} overlap": 1.0} if a & b else {f"{name} differ": 1.0}


def sameness(a: Placed, b: Placed) -> dict[str, float]:
    """Signs that two events (a before b) are one happening."""
    one, two = a.event, b.event
    features = {
        f"type {one.type}": float(one.type == two.type),
        "type same": float(one.type == two.type),
        "family same": float(one.type != two.type and FAMILY.get(one.type, "a") == FAMILY.get(two.type, "b")),
        "stem same": float(stem(one.trigger.text) == stem(two.trigger.text)),
        "sentence same": float(a.sentence == b.sentence),
        "sentence next": float(b.sentence - a.sentence == 1),
        "far": min((b.sentence - a.sentence) / 10, 1.0),
        "synonyms": float(not _groups(one.trigger.text).isdisjoint(_groups(two.trigger.text))),
        "modality same": float(one.modality == two.modality),
        "title": float(one.sentence.start == 0),
    }
    first, second = a.traits, b.traits
    for name in ("mode", "actors", "recipients", "names", "counts"):
        features |= compare(name, getattr(first, name), getattr(second, name))
    features |= {f"kind {k}": v for k, v in compare("counts", first.kinds, second.kinds).items()}
    features |= compare("place", first.place, second.place) | _time(one, two)
    swapped = first.actors and first.actors == second.recipients != second.actors
    features |= {"swapped": float(bool(swapped)), **definiteness(b)}
    if one.type == two.type:
        both = features.get("actors same", 0) * features.get("recipients same", 0)
        features |= {f"same type, {k}": v for k, v in features.items() if k.split()[0] in REPEATED} | {
            "same type, both sides": both
        }
    return features


def definiteness(placed: Placed) -> dict[str, float]:
    """Whether the later trigger is told as known: `the attack`, `the deadly attack`, `that strike`, `their talks`."""
    near = placed.before[-3:]
    return {
        "definite": float(bool(DEFINITE & set(near[-2:]))),
        "indefinite": float(bool(INDEFINITE & set(near[-2:]))),
        "possessed": float(bool(POSSESSIVE & set(near))),
        "another": float(bool(OTHER & set(placed.before))),
    }


def _time(one: Event, two: Event) -> dict[str, float]:
    if not one.when or not two.when:
        return {"when open": 1.0}
    overlap = one.when.start <= two.when.end and two.when.start <= one.when.end
    return {"when same": 1.0} if overlap else {"when differ": 1.0}


def answering(report: Report, a: Placed, b: Placed) -> dict[str, float]:
    """Signs that event a answers event b."""
    one, two = a.event, b.event
    first, second = sorted((one, two), key=lambda e: e.trigger.start)
    between = [w.lower() for w in WORD.findall(report.text[first.trigger.end : second.trigger.start])]
    before = [w.lower() for w in WORD.findall(report.text[one.sentence.start : one.trigger.start])][:8]
    order = "then" if one is first else "back"
    features = {
        f"types {one.type} {two.type}": 1.0,
        f"from {one.type}": 1.0,
        f"to {two.type}": 1.0,
        f"order {order}": 1.0,
        "sentence same": float(a.sentence == b.sentence),
        "sentence before": float(a.sentence - b.sentence == 1),
        "near": 1.0 / (1 + len(between)),
        f"modality {one.modality} {two.modality}": 1.0,
        "words": min(len(between) / 20, 2.0),
        "turned": float(bool(a.traits.actors & b.traits.recipients)),
        "same side": float(bool(a.traits.actors & b.traits.actors)),
        "at doer": float(bool(a.traits.recipients & b.traits.actors)),
    }
    same = a.sentence == b.sentence
    for name, words in CUES.items():
        if same and any(w in words for w in between):
            features |= {f"{order} {name}": 1.0, f"{order} {name} {one.type}": 1.0}
        if same and between and between[0] in words:
            features[f"{order} first {name}"] = 1.0
        if not same and any(w in words for w in before):
            features[f"opening {name}"] = 1.0
    features |= {f"trigger {name}": 1.0 for name, words in CUES.items() if one.trigger.text.lower() in words}
    return features | hanging(one, two)


def hanging(one: Event, two: Event) -> dict[str, float]:
    """How one event hangs on the other in the tree: `over obj`, `under advcl:after`, with the type of the answer."""
    for name, lower, upper in (("over", two, one), ("under", one, two)):
        link = lower.evidence.get("hangs on")
        if link and link["start"] == upper.trigger.start:
            steps = link["by"].split()
            features = {name: 1.0, f"{name} {one.type}": 1.0, f"{name} steps": len(steps) / 3}
            for place, step in (("first", steps[0]), ("last", steps[-1])):
                features |= {f"{name} {place} {step}": 1.0, f"{name} {one.type} {place} {step}": 1.0}
            return features
    return {"apart": 1.0}
