"""PLOVER's own JSON, an event a line: the field names of the manual's chapter "JSON Data Fields" (2021)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, BinaryIO

from casus.export.countries import codes_of
from casus.export.forms import Column, Format, word_set
from casus.export.losses import Losses
from casus.export.sides import QUAD_NUMBERS, count_dates
from casus.export.sources import Source, Statement
from casus.records import Event, Party, Place
from casus.words import plain

SECTORS = 2  # codes of three letters: the manual gives a sector three or six
COUNTS = {"dead": "killed", "injured": "injured", "arrested": "arrested"}
COLUMNS = (
    Column("id", "string", "report and event, goma:e1"),
    Column("has_event", "boolean", "true: it has been coded"),
    Column("date", "date", "first day: of the text, else of publication; null where neither is known"),
    Column("enddate", "date", "last day, where it is another"),
    Column(
        "source", "list", "actors: code, sector (first and second joined), actor_text, identifier_id, identifier_text"
    ),
    Column("recipient", "list", "recipients, alike"),
    Column("event", "list", "the PLOVER type, alone in a list"),
    Column("event_loc", "object", "place, with GeoNames' field names and cc3"),
    Column("event_text", "list", "the words that name the act"),
    Column(
        "quad_code", "integer", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict"
    ),
    Column("event_scale", "number", "PLOVER conflict-cooperation score, -10 to +10"),
    Column("mode", "list", "the mode, alone in a list, or none"),
    Column("context", "list", "PLOVER contexts, most telling first"),
    Column("size", "object", "dead, injured, arrested: the lowest number the text gives, else the highest"),
    Column("link", "string", "id of the incident: common to all events of one happening"),
    Column("text_info", "object", "start and end of the sentence in the report's text, in Unicode characters"),
    Column(
        "cite_info", "object", "corpus, citation (id of the report), url, title, language, publication, coder, codebook"
    ),
    Column("comment", "string", "modality, where it did not simply happen; hedged; who says so and how"),
)


def _write(source: Source, file: BinaryIO) -> None:
    for statement in source.statements():
        count_dates(statement, source.losses)
        file.write((json.dumps(_make_record(statement, source.losses), ensure_ascii=False) + "\n").encode())
        source.losses.written += 1


def _make_record(told: Statement, losses: Losses) -> dict[str, Any]:
    event, stored = told.event, told.stored
    return {
        "id": stored.id,
        "has_event": True,
        "date": stored.day_from,
        "enddate": stored.day_to if stored.day_to != stored.day_from else None,
        "source": _actors(event.actors, losses),
        "recipient": _actors(event.recipients, losses),
        "event": [event.type],
        "event_loc": _place(event.where) if event.where else None,
        "event_text": [event.trigger.text],
        "quad_code": QUAD_NUMBERS[event.quad],
        "event_scale": event.score,
        "mode": [event.mode] if event.mode else [],
        "context": list(event.contexts),
        "size": _sizes(event),
        "link": stored.incident,
        "text_info": {"start": event.sentence.start, "end": event.sentence.end},
        "cite_info": _citation(told),
        "comment": _comment(event),
    }


def _actors(parties: Sequence[Party], losses: Losses) -> list[dict[str, Any]]:
    for party in parties:
        losses.leave_out("sectors of a party beyond its second", max(0, len(party.sectors) - SECTORS))
    return [
        {
            "code": party.country,
            "sector": "".join(party.sectors[:SECTORS]) or None,
            "actor_text": party.text,
            "identifier_id": party.id,
            "identifier_text": party.name,
        }
        for party in parties
    ]


def _place(place: Place) -> dict[str, Any]:
    codes = codes_of(place.country)
    return {
        "geonameid": place.geonameid,
        "name": place.name or plain(place.text),
        "latitude": place.lat,
        "longitude": place.lon,
        "country code": codes.alpha2 if codes else None,
        "cc3": place.country,
        "admin1 code": place.admin1,
    }


def _sizes(event: Event) -> dict[str, int]:
    """Return the first count of each kind: its lowest number, else its highest."""
    first: dict[str, int] = {}
    for name, kind in COUNTS.items():
        counts = (item for item in event.quantities if item.kind == kind)
        numbers = (item.min if item.min is not None else item.max for item in counts)
        if (number := next(numbers, None)) is not None:
            first[name] = number
    return first


def _citation(told: Statement) -> dict[str, Any]:
    head = told.head
    return {
        "corpus": "a store of Casus",
        "citation": head.id,
        "url": head.url,
        "title": head.title,
        "language": head.language,
        "publication": head.publisher,
        "coder": "Casus",
        "codebook": "PLOVER 2021",
    }


def _comment(event: Event) -> str | None:
    speaker = event.attribution
    told = (
        event.modality if event.modality != "actual" else None,
        "hedged" if event.hedged else None,
        f"{plain(speaker.text)} {speaker.stance}" if speaker else None,
    )
    return "; ".join(part for part in told if part) or None


FORMAT = Format(
    name="plover",
    title="PLOVER JSON",
    about="The JSON fields that PLOVER's manual of 2021 names, an event a line; PLOVER's fields, our coding.",
    unit="events",
    suffix=".plover.jsonl",
    media="application/x-ndjson",
    columns=COLUMNS,
    keeps=word_set(
        "report incident trigger sentence type mode contexts score quad party_words party_names party_keys "
        "party_countries party_sectors further_parties modality attribution stance hedged when when_end where "
        "geonameid coordinates admin1"
    ),
    write=_write,
    notes=(
        "The manual misspells two keys of an actor (`identifer_id`, `identifer_text`); here they are spelt right. "
        "`size` holds its information object for size, which its table of fields has no name for any more.",
    ),
)
