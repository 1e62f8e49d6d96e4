"""What people said of incidents by merging and splitting them: which events belong together, and which do not."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal

from sqlalchemy import Connection, select

from casus.store.decisions import read_undone
from casus.store.schema import judged_events, judgements
from casus.store.versions import chunked
from casus.stored import Constraint

KINDS: dict[str, Literal["together", "apart"]] = {"merge": "together", "split": "apart"}
Sides = tuple[frozenset[str], frozenset[str]]


def read_constraints(connection: Connection, ids: Collection[str]) -> tuple[Constraint, ...]:
    """Return what merges and splits by hand say of these events, oldest first; what a later one takes back is gone."""
    numbers = _touching(connection, ids)
    told: list[tuple[str, Sides]] = []
    for kind, sides in _read_sides(connection, numbers):
        told = [(before, old) for before, old in told if before == kind or not _same_pairs(old, sides)]
        told.append((kind, sides))
    return tuple(Constraint(KINDS[kind], tuple(sorted(one)), tuple(sorted(other))) for kind, (one, other) in told)


def _same_pairs(old: Sides, new: Sides) -> bool:
    """Tell whether two judgements are about some of the same pairs of events."""
    one, other = new
    return bool((old[0] & one and old[1] & other) or (old[0] & other and old[1] & one))


def _touching(connection: Connection, ids: Collection[str]) -> list[int]:
    undone = read_undone(connection)
    numbers: set[int] = set()
    for some in chunked(ids):
        query = select(judged_events.c.judgement).join(judgements).where(judged_events.c.event.in_(some))
        numbers.update(connection.execute(query.where(judgements.c.kind.in_(KINDS))).scalars())
    return sorted(numbers - undone)


def _read_sides(connection: Connection, numbers: Collection[int]) -> Iterator[tuple[str, Sides]]:
    """Yield the kind of each judgement and the events on its two sides, those that are found no longer left out."""
    for number in numbers:
        kind = connection.execute(select(judgements.c.kind).where(judgements.c.id == number)).scalar_one()
        query = select(judged_events.c.side, judged_events.c.event).where(judged_events.c.judgement == number)
        rows = connection.execute(query).all()
        one, other = (
            frozenset(event for side, event in rows if side == wanted and event) for wanted in ("target", "others")
        )
        if one and other:
            yield kind, (one, other)
