"""One look of a watch: what changed since the last one opens, updates and cancels alerts; what is to be told is kept.

All that comes of one rule is one transaction, so a process that is killed has done it or not, and the next look goes on
from there. Nothing is sent here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from casus.store.alerting import Alerting
from casus.store.query import alerts as asked
from casus.stored import IncidentVersion
from casus.watch.alerts import CLOSED, incident_title
from casus.watch.alerts_facts import compare_facts, read_facts
from casus.watch.alerts_rows import Row, cancel_row, name_alert, open_row, stamp, update_row
from casus.watch.alerts_tell import Teller
from casus.watch.rules import QUIET, Rule
from casus.watch.rules_change import find_surge
from casus.watch.rules_match import Finding, Scope, match_rule

ONE_CLOCK, MANY_CLOCKS = timedelta(seconds=5), timedelta(minutes=2)
"""How far a look reaches behind the one before: so much may a clock be set back, or those of two writers differ."""
NUMBERS = "change"
"""The subject of an alert that is about numbers and no incident."""


@dataclass(frozen=True, slots=True)
class Early:
    """What was found before the transaction began, and the newest change that it knows of."""

    newest: str
    found: Mapping[str, Finding]


@dataclass(frozen=True, slots=True)
class Watch:
    """A rule at work on a store.

    Attributes:
        store: Where its incidents are, and its alerts.
        rule: The rule.
        now: The time, with its zone.
    """

    store: Alerting
    rule: Rule
    now: datetime
    at: str = field(init=False)
    today: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", stamp(self.now))
        object.__setattr__(self, "today", self.at[:10])

    def look(self) -> Counter[str]:
        """Look at what changed, and return how many alerts were opened, updated, cancelled and messages made."""
        early = self._look_early()
        with self.store.transaction():
            before = asked.read_watches(self.store).get(self.rule.name) or {}
            if before.get("digest") == self.rule.digest:
                early = None
            newest = early.newest if early else asked.newest_change(self.store)
            rows = self._look_at_numbers(early) if self.rule.when.change else self._look_at_incidents(before, early)
            teller = Teller(self.store, self.rule, self.now)
            told = teller.tell(rows, told=before.get("told", ""), level=before.get("level", 0))
            self._keep(rows, teller, before, newest)
        counts = Counter(row["history"][-1]["what"].partition(":")[0] for row in rows if row["changed"] == self.at)
        opened, cancelled = counts["opened"], counts["cancelled"]
        return Counter(opened=opened, cancelled=cancelled, updated=counts.total() - opened - cancelled, messages=told)

    def _keep(self, rows: Iterable[Row], teller: Teller, before: Mapping[str, Any], newest: str) -> None:
        for row in teller.settle(rows):
            self.store.put_alert(row)
        self.store.add_deliveries(teller.deliveries)
        watch = {"rule": self.rule.name, "digest": self.rule.digest, "seen": newest, "told": teller.told}
        cleared = {name: before.get(name) for name in ("cleared", "cleared_by")}
        self.store.put_watch(watch | cleared | {"level": asked.top_level(self.store, self.rule.name)})

    def _look_early(self) -> Early | None:
        """Return what a rule finds that never looked before, or says something else now; no writer waits for that."""
        before = asked.read_watches(self.store).get(self.rule.name) or {}
        if before.get("digest") == self.rule.digest:
            return None
        newest = asked.newest_change(self.store)
        found = {} if self.rule.when.change else self._find_new(Scope(self.today, since=self._oldest()))
        return Early(newest, found)

    def _oldest(self) -> str:
        return (self.now - timedelta(days=self.rule.within)).date().isoformat()

    def _look_at_incidents(self, before: Mapping[str, Any], early: Early | None) -> list[Row]:
        changed = () if early else self._find_changed(before["seen"])
        known = self._all_open() if early else asked.alerts_on(self.store, self.rule.name, changed)
        versions = self.store.incidents_by_id({row["incident"] for row in known})
        moved = self._move(known, versions)
        rows = self._check_again(moved, versions)
        closed = [row for row in moved if row["state"] in CLOSED]
        rows += [row for row, old in zip(moved, known, strict=True) if row in closed and row != old]
        if early:
            return rows + self._open_new(early.found, rows)
        recent = asked.recent_incidents(self.store, changed, self._oldest())
        return rows + self._open_new(self._find_new(Scope(self.today, recent)), rows)

    def _find_changed(self, seen: str) -> tuple[str, ...]:
        """Return the incidents that changed since the look before; none where nothing in the store did."""
        same = asked.newest_change(self.store) == seen
        overlap = ONE_CLOCK if self.store.is_sqlite else MANY_CLOCKS
        return () if same else asked.changed_incidents(self.store, _reach_back(seen, overlap))

    def _all_open(self) -> list[Row]:
        return asked.read_alert_rows(self.store, rule=self.rule.name, open_only=True)[::-1]

    def _move(self, known: Sequence[Row], versions: Mapping[str, IncidentVersion]) -> list[Row]:
        """Return the alerts with the incidents that theirs went into."""
        homes = {id_: version.incident.id for id_, version in versions.items()}
        return [{**row, "incident": homes.get(row["incident"], row["incident"])} for row in known]

    def _check_again(self, moved: Sequence[Row], versions: Mapping[str, IncidentVersion]) -> list[Row]:
        """Return the open alerts among these, updated or cancelled where their incident is no longer what it was."""
        live = {version.incident.id for version in versions.values()}
        standing = [row for row in moved if row["state"] not in CLOSED]
        found = self._match_again([row for row in standing if row["incident"] in live])
        first: dict[str, Row] = {}
        rows: list[Row] = []
        for row in standing:
            home = row["incident"]
            if home in first:
                rows.append(cancel_row(row, self.at, f"its incident went into that of alert {first[home]['id']}"))
            elif home not in live:
                rows.append(cancel_row(row, self.at, "its incident is gone: no report tells of it any more"))
            elif row["id"] not in found:
                rows.append(cancel_row(row, self.at, self._why_not(row)))
            else:
                first[home] = row
                rows.append(self._renew(row, found[row["id"]]))
        return rows

    def _match_again(self, rows: Sequence[Row]) -> dict[str, Finding]:
        """Return alert → what the rule finds now, as seen on the day it was opened: time alone ends no alert."""
        by_day: dict[str, list[Row]] = {}
        for row in rows:
            by_day.setdefault(row["opened"][:10], []).append(row)
        found: dict[str, Finding] = {}
        for day, some in by_day.items():
            scope = Scope(day, tuple(dict.fromkeys(row["incident"] for row in some)))
            matched = match_rule(self.store, self.rule, scope)
            found |= {row["id"]: matched[row["incident"]] for row in some if row["incident"] in matched}
        return found

    def _why_not(self, row: Row) -> str:
        version = self.store.incident(row["incident"])
        changes = compare_facts(row["facts"]["now"], read_facts(version.incident))
        return "; ".join(("no longer of the rule", *changes))

    def _renew(self, row: Row, finding: Finding) -> Row:
        about = describe(finding)
        changes = list(compare_facts(row["facts"]["now"], about["facts"]))
        if row["incident"] != row["subject"] and f"incident: now {row['incident']}" not in str(row["history"]):
            changes.insert(0, f"incident: now {row['incident']}")
        return update_row(row, self.at, about, changes)

    def _open_new(self, findings: Mapping[str, Finding], rows: Sequence[Row]) -> list[Row]:
        """Return an alert for every incident that passes and has none; `rows` are those that this look changed."""
        kept = asked.alerts_on(self.store, self.rule.name, findings)
        before: dict[str, list[Row]] = {}
        for row in ({row["id"]: row for row in kept} | {row["id"]: row for row in rows}).values():
            before.setdefault(row["incident"], []).append(row)
        wanted = (finding for id_, finding in findings.items() if is_wanted(finding, before.get(id_, ())))
        return [self._open(finding) for finding in sorted(wanted, key=lambda one: one.version.incident.id)]

    def _find_new(self, scope: Scope) -> dict[str, Finding]:
        found = match_rule(self.store, self.rule, scope)
        if ahead := self.rule.when.ahead:  # what was told long ago may come near today
            horizon = (self.now + timedelta(days=ahead.within)).date().isoformat()
            near = asked.dated_incidents(self.store, self.today, horizon)
            found |= match_rule(self.store, self.rule, Scope(self.today, near))
        return {id_: finding for id_, finding in found.items() if last_day(finding) >= self._oldest()}

    def _open(self, finding: Finding) -> Row:
        subject = finding.version.incident.id
        episode = len(asked.alerts_about(self.store, self.rule.name, subject))
        return open_row(
            name_alert(self.rule.name, subject, episode), self.rule.name, subject, self.at, describe(finding)
        )

    def _look_at_numbers(self, early: Early | None) -> list[Row]:
        """Return the alert of a rule about numbers, where it opens, gets worse or no longer holds."""
        before = [row for row in self._all_open() if row["incident"]] if early else []
        stale = [cancel_row(row, self.at, "the rule is about numbers now") for row in before]
        return stale + self._count()

    def _count(self) -> list[Row]:
        rows = asked.alerts_about(self.store, self.rule.name, NUMBERS)
        surge = find_surge(self.store, self.rule, self.today)
        last = rows[-1] if rows else None
        if last and last["state"] not in CLOSED:
            if find_surge(self.store, self.rule, last["opened"][:10]) is None:
                return [cancel_row(last, self.at, "recounted: no more than usual")]
            return [update_row(last, self.at, self._describe_surge(surge), ())] if surge else []
        if surge is None or (last and self._is_over(last, surge.level)):
            return []
        about = self._describe_surge(surge)
        return [open_row(name_alert(self.rule.name, NUMBERS, len(rows)), self.rule.name, NUMBERS, self.at, about)]

    def _is_over(self, last: Row, level: int) -> bool:
        """Tell whether somebody dealt with these numbers: the window still holds days of that time."""
        window = self.rule.when.change.window if self.rule.when.change else 0
        ended = datetime.fromisoformat(last["changed"])
        by_hand = last["state"] == "cleared" or last["false_alarm"]
        return by_hand and level <= last["level"] and self.now < ended + timedelta(days=window)

    def _describe_surge(self, surge: Any) -> dict[str, Any]:
        return {
            "incident": None,
            "version": None,
            "level": surge.level,
            "title": f"more than usual: {surge.figures.recent} against {surge.figures.usual:.1f}",
            "why": surge.why,
            "facts": {},
            "day": self.today,
        }


def _reach_back(seen: str, overlap: timedelta) -> str:
    if not seen:
        return ""
    return (datetime.fromisoformat(seen) - overlap).isoformat(timespec="microseconds").replace("+00:00", "Z")


def describe(finding: Finding) -> dict[str, Any]:
    """Return what an alert keeps of a finding."""
    incident = finding.version.incident
    days = (incident.when.start if incident.when else None, *(stored.day_from for stored in finding.events))
    return {
        "incident": incident.id,
        "version": finding.version.version,
        "level": finding.level,
        "title": incident_title(incident),
        "why": finding.why,
        "facts": read_facts(incident),
        "day": next((day[:10] for day in days if day), ""),
    }


def last_day(finding: Finding) -> str:
    """Return the last ISO day of a finding: the incident's own, else its events', else that of its version."""
    when = finding.version.incident.when
    days = [stored.day_to for stored in finding.events if stored.day_to]
    return (when.end if when else max(days, default=finding.version.valid_from))[:10]


def is_wanted(finding: Finding, before: Sequence[Row]) -> bool:
    """Tell whether a finding opens an alert: not while one is open; once a person closed one, only if worse."""
    if any(row["state"] not in CLOSED for row in before):
        return False
    by_hand = (row["level"] for row in before if row["state"] == "cleared" or row["false_alarm"])
    return finding.level > max(by_hand, default=QUIET)
