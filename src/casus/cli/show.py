"""`casus show ID`: all that a store knows of a report, an event or an incident."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.console import Group, RenderableType
from rich.text import Text

from casus.cli.stores import Url, opened

if TYPE_CHECKING:
    from casus.cli.outputs import Look
    from casus.records import Link, Record
    from casus.store.house import Store
    from casus.stored import IncidentVersion, Judgement, StoredEvent

Form = Annotated[
    Literal["table", "json"], typer.Option("--format", "-f", metavar="FORMAT", help="table to read, or json.")
]


def show(
    id_: Annotated[str, typer.Argument(metavar="ID", help="Of a report, an event or an incident.")],
    store: Url = "casus.db",
    format_: Form = "table",
) -> None:
    """Show all that is known of a report, an event or an incident.

    A report with its events and chain; an event with its sentence, its evidence and what people judged; an incident
    with every report's statements and figures, what it answers and what answers it, and how it came to be.

    Exit status: 0 all well, 2 wrong usage or not in the store.
    """
    with opened(store) as known:
        if format_ == "json":
            sys.stdout.write(json.dumps(_record(known, id_), ensure_ascii=False) + "\n")
            return
        from casus.cli.outputs import Look
        from casus.cli.tables import draw

        look = Look.of(sys.stdout, explain=True)
        sys.stdout.write(draw(Group(*_parts(known, id_, look)), look))


def _kind(store: Store, id_: str) -> str:
    """Return what an id names: report, event or incident."""
    from casus.errors import StoreError

    if store.known([id_]):
        return "report"
    if store.homes_of([id_]):
        return "event"
    try:
        store.incident(id_, exact=True)
    except StoreError as error:
        raise StoreError(f"found no report, event or incident {id_!r} in the store") from error
    return "incident"


def _record(store: Store, id_: str) -> dict[str, Any]:
    """Return all that is known as one JSON object; its key `kind` says what it is."""
    kind = _kind(store, id_)
    told: dict[str, Any] = {"kind": kind, "judgements": _dump(store.judgements(id_))}
    if kind == "report":
        return told | {"report": store.report(id_).to_json(), "provenance": store.provenance(id_).to_json()}
    if kind == "event":
        return told | {"event": store.event(id_).to_json()}
    version = store.incident(id_)
    home = version.incident.id
    return told | {
        "incident": version.to_json(),
        "events": _dump(store.events_of([home]).get(home, ())),
        "links": _dump(store.links_of([home])),
        "tolls": {kind: reckoning.to_json() for kind, reckoning in _tolls(store, home).items()},
        "history": _dump(store.history(id_)),
    }


def _dump(records: Sequence[Record]) -> list[dict[str, Any]]:
    return [record.to_json() for record in records]


def _tolls(store: Store, incident: str) -> Any:
    from casus.link.across import read_happening

    return read_happening(incident, store).tolls if store.tellings_in([incident]) else {}


def _parts(store: Store, id_: str, look: Look) -> Iterator[RenderableType]:
    kind = _kind(store, id_)
    if kind == "report":
        yield from _report(store, id_, look)
    elif kind == "event":
        yield from _event(store, store.event(id_), look)
    else:
        yield from _incident(store, store.incident(id_), look)
    yield from _judgements(store.judgements(id_))
    if kind == "incident":
        yield from _history(store, id_)


def _report(store: Store, id_: str, look: Look) -> Iterator[RenderableType]:
    from casus.cli.tables import draw_report

    yield Text.from_ansi(draw_report(store.report(id_), look))
    told = store.provenance(id_)
    source = "; ".join(f"{name} {value}" for name, value in told.origin.items() if isinstance(value, str))
    run = f"; run {told.run.id}, {told.run.command} of {told.run.started[:19]}" if told.run else ""
    yield Text(f"Added {told.added[:19]}{run}{f'; {source}' if source else ''}")


def _event(store: Store, stored: StoredEvent, look: Look) -> Iterator[RenderableType]:
    from dataclasses import replace

    from casus.cli.tables import event_table, evidence_lines, indent
    from casus.words import plain

    event = replace(stored.event, id=stored.id)
    yield event_table([event], look.width)
    text = store.texts([stored.report])[stored.report]
    yield indent(Text(f"“{plain(text[event.sentence.start : event.sentence.end])}”"))
    yield indent(Text(f"{_source(stored)}; incident {stored.incident}{f'; {stored.judged}' if stored.judged else ''}"))
    yield Text("\nEvidence", style="bold")
    yield from (indent(line) for line in evidence_lines(event))


def _source(stored: StoredEvent) -> str:
    return ", ".join(filter(None, (stored.report, stored.publisher, (stored.published or "")[:10])))


def _incident(store: Store, version: IncidentVersion, look: Look) -> Iterator[RenderableType]:
    from casus.cli.tables import event_table, incident_words, indent
    from casus.words import VERBS

    incident = version.incident
    yield Text(incident_words(incident), style="bold")
    told = store.events_of([incident.id]).get(incident.id, ())
    for report in dict.fromkeys(stored.report for stored in told):
        here = [stored for stored in told if stored.report == report]
        yield indent(Text(f"\n{_source(here[0])}"))
        yield event_table([stored.event for stored in here], look.width)
    yield from _figures(_tolls(store, incident.id))
    links = store.links_of([incident.id])
    if links:
        yield Text("\nChain", style="bold")
        near = store.incidents_by_id({end for link in links for end in (link.source, link.target)})
        yield from (indent(Text(_link(link, incident.id, near, VERBS))) for link in links)


def _link(link: Link, here: str, near: Any, verbs: Any) -> str:
    from casus.cli.tables import incident_words
    from casus.words import plain

    cue = f" “{plain(link.cue.text)}”" if link.cue else ""
    if link.source == here:
        return f"{verbs[link.kind]}{cue} {incident_words(near[link.target].incident)}"
    return f"{incident_words(near[link.source].incident)} {verbs[link.kind]} it{cue}"


def _figures(tolls: Any) -> Iterator[RenderableType]:
    """Yield every report's figures of each kind, oldest first."""
    from casus.cli.tables import indent
    from casus.words import count_words

    if tolls:
        yield Text("\nFigures", style="bold")
    for kind, reckoning in tolls.items():
        state = " and ".join(word for word in ("rising", "disputed") if getattr(reckoning, word))
        best = f" (best {reckoning.best})" if reckoning.best not in (reckoning.low, reckoning.high) else ""
        yield indent(Text(f"{count_words(reckoning.low, reckoning.high, kind)}{best}{f', {state}' if state else ''}"))
        for figure in reckoning.figures:
            told = f"{(figure.published or 'no date')[:10]}  {count_words(figure.min, figure.max, kind)}"
            yield indent(Text(f"    {told}  {figure.report}{', official' if figure.official else ''}"))


def _judgements(judgements: Sequence[Judgement]) -> Iterator[RenderableType]:
    from casus.cli.tables import indent
    from casus.words import judgement_words

    if judgements:
        yield Text("\nJudgements", style="bold")
        yield from (indent(Text(judgement_words(judgement))) for judgement in judgements)


def _history(store: Store, id_: str) -> Iterator[RenderableType]:
    from casus.cli.tables import indent

    yield Text("\nHistory", style="bold")
    for version in store.history(id_):
        into = f" into {version.into}" if version.into else ""
        through = f" through {version.detail['report']}" if "report" in version.detail else ""
        judged = f" by judgement {version.detail['judgement']}" if "judgement" in version.detail else ""
        told = f"{version.valid_from[:19]}  {version.version} {version.reason}{into}{through}{judged}"
        yield indent(Text(f"{told}: {len(version.incident.events)} events, {version.incident.status}"))
