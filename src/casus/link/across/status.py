"""What many reports together say of a happening: reported, corroborated, disputed, announced or denied.

Corroboration counts independent origins: copies of one text, reports of one publisher and reports that pass on the
word of one agency are one origin.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casus.link.across.tellings import Telling
from casus.records import IncidentStatus

ENOUGH = 2  # independent origins


def judge_status(tellings: Sequence[Telling]) -> IncidentStatus:
    """The status by record.md."""
    actual = [t for t in tellings if "actual" in t.modalities]
    if not actual:
        denied = any("negated" in t.modalities or t.denied for t in tellings)
        return "denied" if denied else "announced"
    if is_disputed(tellings, actual):
        return "disputed"
    return "corroborated" if count_origins(actual) >= ENOUGH else "reported"


def is_disputed(tellings: Sequence[Telling], actual: Sequence[Telling]) -> bool:
    """Claims that cannot all be true: done and not done, or denied by whoever is said to have done it."""
    if any(set(t.modalities) == {"negated"} for t in tellings) or any(
        {"actual", "negated"} <= set(t.modalities) for t in actual
    ):
        return True
    accused = {name for t in actual for name in (*t.actors, *t.actor_names)}
    return any(not accused.isdisjoint(t.denied) for t in tellings)


def count_origins(tellings: Sequence[Telling]) -> int:
    """How many independent origins there are: tellings of one text, one publisher or one agency hang together."""
    groups: list[set[str]] = []
    for telling in tellings:
        marks = set(_marks(telling))
        joined = [group for group in groups if group & marks]
        groups = [group for group in groups if not group & marks] + [marks.union(*joined)]
    return len(groups)


def _marks(telling: Telling) -> Iterator[str]:
    yield f"text {telling.origin}"
    yield from (f"voice {name.lower()}" for name in (telling.publisher, telling.relays) if name)
