"""Rounds over sources: each visited when it is due, one line a round, a clean stop; it takes in nothing itself."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from casus.cli.alarms import Alarms, tell_counts
from casus.cli.desks import Desk

if TYPE_CHECKING:
    from casus.ingest.sources import Source

JITTER = 0.1  # share of a source's interval by which visits vary, so that not all come at once
LONGEST_SLEEP = 3600.0  # seconds
SHORTEST_SLEEP = 5.0  # seconds until a delivery is tried again at the earliest: another process may be at it


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Visits sources again and again.

    Attributes:
        desk: What takes them in.
        sources: Which ones.
        alarms: What looks for alerts after each round, if anything.
        now: The time, with its zone.
        sleep: Waits that many seconds.
    """

    desk: Desk
    sources: Sequence[Source]
    alarms: Alarms | None = None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep

    def go_on(self) -> None:
        """Visit sources as they become due, until something raises."""
        number = 0
        while True:
            due = [source for source in self.sources if self._due_at(source) <= self.now()]
            if due:
                number += 1
                self.visit(due, number)
            else:
                self.look()
            self.sleep(min(self._seconds_left(), self._seconds_to_deliver(), LONGEST_SLEEP))

    def visit(self, sources: Sequence[Source], number: int = 1) -> None:
        """Visit sources once and tell it in one line; when they are due next is kept in the store."""
        tally = self.desk.take(sources)
        visited = self.now()
        with self.desk.store.transaction():
            for source in sources:
                due = visited + timedelta(seconds=source.every * random.uniform(1 - JITTER, 1 + JITTER))
                self.desk.store.put_state(_key(source), {"visited": visited.isoformat(), "due": due.isoformat()})
        minutes = self._seconds_left() / 60
        count = f"{len(sources)} source{'s' if len(sources) > 1 else ''}"
        self.desk.issues.say(f"{visited:%Y-%m-%d %H:%M} round {number}: {count}, {tally}; next in {minutes:.0f} min")
        self.look()

    def look(self) -> None:
        """Raise alerts and deliver what is due, and tell it in one line if anything came of it."""
        if self.alarms and (told := tell_counts(self.alarms.look())):
            self.desk.issues.say(told)

    def _seconds_to_deliver(self) -> float:
        return max(SHORTEST_SLEEP, self.alarms.seconds_left()) if self.alarms else LONGEST_SLEEP

    def _due_at(self, source: Source) -> datetime:
        told = self.desk.store.get_state(_key(source))
        if told is None:
            return datetime.min.replace(tzinfo=UTC)
        latest = datetime.fromisoformat(told["visited"]) + timedelta(seconds=source.every * (1 + JITTER))
        return min(datetime.fromisoformat(told["due"]), latest)  # `every` may have been shortened since

    def _seconds_left(self) -> float:
        first = min(self._due_at(source) for source in self.sources)
        return max(0.0, (first - self.now()).total_seconds())


def _key(source: Source) -> str:
    return f"source {source.name}"
