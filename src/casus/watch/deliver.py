"""Sends what is to be delivered, each message at least once and again until it arrives; judges no alert.

A delivery is marked as sent after its channel took it: a process that is killed between the two sends it again, with
the same key, by which the receiver knows it. One process delivers at a time; if it dies another one takes over.
"""

from __future__ import annotations

import hashlib
import os
import socket
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

from casus.errors import DeliveryError, RecordError
from casus.store.alerting import Alerting
from casus.store.query import alerts as asked
from casus.watch.alerts import Message
from casus.watch.alerts_rows import stamp
from casus.watch.channels import Around, Channel
from casus.watch.channels.base import cut_error

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
JITTER = 0.2
"""Share by which a wait varies, so that not everything is tried again at once."""
MOST_TRIES = 20
"""Then a delivery is given up: after some fourteen hours."""
LEASE = timedelta(minutes=6)
"""How long one process may deliver without a sign of life: longer than any channel may take."""
LEASE_KEY = "alerts deliverer"
BUDGET = 120.0
"""Seconds after which no further delivery is begun, so that a slow receiver holds up no round of the intake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What delivers.

    Attributes:
        store: Where the deliveries are.
        channels: Name → way to tell somebody.
        around: What the channels may use.
        now: The time, with its zone.
    """

    store: Alerting
    channels: Mapping[str, Channel]
    around: Around
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def deliver(self) -> Counter[str]:
        """Try what is due, and return how many were `sent`, `failed`, `given up`, or `busy`: by another process.

        Raises:
            StoreError: The store cannot be written.
        """
        counts: Counter[str] = Counter()
        due = asked.due_deliveries(self.store, stamp(self.now()))
        if not due:
            return counts
        if not self._lease():
            return Counter(busy=len(due))
        started = monotonic()
        try:
            while due and monotonic() - started < BUDGET:
                for row in due:
                    if monotonic() - started < BUDGET and self._lease():
                        counts[self._try(row)] += 1
                due = asked.due_deliveries(self.store, stamp(self.now()))  # what waited for these
        finally:
            self._release()
        return counts

    def seconds_left(self) -> float | None:
        """Return the seconds until the next delivery is due, None where none waits."""
        due = asked.next_due(self.store)
        return max(0.0, (datetime.fromisoformat(due) - self.now()).total_seconds()) if due else None

    def _try(self, row: dict[str, Any]) -> str:
        """Try one delivery, and note and return what came of it."""
        tries = row["tries"] + 1
        try:
            note = self._send(row)
        except (DeliveryError, RecordError, ValueError, OSError) as error:  # whatever one has, the others go on
            return self._note_failure(row, tries, cut_error(error) or type(error).__name__)
        self.store.change_delivery(row["number"], state="sent", tries=tries, sent=stamp(self.now()), error=note)
        return "sent"

    def _send(self, row: dict[str, Any]) -> str | None:
        channel = self.channels.get(row["channel"])
        if channel is None:
            told = ", ".join(self.channels)
            raise DeliveryError(f"channel {row['channel']}: not in the rules any more, allowed {told}")
        return channel.send(Message.from_json(row["message"]), replace(self.around, recent=self._recall(row)))

    def _recall(self, row: dict[str, Any]) -> Callable[[int], tuple[Message, ...]]:
        def recent(limit: int) -> tuple[Message, ...]:
            told = asked.recent_messages(self.store, row["channel"], until=row["number"], limit=limit)
            return tuple(Message.from_json(message) for message in told)

        return recent

    def _note_failure(self, row: dict[str, Any], tries: int, error: str) -> str:
        given_up = tries >= MOST_TRIES or row["channel"] not in self.channels
        due = stamp(self.now() + wait_before(tries, f"{row['alert']}.{row['nth']} {row['channel']}"))
        state = "given up" if given_up else asked.PENDING
        self.store.change_delivery(row["number"], state=state, tries=tries, due=due, error=error)
        return "given up" if given_up else "failed"

    def _lease(self) -> bool:
        """Take or renew the right to deliver; False where another living process has it."""
        now, me = self.now(), _me()
        with self.store.transaction():
            held = self.store.get_state(LEASE_KEY)
            if held and held["who"] != me and datetime.fromisoformat(held["until"]) > now and not _is_dead(held["who"]):
                return False
            self.store.put_state(LEASE_KEY, {"who": me, "until": stamp(now + LEASE)})
        return True

    def _release(self) -> None:
        with self.store.transaction():
            held = self.store.get_state(LEASE_KEY)
            if held and held["who"] == _me():
                self.store.put_state(LEASE_KEY, None)


def wait_before(tries: int, key: str) -> timedelta:
    """Return how long to wait after so many tries: twice as long each time, up to an hour, more or less, by the key.

    >>> [round(wait_before(tries, "b").total_seconds()) for tries in (1, 2, 3, 10)]
    [34, 53, 117, 4247]
    """
    seconds = min(FIRST_WAIT * float(2 ** min(tries - 1, 20)), LONGEST_WAIT).total_seconds()
    spread = hashlib.sha256(f"{key} {tries}".encode()).digest()[0] / 255  # 0 to 1
    return timedelta(seconds=seconds * (1 - JITTER + 2 * JITTER * spread))


def _me() -> str:
    return f"{socket.gethostname()} {os.getpid()}"


def _is_dead(who: str) -> bool:
    """Tell whether the process of a lease is one of this machine that is gone."""
    host, _, number = who.rpartition(" ")
    if host != socket.gethostname() or os.name != "posix":  # elsewhere signal 0 is not nothing
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, ValueError):
        pass
    return False
