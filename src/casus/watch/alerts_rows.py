"""An alert as it is kept, a row, from its opening to its end; each function returns the row as it is then.

    open ──▶ updated ──▶ …            its incident changed
      │         │
      ├─▶ acknowledged ──▶ updated    only where it gets worse
      │
      ├─▶ cancelled                   its incident went, or is no longer of the rule; or a false alarm
      └─▶ cleared                     somebody closed it

A level only rises. Nothing here reads or writes a store.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from casus.watch.alerts import Alert
from casus.watch.rules import level_name

Row = dict[str, Any]
MOST_CHANGES = 20
"""Changes that wait to be told at the most."""
MOST_HISTORY = 100
"""Steps of an alert that are kept."""


def stamp(now: datetime) -> str:
    """Return a moment in UTC to the second, as alerts keep it.

    >>> stamp(datetime(2031, 5, 6, 9, tzinfo=UTC))
    '2031-05-06T09:00:00Z'
    """
    return now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def name_alert(rule: str, subject: str, episode: int) -> str:
    """Return the id of the alert that a rule opens for a subject for the nth time, counted from nought."""
    return hashlib.sha256(f"{rule}\n{subject}\n{episode}".encode()).hexdigest()[:12]


def open_row(id_: str, rule: str, subject: str, now: str, about: Mapping[str, Any]) -> Row:
    """Return a new alert; `about` has `incident`, `version`, `level`, `title`, `why`, `facts` and `day`."""
    facts = {"now": about["facts"], "changes": [], "earlier": [], "told": "", "told_level": 0}
    return {
        **about,
        "id": id_,
        "rule": rule,
        "subject": subject,
        "why": list(about["why"]),
        "facts": facts,
        "state": "open",
        "opened": now,
        "changed": now,
        "messages": 0,
        "waiting": True,
        "false_alarm": False,
        "history": [{"at": now, "what": "opened", "level": level_name(about["level"])}],
    }


def update_row(row: Row, now: str, about: Mapping[str, Any], changes: Iterable[str]) -> Row:
    """Return an alert as its changed incident has it; who has seen it hears of it again only where it gets worse."""
    level = max(row["level"], about["level"])
    worse = level > row["level"]
    told = [f"level: {level_name(row['level'])} → {level_name(level)}"] if worse else []
    told += changes
    renewed = {**row, **about, "why": list(about["why"]), "level": level, "day": about["day"] or row["day"]}
    renewed["facts"] = row["facts"] | {"now": about["facts"]}
    if not told:
        return renewed
    keep = row["state"] == "acknowledged" and not worse
    renewed["facts"]["changes"] = [*row["facts"]["changes"], *told][-MOST_CHANGES:]
    renewed |= {"state": row["state"] if keep else "updated", "changed": now, "waiting": row["waiting"] or not keep}
    return _remember(renewed, now, "; ".join(told))


def cancel_row(row: Row, now: str, reason: str) -> Row:
    """Return an alert that no longer holds; whoever heard of it will hear of that."""
    facts = row["facts"] | {"changes": [*row["facts"]["changes"], reason]}
    ended = {**row, "state": "cancelled", "changed": now, "waiting": was_told(row), "facts": facts}
    return _remember(ended, now, f"cancelled: {reason}")


def acknowledge_row(row: Row, now: str, by: str, note: str | None) -> Row:
    """Return an alert that somebody has seen: nothing more is told of it unless it gets worse."""
    return _remember({**row, "state": "acknowledged", "changed": now, "waiting": False}, now, "acknowledged", by, note)


def clear_row(row: Row, now: str, by: str, note: str | None) -> Row:
    """Return an alert that somebody closed; only what is worse opens another one for its incident."""
    return _remember({**row, "state": "cleared", "changed": now, "waiting": False}, now, "cleared", by, note)


def reject_row(row: Row, now: str, by: str, note: str | None) -> Row:
    """Return an alert that somebody found false; whoever heard of it will hear of that."""
    ended = cancel_row(row, now, f"false alarm, says {by}" + (f": {note}" if note else ""))
    return {**ended, "false_alarm": True}


def told_row(row: Row, now: str, key: str, *, own: bool) -> Row:
    """Return an alert that was told, by a message of its `own` or along with another one."""
    facts = row["facts"]
    earlier = [*facts["earlier"], {"key": key, "at": now}]
    said = facts | {"earlier": earlier, "told": now, "told_level": row["level"], "changes": []}
    return {**row, "waiting": False, "messages": row["messages"] + own, "facts": said}


def was_told(row: Row) -> bool:
    """Tell whether anybody heard of an alert."""
    return bool(row["facts"]["earlier"])


def _remember(row: Row, now: str, what: str, by: str | None = None, note: str | None = None) -> Row:
    entry = {"at": now, "what": what} | ({"by": by} if by else {}) | ({"note": note} if note else {})
    return {**row, "history": [*row["history"], entry][-MOST_HISTORY:]}


def make_alert(row: Mapping[str, Any]) -> Alert:
    """Return the alert that a row is."""
    names = ("id", "rule", "title", "incident", "version", "day", "opened", "changed", "state", "false_alarm")
    told = {name: row[name] for name in names}
    return Alert.from_json(
        told
        | {"level": level_name(row["level"]), "why": row["why"], "told": row["messages"], "history": row["history"]}
    )
