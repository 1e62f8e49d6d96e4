"""What is told of the alerts of a rule, when, and along with which others: messages for its channels. Sends nothing.

A new alert is told unless the rule is in its cool-down; a higher level than any that is open is told all the same. What
was kept back is told along with the next that is told. An alert that was told before has a cool-down of its own for
updates, which getting worse breaks; that it is cancelled is told at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from casus.errors import StoreError
from casus.records import Incident
from casus.store.alerting import Alerting
from casus.store.query import alerts as asked
from casus.stored import StoredEvent
from casus.watch.alerts import Earlier, Kind, Message, Other, Source
from casus.watch.alerts_rows import Row, stamp, told_row, was_told
from casus.watch.rules import Rule, level_name

MOST_SOURCES = 5
MOST_OTHERS = 50


class Teller:
    """Makes the messages of one look.

    Args:
        store: Where the alerts are.
        rule: Whose they are.
        now: The time, with its zone.

    Attributes:
        deliveries: What is to be delivered, as rows.
        told: When a new alert of the rule was last told.
    """

    def __init__(self, store: Alerting, rule: Rule, now: datetime) -> None:
        self._store, self._rule, self._now, self._at = store, rule, now, stamp(now)
        self._rows: dict[str, Row] = {}
        self._messages: list[Message] = []
        self.told = ""

    def tell(self, rows: Sequence[Row], *, told: str, level: int) -> int:
        """Make messages of what is to be told by now, and return how many.

        Args:
            rows: Alerts that this look opened or changed; those that wait in the store are taken along.
            told: When a new alert of the rule was last told, empty for never.
            level: The highest level that was open before.
        """
        self.told = told
        mine = {row["id"]: row for row in rows}
        kept = [row for row in asked.waiting_alerts(self._store, self._rule.name) if row["id"] not in mine]
        waiting = [row for row in (*kept, *mine.values()) if row["waiting"]]
        for row in waiting:
            if row["state"] == "cancelled":
                self._say(row, "cancel")
            elif was_told(row) and self._may_update(row):
                self._say(row, "update")
        new = [row for row in waiting if row["state"] != "cancelled" and not was_told(row)]
        self._tell_new(sorted(new, key=lambda row: -row["level"]), level)
        return len(self._messages)

    def settle(self, rows: Iterable[Row]) -> list[Row]:
        """Return the alerts as they are after telling: those given, and those that waited and were told."""
        given = {row["id"]: row for row in rows}
        return list((given | self._rows).values())

    @property
    def deliveries(self) -> list[dict[str, Any]]:
        """What is to be delivered, as rows: every message once for each channel."""
        return [row for message in self._messages for row in delivery_rows(message, self._rule.channels)]

    def _may_update(self, row: Row) -> bool:
        facts = row["facts"]
        return row["level"] > facts["told_level"] or self._is_over(facts["told"])

    def _is_over(self, since: str) -> bool:
        return not since or self._now >= datetime.fromisoformat(since) + timedelta(seconds=self._rule.cooldown)

    def _tell_new(self, new: Sequence[Row], level: int) -> None:
        """Tell the loudest, and along with it the rest; without cool-down each by itself."""
        if not new or not (new[0]["level"] > level or self._is_over(self.told)):
            return
        self.told = self._at
        if self._rule.cooldown == 0:
            for row in new:
                self._say(row, "alert")
            return
        message = self._say(new[0], "alert", new[1:])
        for row in new[1:]:
            self._rows[row["id"]] = told_row(row, self._at, message.key, own=False)

    def _say(self, row: Row, kind: Kind, others: Sequence[Row] = ()) -> Message:
        message = make_message(self._store, row, kind, self._at, others)
        self._messages.append(message)
        self._rows[row["id"]] = told_row(row, self._at, message.key, own=True)
        return message


def delivery_rows(message: Message, channels: Iterable[str]) -> list[dict[str, Any]]:
    """Return what is to be delivered of a message, as rows."""
    told = message.to_json()
    nth = int(message.key.rpartition(".")[2])
    base = {"alert": message.alert, "nth": nth, "state": asked.PENDING, "tries": 0, "due": message.at}
    return [{**base, "channel": channel, "made": message.at, "message": told} for channel in channels]


def make_message(store: Alerting, row: Row, kind: Kind, at: str, others: Sequence[Row] = ()) -> Message:
    """Return what is told of an alert now."""
    facts = row["facts"]
    return Message(
        key=f"{row['id']}.{row['messages'] + 1}",
        kind=kind,
        alert=row["id"],
        rule=row["rule"],
        level=level_name(row["level"]),
        title=row["title"],
        state=row["state"],
        opened=row["opened"],
        at=at,
        why=tuple(row["why"]),
        changes=tuple(facts["changes"]),
        incident=read_incident(store, row["incident"]),
        version=row["version"],
        false_alarm=row["false_alarm"],
        sources=read_sources(store, row["incident"]) if row["incident"] else (),
        earlier=tuple(Earlier.from_json(one) for one in facts["earlier"]),
        others=tuple(
            Other(alert=one["id"], level=level_name(one["level"]), title=one["title"], incident=one["incident"])
            for one in others[:MOST_OTHERS]
        ),
    )


def read_incident(store: Alerting, id_: str | None) -> Incident | None:
    """Return the incident of an alert as it is now, the retired one where it leads nowhere."""
    if id_ is None:
        return None
    try:
        return store.incident(id_).incident
    except StoreError:
        return store.incident(id_, exact=True).incident


def read_sources(store: Alerting, incident: str) -> tuple[Source, ...]:
    """Return the first reports that tell of an incident, each with the sentence that does."""
    first: dict[str, StoredEvent] = {}
    for stored in store.events_of([incident]).get(incident, ()):
        first.setdefault(stored.report, stored)
    shown = sorted(first.values(), key=lambda stored: stored.published or "")[:MOST_SOURCES]
    reports = asked.read_pointers(store, [stored.report for stored in shown])
    return tuple(
        Source(
            report=stored.report,
            event=stored.id,
            sentence=pointer.text[stored.event.sentence.start : stored.event.sentence.end],
            title=pointer.title,
            publisher=pointer.publisher,
            published=pointer.published,
            url=pointer.url,
        )
        for stored in shown
        for pointer in (reports[stored.report],)
    )
