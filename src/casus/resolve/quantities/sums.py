"""Coordinated counts of one verb: adds small ones ("two soldiers and a civilian"), lends the verb to large ones.

Large or bounded groups keep their own counts, for the text tells them apart ("483 protesters and 47 policemen").
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Doc

from casus.records import QuantityMention
from casus.resolve.quantities.phrases import Counted, Text
from casus.resolve.quantities.windows import Verdict, look_right

PERSONS = frozenset({"killed", "injured", "missing", "abducted", "arrested", "displaced", "participants"})
JOINTS = frozenset({("and",), (",",), (",", "and"), ("as", "well", "as"), ("along", "with")})
SMALL = 12
LARGE = 99
SINGLE = ("single", "single+sum")
PARTS = frozenset({"including", "include", "includes", "included", "them"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A counted phrase with what it is of; `verdict` is None where nothing said."""

    counted: Counted
    verdict: Verdict | None


def is_part(text: Text, counted: Counted) -> bool:
    """Say whether a count is part of another: "including two children"."""
    return counted.first > 0 and text.words[counted.first - 1] in PARTS


def add_up(text: Text, candidates: list[Candidate]) -> list[Candidate]:
    """Add or link neighbouring counts that one verb governs."""
    result: list[Candidate] = []
    for candidate in candidates:
        shared = _find_shared(text, result[-1], candidate) if result else None
        if shared is None:
            result.append(candidate)
        elif _is_small(result[-1].counted) and _is_small(candidate.counted):
            result[-1] = _add(result[-1].counted, candidate.counted, shared)
        else:
            result[-1] = Candidate(result[-1].counted, shared)
            result.append(Candidate(candidate.counted, shared))
    return result


def join_victims(doc: Doc, mentions: list[QuantityMention]) -> list[QuantityMention]:
    """Add single victims that "and" joins, to each other or to a small count: "the mayor and at least two guards".

    Args:
        doc: the report.
        mentions: what was found, in text order.
    """
    joined: list[QuantityMention] = []
    for mention in mentions:
        if joined and _is_coordinated(doc, joined[-1], mention):
            joined[-1] = _join(doc, joined[-1], mention)
        else:
            joined.append(mention)
    return joined


def _is_coordinated(doc: Doc, one: QuantityMention, two: QuantityMention) -> bool:
    a, b = one.quantity, two.quantity
    singles = one.rule.endswith(SINGLE) or two.rule.endswith(SINGLE)
    alike = a.kind == b.kind and a.kind in PERSONS and singles
    small = (
        None not in (a.min, a.max, b.min) and (a.max or 0) <= SMALL and (b.max or b.min or 0) <= LARGE and a.max != 0
    )
    return alike and small and doc.text[a.end : b.start].strip(" ,") == "and"


def _join(doc: Doc, one: QuantityMention, two: QuantityMention) -> QuantityMention:
    a, b = one.quantity, two.quantity
    assert a.min is not None
    assert a.max is not None
    most = None if b.max is None else a.max + b.max
    quantity = replace(a, end=b.end, text=doc.text[a.start : b.end], min=a.min + (b.min or 0), max=most, of=b.of)
    return QuantityMention(quantity, one.head, f"{one.rule}+sum")


def _is_small(counted: Counted) -> bool:
    amount = counted.amount
    return amount.max is not None and amount.min is not None and amount.max <= SMALL


def _add(one: Counted, two: Counted, verdict: Verdict) -> Candidate:
    a, b = one.amount, two.amount
    assert a.min is not None
    assert a.max is not None
    amount = replace(
        a, min=a.min + (b.min or 0), max=a.max + (b.max or 0), approximate=a.approximate or b.approximate, single=False
    )
    return Candidate(
        Counted(amount, one.first, two.last, one.noun, one.head), replace(verdict, side=f"{verdict.side}+sum")
    )


def _find_shared(text: Text, first: Candidate, second: Candidate) -> Verdict | None:
    """The verdict that two coordinated counts share; None where they are not coordinated or each has its own."""
    one, two = first.counted, second.counted
    if (
        tuple(text.words[one.last : two.first]) not in JOINTS
        or text.end_of(one.head) != text.end_of(two.head)
        or two.bare
    ):
        return None
    if (
        is_part(text, one)
        or 0 in {one.amount.max, two.amount.max}
        or (one.amount.single and text.words[one.last] != "and")
    ):
        return None
    return _from_verb_before(text, first, second) or _from_verb_behind(text, first, second)


def _from_verb_before(text: Text, first: Candidate, second: Candidate) -> Verdict | None:
    """The verb before both: "killed two soldiers and a civilian"."""
    one, two = first.verdict, second.verdict
    if one is None or one.side in {"noun", "right"} or one.kinds[0] not in PERSONS or one.either:
        return None
    if two is not None and (two.side not in {"tree", "noun"} or two.kinds[0] not in {one.kinds[0], "troops"}):
        return None
    return one if look_right(text, second.counted) is None else None


def _from_verb_behind(text: Text, first: Candidate, second: Candidate) -> Verdict | None:
    """The verb behind both: "two soldiers and a civilian were killed"."""
    one, two = first.verdict, second.verdict
    if two is None or two.side not in {"right", "tree"} or two.kinds[0] not in PERSONS or two.either:
        return None
    if first.counted.first and text.words[first.counted.first - 1] in text.lexicon.sets["prepositions"]:
        return None
    open_still = (
        one is None
        or (one.side == "noun" and one.kinds[0] == "troops")
        or (one.side == "tree" and one.kinds == two.kinds)
    )
    return two if open_still else None
