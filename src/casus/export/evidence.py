"""W3C Web Annotation: one annotation a slot, pointing at its words in the report's text by place and by quotation.

Places count Unicode characters of the plain text that Casus coded, which `urn:casus:report:…` names; it was derived
from the report's address, where there is one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple
from urllib.parse import quote
from uuid import UUID, uuid5

from casus import __version__
from casus.export.forms import Column, Format, word_set
from casus.export.sources import PAGE, Source, Statement
from casus.records import Event, Party
from casus.words import count_words, what_words

SPACE = UUID("0c2d1f3b-6f0e-5b43-8d64-3f5d7e0e9a42")
"""The name space of the ids of annotations: drawn once, never to be changed."""
NAME = "urn:casus:annotations"
AROUND = 32  # characters of the text before and after a quotation
CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"prov": "http://www.w3.org/ns/prov#", "derivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"}},
]
COLUMNS = (
    Column("id", "string", "urn:uuid, made of event, slot and place: the same in every export"),
    Column("motivation", "string", "classifying, for the words that name the act; identifying, for all other slots"),
    Column("generator", "object", "Casus, with its version"),
    Column(
        "body[0]",
        "object",
        "TextualBody, purpose tagging: the slot: trigger, actor, recipient, source, cue, when, where, count, answer",
    ),
    Column(
        "body[1]",
        "object",
        "TextualBody, purpose describing: what the words stand for: ASSAULT: drone, IRN MIL, 12+ killed",
    ),
    Column(
        "body[2]", "object", "SpecificResource, purpose linking: urn:casus:event:…, which joins the slots of one event"
    ),
    Column(
        "target.source",
        "object",
        "the text: urn:casus:report:…, text/plain, language, derivedFrom the report's address",
    ),
    Column("target.selector[0]", "object", "TextPositionSelector: start included, end excluded, in Unicode characters"),
    Column("target.selector[1]", "object", f"TextQuoteSelector: exact, with {AROUND} characters before and after"),
)


class Slot(NamedTuple):
    """Words that fill a slot of an event, and what they stand for."""

    name: str
    start: int
    end: int
    meaning: str


def find_slots(event: Event) -> Iterator[Slot]:
    """Yield all slots of an event that words of the text fill, in a fixed order."""
    trigger = event.trigger
    mood = event.modality + (", hedged" if event.hedged else "")
    yield Slot("trigger", trigger.start, trigger.end, f"{what_words(event.type, event.mode)} ({mood})")
    for name, parties in (("actor", event.actors), ("recipient", event.recipients)):
        yield from (Slot(name, party.start, party.end, _meaning(party)) for party in parties)
    if (speaker := event.attribution) is not None:
        yield Slot("source", speaker.start, speaker.end, f"{_meaning(speaker)} {speaker.stance}".strip())
        if speaker.cue:
            yield Slot("cue", speaker.cue.start, speaker.cue.end, speaker.stance)
    if event.when and event.when.span:
        yield Slot("when", event.when.span.start, event.when.span.end, f"{event.when.start}/{event.when.end}")
    if event.where:
        place = event.where
        parts = (place.name, place.country, place.geonameid and f"geonames:{place.geonameid}")
        yield Slot("where", place.start, place.end, " ".join(str(part) for part in parts if part))
    for item in event.quantities:
        words = count_words(item.min, item.max, item.kind, approximate=item.approximate)
        yield Slot("count", item.start, item.end, words)
    for answer in event.responds_to:
        if answer.cue:
            yield Slot("answer", answer.cue.start, answer.cue.end, answer.id)


def _meaning(party: Party) -> str:
    return " ".join(part for part in (party.name, party.id, party.country, *party.sectors) if part)


def _name(kind: str, id_: str) -> str:
    return f"urn:casus:{kind}:{quote(id_, safe=':')}"


def _annotate(told: Statement, slot: Slot, text: str) -> dict[str, Any]:
    key = f"{told.stored.id}\x1f{slot.name}\x1f{slot.start}\x1f{slot.end}\x1f{slot.meaning}"
    bodies: list[dict[str, Any]] = [{"type": "TextualBody", "purpose": "tagging", "value": slot.name}]
    if slot.meaning:
        bodies.append({"type": "TextualBody", "purpose": "describing", "value": slot.meaning})
    bodies.append({"type": "SpecificResource", "purpose": "linking", "source": _name("event", told.stored.id)})
    return {
        "id": f"urn:uuid:{uuid5(SPACE, key)}",
        "type": "Annotation",
        "motivation": "classifying" if slot.name == "trigger" else "identifying",
        "generator": {"type": "Software", "name": f"Casus {__version__}"},
        "body": bodies,
        "target": {
            "type": "SpecificResource",
            "source": _source(told),
            "selector": [
                {"type": "TextPositionSelector", "start": slot.start, "end": slot.end},
                {
                    "type": "TextQuoteSelector",
                    "exact": text[slot.start : slot.end],
                    "prefix": text[max(0, slot.start - AROUND) : slot.start],
                    "suffix": text[slot.end : slot.end + AROUND],
                },
            ],
        },
    }


def _source(told: Statement) -> dict[str, Any]:
    found: dict[str, Any] = {"id": _name("report", told.head.id), "type": "Text", "format": "text/plain"}
    found |= {"language": told.head.language} if told.head.language else {}
    return found | ({"derivedFrom": told.head.url} if told.head.url else {})


def _annotations(source: Source) -> Iterator[dict[str, Any]]:
    page: list[Statement] = []
    for told in source.statements():
        page.append(told)
        if len(page) == PAGE:
            yield from _annotate_all(source, page)
            page = []
    yield from _annotate_all(source, page)


def _annotate_all(source: Source, page: list[Statement]) -> Iterator[dict[str, Any]]:
    texts = source.store.texts({told.stored.report for told in page}) if page else {}
    for told in page:
        text, seen = texts[told.stored.report], set[Slot]()
        for slot in find_slots(told.event):
            if slot not in seen:
                seen.add(slot)
                yield _annotate(told, slot, text)


def _write(source: Source, file: BinaryIO) -> None:
    head = {"@context": CONTEXT, "id": NAME, "type": "AnnotationCollection", "label": "Events coded by Casus"}
    page = {"id": f"{NAME}:1", "type": "AnnotationPage", "startIndex": 0}
    file.write(f'{json.dumps(head)[:-1]}, "first": {json.dumps(page)[:-1]}, "items": ['.encode())
    for annotation in _annotations(source):
        file.write(b",\n" if source.losses.written else b"\n")
        file.write(json.dumps(annotation, ensure_ascii=False).encode())
        source.losses.written += 1
    file.write(f'\n]}}, "total": {source.losses.written}}}\n'.encode())


FORMAT = Format(
    name="annotations",
    title="Web Annotation",
    about="An AnnotationCollection (W3C Web Annotation, JSON-LD): the evidence, one annotation for every slot of every "
    "event, with TextPositionSelector and TextQuoteSelector.",
    unit="events",
    suffix=".annotations.jsonld",
    media='application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    columns=COLUMNS,
    keeps=word_set(
        "report trigger trigger_offsets type mode party_words party_names party_keys party_countries "
        "party_sectors further_parties modality attribution stance speaker cues hedged when when_end when_words "
        "where where_words geonameid counts count_bounds approximate count_words responds_to response_cues "
        "offsets"
    ),
    write=_write,
    done_only=False,
    notes=("Texts are not in it: the JSON Lines export has them, under the same ids.",),
)
