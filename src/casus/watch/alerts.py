"""Alerts and the messages that are made of them, and how each reads; decides nothing and sends nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from casus.records import Incident, Party, Record
from casus.words import party_words, place_words, plain, toll_words, what_words, when_words

State = Literal["open", "acknowledged", "updated", "cancelled", "cleared"]
CLOSED = frozenset({"cancelled", "cleared"})
Kind = Literal["alert", "update", "cancel"]
HEADS: Mapping[str, str] = {"alert": "{level}", "update": "{level}, updated", "cancel": "CANCELLED"}
PARTIES_SHOWN = 3
COUNTED_FIRST = ("killed", "injured", "abducted", "missing", "arrested", "displaced")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert(Record):
    """That a rule found something, and what became of it.

    Attributes:
        id: Its name everywhere.
        rule: The rule that found it.
        level: `notice`, `warning` or `alert`: the highest it reached.
        title: What it is about, in one line.
        incident: The incident that it is about, followed through merges; None for a change in numbers.
        version: The incident's version when it was last looked at.
        day: First ISO day of what it is about, empty where not known.
        opened: When, in UTC.
        changed: When it last changed, in UTC.
        state: `open`; `acknowledged`: somebody has seen it; `updated`: its incident changed since; `cancelled`: its
            incident went or is no longer of the rule; `cleared`: somebody closed it.
        why: What the rule found.
        false_alarm: Whether somebody marked it so.
        told: How many messages were made of it.
        history: What happened to it, oldest first: `at`, `what`, and who and why where a person did it.
    """

    id: str
    rule: str
    level: str
    title: str
    incident: str | None = None
    version: int | None = None
    day: str = ""
    opened: str
    changed: str
    state: State
    why: tuple[str, ...] = ()
    false_alarm: bool = False
    told: int = 0
    history: tuple[Mapping[str, Any], ...] = field(default=(), hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Record):
    """A report that tells of it, with the sentence that does."""

    report: str
    event: str
    sentence: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Other(Record):
    """An alert that is told along with another one."""

    alert: str
    level: str
    title: str
    incident: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier(Record):
    """A message that this one follows."""

    key: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Record):
    """What is told of an alert, once; it never changes, so whoever gets it twice knows it by its key.

    Attributes:
        key: Its idempotency key: the alert's id and the number of the message.
        kind: The first is an `alert`; then come `update` and `cancel`.
        changes: What is different from the message before.
        at: When it was made, in UTC to the second.
        earlier: Messages that it follows, oldest first.
        others: Alerts of the rule that were kept back meanwhile and are told along.
        sources: Reports that tell of it.
    """

    key: str
    kind: Kind
    alert: str
    rule: str
    level: str
    title: str
    state: State
    opened: str
    at: str
    why: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    incident: Incident | None = None
    version: int | None = None
    false_alarm: bool = False
    sources: tuple[Source, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    others: tuple[Other, ...] = ()


def incident_title(incident: Incident) -> str:
    """Return what an incident is, in one line.

    >>> incident_title(Incident(id="i1", events=(), type="ASSAULT", mode="aerial", actors=(Party(0, 3, "the army"),)))
    'ASSAULT: aerial · the army'
    """
    first = [*(kind for kind in COUNTED_FIRST if kind in incident.toll), *incident.toll]
    told = dict.fromkeys(first)
    sides = " → ".join(filter(None, (_side(incident.actors), _side(incident.recipients))))
    parts = (
        what_words(incident.type, incident.mode), sides, place_words(incident.where), when_words(incident.when),
        ", ".join(toll_words(kind, incident.toll[kind]) for kind in told),
        incident.status if incident.status != "reported" else "",
    )  # fmt: skip
    return " · ".join(part for part in parts if part)


def _side(parties: Sequence[Party]) -> str:
    more = f" and {len(parties) - PARTIES_SHOWN} more" if len(parties) > PARTIES_SHOWN else ""
    return party_words(parties[:PARTIES_SHOWN]) + more


def subject_line(message: Message) -> str:
    """Return a message in one line: how loud it is and what it is about."""
    head = HEADS[message.kind].format(level=message.level.upper())
    false = " (false alarm)" if message.false_alarm else ""
    return plain(f"{head}{false} {message.rule}: {message.title}")


def body_lines(message: Message) -> Iterator[str]:
    """Yield the rest of a message, line by line, with its sources and how to answer it."""
    yield from (f"changed: {plain(change)}" for change in message.changes)
    yield from (f"why: {plain(reason)}" for reason in message.why)
    for source in message.sources:
        where = ", ".join(plain(part) for part in (source.publisher, (source.published or "")[:10], source.url) if part)
        yield f"“{plain(source.sentence)}” ({where or source.report})"
    if message.others:
        yield f"and {len(message.others)} more:"
        yield from (f"  {other.level} {plain(other.title)} [{other.alert}]" for other in message.others)
    incident = f", incident {message.incident.id} version {message.version}" if message.incident else ""
    yield f"alert {message.alert}{incident}, message {message.key}"
