"""The counts of a report as records: finds amounts, asks tree and words what each is of, adds what is coordinated.

Only counts of the eleven kinds come out; ages, dates, measures, votes, scores and the rest do not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Doc

from casus.records import Quantity, QuantityKind, QuantityMention
from casus.resolve.quantities.amounts import Amount, find_amounts, looks_like_year
from casus.resolve.quantities.money import find_currency
from casus.resolve.quantities.phrases import Counted, Text, read_phrase
from casus.resolve.quantities.trees import find_single_victims, judge_by_tree
from casus.resolve.quantities.windows import Verdict, judge_by_words, look_right

PERSONS = frozenset({"killed", "injured", "missing", "abducted", "arrested", "displaced", "participants"})
ONE = frozenset({"killed", "injured", "missing", "abducted", "arrested", "munitions", "vehicles"})
JOINTS = frozenset({("and",), (",",), (",", "and"), ("as", "well", "as"), ("along", "with")})
PREPOSITIONS = frozenset("to by in of with at for from during on near after against".split())
YEAR_BEFORE = frozenset("in since by until from of to during for early late mid january february march april may june july august september october november december ,".split())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A counted phrase with what it is of; `verdict` is None where nothing said."""

    counted: Counted
    verdict: Verdict | None


def find_quantities(doc: Doc) -> tuple[QuantityMention, ...]:
    """Find the counts that a report gives.

    Args:
        doc: the report; with its tree the governing verb tells what is counted and single victims are found, without it the words do.

    Returns:
        The mentions in text order; "12 killed or wounded" gives two for the same words.
    """
    text = Text(doc)
    mentions: list[QuantityMention] = []
    candidates: list[Candidate] = []
    for amount in find_amounts(text.words):
        words = find_currency(text.words, amount, text.lexicon) or ((amount.first, amount.last) if amount.core in text.glued else None)
        if words is not None:
            mentions.append(_money(text, amount, *words))
        elif not _is_no_count(text, amount):
            candidates.append(_judge(text, read_phrase(text, amount)))
    for candidate in _add_up(text, candidates):
        mentions += _mentions_of(text, candidate)
    taken = {mention.head for mention in mentions} | {c.counted.head for c in candidates if not c.counted.amount.single}
    mentions += [_victim(text, token.i, kind) for token, kind in find_single_victims(text, taken)]
    return tuple(sorted(mentions, key=lambda mention: (mention.quantity.start, mention.quantity.end)))


def _judge(text: Text, counted: Counted) -> Candidate:
    verdict = judge_by_tree(text, counted)
    words = judge_by_words(text, counted)
    if words is not None and (verdict is None or words.either or words.extra or words.side == "right" and verdict.kinds[0] not in PERSONS):
        verdict = words
    verdict = None if verdict is not None and _is_thing(text, counted, verdict) else verdict
    if verdict is not None and verdict.kinds == ("arrested",) and text.lexicon.kind_of(text.words[counted.head], ("noun",)) == "abducted":
        verdict = replace(verdict, kinds=("abducted",))
    if verdict is not None and counted.amount.single and not set(verdict.kinds) & ONE:
        verdict = None
    if counted.amount.single and counted.bare or verdict is not None and verdict.side in {"left", "noun"} and _is_part(text, counted):
        verdict = None
    return Candidate(counted, verdict)


def _is_thing(text: Text, counted: Counted, verdict: Verdict) -> bool:
    """Say whether what is counted can neither suffer nor gather: "released a statement", "six nations attending"."""
    barred = text.lexicon.sets["bodies" if verdict.kinds[0] == "participants" else "unkillable"]
    return verdict.kinds[0] in PERSONS and verdict.side != "noun" and not counted.bare and text.words[counted.head] in barred


def _is_part(text: Text, counted: Counted) -> bool:
    """Say whether a count is part of another: "including two children"."""
    return counted.first > 0 and text.words[counted.first - 1] in {"including", "include", "includes", "included", "them"}


def _is_no_count(text: Text, amount: Amount) -> bool:
    """Say whether a number is a measure, an age, a date, a score or part of a name."""
    words, lexicon = text.words, text.lexicon
    after = words[amount.last] if amount.last < len(words) else ""
    before = words[amount.core - 1] if amount.core else ""
    if after == "-" and amount.last + 1 < len(words):
        following = words[amount.last + 1]
        if following in lexicon.sets["after"] or following[0].isdigit() or amount.core == amount.last - 1 and amount.figure:
            return following not in {"strong", "odd", "plus", "member"}
    if after in lexicon.sets["after"] or after == "more" and words[amount.last + 1 : amount.last + 2] and words[amount.last + 1] in lexicon.sets["after"]:
        return True
    if not amount.figure:
        return False
    if before in lexicon.sets["before"] or before in {"-", "/", ":", "."} or after in {":", "/"}:
        return True
    if before == "," and after in {",", "."} and amount.first == amount.core and (amount.max or 0) < 120:
        return True
    return looks_like_year(words, amount) and (before in YEAR_BEFORE or not read_phrase(text, amount).bare)


def _add_up(text: Text, candidates: list[Candidate]) -> list[Candidate]:
    """Add coordinated counts of one verb: "killed two soldiers and a civilian" is three."""
    summed: list[Candidate] = []
    for candidate in candidates:
        previous = summed[-1] if summed else None
        joined = None if previous is None else _join(text, previous, candidate)
        if joined is None:
            summed.append(candidate)
        else:
            summed[-1] = joined
    return [candidate for candidate in summed if candidate.verdict is not None]


def _join(text: Text, first: Candidate, second: Candidate) -> Candidate | None:
    one, two = first.counted, second.counted
    if tuple(text.words[one.last : two.first]) not in JOINTS or text.end_of(one.head) != text.end_of(two.head) or two.bare:
        return None
    if _is_part(text, one) or one.amount.single and text.words[one.last] != "and":
        return None
    kind = _shared_kind(text, first, second)
    if kind is None or 0 in {one.amount.max, two.amount.max}:
        return None
    verdict = first.verdict if first.verdict is not None and first.verdict.kinds == (kind,) else second.verdict
    assert verdict is not None
    a, b = one.amount, two.amount
    least = None if a.min is None or b.min is None else a.min + b.min
    most = None if a.max is None or b.max is None else a.max + b.max
    amount = replace(a, min=least, max=most, approximate=a.approximate or b.approximate, single=False)
    return Candidate(Counted(amount, one.first, two.last, one.noun, one.head), replace(verdict, side=verdict.side + "+sum"))


def _shared_kind(text: Text, first: Candidate, second: Candidate) -> QuantityKind | None:
    """The kind that two coordinated counts share: the verb before the first, or the one behind the second."""
    one, two = first.verdict, second.verdict
    weak = {"noun"}
    if one is not None and one.side not in weak and one.kinds[0] in PERSONS and not one.either and (two is None or two.side in {"tree", "noun"}):
        if two is not None and two.kinds[0] != one.kinds[0] and two.kinds[0] != "troops":
            return None
        return one.kinds[0] if look_right(text, second.counted) is None and one.side != "right" else None
    if two is not None and two.side in {"right", "tree"} and two.kinds[0] in PERSONS and not two.either:
        if first.counted.first and text.words[first.counted.first - 1] in PREPOSITIONS:
            return None
        if one is None or one.side in weak and one.kinds[0] == "troops" or one.side == "tree" and one.kinds == two.kinds:
            return two.kinds[0]
    return None


def _mentions_of(text: Text, candidate: Candidate) -> list[QuantityMention]:
    counted, verdict = candidate.counted, candidate.verdict
    assert verdict is not None
    amount = counted.amount
    least = None if amount.min is None else amount.min + verdict.extra
    most = None if amount.max is None else amount.max + verdict.extra
    if verdict.either and most != 0:
        least, most = 1, None
    return [_mention(text, counted, kind, (least, most), verdict.side) for kind in verdict.kinds]


def _mention(text: Text, counted: Counted, kind: QuantityKind, bounds: tuple[int | None, int | None], rule: str) -> QuantityMention:
    span = text.doc[counted.first : counted.last]
    noun = None if counted.bare else text.doc[counted.noun : counted.last].text
    quantity = Quantity(
        span.start_char, span.end_char, span.text, kind, bounds[0], bounds[1], noun, approximate=counted.amount.approximate
    )
    return QuantityMention(quantity, counted.head, f"{kind}-{rule}")


def _money(text: Text, amount: Amount, first: int, last: int) -> QuantityMention:
    span = text.doc[first:last]
    quantity = Quantity(span.start_char, span.end_char, span.text, "money", amount.min, amount.max, None, approximate=amount.approximate)
    return QuantityMention(quantity, amount.last - 1, "money")


def _victim(text: Text, head: int, kind: QuantityKind) -> QuantityMention:
    """One person without a number: the noun phrase without its clauses."""
    token = text.doc[head]
    inside = [child for child in token.children if child.dep_ in {"det", "amod", "compound", "nmod:poss", "flat"}]
    first = min([token.i, *(child.left_edge.i for child in inside)])
    last = max([token.i, *(child.right_edge.i for child in inside)]) + 1
    span = text.doc[first:last]
    noun = token.text if token.pos_ == "PRON" else span.text
    return QuantityMention(Quantity(span.start_char, span.end_char, span.text, kind, 1, 1, noun), head, f"{kind}-single")
