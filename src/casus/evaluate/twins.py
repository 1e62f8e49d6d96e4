"""Pairs gold reports with coded ones, and their statements one to one; says nothing of how good a pair is.

Reports belong together by id, else by text; where their texts differ in white space alone, offsets are moved onto the
gold's. Statements are paired in rounds, each taking what the one before left, and the nearest trigger first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from casus.errors import RecordError
from casus.evaluate.judges import countries
from casus.evaluate.statements import Statement, Stretch, Told

Fits = Callable[[Statement, Statement], bool]


@dataclass(frozen=True, slots=True)
class Match:
    """A gold report, the coded one, and the places in both lists of the statements that belong together."""

    gold: Told
    own: Told
    pairs: tuple[tuple[int, int], ...]

    @property
    def good(self) -> dict[int, int]:
        """Places of the gold statements that were found with their type, and of their twins."""
        return {i: j for i, j in self.pairs if self.gold.events[i].type == self.own.events[j].type}

    @property
    def twins(self) -> list[tuple[Statement, Statement | None]]:
        """Each gold statement with the coded one of its type, None where there is none."""
        good = self.good
        return [(event, self.own.events[good[i]] if i in good else None) for i, event in enumerate(self.gold.events)]

    @property
    def strays(self) -> list[Statement]:
        """Coded statements that no gold statement of their type belongs to."""
        kept = set(self.good.values())
        return [event for j, event in enumerate(self.own.events) if j not in kept]


def match_reports(gold: Mapping[str, Told], coded: Iterable[Told]) -> list[Match]:
    """Return each gold report with the coded one; where there is none, with an empty one.

    Args:
        gold: Reports by id.
        coded: Reports in any order; those that are not in the gold are passed over, of two the last counts.

    Raises:
        RecordError: A report has the id of a gold report but another text.
    """
    by_text = {_solid(report.text): key for key, report in gold.items()}
    found: dict[str, Told] = {}
    for report in coded:
        key = report.id if report.id in gold else by_text.get(_solid(report.text))
        if key is not None:
            _check_text(report, gold[key])
            found[key] = move_offsets(report, gold[key].text)
    own = {key: found.get(key) or Told(id=key, text=report.text) for key, report in gold.items()}
    return [Match(report, own[key], align(report.events, own[key].events)) for key, report in gold.items()]


def _check_text(report: Told, gold: Told) -> None:
    if report.text != gold.text and _solid(report.text) != _solid(gold.text):
        raise RecordError(f"text of report {report.id}", report.text[:40], "the gold's text, white space apart")


def _solid(text: str) -> str:
    return "".join(text.split())


def move_offsets(report: Told, text: str) -> Told:
    """Return the report with triggers and sentences moved onto a text that differs in white space.

    >>> fled = Statement(id="e1", trigger=Stretch(3, 4), type="RETREAT")
    >>> moved = move_offsets(Told(id="r", text="a  b", events=(fled,)), "a b")
    >>> moved.events[0].trigger.start
    2
    """
    if report.text == text:
        return report
    before = list(accumulate((not character.isspace() for character in report.text), initial=0))
    places = [place for place, character in enumerate(text) if not character.isspace()]

    def move(stretch: Stretch) -> Stretch:
        count = before[min(stretch.start, len(report.text))]
        start = places[count] if count < len(places) else len(text)
        return replace(stretch, start=start, end=start + stretch.end - stretch.start)

    events = (
        replace(event, trigger=move(event.trigger), sentence=move(event.sentence) if event.sentence else None)
        for event in report.events
    )
    return replace(report, text=text, events=tuple(events))


def _same_trigger(gold: Statement, own: Statement) -> bool:
    return gold.trigger.meets(own.trigger)


def _same_type(gold: Statement, own: Statement) -> bool:
    return gold.type == own.type


def _same_sentence(gold: Statement, own: Statement) -> bool:
    return own.sentence is not None and gold.trigger.meets(own.sentence)


def _same_actors(gold: Statement, own: Statement) -> bool:
    return countries(gold.actors) == countries(own.actors)


ROUNDS: tuple[tuple[Fits, ...], ...] = (
    (_same_type, _same_trigger),
    (_same_trigger,),
    (_same_type, _same_sentence, _same_actors),
    (_same_type, _same_sentence),
)


def align(gold: Sequence[Statement], own: Sequence[Statement]) -> tuple[tuple[int, int], ...]:
    """Return the places of the statements that belong together, each used once."""
    pairs: dict[int, int] = {}
    free = dict.fromkeys(range(len(own)))
    for tests in ROUNDS:
        for i, event in enumerate(gold):
            near = [j for j in free if i not in pairs and all(test(event, own[j]) for test in tests)]
            if near:
                pairs[i] = min(near, key=lambda j: abs(own[j].trigger.start - event.trigger.start))
                del free[pairs[i]]
    return tuple(pairs.items())
