"""What `casus.watch` asks of a store for its alerts: which incidents changed, how rules and alerts stand, who was told.

Rows are mappings from column to value. Everything is found by index; nothing is judged and nothing written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, func, or_, select

from casus.errors import StoreError
from casus.store.query.asking import Query
from casus.store.query.filters import Filters, incident_conditions
from casus.store.schema import alerts, deliveries, events, incident_versions, incidents, reports, watches
from casus.store.versions import chunked

Row = dict[str, Any]
PENDING = "pending"
CLOSED = ("cancelled", "cleared")


class Pointer(NamedTuple):
    """A report by which something is shown to be told: where it is found, and its text."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    text: str


def newest_change(store: Query) -> str:
    """Return when an incident last changed, in UTC; empty where there is none."""
    with store.reading() as connection:
        return connection.execute(select(func.max(incident_versions.c.valid_from))).scalar() or ""


def changed_incidents(store: Query, since: str) -> tuple[str, ...]:
    """Return the incidents with a version from this time on, those retired since too, in order of change."""
    table = incident_versions.c
    query = select(table.incident).where(table.valid_from >= since).order_by(table.valid_from, table.incident)
    with store.reading() as connection:
        return tuple(dict.fromkeys(connection.execute(query).scalars()))


def recent_incidents(store: Query, ids: Iterable[str], oldest: str) -> tuple[str, ...]:
    """Return those of these incidents that are live and did not end before an ISO day, or have no day."""
    days = (incidents.c.day_to >= oldest) | (incidents.c.day_to == "")
    found: set[str] = set()
    wanted = list(ids)
    with store.reading() as connection:
        for some in chunked(wanted):
            query = select(incidents.c.id).where(incidents.c.id.in_(some), incidents.c.live.is_(True), days)
            found.update(connection.execute(query).scalars())
    return tuple(id_ for id_ in wanted if id_ in found)


def dated_incidents(store: Query, since: str, until: str) -> tuple[str, ...]:
    """Return the incidents with an event that begins on one of these ISO days, both included."""
    query = select(events.c.incident).where(events.c.day_from.between(since, until)).distinct()
    with store.reading() as connection:
        return tuple(sorted(connection.execute(query).scalars()))


def earliest_day(store: Query) -> str | None:
    """Return the first ISO day that an incident is known of."""
    query = select(func.min(incidents.c.day_from)).where(incidents.c.live.is_(True), incidents.c.day_from > "")
    with store.reading() as connection:
        return connection.execute(query).scalar()


def count_either(store: Query, ways: Sequence[Filters]) -> int:
    """Return how many live incidents pass any of the filters, each counted once."""
    told = [and_(*incident_conditions(filters, is_sqlite=store.is_sqlite)) for filters in ways]
    query = select(func.count()).select_from(incidents).where(or_(*told))
    with store.reading() as connection:
        return int(connection.execute(query).scalar_one())


def read_pointers(store: Query, ids: Iterable[str]) -> dict[str, Pointer]:
    """Return report id → what it is called, where it is found and its text."""
    found: dict[str, Pointer] = {}
    columns = (getattr(reports.c, name) for name in Pointer._fields)
    query = select(*columns)
    with store.reading() as connection:
        for some in chunked(ids):
            found.update((row.id, Pointer(*row)) for row in connection.execute(query.where(reports.c.id.in_(some))))
    return found


def read_watches(store: Query) -> dict[str, Row]:
    """Return rule → how it stands."""
    with store.reading() as connection:
        return {row["rule"]: row for row in _rows(connection, select(watches).order_by(watches.c.rule))}


def read_alert_rows(
    store: Query,
    *,
    rule: str | None = None,
    open_only: bool = False,
    after: str | None = None,
    limit: int | None = None,
) -> list[Row]:
    """Return alerts, newest first.

    Args:
        store: What is asked.
        rule: Of one rule only.
        open_only: Without those that are cancelled or cleared.
        after: The last one of the page before; its id.
        limit: How many at most.

    Raises:
        StoreError: `after` is not in the store.
    """
    query = select(alerts).order_by(alerts.c.number.desc()).limit(limit)
    with store.reading() as connection:
        if rule is not None:
            query = query.where(alerts.c.rule == rule)
        if open_only:
            query = query.where(alerts.c.state.not_in(CLOSED))
        if after is not None:
            place = connection.execute(select(alerts.c.number).where(alerts.c.id == after)).scalar()
            if place is None:
                raise StoreError(f"found no alert {after!r} in the store, allowed the last one of the page before")
            query = query.where(alerts.c.number < place)
        return _rows(connection, query)


def read_alert_row(store: Query, id_: str) -> Row:
    """Return one alert.

    Raises:
        StoreError: It is not in the store.
    """
    with store.reading() as connection:
        found = _rows(connection, select(alerts).where(alerts.c.id == id_))
    if not found:
        raise StoreError(f"found no alert {id_!r} in the store")
    return found[0]


def alerts_on(store: Query, rule: str, incident_ids: Iterable[str]) -> list[Row]:
    """Return the alerts of a rule about these incidents, closed ones too, oldest first."""
    found: list[Row] = []
    with store.reading() as connection:
        for some in chunked(incident_ids):
            query = select(alerts).where(alerts.c.incident.in_(some), alerts.c.rule == rule)
            found += _rows(connection, query)
    return sorted(found, key=lambda row: int(row["number"]))


def alerts_about(store: Query, rule: str, subject: str) -> list[Row]:
    """Return the alerts of a rule that were opened for one subject, oldest first."""
    query = select(alerts).where(alerts.c.rule == rule, alerts.c.subject == subject).order_by(alerts.c.number)
    with store.reading() as connection:
        return _rows(connection, query)


def waiting_alerts(store: Query, rule: str) -> list[Row]:
    """Return the open alerts of a rule of which something is still to be told, oldest first."""
    query = select(alerts).where(alerts.c.rule == rule, alerts.c.waiting.is_(True), alerts.c.state.not_in(CLOSED))
    with store.reading() as connection:
        return _rows(connection, query.order_by(alerts.c.number))


def top_level(store: Query, rule: str) -> int:
    """Return the highest level among the open alerts of a rule, 0 where there is none."""
    query = select(func.max(alerts.c.level)).where(alerts.c.rule == rule, alerts.c.state.not_in(CLOSED))
    with store.reading() as connection:
        return connection.execute(query).scalar() or 0


def channels_told(store: Query, alert_ids: Iterable[str]) -> tuple[str, ...]:
    """Return the channels that any of these alerts went to."""
    query = select(deliveries.c.channel).where(deliveries.c.alert.in_(list(alert_ids))).distinct()
    with store.reading() as connection:
        return tuple(sorted(connection.execute(query).scalars()))


def count_alert_days(store: Query, since: str) -> dict[str, dict[str, int]]:
    """Return rule → ISO day → how many of its alerts are about that day; false alarms are left out."""
    query = select(alerts.c.rule, alerts.c.day, func.count()).where(
        alerts.c.day >= since, alerts.c.false_alarm.is_(False), alerts.c.state != "cancelled"
    )
    found: dict[str, dict[str, int]] = {}
    with store.reading() as connection:
        for rule, day, number in connection.execute(query.group_by(alerts.c.rule, alerts.c.day)):
            found.setdefault(rule, {})[day] = number
    return found


def newest_alerts(store: Query, rules: Iterable[str]) -> dict[str, Row]:
    """Return rule → its newest alert that is no false alarm, with how many are `open`."""
    found: dict[str, Row] = {}
    with store.reading() as connection:
        for rule in rules:
            of_rule = select(alerts).where(alerts.c.rule == rule, alerts.c.false_alarm.is_(False))
            rows = _rows(connection, of_rule.order_by(alerts.c.number.desc()).limit(1))
            standing = select(func.count()).where(alerts.c.rule == rule, alerts.c.state.not_in(CLOSED))
            if rows:
                found[rule] = rows[0] | {"open": connection.execute(standing).scalar_one()}
    return found


def due_deliveries(store: Query, now: str) -> list[Row]:
    """Return what is to be delivered by now, in the order it was made; behind an older one that waits, none."""
    waiting = select(deliveries).where(deliveries.c.state == PENDING).order_by(deliveries.c.number)
    with store.reading() as connection:
        rows = _rows(connection, waiting)
    first: dict[tuple[str, str], Row] = {}
    for row in rows:
        first.setdefault((row["alert"], row["channel"]), row)
    return [row for row in first.values() if row["due"] <= now]


def next_due(store: Query) -> str | None:
    """Return when the next delivery is due; None where none waits."""
    query = select(func.min(deliveries.c.due)).where(deliveries.c.state == PENDING)
    with store.reading() as connection:
        return connection.execute(query).scalar()


def read_deliveries(
    store: Query, *, alert: str | None = None, state: str | None = None, limit: int | None = None
) -> list[Row]:
    """Return deliveries, newest first, of one alert or in one state only if asked for."""
    query = select(deliveries).order_by(deliveries.c.number.desc()).limit(limit)
    if alert is not None:
        query = query.where(deliveries.c.alert == alert)
    if state is not None:
        query = query.where(deliveries.c.state == state)
    with store.reading() as connection:
        return _rows(connection, query)


def recent_messages(store: Query, channel: str, *, until: int, limit: int) -> list[Mapping[str, Any]]:
    """Return what went through a channel, newest first: all sent, and the one that is being sent, `until` itself."""
    table = deliveries.c
    ready = (table.state == "sent") | (table.number == until)
    query = select(table.message).where(table.channel == channel, table.number <= until, ready)
    with store.reading() as connection:
        return list(connection.execute(query.order_by(table.number.desc()).limit(limit)).scalars())


def _rows(connection: Connection, query: Select[Any]) -> list[Row]:
    return [dict(row) for row in connection.execute(query).mappings()]
