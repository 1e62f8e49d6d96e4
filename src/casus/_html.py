"""Records as HTML for notebooks: a report with its sentences marked, an event, an incident, a link. Asks no store.

All words are escaped. Looks are within the elements, since notebooks keep style sheets to themselves; marks are
see-through colours under writing that keeps the notebook's own colour, so light and dark need no telling apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from casus.ontology import type_of
from casus.words import (
    VERBS,
    count_words,
    mood_words,
    party_words,
    place_words,
    plain,
    source_words,
    toll_words,
    what_words,
    when_words,
)  # fmt: skip

if TYPE_CHECKING:
    from casus.records import Event, Incident, Link, Report, Span

COLOURS = {
    "material-conflict": "213,94,0",
    "verbal-conflict": "154,91,176",
    "verbal-cooperation": "74,99,240",
    "material-cooperation": "0,153,102",
}
"""Quad → red, green and blue, as in the charts."""
WEAK, STRONG = 0.16, 0.45
"""How much of the colour a sentence and a trigger have."""
EVENT_HEADERS = ("", "when", "actors", "what", "recipients", "where", "toll", "told as", "says who")
INCIDENT_HEADERS = ("", "when", "actors", "what", "recipients", "where", "toll", "status", "statements")
CELL = "padding:2px 8px;text-align:left;vertical-align:top"


def report_html(report: Report) -> str:
    """Return a report: its text with the sentences that tell of events marked, the events, and their chain."""
    known = [report.publisher, report.published, report.url]
    return _box(
        f'<p style="margin:0 0 4px"><strong>{_words(report.title or report.id)}</strong><br>'
        f"{' · '.join(_address(word) for word in known if word)}</p>",
        f'<div style="white-space:pre-wrap;line-height:1.6;margin:0 0 8px">{"".join(_marked(report))}</div>',
        _table(EVENT_HEADERS, (_event_cells(event) for event in report.events)) if report.events else "",
        _chain(report),
    )


def event_html(event: Event) -> str:
    """Return an event as a table of one row, and the words that answer another."""
    answers = [f"answers {answer.id}{_cue(answer.cue)}" for answer in event.responds_to]
    told = [f"trigger “{plain(event.trigger.text)}”", f"confidence {event.confidence:.0%}", *answers]
    return _box(_table(EVENT_HEADERS, [_event_cells(event)]), f"<p>{_words(' · '.join(told))}</p>")


def incident_html(incident: Incident) -> str:
    """Return an incident as a table of one row, and which reports give its figures."""
    told = [f"{kind}: {', '.join(toll.reports)}" for kind, toll in incident.toll.items() if toll.reports]
    return _box(
        _table(INCIDENT_HEADERS, [_incident_cells(incident)]), f"<p>{_words('; '.join(told))}</p>" if told else ""
    )


def link_html(link: Link) -> str:
    """Return a link in one line."""
    return _box(f"<p>{_words(f'{link.source} {_verb(link)} {link.target}, confidence {link.confidence:.0%}')}</p>")


def _box(*parts: str) -> str:
    return f'<div class="casus" style="font-size:14px">{"".join(parts)}</div>'


def _words(text: str) -> str:
    return escape(plain(text))


def _address(word: str) -> str:
    """Return a word as it is, or as a link where it is a web address."""
    if not word.startswith(("http://", "https://")):
        return _words(word)
    return f'<a href="{escape(word)}" rel="noreferrer">{_words(word)}</a>'


def _colour(quad: str, strength: float) -> str:
    return f"rgba({COLOURS[quad]},{strength})"


def _marked(report: Report) -> Iterator[str]:
    """Yield the text in pieces: plain, within a sentence that tells of events, or a trigger."""
    events = sorted(report.events, key=lambda event: (event.sentence.start, event.trigger.start))
    at = 0
    for event in events:
        first, last = event.sentence.start, event.sentence.end
        if first < at:
            continue
        here = [other for other in events if first <= other.trigger.start and other.trigger.end <= last]
        yield escape(report.text[at:first])
        yield from _sentence(report.text, event, here)
        at = last
    yield escape(report.text[at:])


def _sentence(text: str, event: Event, here: Sequence[Event]) -> Iterator[str]:
    at, end = event.sentence.start, event.sentence.end
    yield f'<mark style="background:{_colour(event.quad, WEAK)};color:inherit">'
    for told in here:
        if told.trigger.start < at:
            continue
        yield escape(text[at : told.trigger.start])
        title = escape(f"{told.id}: {what_words(told.type, told.mode)}, {mood_words(told)}")
        words, name = escape(told.trigger.text), escape(told.id)
        style = f"background:{_colour(told.quad, STRONG)};color:inherit"
        yield f'<strong style="{style}" title="{title}">{words}<sup>{name}</sup></strong>'
        at = told.trigger.end
    yield f"{escape(text[at:end])}</mark>"


def _table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col" style="{CELL}">{escape(header)}</th>' for header in headers)
    cells = ("".join(f'<td style="{CELL}">{cell}</td>' for cell in row) for row in rows)
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    return f'<table style="border-collapse:collapse"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _what(kind: str, mode: str | None) -> str:
    style = f"background:{_colour(type_of(kind).quad, STRONG)};padding:0 4px;border-radius:3px"
    return f'<span style="{style}">{_words(what_words(kind, mode))}</span>'


def _event_cells(event: Event) -> list[str]:
    counts = (count_words(q.min, q.max, q.kind, approximate=q.approximate) for q in event.quantities)
    before = (event.id, when_words(event.when), party_words(event.actors))
    after = (
        party_words(event.recipients), place_words(event.where), ", ".join(counts), mood_words(event),
        source_words(event.attribution),
    )  # fmt: skip
    return [*map(_words, before), _what(event.type, event.mode), *map(_words, after)]


def _incident_cells(incident: Incident) -> list[str]:
    before = (incident.id, when_words(incident.when), party_words(incident.actors))
    tolls = ", ".join(toll_words(kind, toll) for kind, toll in incident.toll.items())
    after = (
        party_words(incident.recipients), place_words(incident.where), tolls, incident.status,
        ", ".join(incident.events),
    )  # fmt: skip
    return [*map(_words, before), _what(incident.type, incident.mode), *map(_words, after)]


def _chain(report: Report) -> str:
    lines = [f"<li>{_words(f'{link.source} {_verb(link)} {link.target}')}</li>" for link in report.links]
    return f'<ul style="margin:8px 0">{"".join(lines)}</ul>' if lines else ""


def _verb(link: Link) -> str:
    return f"{VERBS[link.kind]}{_cue(link.cue)}"


def _cue(cue: Span | None) -> str:
    return f" “{plain(cue.text)}”" if cue else ""
