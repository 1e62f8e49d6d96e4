"""What the reports of one happening agree on, where they cannot all be right, and what nobody tells.

Compares origins, not articles: copies of one text speak once. Weighs nothing and decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

from casus.records import Event, Party, Place, Quantity, When
from casus.store.rows import fold
from casus.stored import StoredEvent
from casus.words import count_words, party_words, place_words, what_words, when_words

State = Literal["agreed", "told once", "disputed", "unknown"]
CLOSE_DEGREES = 0.5
"""Places nearer than this in latitude and longitude, some 50 km, are taken for one: a town and its suburb."""
DENYING = "denies"


@dataclass(frozen=True, slots=True)
class Said:
    """One value of a slot in words, and the events that give it."""

    words: str
    events: tuple[StoredEvent, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """What is said of one slot, most told value first."""

    name: str
    state: State
    values: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """How a slot is asked of an event, told in words, and whether two values may both be true."""

    name: str
    ask: Callable[[Event], Any]
    tell: Callable[[Any], str]
    fit: Callable[[Any, Any], bool]


def compare_events(events: Sequence[StoredEvent]) -> tuple[Slot, ...]:
    """Return for every slot, and every kind of toll, what the events of one incident say of it.

    Args:
        events: The incident's events as judged.
    """
    kinds = sorted({q.kind for stored in events for q in stored.event.quantities})
    return tuple(_compare(question, events) for question in (*QUESTIONS, *map(_ask_toll, kinds)))


def _compare(question: Question, events: Sequence[StoredEvent]) -> Slot:
    told = [(question.ask(stored.event), stored) for stored in events]
    given = [(value, stored) for value, stored in told if value]
    return Slot(question.name, _state(question, given), _gather(question, given))


def _state(question: Question, given: Sequence[tuple[Any, StoredEvent]]) -> State:
    if not given:
        return "unknown"
    pairs = combinations(given, 2)
    if any(a.origin != b.origin and not question.fit(one, other) for (one, a), (other, b) in pairs):
        return "disputed"
    return "agreed" if len({stored.origin for _, stored in given}) > 1 else "told once"


def _gather(question: Question, given: Iterable[tuple[Any, StoredEvent]]) -> tuple[Said, ...]:
    said: dict[str, list[StoredEvent]] = {}
    for value, stored in given:
        said.setdefault(question.tell(value), []).append(stored)
    ranked = sorted(said.items(), key=lambda item: -len({stored.origin for stored in item[1]}))
    return tuple(Said(words, tuple(told)) for words, told in ranked)


def _happened(event: Event) -> tuple[str, ...]:
    """Return whether it is told as done, not done, or not yet; hypothetical mentions say nothing of that."""
    if event.attribution and event.attribution.stance == DENYING:
        return ("denied",)
    told = {"actual": "it happened", "negated": "it did not happen", "future": "it is to come"}.get(event.modality)
    return (told,) if told else ()


def _deeds_fit(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return False where one says done and the other not: what was announced may have been done since."""
    return one == other or {*one, *other} == {"it happened", "it is to come"}


def _kinds_fit(one: tuple[str, str | None], other: tuple[str, str | None]) -> bool:
    return one[0] == other[0] and (one[1] == other[1] or None in (one[1], other[1]))


def _parties_fit(one: Sequence[Party], other: Sequence[Party]) -> bool:
    """Return whether two sides share a party, or may: descriptions without a country contradict nobody."""
    return any(_same(a, b) for a in one for b in other)


def _same(one: Party, other: Party) -> bool:
    if one.country and other.country:
        return one.country == other.country
    if one.id and other.id:
        return one.id == other.id
    return True


def _times_fit(one: When, other: When) -> bool:
    return one.start[:10] <= other.end[:10] and other.start[:10] <= one.end[:10]


def _places_fit(one: Place, other: Place) -> bool:
    if one.country and other.country and one.country != other.country:
        return False
    if one.geonameid == other.geonameid or fold(place_words(one)) == fold(place_words(other)):
        return True
    if {"country", "region", "admin1"} & {one.precision, other.precision}:
        return True
    if None in (one.lat, other.lat, one.lon, other.lon):
        return False
    return max(abs((one.lat or 0) - (other.lat or 0)), abs((one.lon or 0) - (other.lon or 0))) <= CLOSE_DEGREES


def _counts_fit(one: Quantity, other: Quantity) -> bool:
    low = max(one.min or 0, other.min or 0)
    return all(top is None or top >= low for top in (one.max, other.max))


def _ask_toll(kind: str) -> Question:
    def ask(event: Event) -> Quantity | None:
        return next((q for q in event.quantities if q.kind == kind), None)

    return Question(kind, ask, _tell_count, _counts_fit)


def _tell_count(told: Quantity) -> str:
    return count_words(told.min, told.max, told.kind, approximate=told.approximate)


QUESTIONS = (
    Question("whether", _happened, " ".join, _deeds_fit),
    Question("what", lambda event: (event.type, event.mode), lambda told: what_words(*told), _kinds_fit),
    Question("who", lambda event: event.actors, party_words, _parties_fit),
    Question("to whom", lambda event: event.recipients, party_words, _parties_fit),
    Question("when", lambda event: event.when, when_words, _times_fit),
    Question("where", lambda event: event.where, place_words, _places_fit),
)


def group_slots(slots: Iterable[Slot]) -> Mapping[State, tuple[Slot, ...]]:
    """Return state → its slots, in the order that a reader asks."""
    told = tuple(slots)
    order: tuple[State, ...] = ("disputed", "agreed", "told once", "unknown")
    return {state: tuple(slot for slot in told if slot.state == state) for state in order}
