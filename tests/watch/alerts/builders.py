"""Small invented reports of one act each, rules over them, and a clock that stands still."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from casus.link.across import sum_up_events
from casus.ontology import quad_of, score_of
from casus.records import Attribution, Event, Extent, Incident, Party, Place, Quantity, Report, Span, Toll, When
from casus.store.alerting import Alerting
from casus.store.house import Store
from casus.watch.alerts import Message
from casus.watch.alerts_round import Watch
from casus.watch.rules import Rule
from casus.watch.rules_file import RuleBook, read_rules

NOW = datetime(2031, 5, 6, 9, tzinfo=UTC)
KESTREL = ("the Kestrel Front", "GBR", ("REB",))
POLICE = ("police", "FRA", ("COP",))
ALDMOOR = {"name": "Aldmoor", "country": "GBR", "lat": 54.0, "lon": -2.0, "precision": "city"}


def later(**span: float) -> datetime:
    """Return a moment after NOW."""
    return NOW + timedelta(**span)


def told(id_: str = "north", **given: Any) -> Report:
    """Return a report of one act; what is not given is an attack of the Kestrel Front in Aldmoor on 5 May 2031."""
    kind, mode = given.get("type", "ASSAULT"), given.get("mode")
    who, whom = given.get("actor", KESTREL), given.get("recipient", POLICE)
    killed, source = given.get("killed"), given.get("source")
    told_by = f", {source[0]} said" if source else ""
    text = given.get("text", f"{who[0]} struck {whom[0]} in Aldmoor, {killed or 'no'} dead{told_by}.")
    day = given.get("day", "2031-05-05")
    event = Event(
        id="e1", trigger=_span(text, "struck"), sentence=Extent(0, len(text)), type=kind, mode=mode,
        score=score_of(kind, mode), quad=quad_of(kind), actors=(_party(text, who),), recipients=(_party(text, whom),),
        modality=given.get("modality", "actual"), when=When(day, day, "day") if day else None,
        where=_place(text, given.get("place", ALDMOOR)), quantities=_killed(text, killed),
        attribution=_source(text, source), incident="i1", confidence=given.get("confidence", 0.9),
    )  # fmt: skip
    status = {"actual": "reported", "negated": "denied"}.get(event.modality, "announced")
    incident = Incident(
        id="i1", events=("e1",), type=kind, mode=mode, actors=event.actors, recipients=event.recipients,
        when=event.when, where=event.where, status=status, toll={"killed": Toll(killed, killed, killed, (id_,))}
        if killed else {},
    )  # fmt: skip
    return Report(
        id=id_, title=f"Report {id_}", publisher=given.get("publisher", f"{id_.title()} Wire"), text=text,
        published=given.get("published", "2031-05-06"), url=f"https://example.org/{id_}", events=(event,),
        incidents=(incident,),
    )  # fmt: skip


def _span(text: str, words: str) -> Span:
    start = max(text.find(words), 0)
    return Span(start, start + len(words), text[start : start + len(words)])


def _party(text: str, who: tuple[str, str, tuple[str, ...]]) -> Party:
    span = _span(text, who[0])
    return Party(span.start, span.end, span.text, name=who[0], country=who[1], sectors=who[2])


def _place(text: str, place: dict[str, Any] | None) -> Place | None:
    span = _span(text, "Aldmoor")
    return Place(span.start, span.end, span.text, **place) if place else None


def _killed(text: str, killed: int | None) -> tuple[Quantity, ...]:
    span = _span(text, str(killed))
    return (Quantity(span.start, span.end, span.text, "killed", killed, killed),) if killed else ()


def _source(text: str, source: tuple[str, str, str] | None) -> Attribution | None:
    if source is None:
        return None
    span = _span(text, source[0])
    name, country, stance = source
    return Attribution(span.start, span.end, span.text, name=name, country=country, stance=stance, named=True)


def make_store(url: Any) -> Store:
    """Open a store whose incidents are summed up as in the real one."""
    return Store(url, sum_up=sum_up_events)


def rules(folder: Path, text: str) -> RuleBook:
    """Return the rules that a TOML text says; without channels of its own there is the terminal."""
    path = folder / "watch.toml"
    path.write_text(text, "utf-8")
    return read_rules(path)


def rule(folder: Path, conditions: str = 'type = "ASSAULT"', name: str = "strikes") -> Rule:
    """Return one rule without cool-down that says these conditions."""
    return rules(folder, f'[[rule]]\nname = "{name}"\ncooldown = "0s"\n{conditions}\n').rules[0]


def look(store: Alerting, rule: Rule, at: datetime = NOW) -> dict[str, int]:
    """Let a rule look at the store, and return what came of it."""
    return {name: number for name, number in Watch(store, rule, at).look().items() if number}


def messages(store: Alerting) -> list[Message]:
    """Return all messages that were made, oldest first."""
    from casus.store.query import alerts as asked

    return [Message.from_json(row["message"]) for row in reversed(asked.read_deliveries(store))]


def kinds(store: Alerting) -> list[tuple[str, str]]:
    """Return kind and level of all messages that were made, oldest first."""
    return [(message.kind, message.level) for message in messages(store)]


def recoded(report: Report, **changes: Any) -> Report:
    """Return a report that says something else of its one event; what its incident has follows when it is stored."""
    return replace(report, events=(replace(report.events[0], **changes),))
