"""Counts what of our record an export leaves out, and tells it: in a file beside the export, and in short lines."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from casus.export.slots import EVENT_SLOTS, INCIDENT_SLOTS, SLOTS, STORE_SLOTS
from casus.records import Record
from casus.stored import IncidentVersion, StoredEvent


@dataclass(frozen=True, slots=True)
class Loss(Record):
    """So many of something; `slot` is its name in the format's list of what it keeps, None for whole rows."""

    count: int
    what: str
    slot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LossReport(Record):
    """What one export read and wrote, and what it could not hold.

    Attributes:
        format: Its name.
        casus: The version that wrote it.
        filters: What was asked for, as far as anything was.
        modalities: Of events that were let in.
        read: How many events and, in formats of incidents, incidents or reports had what was asked for.
        written: Rows, features, objects or lines.
        left_out: Events or incidents that are not in it, and why.
        not_held: Filled slots that the format has no place for.
        changed: What is in it otherwise than in our record.
    """

    format: str
    casus: str
    filters: Mapping[str, Any] = field(hash=False)
    modalities: tuple[str, ...]
    read: Mapping[str, int] = field(hash=False)
    written: int
    left_out: tuple[Loss, ...] = ()
    not_held: tuple[Loss, ...] = ()
    changed: tuple[Loss, ...] = ()

    def lines(self) -> Iterator[str]:
        """Yield it in a few lines for people."""
        yield f"read {', '.join(f'{count} {what}' for what, count in self.read.items())}, wrote {self.written}"
        for told, losses in (("left out", self.left_out), ("not held", self.not_held), ("changed", self.changed)):
            if losses:
                yield f"{told}: {'; '.join(f'{loss.count} {loss.what}' for loss in losses)}"

    def dump(self) -> bytes:
        """Return it as the file that lies beside the export."""
        return (json.dumps(self.to_json(), ensure_ascii=False, indent=2) + "\n").encode()


class Losses:
    """Counts while an export runs.

    Args:
        kept: Slots that the format keeps.

    Raises:
        KeyError: There is no such slot: the format's list is wrong.
    """

    def __init__(self, kept: frozenset[str]) -> None:
        if unknown := kept - {*SLOTS, *STORE_SLOTS}:
            raise KeyError(f"found slots {sorted(unknown)}, allowed {' '.join((*SLOTS, *STORE_SLOTS))}")
        self.kept = kept
        self.read: Counter[str] = Counter()
        self.written = 0
        self._left: Counter[str] = Counter()
        self._changed: Counter[str] = Counter()
        self._slots: Counter[str] = Counter()
        self._of_event = [(name, slot.count) for name, slot in EVENT_SLOTS.items() if name not in kept]
        self._of_incident = [(name, slot.count) for name, slot in INCIDENT_SLOTS.items() if name not in kept]

    def count_event(self, stored: StoredEvent) -> None:
        """Count the slots of an event that the format does not hold."""
        for name, count in self._of_event:
            if number := count(stored):
                self._slots[name] += number

    def count_incident(self, version: IncidentVersion) -> None:
        """Count the slots of an incident that the format does not hold."""
        for name, count in self._of_incident:
            if number := count(version):
                self._slots[name] += number

    def count_beside(self, name: str, number: int) -> None:
        """Count what a store holds beside events, where the format does not hold it."""
        if name not in self.kept:
            self._slots[name] += number

    def leave_out(self, what: str, number: int = 1) -> None:
        """Count what is not in the export at all; `what` says what it is and why."""
        self._left[what] += number

    def change(self, what: str, number: int = 1) -> None:
        """Count what is in the export otherwise than in our record; `what` says how."""
        self._changed[what] += number

    def report(self, **told: Any) -> LossReport:
        """Return what was counted; `told` is what else the report tells."""
        names = {name: slot.what for name, slot in SLOTS.items()} | dict(STORE_SLOTS)
        return LossReport(
            **told,
            read=dict(sorted(self.read.items())),
            written=self.written,
            left_out=_sorted(self._left),
            not_held=tuple(Loss(self._slots[name], words, name) for name, words in names.items() if self._slots[name]),
            changed=_sorted(self._changed),
        )


def _sorted(counted: Counter[str]) -> tuple[Loss, ...]:
    return tuple(Loss(count, what) for what, count in sorted(counted.items()) if count)
