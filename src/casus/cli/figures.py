"""The figures of `casus evaluate` for reading: slots, types, what is taken for what, differences and changes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from casus.evaluate import Count, Match, score_all
from casus.evaluate.differences import CHANGES, Change, find_changes, find_differences
from casus.evaluate.tables import write_page

HEADS = f"{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'pred':>7}{'hit':>6}"
SLOT, TYPE = 22, 14  # characters of the first column
COMMONEST = 12
"""Pairs of types that are told."""


class View:
    """What a comparison is shown as.

    Args:
        matches: Gold and coded reports.
        others: Those of another run, if the two are compared.
        errors: Differences that are shown.
        only: Their kind, if only one is wanted.
    """

    def __init__(
        self,
        matches: Sequence[Match],
        others: Sequence[Match] | None = None,
        *,
        errors: int = 0,
        only: str | None = None,
    ) -> None:
        self.matches, self.errors, self.only = matches, errors, only
        self.scores = score_all(matches)
        self.differences = list(find_differences(matches))
        self.changes = find_changes(matches, others) if others is not None else None

    def to_json(self) -> str:
        """Return the figures and changes as one JSON object on one line."""
        changes = {} if self.changes is None else {"changes": group_changes(self.changes)}
        return json.dumps(self.scores.to_json() | changes, ensure_ascii=False)

    def page(self) -> str:
        """Return the figures as a page of Markdown."""
        return write_page(self.scores, self.differences)

    def lines(self) -> Iterator[str]:
        """Yield the figures as lines of text."""
        events = sum(len(match.gold.events) for match in self.matches)
        yield f"{len(self.matches)} reports, {events} events"
        yield from _table("slot", SLOT, self.scores.slots)
        yield ""
        yield from _table("type", TYPE, self.scores.types)
        yield f"{'macro':{TYPE}}{'':14}{self.scores.macro_f1:7.1f}"
        yield from self._taken()
        yield from self._errors()
        yield from self._changes()

    def _taken(self) -> Iterator[str]:
        if self.scores.taken:
            yield "\ntaken for another type"
        for (gold, own), count in self.scores.taken.most_common(COMMONEST):
            yield f"{gold:{TYPE}}as {own:{TYPE}}{count:5}"

    def _errors(self) -> Iterator[str]:
        found = (item for item in self.differences if self.only in (None, item.kind))
        for number, item in enumerate(islice(found, self.errors)):
            yield f"{'' if number else chr(10)}{item}"

    def _changes(self) -> Iterator[str]:
        for kind, changes in group_changes(self.changes or ()).items():
            yield f"\n{kind} {len(changes)}: {CHANGES[kind]}"
            yield from changes


def group_changes(changes: Sequence[Change]) -> dict[str, list[str]]:
    """Return the changes in words by their kind."""
    return {kind: [str(item) for item in changes if item.kind == kind] for kind in CHANGES} if changes else {}


def _table(name: str, width: int, counts: Mapping[str, Count]) -> Iterator[str]:
    yield f"{name:{width}}{HEADS}"
    for key, count in counts.items():
        shares = f"{count.precision:7.1f}{count.recall:7.1f}{count.f1:7.1f}"
        yield f"{key:{width}}{shares}{count.gold:7}{count.pred:7}{count.hit:6}"
