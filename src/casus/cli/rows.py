"""An event as one flat row; lists are joined by `; `, what the text leaves open is empty."""

from __future__ import annotations

from collections.abc import Iterable

from casus.records import Event, Party, Report
from casus.words import count_words

COLUMNS = (
    "report", "published", "title", "url", "publisher", "event", "type", "mode", "cameo", "score", "quad", "contexts",
    "actors", "actor_names", "actor_countries", "actor_sectors",
    "recipients", "recipient_names", "recipient_countries", "recipient_sectors",
    "modality", "hedged", "source", "source_country", "stance", "when_start", "when_end", "when_precision",
    "where", "where_name", "where_country", "lat", "lon", "geonameid", "quantities", "responds_to",
    "incident", "confidence", "trigger", "trigger_start", "trigger_end", "sentence",
)  # fmt: skip


def event_row(report: Report, event: Event) -> tuple[str, ...]:
    """Return the cells of an event, in the order of COLUMNS."""
    cells: tuple[object, ...] = (
        report.id, report.published, report.title, report.url, report.publisher,
        event.id, event.type, event.mode, event.cameo, event.score, event.quad, _join(event.contexts),
        *_parties(event.actors), *_parties(event.recipients), event.modality, "yes" if event.hedged else "no",
        *_source(event), *_when(event), *_where(event),
        _join(count_words(item.min, item.max, item.kind, approximate=item.approximate) for item in event.quantities),
        _join(answer.id for answer in event.responds_to), event.incident, event.confidence,
        event.trigger.text, event.trigger.start, event.trigger.end,
        " ".join(report.text[event.sentence.start : event.sentence.end].split()),
    )  # fmt: skip
    return tuple("" if cell is None else str(cell) for cell in cells)


def _join(words: Iterable[str]) -> str:
    return "; ".join(words)


def _parties(parties: tuple[Party, ...]) -> tuple[str, str, str, str]:
    return (
        _join(" ".join(party.text.split()) for party in parties),
        _join(party.name or "" for party in parties),
        _join(party.country or "" for party in parties),
        _join(" ".join(party.sectors) for party in parties),
    )


def _source(event: Event) -> tuple[str | None, str | None, str | None]:
    source = event.attribution
    return (source.text, source.country, source.stance) if source else (None, None, None)


def _when(event: Event) -> tuple[str | None, str | None, str | None]:
    when = event.when
    return (when.start, when.end, when.precision) if when else (None, None, None)


def _where(event: Event) -> tuple[object, ...]:
    place = event.where
    if place is None:
        return (None,) * 6
    return place.text, place.name, place.country, place.lat, place.lon, place.geonameid
