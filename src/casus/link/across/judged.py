"""How well groups of tellings fit, once people have had their say: a judgement overrules the model. Stores nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from casus.link.across.tellings import Telling
from casus.stored import Constraint

Scorer = Callable[[Telling, Telling], float]


class Fit:
    """Scores pairs once each.

    Args:
        score: The model's chance that two tellings are one happening, 0 to 1.
        constraints: What people judged of the events concerned.
    """

    def __init__(self, score: Scorer, constraints: Sequence[Constraint] = ()) -> None:
        self._score = score
        self._constraints = [(c.kind, set(c.events), set(c.others)) for c in constraints]
        self._known: dict[tuple[str, str], float] = {}

    def mean(self, some: Sequence[Telling], others: Sequence[Telling]) -> float:
        """The mean chance over all pairs; 0 where people keep any pair apart, 1 where they put one together."""
        pairs = [(a, b) for a in some for b in others]
        verdicts = {self._judge(a, b) for a, b in pairs} if self._constraints else {None}
        if verdicts != {None}:
            return 0.0 if "apart" in verdicts else 1.0
        return sum(self._chance(a, b) for a, b in pairs) / len(pairs)

    def _judge(self, a: Telling, b: Telling) -> str | None:
        one, two = set(a.events), set(b.events)
        kinds = [kind for kind, x, y in self._constraints if (one & x and two & y) or (one & y and two & x)]
        return "apart" if "apart" in kinds else next(iter(kinds), None)

    def _chance(self, a: Telling, b: Telling) -> float:
        key = (a.id, b.id) if a.id < b.id else (b.id, a.id)
        if key not in self._known:
            self._known[key] = self._score(a, b)
        return self._known[key]
