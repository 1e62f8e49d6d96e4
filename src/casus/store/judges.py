"""What people decide about events and incidents: confirm, reject, correct, merge, split, and take back.

Every judgement is appended with who and when and never erased; it shows in all that is read from then on, and a
recoding keeps it. Only a later judgement undoes it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, select

from casus.errors import StoreError
from casus.records import Event
from casus.store.corrections import check_value
from casus.store.judging import append, events_judged, read_judgement, show_decisions
from casus.store.reading import events_of, read_events
from casus.store.schema import events, incidents, reports
from casus.store.summing import put_sum, renew_sums
from casus.store.versions import Change, follow, free_ids
from casus.store.writing import Writing
from casus.stored import ChangeReason, Judgement


class Judging(Writing):
    """The part of a store that takes the judgements of people."""

    def confirm(self, target: str, *, by: str, note: str | None = None) -> Judgement:
        """Say that an event is right as it stands, or that all events of an incident are.

        Args:
            target: Id of the event or incident.
            by: Who says so.
            note: Why.

        Raises:
            StoreError: It is not in the store.
        """
        return self._judge({"kind": "confirm", "target": target, "by": by, "note": note})

    def reject(self, target: str, *, by: str, note: str | None = None) -> Judgement:
        """Say that an event is wrong as a whole, or that all events of an incident are: it is shown no more.

        Raises:
            StoreError: It is not in the store.
        """
        return self._judge({"kind": "reject", "target": target, "by": by, "note": note})

    def correct(self, target: str, slot: str, value: Any, *, by: str, note: str | None = None) -> Judgement:
        """Give a slot of an event another value.

        Args:
            target: Id of the event.
            slot: A field of record.md's Event: `type`, `mode`, `actors`, `when`, …
            value: A JSON value as in record.md, or in words: `PROTEST`, `2031-05-02`, `the police [FRA/COP]`,
                `killed 12-15`; None or `""` empties the slot. Words for spans must stand in the report.
            by: Who says so.
            note: Why.

        Raises:
            StoreError: The event is not in the store.
            FieldError: There is no such slot, or it cannot have that value.
        """
        with self.writing() as connection:
            event, text = _read_event(connection, target)
            checked = check_value(event, text, slot, value)
            told = {"kind": "correct", "target": target, "slot": slot, "value": checked, "by": by, "note": note}
            return self._judge(told)

    def merge(self, target: str, others: Iterable[str], *, by: str, note: str | None = None) -> Judgement:
        """Say that other incidents are the same happening as this one; they go into it.

        Raises:
            StoreError: One is not in the store, or is this one already.
        """
        with self.writing() as connection:
            homes = [_live(connection, id_) for id_ in (target, *others)]
            if len(set(homes)) < max(2, len(homes)):
                raise StoreError(f"merge: found {' '.join(homes)}, allowed two or more different incidents")
            members = events_of(connection, homes, rejected=True)
            sides = {
                "target": [event.id for event in members.get(homes[0], ())],
                "others": [event.id for home in homes[1:] for event in members.get(home, ())],
            }
            told = {"kind": "merge", "target": homes[0], "others": homes[1:], "by": by, "note": note}
            number = append(connection, told, sides)
            self._regroup(connection, homes[0], [*sides["target"], *sides["others"]], "merged", number)
            return read_judgement(connection, number)

    def split(self, target: str, others: Iterable[str], *, by: str, note: str | None = None) -> Judgement:
        """Say that some events of an incident are another happening; they become an incident of their own.

        Args:
            target: Id of the incident.
            others: Ids of the events that do not belong to it.
            by: Who says so.
            note: Why.

        Raises:
            StoreError: The incident is not in the store, or these are not some but not all of its events.
        """
        with self.writing() as connection:
            home, leaving = _live(connection, target), list(dict.fromkeys(others))
            members = [event.id for event in events_of(connection, [home], rejected=True).get(home, ())]
            staying = [event for event in members if event not in leaving]
            if not leaving or not staying or len(staying) + len(leaving) > len(members):
                allowed = f"some but not all events of {home}: {' '.join(members)}"
                raise StoreError(f"split: found {' '.join(leaving)}, allowed {allowed}")
            told = {"kind": "split", "target": home, "others": leaving, "by": by, "note": note}
            number = append(connection, told, {"target": staying, "others": leaving})
            self._regroup(connection, free_ids(connection, [home])[home], leaving, "split", number)
            self._regroup(connection, home, staying, "split", number)
            return read_judgement(connection, number)

    def undo(self, number: int, *, by: str, note: str | None = None) -> Judgement:
        """Take a judgement back; it stays on record.

        Raises:
            StoreError: There is none of that number, or it was a merge or split: the opposite undoes those.
        """
        with self.writing() as connection:
            kind = read_judgement(connection, number).kind
            if kind in ("merge", "split"):
                opposite = {"merge": "split", "split": "merge"}[kind]
                raise StoreError(f"judgement {number} is a {kind}: a {opposite} takes it back")
            told = {"kind": "undo", "target": str(number), "by": by, "note": note}
            made = append(connection, told, {})
            self._show(connection, events_judged(connection, _root(connection, number)), made)
            return read_judgement(connection, made)

    def _judge(self, told: dict[str, Any]) -> Judgement:
        with self.writing() as connection:
            about = _events_meant(connection, told["target"])
            number = append(connection, told, {"target": about})
            self._show(connection, about, number)
            return read_judgement(connection, number)

    def _regroup(
        self, connection: Connection, id_: str, members: Collection[str], reason: ChangeReason, judgement: int
    ) -> None:
        change = Change(reason=reason, detail={"judgement": judgement})
        put_sum(connection, id_, tuple(read_events(connection, members)), change, self.sum_up)

    def _show(self, connection: Connection, about: Collection[str], judgement: int) -> None:
        """Let events, and the incidents that they tell of, show what was decided."""
        if show_decisions(connection, about):
            renew_sums(connection, about, Change(reason="updated", detail={"judgement": judgement}), self.sum_up)


def _root(connection: Connection, number: int) -> int:
    """Return the judgement that a chain of takings-back is about."""
    judgement = read_judgement(connection, number)
    return _root(connection, int(judgement.target)) if judgement.kind == "undo" else number


def _events_meant(connection: Connection, target: str) -> list[str]:
    """Return the event of that id, else the events of the incident."""
    query = select(events.c.id).where(events.c.id == target)
    if found := list(connection.execute(query).scalars()):
        return found
    home = _live(connection, target)
    return [event.id for event in events_of(connection, [home], rejected=True).get(home, ())]


def _live(connection: Connection, id_: str) -> str:
    home = follow(connection, [id_]).get(id_)
    if home is None:
        known = connection.execute(select(incidents.c.id).where(incidents.c.id == id_)).scalar()
        told = f"incident {id_} has no events any more" if known else f"found no event or incident {id_!r} in the store"
        raise StoreError(told)
    return home


def _read_event(connection: Connection, id_: str) -> tuple[Event, str]:
    """Return an event as judged, and the text of its report."""
    for stored in read_events(connection, [id_]):
        text = connection.execute(select(reports.c.text).where(reports.c.id == stored.report)).scalar_one()
        return stored.event, text
    raise StoreError(f"found no event {id_!r} in the store; a correction is of one event, not of an incident")
