"""What a reviewer's form asks for, done to the store; shows nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from casus.errors import FieldError, StoreError
from casus.store.house import Store
from casus.store.judging import events_judged, read_judgement
from casus.stored import Judgement

DIGITS = 18
"""Of a number that any database takes."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done: to which event, by whom, with which slot, value, other incident, judgement and note."""

    action: str
    item: str
    by: str
    slot: str = ""
    value: str = ""
    other: str = ""
    number: str = ""
    note: str | None = None


def carry_out(store: Store, order: Order) -> Judgement:
    """Do it, and return the judgement that was made of it.

    Raises:
        FieldError: There is no such action, or a value is not allowed.
        StoreError: It cannot be done to what is in the store.
    """
    if order.action not in ACTIONS:
        raise FieldError("action", order.action, " ".join(ACTIONS))
    return ACTIONS[order.action](store, order)


def _confirm(store: Store, order: Order) -> Judgement:
    return store.confirm(order.item, by=order.by, note=order.note)


def _reject(store: Store, order: Order) -> Judgement:
    return store.reject(order.item, by=order.by, note=order.note)


def _correct(store: Store, order: Order) -> Judgement:
    return store.correct(order.item, order.slot, order.value, by=order.by, note=order.note)


def _merge(store: Store, order: Order) -> Judgement:
    with store.transaction():
        return store.merge(store.event(order.item).incident, [order.other], by=order.by, note=order.note)


def _split(store: Store, order: Order) -> Judgement:
    with store.transaction():
        return store.split(store.event(order.item).incident, [order.item], by=order.by, note=order.note)


def read_number(told: str) -> int:
    """Return the number of a judgement.

    >>> read_number("17")
    17

    Raises:
        FieldError: It is none.
    """
    if not (told.isdecimal() and told.isascii() and len(told) <= DIGITS):
        raise FieldError("number", told, "the number of a judgement")
    return int(told)


def _undo(store: Store, order: Order) -> Judgement:
    """Take a judgement back: merges by a split, splits by a merge, the others as such."""
    number = read_number(order.number)
    with store.transaction():
        with store.reading() as connection:
            judgement = read_judgement(connection, number)
            others = events_judged(connection, number, "others")
        if judgement.kind not in ("merge", "split"):
            return store.undo(number, by=order.by, note=order.note)
        homes = store.homes_of([*others])
        note = order.note or f"takes back judgement {number}"
        if judgement.kind == "merge":
            return store.split(judgement.target, others, by=order.by, note=note)
        if not homes:
            raise StoreError(f"judgement {number}: its events are no longer in the store")
        return store.merge(judgement.target, sorted(set(homes.values())), by=order.by, note=note)


ACTIONS: Mapping[str, Callable[[Store, Order], Judgement]] = {
    "confirm": _confirm,
    "reject": _reject,
    "correct": _correct,
    "merge": _merge,
    "split": _split,
    "undo": _undo,
}
