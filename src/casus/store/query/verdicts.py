"""What people's judgements say of the coding, and which versions coded: the error rates that a desk measures itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select

from casus.store.query.asking import Query
from casus.store.schema import events, reports, runs
from casus.stored import Run, Verdict

MOST_JUDGED = 20_000
"""Judged events that are counted at most."""
MOST_RUNS = 50
"""Newest runs that are looked through for one that tells its versions."""
MOST_OLD = 10_000
"""Reports of another coder that are counted at most."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Events of a type that people confirmed, corrected or rejected, with a confidence from `tenth`/10 on."""

    type: str
    verdict: Verdict
    tenth: int
    events: int


def read_judged(store: Query) -> tuple[Judged, ...]:
    """Return how people judged events, by type, verdict and tenth of confidence; each event as it stands now."""
    columns = (events.c.type, events.c.judged, events.c.confidence)
    query = select(*columns).where(events.c.judged.is_not(None)).limit(MOST_JUDGED)
    with store.reading() as connection:
        counts = Counter((type_, verdict, tenth_of(told)) for type_, verdict, told in connection.execute(query))
    return tuple(Judged(*kind, number) for kind, number in sorted(counts.items()))


def tenth_of(confidence: float) -> int:
    """Return the tenth that a confidence lies in, 0 to 9.

    >>> tenth_of(0.0), tenth_of(0.35), tenth_of(1.0)
    (0, 3, 9)
    """
    return min(9, int(confidence * 10))


def newest_coding(store: Query) -> Run | None:
    """Return the newest run that told which versions it coded with, None where none did lately."""
    query = select(runs).order_by(runs.c.id.desc()).limit(MOST_RUNS)
    with store.reading() as connection:
        rows = connection.execute(query).mappings().all()
    return next((Run.from_json(dict(row)) for row in rows if row["versions"]), None)


def count_older(store: Query, coder: str) -> int:
    """Return how many reports another coder coded than this one, `MOST_OLD` at most."""
    some = [
        select(reports.c.number).where(condition).limit(MOST_OLD).subquery()
        for condition in (reports.c.coder < coder, reports.c.coder > coder)
    ]
    with store.reading() as connection:
        found = [connection.execute(select(func.count()).select_from(part)).scalar_one() for part in some]
    return min(MOST_OLD, sum(found))
