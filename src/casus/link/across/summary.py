"""Sum up what many reports say of one happening as one incident, with tolls and status. Decides not who belongs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from casus.link.across.archive import Archive, Happening, Json
from casus.link.across.status import count_origins, judge_status
from casus.link.across.tellings import Telling, tell_incident
from casus.link.across.tolls import Reckoning, reconcile_tolls
from casus.link.incidents import sum_up as sum_up_report
from casus.records import Incident, Party, Place, Report, When
from casus.stored import StoredEvent

PLACES = ("point", "near", "city", "admin1", "region", "country")  # the most exact first
TIMES = ("day", "range", "week", "month", "year")


def read_tellings(records: Iterable[Json]) -> list[Telling]:
    """Tellings as an archive gives them, in the order of their publication."""
    return put_in_order(Telling.from_json(record) for record in records)


def put_in_order(tellings: Iterable[Telling]) -> list[Telling]:
    """The tellings in the order of their publication, so that it does not matter which was taken first."""
    return sorted(tellings, key=lambda t: (t.published or "", t.id))


def read_happening(id_: str, archive: Archive) -> Happening:
    """An incident of an archive as all its reports tell it, with every figure."""
    tellings = read_tellings(archive.tellings_in([id_]).get(id_, ()))
    return sum_up(id_, tellings, archive.event_ids_in([id_]).get(id_, ()))


def sum_up(id_: str, tellings: Sequence[Telling], events: Sequence[str]) -> Happening:
    """The happening that these tellings tell of, which holds these events."""
    tolls = reconcile_tolls(figure for telling in tellings for figure in telling.figures)
    return Happening(
        incident=replace(_incident(id_, tellings, tolls), events=tuple(events)),
        tolls=tolls,
        sources=count_origins(tellings),
        tellings=tuple(tellings),
    )


def sum_up_events(id_: str, events: Sequence[StoredEvent]) -> Incident:
    """The incident that stored events tell of, for merges and splits by hand."""
    reports: dict[str, list[StoredEvent]] = {}
    for stored in events:
        reports.setdefault(stored.report, []).append(stored)
    tellings = put_in_order(_tell(stored) for stored in reports.values())
    return sum_up(id_, tellings, [stored.id for stored in events]).incident


def _tell(stored: Sequence[StoredEvent]) -> Telling:
    first, told = stored[0], [s.event for s in stored]
    report = Report(id=first.report, publisher=first.publisher, published=first.published, text="")
    return tell_incident(report, sum_up_report(first.id, told, first.report), told, origin=first.origin)


def _incident(id_: str, tellings: Sequence[Telling], tolls: Mapping[str, Reckoning]) -> Incident:
    type_ = _most([t.type for t in tellings])
    told = [t.incident for t in tellings]
    return Incident(
        id=id_,
        events=(),
        type=type_ or "",
        mode=_most([t.mode for t in tellings if t.mode and t.type == type_]),
        actors=_fullest([i.get("actors", ()) for i in told]),
        recipients=_fullest([i.get("recipients", ()) for i in told]),
        when=_finest_time(told),
        where=_finest_place(told),
        toll={kind: reckoning.to_toll() for kind, reckoning in tolls.items()},
        status=judge_status(tellings),
    )


def _most(values: Sequence[str]) -> str | None:
    """The most frequent, the first among equals."""
    return Counter(values).most_common(1)[0][0] if values else None


def _fullest(sides: Sequence[Sequence[Mapping[str, Any]]]) -> tuple[Party, ...]:
    """The side that names most countries and known parties, the first among equals."""
    best = max(sides, key=lambda side: (len({p["country"] for p in side if p["country"]}), len(side) > 0), default=())
    return tuple(Party.from_json(party) for party in best)


def _finest_time(incidents: Sequence[Mapping[str, Any]]) -> When | None:
    """The most exact time, the one most told among equals."""
    times = [i["when"] for i in incidents if i.get("when")]
    votes = Counter((t["start"], t["end"]) for t in times)
    ranked = sorted(times, key=lambda t: (TIMES.index(t["precision"]), -votes[t["start"], t["end"]]))
    return When.from_json(ranked[0]) if ranked else None


def _finest_place(incidents: Sequence[Mapping[str, Any]]) -> Place | None:
    """The place told most often, the most exact among equals."""
    places = [i["where"] for i in incidents if i.get("where")]
    votes = Counter((p["name"] or p["text"]) for p in places)
    ranked = sorted(places, key=lambda p: (-votes[p["name"] or p["text"]], PLACES.index(p["precision"])))
    return Place.from_json(ranked[0]) if ranked else None
