"""The ledger of alerts: what was found, how the watches stand, who was told; and what people decide about alerts.

`casus watch` and the pages read it; the looks of `alerts_round` write it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, Literal

from casus.errors import FieldError
from casus.records import Record
from casus.store.alerting import Alerting
from casus.store.query import alerts as asked
from casus.store.query.asking import Query
from casus.watch.alerts import CLOSED, Alert
from casus.watch.alerts_rows import (
    Row,
    acknowledge_row,
    clear_row,
    make_alert,
    reject_row,
    stamp,
    told_row,
    was_told,
)
from casus.watch.alerts_tell import delivery_rows, make_message
from casus.watch.rules import QUIET, Rule, level_name

Arrow = Literal["up", "down", "flat"]
WEEKS = 12
"""Weeks of a sparkline."""
USUAL = 4
"""Weeks before the last with which an arrow compares it."""
STEEP = 1.5
"""How many times as many there must be for an arrow up, or as few for one down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery(Record):
    """One message on its way through one channel.

    `state` is `pending`, `sent` or `given up`; `tries` counts those that failed or were sent; times are in UTC.
    """

    key: str
    alert: str
    channel: str
    kind: str
    state: str
    tries: int
    due: str
    made: str
    sent: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow(Record):
    """How one watch stands.

    Attributes:
        rule: Its name.
        level: The highest that is open: `quiet`, `notice`, `warning` or `alert`.
        arrow: Whether more or less came in the last seven days than in a usual week of the four before.
        weeks: Alerts a week by the day they are about, oldest first; false alarms and cancelled ones left out.
        open: Alerts that are open.
        last: Title of the newest alert; `alert` is its id, `incident` its incident.
        changed: When that changed, in UTC.
        cleared: When the watch was last cleared.
    """

    rule: str
    level: str
    arrow: Arrow
    weeks: tuple[int, ...]
    open: int = 0
    last: str | None = None
    incident: str | None = None
    alert: str | None = None
    changed: str | None = None
    cleared: str | None = None


def read_alerts(
    store: Query, *, rule: str | None = None, open_only: bool = False, after: str | None = None, limit: int = 50
) -> tuple[Alert, ...]:
    """Return alerts, newest first.

    Args:
        store: Where they are.
        rule: Of one rule only.
        open_only: Without those that are cancelled or cleared.
        after: The last one of the page before; its id.
        limit: How many at most.

    Raises:
        StoreError: `after` is not in the store.
    """
    rows = asked.read_alert_rows(store, rule=rule, open_only=open_only, after=after, limit=limit)
    return tuple(make_alert(row) for row in rows)


def read_alert(store: Query, id_: str) -> Alert:
    """Return one alert.

    Raises:
        StoreError: It is not in the store.
    """
    return make_alert(asked.read_alert_row(store, id_))


def read_deliveries(
    store: Query, *, alert: str | None = None, state: str | None = None, limit: int | None = 50
) -> tuple[Delivery, ...]:
    """Return deliveries, newest first, of one alert or in one state only if asked for."""
    names = ("alert", "channel", "state", "tries", "due", "made", "sent", "error")
    return tuple(
        Delivery(
            key=f"{row['alert']}.{row['nth']}",
            kind=row["message"].get("kind", ""),
            **{name: row[name] for name in names},
        )
        for row in asked.read_deliveries(store, alert=alert, state=state, limit=limit)
    )


def read_board(
    store: Query, rules: Sequence[Rule] | None = None, *, now: datetime | None = None
) -> tuple[BoardRow, ...]:
    """Return how the watches stand, in the order of the rules.

    Args:
        store: Where their alerts are.
        rules: Those to be shown; None: all that ever looked, by name.
        now: The time, with its zone; by default the present.
    """
    today = (now or datetime.now(UTC)).date()
    watches = asked.read_watches(store)
    names = list(watches) if rules is None else [rule.name for rule in rules]
    days = asked.count_alert_days(store, (today - timedelta(days=7 * WEEKS - 1)).isoformat())
    heads = asked.newest_alerts(store, names)
    starts = [(today - timedelta(days=7 * nth - 1)).isoformat() for nth in range(WEEKS, -1, -1)]
    return tuple(
        _board_row(name, watches.get(name), heads.get(name), _weeks(days.get(name, {}), starts)) for name in names
    )


def _weeks(days: dict[str, int], starts: Sequence[str]) -> tuple[int, ...]:
    """Return the sums of the weeks that begin with these days; the last one ends before the last day given."""
    return tuple(sum(number for day, number in days.items() if first <= day < end) for first, end in pairwise(starts))


def _board_row(name: str, watch: Row | None, head: Row | None, weeks: tuple[int, ...]) -> BoardRow:
    shown = {key: head[key] for key in ("incident", "changed", "open")} if head else {}
    return BoardRow(
        rule=name,
        level=level_name(watch["level"]) if watch else level_name(QUIET),
        arrow=point_arrow(weeks),
        weeks=weeks,
        last=head["title"] if head else None,
        alert=head["id"] if head else None,
        cleared=watch["cleared"] if watch else None,
        **shown,
    )


def point_arrow(weeks: Sequence[int]) -> Arrow:
    """Return whether the last week had more or less than a usual one of the four before.

    >>> point_arrow((1, 1, 2, 1, 4)), point_arrow((3, 3, 3, 3, 1)), point_arrow((0, 0, 0, 0, 0))
    ('up', 'down', 'flat')
    """
    usual, last = sum(weeks[-1 - USUAL : -1]) / USUAL, weeks[-1]
    if last > usual * STEEP:
        return "up"
    return "down" if last * STEEP < usual else "flat"


def acknowledge(store: Alerting, id_: str, *, by: str, note: str | None = None, now: datetime | None = None) -> Alert:
    """Note that somebody has seen an alert: nothing more is told of it unless it gets worse or is cancelled.

    Raises:
        StoreError: It is not in the store.
        FieldError: It is closed.
    """
    return _decide(store, id_, lambda row, at: acknowledge_row(row, at, by, note), now)


def clear(store: Alerting, id_: str, *, by: str, note: str | None = None, now: datetime | None = None) -> Alert:
    """Close an alert; only what is worse opens another one for its incident.

    Raises:
        StoreError: It is not in the store.
        FieldError: It is closed.
    """
    return _decide(store, id_, lambda row, at: clear_row(row, at, by, note), now)


def clear_watch(store: Alerting, rule: str, *, by: str, note: str | None = None, now: datetime | None = None) -> int:
    """Close all open alerts of a rule, so that it is quiet again, and return how many there were.

    Raises:
        FieldError: No rule of that name ever looked at this store.
    """
    at = stamp(now or datetime.now(UTC))
    with store.transaction():
        watches = asked.read_watches(store)
        if rule not in watches:
            raise FieldError("rule", rule, ", ".join(watches) or "none: no rule looked at this store yet")
        rows = asked.read_alert_rows(store, rule=rule, open_only=True)
        for row in rows:
            store.put_alert(clear_row(row, at, by, note))
        store.put_watch(watches[rule] | {"level": QUIET, "told": "", "cleared": at, "cleared_by": by})
    return len(rows)


def mark_false_alarm(
    store: Alerting, id_: str, *, by: str, note: str | None = None, now: datetime | None = None
) -> Alert:
    """Mark an alert as false, which cancels it: whoever was told will hear of that with the next deliveries.

    Raises:
        StoreError: It is not in the store.
        FieldError: It is marked so already.
    """
    at = stamp(now or datetime.now(UTC))
    with store.transaction():
        row = asked.read_alert_row(store, id_)
        if row["false_alarm"]:
            raise FieldError("alert", id_, "one that is not marked as a false alarm yet")
        ended = reject_row(row, at, by, note)
        if was_told(row):
            ended = _tell_cancel(store, ended, at)
        store.put_alert(ended | {"waiting": False})
        _settle(store, row["rule"])
    return make_alert(ended)


def _tell_cancel(store: Alerting, row: Row, at: str) -> Row:
    message = make_message(store, row, "cancel", at)
    heard = {row["id"], *(one["key"].rpartition(".")[0] for one in row["facts"]["earlier"])}
    store.add_deliveries(delivery_rows(message, asked.channels_told(store, heard)))
    return told_row(row, at, message.key, own=True)


def _decide(store: Alerting, id_: str, change: Callable[[Row, str], Row], now: datetime | None) -> Alert:
    with store.transaction():
        row = asked.read_alert_row(store, id_)
        if row["state"] in CLOSED:
            raise FieldError("alert", id_, f"an open alert; this one is {row['state']}")
        changed = change(row, stamp(now or datetime.now(UTC)))
        store.put_alert(changed)
        _settle(store, row["rule"])
    return make_alert(changed)


def _settle(store: Alerting, rule: str) -> None:
    """Let a watch fall to the highest level that is still open."""
    watch: dict[str, Any] | None = asked.read_watches(store).get(rule)
    if watch is not None:
        store.put_watch(watch | {"level": asked.top_level(store, rule)})
