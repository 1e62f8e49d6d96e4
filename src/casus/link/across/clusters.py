"""Put a report's tellings where they belong: incidents are updated, merged and split, with every version kept.

Never looks at the whole archive: candidates come from the blocks alone (`blocking`), and of a large incident only the
newest tellings are compared. A telling joins the incident that it fits best on average; incidents that it fits alike
are merged if they fit each other; an incident that falls apart under the new telling is split. The older id stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations

from casus.link.across.archive import Archive, Change, ChangeKind, Why
from casus.link.across.blocking import filing_keys, search_keys
from casus.link.across.judged import Fit
from casus.link.across.model.pairs import explain_pair, score_pair
from casus.link.across.sketches import find_origin
from casus.link.across.summary import put_in_order, read_tellings, sum_up
from casus.link.across.tellings import Telling, make_tellings
from casus.records import Report
from casus.stored import ChangeReason

JOIN = 0.7  # mean chance from which a telling joins; set on the older items of the portal, see train.across
KEEP = 0.65  # mean chance from which two halves of an incident stay together
CANDIDATES = 24
COMPARED = 6  # tellings of an incident that are compared, the newest
REGROUPED = 12  # tellings of an incident that may be split apart, the newest
SHOWN = 6  # signs kept with a change

REASONS: dict[ChangeKind, ChangeReason] = {"joined": "updated", "merged": "merged", "split": "split"}


@dataclass(slots=True)
class Home:
    """A live incident with its events and, oldest first, its tellings."""

    id: str
    events: list[str]
    tellings: list[Telling] = field(default_factory=list)

    @property
    def reports(self) -> set[str]:
        """The reports that tell of it."""
        return {telling.report for telling in self.tellings}


def link_across(report: Report, archive: Archive) -> tuple[Change, ...]:
    """Match a coded and linked report with what the archive holds, and keep what came of it.

    The report must have been added to the archive, and all belongs in one transaction with that. Doing it again
    changes nothing.

    Args:
        report: Coded, with incidents and links.
        archive: Where sketches, tellings and incidents are kept.

    Returns:
        What was changed, in order.
    """
    origin = find_origin(report, archive)
    tellings = make_tellings(report, origin)
    archive.put_tellings(report.id, [_file(telling) for telling in tellings])
    chances = [(look_around(telling, archive).chance, telling) for telling in tellings]
    surest = sorted((pair for pair in chances if pair[0] >= JOIN), key=lambda pair: -pair[0])
    return tuple(change for _, telling in surest for change in place_telling(telling, archive))


def _file(telling: Telling) -> dict[str, object]:
    return {
        "id": telling.id,
        "event": telling.events[0],
        "keys": list(filing_keys(telling)),
        "record": telling.to_json(),
    }


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where a telling is, where else it fits, best first, and how anything fits."""

    here: Home | None
    ranked: list[tuple[float, Home]]
    fit: Fit

    @property
    def chance(self) -> float:
        """How well it fits the best of them."""
        return self.ranked[0][0] if self.ranked else 0.0


def look_around(telling: Telling, archive: Archive) -> Outlook:
    """Rank the incidents that a telling may join; none where it was matched before."""
    own = archive.homes_of(telling.events[:1]).get(telling.events[0])
    found = [id_ for id_ in archive.find_homes(search_keys(telling), CANDIDATES + 1) if id_ != own][:CANDIDATES]
    homes = load_homes([*found, *([own] if own else [])], archive)
    fit = Fit(score_pair, archive.constraints(e for home in homes.values() for e in home.events))
    here = homes.pop(own) if own else None
    alone = here is not None and len(here.tellings) == 1
    return Outlook(here, rank_homes(telling, list(homes.values()), fit) if alone else [], fit)


def place_telling(telling: Telling, archive: Archive) -> list[Change]:
    """Put one telling where it belongs, and mend what that shows to be wrong."""
    outlook = look_around(telling, archive)
    if outlook.here is None or not outlook.ranked:
        return []
    changes, home = merge_homes(telling, outlook, archive)
    return [*changes, *split_apart(home, telling.report, outlook.fit, archive)]


def load_homes(ids: Sequence[str], archive: Archive) -> dict[str, Home]:
    """Live incidents with their events and tellings."""
    events, records = archive.event_ids_in(ids), archive.tellings_in(ids)
    return {id_: Home(id_, list(events.get(id_, ())), read_tellings(records.get(id_, ()))) for id_ in ids}


def rank_homes(telling: Telling, homes: Sequence[Home], fit: Fit) -> list[tuple[float, Home]]:
    """Incidents of other reports that the telling fits well enough to join, best first."""
    others = (home for home in homes if home.tellings and telling.report not in home.reports)
    scored = [(fit.mean([telling], home.tellings[-COMPARED:]), home) for home in others]
    return sorted((s for s in scored if s[0] >= JOIN), key=lambda s: (-s[0], s[1].id))


def merge_homes(telling: Telling, outlook: Outlook, archive: Archive) -> tuple[list[Change], Home]:
    """Join the best incident, and merge with it the others that it fits too and shares no report with."""
    fit, (chance, best) = outlook.fit, outlook.ranked[0]
    home = _unite(best, outlook.here) if outlook.here else best
    why = _explain(telling, best, fit)
    joined = Change(incident=home.id, kind="joined", report=telling.report, score=chance, why=why)
    changes = [_put(home, joined, archive)]
    for _, rival in outlook.ranked[1:]:
        mean = fit.mean(home.tellings[-COMPARED:], rival.tellings[-COMPARED:])
        if mean >= JOIN and not home.reports & rival.reports:
            older, newer = sorted((home, rival), key=lambda h: (h.tellings[0].published or "", h.id))
            home = _unite(older, newer)
            change = Change(incident=home.id, kind="merged", report=telling.report, others=(newer.id,), score=mean)
            changes.append(_put(home, change, archive))
    return changes, home


def _unite(home: Home, other: Home) -> Home:
    return Home(home.id, [*home.events, *other.events], put_in_order([*home.tellings, *other.tellings]))


def split_apart(home: Home, report: str, fit: Fit, archive: Archive) -> list[Change]:
    """Split an incident whose tellings no longer hold together; the part with the oldest telling keeps the id."""
    rest, *parts = regroup(home.tellings, fit)
    if not parts:
        return []
    own = set(home.events)
    split = [Home(part[0].id, [e for t in part for e in t.events if e in own], part) for part in parts]
    gone = {event for part in split for event in part.events}
    kept = Home(home.id, [event for event in home.events if event not in gone], rest)
    put = partial(_put_part, report=report, archive=archive)
    return [*(put(part, (home.id,)) for part in split), put(kept, tuple(part.id for part in split))]


def _put_part(part: Home, others: tuple[str, ...], report: str, archive: Archive) -> Change:
    return _put(part, Change(incident=part.id, kind="split", report=report, others=others), archive)


def regroup(tellings: Sequence[Telling], fit: Fit) -> list[list[Telling]]:
    """Group the newest tellings by average linkage down to KEEP; older ones stay with the oldest that is compared."""
    settled, loose = list(tellings[:-REGROUPED]), tellings[-REGROUPED:]
    groups = [[telling] for telling in loose]
    while len(groups) > 1:
        pairs = combinations(range(len(groups)), 2)
        chance, i, j = max((fit.mean(groups[i], groups[j]), -i, -j) for i, j in pairs)
        if chance < KEEP:
            break
        groups[-i] += groups.pop(-j)
    return [settled + groups[0], *groups[1:]]


def _explain(telling: Telling, home: Home, fit: Fit) -> tuple[Why, ...]:
    """The signs that the likest telling of the incident shares with this one."""
    likest = max(home.tellings[-COMPARED:], key=lambda other: fit.mean([telling], [other]))
    return tuple(Why(r.name, r.meaning, r.weight) for r in explain_pair(telling, likest)[:SHOWN])


def _put(home: Home, change: Change, archive: Archive) -> Change:
    happening = sum_up(home.id, home.tellings, home.events)
    detail = {"sources": happening.sources, **change.to_json()}
    archive.put_incident(happening.incident, reason=REASONS[change.kind], detail=detail)
    return change
