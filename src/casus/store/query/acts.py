"""Incidents as acts of one side toward another, and which of them were answered: what `casus.watch` counts.

One incident is one act a way, however many reports tell of it. Reads columns and tolls only, by index; counts nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select

from casus.ontology import quad_of
from casus.records import IncidentStatus, Modality, Record, Toll
from casus.store.query.asking import Query
from casus.store.query.filters import is_party
from casus.store.schema import events, incident_versions, incidents, links, parties, reports
from casus.store.versions import chunked

Way = Literal["a_to_b", "b_to_a", "together"]
Keys = Sequence[str]
FIRST, LAST = "0000-01-01", "9999-12-31"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Record):
    """An incident as an act of one side toward the other, or of both together (a meeting, a clash).

    `modality` is `actual` where somebody tells it as done, else that of the status: `future` if anybody has it planned,
    `hypothetical` if it is only thought possible, `negated` if nobody but a denial tells of it. `day` and `until` are
    its first and last day; `toll` is read for material conflict only.
    """

    incident: str
    way: Way
    type: str
    mode: str | None = None
    status: IncidentStatus = "reported"
    modality: Modality = "actual"
    day: str
    until: str
    toll: Mapping[str, Toll] = field(default_factory=dict, hash=False)


class Given(NamedTuple):
    """An act's answer: the incidents of both and the day of the answer."""

    act: str
    answer: str
    day: str


def read_acts(store: Query, a: Keys, b: Keys, *, since: str = FIRST, until: str = LAST) -> tuple[Act, ...]:
    """Return what two sides did toward each other, oldest first.

    An incident is an act of A toward B if one of its events, not rejected by a person, has A among the actors and B
    among the recipients; of both together if one has both among its actors and nobody as recipient. It may be an act
    both ways.

    Args:
        store: The store.
        a: Parties of one side, as in the filters: `USA`, `USA/MIL`, `org-hezbollah`, a name.
        b: Parties of the other.
        since: First day on which an act may begin; acts without a day are left out.
        until: Last day on which it may begin.
    """
    ways: Mapping[Way, ColumnElement[bool]] = {
        "a_to_b": _both(_of_role("actor", a), _of_role("recipient", b)),
        "b_to_a": _both(_of_role("actor", b), _of_role("recipient", a)),
        "together": _both(_of_role("actor", a), _of_role("actor", b)) & ~_has_recipient(),
    }
    with store.reading() as connection:
        told = {way: _read_told(connection, condition) for way, condition in ways.items()}
        rows = _read_incidents(connection, {id_ for plans in told.values() for id_ in plans}, since, until)
        found = [
            _make_act(way, rows[id_], planned=planned)
            for way, plans in told.items()
            for id_, planned in plans.items()
            if id_ in rows
        ]
        tolls = _read_tolls(connection, {act.incident for act in found if _may_have_toll(act)})
    given = (replace(act, toll=tolls[act.incident]) if act.incident in tolls else act for act in found)
    return tuple(sorted(given, key=lambda act: (act.day, act.incident, act.way)))


def read_answers(store: Query, acts: Collection[str], answering: Keys) -> tuple[Given, ...]:
    """Return which of these incidents a side answered, by the links that say so.

    Args:
        store: The store.
        acts: Ids of incidents.
        answering: Parties of the side; an answer has one of them among its actors, whomever it hit.

    Returns:
        Pairs of an act and an answer that was given, not only announced or denied; each pair once.
    """
    answer, act = events.alias("answer"), events.alias("act")
    joined = links.join(act, links.c.target == act.c.id).join(answer, links.c.source == answer.c.id)
    conditions = (
        links.c.kind == "responds_to",
        act.c.incident != answer.c.incident,
        _of_role("actor", answering).where(parties.c.event == answer.c.number).exists(),
        or_(answer.c.judged.is_(None), answer.c.judged != "rejected"),
    )
    query = select(act.c.incident, answer.c.incident).select_from(joined).where(*conditions).distinct()
    with store.reading() as connection:
        pairs = [
            pair for some in chunked(acts) for pair in connection.execute(query.where(act.c.incident.in_(some))).all()
        ]
        given = _read_incidents(connection, {answer for _, answer in pairs}, "", LAST)
    return tuple(
        Given(told, id_, given[id_].day_from)
        for told, id_ in pairs
        if id_ in given and given[id_].status not in ("announced", "denied")
    )


def read_span(store: Query) -> tuple[str, str] | None:
    """Return the days of publication of the oldest and the newest report, None where there is none."""
    with store.reading() as connection:
        first, last = connection.execute(select(_end(func.min), _end(func.max))).one()
    return (first, last) if first else None


def _end(which: Any) -> Any:
    """Return the least or greatest day as a query of its own: each is then one look into the index."""
    return select(which(reports.c.day)).scalar_subquery()


def _both(one: Select[Any], other: Select[Any]) -> ColumnElement[bool]:
    """Return the condition that an event is in both; two conditions would look up every event of the first."""
    return events.c.number.in_(one.intersect(other))


def _has_recipient() -> ColumnElement[bool]:
    """Return the condition that anybody at all is recipient, asked event by event."""
    return select(parties.c.number).where(parties.c.event == events.c.number, parties.c.role == "recipient").exists()


def _of_role(role: str, keys: Keys) -> Select[Any]:
    """Return the query for the events in which one of the keys has the role."""
    return select(parties.c.event).where(parties.c.role == role, or_(*map(is_party, keys)))


def _read_told(connection: Any, condition: ColumnElement[bool]) -> dict[str, bool]:
    """Return the incidents of the events for which a condition holds, and whether one of these is planned."""
    kept = or_(events.c.judged.is_(None), events.c.judged != "rejected")
    told: dict[str, bool] = {}
    for incident, modality in connection.execute(select(events.c.incident, events.c.modality).where(condition, kept)):
        told[incident] = told.get(incident, False) or modality == "future"
    return told


def _read_incidents(connection: Any, ids: Collection[str], since: str, until: str) -> dict[str, Any]:
    """Return id → row of those incidents that are live and begin in the time.

    They are looked up by their ids alone: asked for days as well, SQLite would rather walk through all of those.
    """
    query = select(*(incidents.c[name] for name in ("id", "live", "type", "mode", "status", "day_from", "day_to")))
    return {
        row.id: row
        for some in chunked(ids)
        for row in connection.execute(query.where(incidents.c.id.in_(some)))
        if row.live and since <= row.day_from <= until
    }


def _make_act(way: Way, row: Any, *, planned: bool) -> Act:
    return Act(
        incident=row.id,
        way=way,
        type=row.type,
        mode=row.mode,
        status=row.status,
        modality=_modality(row.status, planned=planned),
        day=row.day_from,
        until=row.day_to,
    )


def _modality(status: IncidentStatus, *, planned: bool) -> Modality:
    if status == "denied":
        return "negated"
    if status == "announced":
        return "future" if planned else "hypothetical"
    return "actual"


def _may_have_toll(act: Act) -> bool:
    return act.modality == "actual" and quad_of(act.type) == "material-conflict"


def _read_tolls(connection: Any, ids: Collection[str]) -> dict[str, dict[str, Toll]]:
    """Return incident → kind → figures, for those that have any."""
    return dict(_yield_tolls(connection, ids))


def _yield_tolls(connection: Any, ids: Collection[str]) -> Iterator[tuple[str, dict[str, Toll]]]:
    same = (incidents.c.id == incident_versions.c.incident) & (incidents.c.version == incident_versions.c.version)
    toll = incident_versions.c.record["toll"].label("toll")
    for some in chunked(ids):
        query = select(incidents.c.id, toll).select_from(incidents.join(incident_versions, same))
        for row in connection.execute(query.where(incidents.c.id.in_(some))):
            if row.toll:
                yield row.id, {kind: Toll.from_json(figures) for kind, figures in row.toll.items()}
