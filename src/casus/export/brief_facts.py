"""What a briefing tells: the incidents of a time, by how far they came, each with its sentences, figures and sources.

Counts incidents and independent origins, never articles. Decides nothing; draws nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from casus.errors import FieldError
from casus.records import Incident, Link, Quantity
from casus.store.query import Filters, Query
from casus.store.query.agreement import Slot, State, compare_events, group_slots
from casus.store.query.heads import Head, read_heads
from casus.stored import IncidentVersion, StoredEvent
from casus.words import count_words, source_words

Standing = Literal["done", "threatened", "planned", "possible", "denied"]
STANDINGS: tuple[Standing, ...] = ("done", "threatened", "planned", "possible", "denied")
MOST_READ = 2000
"""Incidents of a time that are looked at, the newest."""
MOST_QUOTES = 6
"""Sentences of an incident beside those of its figures."""
LAST = "9999-12-31"
OFFICES = frozenset({"GOV", "MIL", "COP", "MED", "JUD", "LEG", "SPY"})


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a report, cut before and behind the words that matter, and the number of its source."""

    before: str
    words: str
    after: str
    source: int
    says: str
    told: StoredEvent


@dataclass(frozen=True, slots=True)
class FigureTold:
    """A figure as a report gives it, in the sentence that gives it."""

    kind: str
    quantity: Quantity
    quote: Quote
    official: bool

    @property
    def words(self) -> str:
        """The figure in few words."""
        q = self.quantity
        return count_words(q.min, q.max, q.kind, approximate=q.approximate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An incident of the briefing."""

    version: IncidentVersion
    standing: Standing
    slots: Mapping[State, tuple[Slot, ...]]
    figures: tuple[FigureTold, ...]
    quotes: tuple[Quote, ...]
    left: int
    reports: int
    origins: int
    links: tuple[Link, ...]

    @property
    def incident(self) -> Incident:
        """The incident as it is now."""
        return self.version.incident


@dataclass(frozen=True, slots=True, kw_only=True)
class Summed:
    """The figures of one kind over incidents: the sums of their lowest and of their highest counts; None is open."""

    kind: str
    low: int
    high: int | None
    incidents: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class BriefFacts:
    """All that a briefing tells.

    Attributes:
        window: First and last day, both included.
        filters: What incidents had to have.
        entries: Those told in full: of what was done the gravest first, of all else the next days first.
        listed: Id → standing of all incidents found, those told in full included.
        more: Whether there are older ones that were not looked at.
        sources: Reports in the order of their numbers, which count from 1.
        versions: Id → incident, for all found and those that the ones told in full answer.
    """

    window: tuple[str, str]
    filters: Filters
    entries: tuple[Entry, ...]
    listed: Mapping[str, Standing]
    more: bool
    sources: tuple[Head, ...]
    versions: Mapping[str, IncidentVersion]

    def of(self, *standings: Standing) -> tuple[Entry, ...]:
        """Return the entries that came so far."""
        return tuple(entry for entry in self.entries if entry.standing in standings)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Report → its number among the sources."""
        return {head.id: nth for nth, head in enumerate(self.sources, 1)}

    @cached_property
    def counts(self) -> Mapping[Standing, int]:
        """Standing → how many incidents."""
        told = list(self.listed.values())
        return {standing: told.count(standing) for standing in STANDINGS}

    def incidents(self, *standings: Standing) -> list[Incident]:
        """Return all incidents found that came so far, told in full or not, oldest first."""
        told = [self.versions[id_].incident for id_, standing in self.listed.items() if standing in standings]
        return sorted(told, key=lambda incident: (_first_day(incident), incident.id))

    @cached_property
    def tolls(self) -> tuple[Summed, ...]:
        """The figures over all that is told as done."""
        kinds: dict[str, list[Incident]] = {}
        for incident in self.incidents("done"):
            for kind in incident.toll:
                kinds.setdefault(kind, []).append(incident)
        return tuple(_sum_toll(kind, kinds[kind]) for kind in sorted(kinds))


def _sum_toll(kind: str, incidents: Sequence[Incident]) -> Summed:
    tolls = [incident.toll[kind] for incident in incidents]
    highs = [toll.high for toll in tolls if toll.high is not None]
    return Summed(
        kind=kind, low=sum(toll.low or 0 for toll in tolls), high=sum(highs) if len(highs) == len(tolls) else None,
        incidents=tuple(incident.id for incident in incidents),
    )  # fmt: skip


def _first_day(incident: Incident) -> str:
    return incident.when.start if incident.when else LAST


def read_facts(store: Query, since: str, until: str, *, filters: Filters | None = None, most: int = 40) -> BriefFacts:
    """Return what a briefing of a time tells.

    Args:
        store: What is asked.
        since: First day, ISO.
        until: Last day, included. What is planned for later days is told as well.
        filters: What incidents must have besides; their `since` and `until` do not count.
        most: Incidents told in full of what was done, the gravest; of all else a quarter as many each.

    Raises:
        FieldError: The time ends before it begins.
    """
    if until < since:
        raise FieldError("since", since, f"a day up to {until}")
    asked = replace(filters or Filters(), since=since, until=until)
    found = store.incidents(asked, limit=MOST_READ + 1)
    versions = {version.incident.id: version for version in (*found[:MOST_READ], *_read_coming(store, asked))}
    told = store.events_of(versions)
    listed = {id_: stand(versions[id_].incident, told.get(id_, ())) for id_ in versions}
    chosen = _choose(versions, listed, told, most)
    entries, sources = _tell(store, chosen, told, listed)
    near = store.incidents_by_id(
        {end for entry in entries for link in entry.links for end in (link.source, link.target)}
    )
    return BriefFacts(
        window=(since, until), filters=asked, entries=entries, listed=listed, more=len(found) > MOST_READ,
        sources=sources, versions=near | versions,
    )  # fmt: skip


def _read_coming(store: Query, asked: Filters) -> Iterable[IncidentVersion]:
    """Return the incidents that are planned or announced for a day of the time or later."""
    if asked.modality and "future" not in asked.modality:
        return ()
    coming = store.events(replace(asked, until=None, modality="future"), limit=MOST_READ, oldest=True)
    homes = store.incidents_by_id({stored.incident for stored in coming}).values()
    return [version for version in homes if version.incident.status == "announced"]


def stand(incident: Incident, events: Sequence[StoredEvent]) -> Standing:
    """Return how far an incident came: done if anybody tells it as done, and so on; a threat is threatened."""
    moods = {stored.event.modality for stored in events}
    if moods & {"actual", "future"} and incident.type == "THREATEN":
        return "threatened"
    if incident.status == "denied":
        return "denied"
    if "actual" in moods or not moods:
        return "done"
    if "future" in moods:
        return "planned"
    return "possible" if "hypothetical" in moods else "denied"


def _choose(
    versions: Mapping[str, IncidentVersion],
    listed: Mapping[str, Standing],
    told: Mapping[str, Sequence[StoredEvent]],
    most: int,
) -> list[IncidentVersion]:
    """Return the incidents that are told in full, in their order."""
    chosen = []
    for standing in STANDINGS:
        here = sorted(
            (id_ for id_ in versions if listed[id_] == standing), key=lambda id_: _gravity(versions[id_], told)
        )
        if standing == "done":
            chosen += here[:most]
        else:
            chosen += sorted(here, key=lambda id_: _first_day(versions[id_].incident))[: max(most // 4, 1)]
    return [versions[id_] for id_ in chosen]


def _gravity(version: IncidentVersion, told: Mapping[str, Sequence[StoredEvent]]) -> tuple[int, int, str]:
    """Return what puts the gravest incident first: the dead, then how many origins tell of it, then its name."""
    dead = version.incident.toll.get("killed")
    killed = max(dead.best or 0, dead.low or 0) if dead else 0
    return -killed, -len({stored.origin for stored in told.get(version.incident.id, ())}), version.incident.id


def _tell(
    store: Query,
    versions: Sequence[IncidentVersion],
    told: Mapping[str, Sequence[StoredEvent]],
    listed: Mapping[str, Standing],
) -> tuple[tuple[Entry, ...], tuple[Head, ...]]:
    """Return the entries and the reports that they quote, in the order of their numbers."""
    used = dict.fromkeys(stored.report for version in versions for stored in told.get(version.incident.id, ()))
    heads, texts = read_heads(store, used), store.texts(used)
    numbers = {id_: nth for nth, id_ in enumerate(heads, 1)}
    links = store.links_of([version.incident.id for version in versions])

    def quote(stored: StoredEvent, start: int, end: int) -> Quote:
        return _quote(stored, texts[stored.report], (start, end), numbers[stored.report])

    entries = [
        _make_entry(version, told.get(version.incident.id, ()), listed[version.incident.id], (links, quote))
        for version in versions
    ]
    return tuple(entries), tuple(heads.values())


Quoting = Callable[[StoredEvent, int, int], Quote]


def _make_entry(
    version: IncidentVersion,
    events: Sequence[StoredEvent],
    standing: Standing,
    near: tuple[Sequence[Link], Quoting],
) -> Entry:
    links, quote = near
    ordered = sorted(events, key=lambda stored: (stored.published or "", stored.id))
    figures = tuple(_figures(ordered, quote))
    given = {(figure.quote.told.report, figure.quote.told.event.sentence) for figure in figures}
    others = [stored for stored in ordered if (stored.report, stored.event.sentence) not in given]
    shown = others[:MOST_QUOTES]
    return Entry(
        version=version, standing=standing, slots=group_slots(compare_events(ordered)), figures=figures,
        quotes=tuple(quote(stored, stored.event.trigger.start, stored.event.trigger.end) for stored in shown),
        left=len(others) - len(shown), reports=len({stored.report for stored in events}),
        origins=len({stored.origin for stored in events}),
        links=tuple(link for link in links if link.source == version.incident.id),
    )  # fmt: skip


def _figures(events: Sequence[StoredEvent], quote: Quoting) -> Iterable[FigureTold]:
    """Yield every figure, by kind and then oldest first, each once a report."""
    seen: dict[tuple[str, str, int | None, int | None], FigureTold] = {}
    for stored in events:
        source = stored.event.attribution
        for q in stored.event.quantities:
            told = FigureTold(q.kind, q, quote(stored, q.start, q.end), bool(source and OFFICES & set(source.sectors)))
            seen.setdefault((q.kind, stored.report, q.min, q.max), told)
    return sorted(seen.values(), key=lambda figure: figure.kind)


def _quote(stored: StoredEvent, text: str, span: tuple[int, int], source: int) -> Quote:
    """Return the sentence of an event, cut at a span; a span outside it marks nothing."""
    first, last = stored.event.sentence.start, stored.event.sentence.end
    start, end = span if first <= span[0] and span[1] <= last else (first, first)
    return Quote(
        text[first:start], text[start:end], text[end:last], source, source_words(stored.event.attribution), stored
    )
