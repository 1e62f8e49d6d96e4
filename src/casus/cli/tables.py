"""A report for reading: a table of its events, the chain of its incidents and, if asked for, each event's evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from textwrap import shorten
from typing import Any

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from casus.cli.outputs import Look
from casus.records import Event, Incident, Link, Party, Report, Span
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

COLOURS = {
    "verbal-cooperation": "cyan",
    "material-cooperation": "green",
    "verbal-conflict": "yellow",
    "material-conflict": "red",
}
HEADERS = ("", "when", "actors", "type:mode", "recipients", "where", "toll", "modality", "says who")
LONGEST_HEAD = 100  # characters
COMFORTABLE = 100  # characters; on less, no column insists on its width
WIDTHS = {"when": 10, "type:mode": 14, "toll": 10, "modality": 8}


def draw_report(report: Report, look: Look) -> str:
    """Return a report drawn for `look`."""
    return draw(Group(*_parts(report, look)), look)


def draw(thing: RenderableType, look: Look) -> str:
    """Return a table or the like as lines of text, without spaces at their ends."""
    buffer = StringIO()
    console = Console(
        file=buffer,
        width=look.width,
        force_terminal=look.colour,
        no_color=not look.colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    console.print(thing)
    return "\n".join(line.rstrip() for line in buffer.getvalue().split("\n")) + "\n"


def _parts(report: Report, look: Look) -> Iterator[RenderableType]:
    yield Text(shorten(plain(report.title or report.text), LONGEST_HEAD, placeholder=" …"), style="bold")
    yield Text(
        " · ".join(plain(word) for word in (report.published or "no date", report.publisher, report.url) if word)
    )
    yield Text()
    if not report.events:
        yield Text("  No events found.")
        return
    yield event_table(report.events, look.width)
    if look.explain:
        yield Text("\nEvidence", style="bold")
        yield from (indent(line) for event in report.events for line in evidence_lines(event))
    if report.incidents:
        yield Text("\nChain", style="bold")
        yield from (indent(line) for line in _chain(report))


def indent(line: Text) -> Padding:
    """Return a line whose further lines, if it is too long, stand below its words."""
    spaces = len(line.plain) - len(line.plain.lstrip())
    return Padding(line[spaces:], (0, 0, 0, 2 + spaces))


def event_table(events: Sequence[Event], width: int) -> Table:
    """Return a table with one row an event."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    for header in HEADERS:
        wide = WIDTHS.get(header) if width >= COMFORTABLE else None
        table.add_column(header, min_width=wide, overflow="fold", no_wrap=not header)  # ids are copied as a whole
    for event in events:
        table.add_row(*_cells(event))
    return table


def _cells(event: Event) -> tuple[Text, ...]:
    tolls = (count_words(q.min, q.max, q.kind, approximate=q.approximate) for q in event.quantities)
    cells = (
        event.id, when_words(event.when), party_words(event.actors), what_words(event.type, event.mode),
        party_words(event.recipients), place_words(event.where), ", ".join(tolls),
        mood_words(event), source_words(event.attribution),
    )  # fmt: skip
    return tuple(Text(cell, style=COLOURS[event.quad] if cell == cells[3] else "") for cell in cells)


def _chain(report: Report) -> Iterator[Text]:
    """Yield the incidents, each with what it answers."""
    events = {event.id: event for event in report.events}
    for incident in sort_incidents(report.incidents, report.links):
        told = " ".join(f"{key} “{plain(events[key].trigger.text)}”" for key in incident.events if key in events)
        yield Text(f"{incident_words(incident)}   {told}")
        yield from (_link_line(link) for link in report.links if link.source == incident.id)


def sort_incidents(incidents: Sequence[Incident], links: Sequence[Link]) -> list[Incident]:
    """Return incidents by time, each after those it is linked to; without a time it stays behind its forerunner."""
    by_id = {incident.id: incident for incident in incidents}
    days, day = {}, ""
    for incident in incidents:
        day = days[incident.id] = incident.when.start if incident.when else day
    placed: dict[str, Incident] = {}
    begun: set[str] = set()

    def place(key: str) -> None:
        if key not in by_id or key in begun:
            return
        begun.add(key)
        for target in sorted(
            (link.target for link in links if link.source == key), key=lambda item: days.get(item, "")
        ):
            place(target)
        placed[key] = by_id[key]

    for key in sorted(by_id, key=lambda item: days[item]):
        place(key)
    return list(placed.values())


def incident_words(incident: Incident) -> str:
    """Return an incident in one line."""
    sides = party_words(incident.actors) or "?"
    if incident.recipients:
        sides += f" → {party_words(incident.recipients)}"
    tolls = ", ".join(toll_words(kind, toll) for kind, toll in incident.toll.items())
    status = incident.status if incident.status != "reported" else ""
    parts = (when_words(incident.when), place_words(incident.where), tolls, status)
    head = f"{incident.id}  {what_words(incident.type, incident.mode)}  {sides}"
    return " · ".join((head, *filter(None, parts)))


def _link_line(link: Link) -> Text:
    cue = f" “{plain(link.cue.text)}”" if link.cue else ""
    return Text(f"    └─ {VERBS[link.kind]} {link.target}{cue}", style="bold" if link.kind == "responds_to" else "")


def evidence_lines(event: Event) -> Iterator[Text]:
    """Yield what gave an event: its trigger, the words of its slots, and whatever else the coder noted."""
    what = what_words(event.type, event.mode)
    yield Text(f"{event.id} “{plain(event.trigger.text)}” {what}, confidence {event.confidence:.2f}")
    for slot, words in (*_slot_words(event), *((key, show_value(value)) for key, value in event.evidence.items())):
        if words:
            yield Text(f"    {slot:<12} {words}")


def _slot_words(event: Event) -> Iterator[tuple[str, str]]:
    source = event.attribution
    yield "actors", _quote(event.actors)
    yield "recipients", _quote(event.recipients)
    yield "when", _quote([event.when.span] if event.when and event.when.span else ())
    yield "where", f"“{plain(event.where.text)}” {event.where.start}-{event.where.end}" if event.where else ""
    yield "toll", "; ".join(f"“{plain(item.text)}” {item.start}-{item.end}" for item in event.quantities)
    yield (
        "says who",
        _quote([source] if source else ()) + (f" by “{plain(source.cue.text)}”" if source and source.cue else ""),
    )
    yield "answers", "; ".join(f"{a.id} “{plain(a.cue.text)}”" if a.cue else a.id for a in event.responds_to)


def _quote(spans: Sequence[Span | Party]) -> str:
    return "; ".join(f"“{plain(span.text)}” {span.start}-{span.end}" for span in spans)


def show_value(value: Any) -> str:
    """Return any value of `Event.evidence` in words.

    >>> show_value({"subj": ({"start": 0, "end": 4, "text": "Iran"},), "score": 0.5, "mode": None})
    'subj: “Iran” 0-4; score: 0.5'
    """
    if isinstance(value, Mapping) and {"start", "end", "text"} <= value.keys():
        return f"“{plain(str(value['text']))}” {value['start']}-{value['end']}"
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {shown}" for key, item in value.items() if (shown := show_value(item)))
    if isinstance(value, (list, tuple)):
        return ", ".join(filter(None, map(show_value, value)))
    return "" if value is None else plain(str(value))
