"""The counts of a report as records: finds amounts, asks words and tree what each is of, adds what is coordinated.

Only counts of the eleven kinds come out; ages, dates, measures, votes, scores and the rest do not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from spacy.tokens import Doc

from casus.records import Quantity, QuantityKind, QuantityMention
from casus.resolve.numbers import is_number
from casus.resolve.quantities.amounts import Amount, find_amounts, looks_like_year
from casus.resolve.quantities.fates import drop_appositions, settle_deaths
from casus.resolve.quantities.money import find_currency
from casus.resolve.quantities.phrases import Counted, Text, read_phrase
from casus.resolve.quantities.sums import PERSONS, Candidate, add_up, is_part, join_victims
from casus.resolve.quantities.trees import judge_by_tree
from casus.resolve.quantities.victims import find_victims
from casus.resolve.quantities.windows import Verdict, judge_by_words, look_at_noun

ONE = frozenset({"killed", "injured", "missing", "abducted", "arrested", "munitions", "vehicles"})
NAME_REACH = 6


def find_quantities(doc: Doc) -> tuple[QuantityMention, ...]:
    """Find the counts that a report gives.

    Args:
        doc: the report; without a tree the words alone tell what is counted, and single victims are not found.

    Returns:
        The mentions in text order; "12 killed or wounded" gives two for the same words.
    """
    text = Text(doc)
    mentions: list[QuantityMention] = []
    candidates: list[Candidate] = []
    for amount in find_amounts(text.words):
        words = find_currency(text.words, amount, text.lexicon) or (
            (amount.first, amount.last) if amount.core in text.glued else None
        )
        if words is not None:
            mentions.append(_money(text, amount, *words))
        elif not _is_no_count(text, amount) and not _is_inside(amount, candidates):
            candidates.append(_judge(text, read_phrase(text, amount)))
    for candidate in [candidate for candidate in add_up(text, candidates) if candidate.verdict is not None]:
        mentions += _mentions_of(text, candidate)
    mentions += _find_more(
        text, mentions, {c.counted.head: c.counted for c in candidates if not c.counted.amount.single}
    )
    mentions.sort(key=lambda mention: (mention.quantity.start, mention.quantity.end))
    return tuple(settle_deaths(doc, join_victims(doc, drop_appositions(doc, mentions))))


def _find_more(text: Text, mentions: list[QuantityMention], counts: Mapping[int, Counted]) -> list[QuantityMention]:
    """What the tree adds: single victims, and what else befell those who are counted."""
    known = {(mention.head, mention.quantity.kind) for mention in mentions}
    spans = [mention.quantity for mention in mentions]
    found: list[QuantityMention] = []
    for token, kind, single in find_victims(text):
        clash = {"killed": "injured", "injured": "killed"}.get(kind)
        if (token.i, kind) in known or (token.i, clash) in known:
            continue
        counted = counts.get(token.i)
        if any(q.kind == kind and q.start <= token.idx < q.end for q in spans):
            continue
        if counted is not None and counted.amount.max != 0:
            found.append(_mention(text, counted, kind, (counted.amount.min, counted.amount.max), "tree"))
        elif single:
            found.append(_victim(text, token.i, kind))
        known.add((token.i, kind))
    return found


def _is_inside(amount: Amount, candidates: list[Candidate]) -> bool:
    """Say whether an amount stands in the phrase before it: "others" in "four others", "11" in "seven of the 11"."""
    previous = candidates[-1].counted if candidates else None
    return previous is not None and not previous.amount.single and amount.core < previous.last


def _judge(text: Text, counted: Counted) -> Candidate:
    judges = (judge_by_words, judge_by_tree, look_at_noun)
    verdicts = (verdict for judge in judges if (verdict := judge(text, counted)) is not None)
    verdict = next((one for one in verdicts if not _is_thing(text, counted, one)), None)
    if counted.amount.max == 0 and verdict is not None and not _can_be_none(text, counted, verdict):
        verdict = None
    if (
        verdict is not None
        and verdict.kinds == ("arrested",)
        and text.lexicon.kind_of(text.words[counted.head], ("noun",)) == "abducted"
    ):
        verdict = replace(verdict, kinds=("abducted",))
    if verdict is not None and counted.amount.single and not set(verdict.kinds) & ONE:
        verdict = None
    if (counted.amount.single and _says_nothing(text, counted)) or (
        verdict is not None and verdict.side in {"left", "noun"} and is_part(text, counted)
    ):
        verdict = None
    return Candidate(counted, verdict)


def _is_thing(text: Text, counted: Counted, verdict: Verdict) -> bool:
    """Say whether what is counted can neither suffer nor gather: "released a statement", "six nations attending"."""
    barred = text.lexicon.sets["bodies" if verdict.kinds[0] == "participants" else "unkillable"]
    return (
        verdict.kinds[0] in PERSONS
        and verdict.side != "noun"
        and not counted.bare
        and text.words[counted.head] in barred
    )


def _says_nothing(text: Text, counted: Counted) -> bool:
    """Say whether "a" counts nobody: it stands alone, or in "a family of five" the number behind counts."""
    if counted.bare:
        return text.words[counted.amount.core] != "another"
    return text.words[counted.last : counted.last + 1] == ["of"] and is_number(text.words[counted.last + 1])


def _can_be_none(text: Text, counted: Counted, verdict: Verdict) -> bool:
    """Say whether "no" denies a loss ("no casualties", "no one died") and not something else ("no memory")."""
    following = text.words[counted.last] if counted.last < len(text.words) else ""
    beside = (
        following in text.lexicon.sets["be"] or following in text.lexicon.forms or following in {"has", "have", "had"}
    )
    return verdict.side in {"noun", "left"} or counted.bare or beside


def _is_no_count(text: Text, amount: Amount) -> bool:
    """Say whether a number is a measure, an age, a date, a score or part of a name."""
    words, lexicon = text.words, text.lexicon
    after = words[amount.last] if amount.last < len(words) else ""
    before = words[amount.core - 1] if amount.core else ""
    if after == "-" and amount.last + 1 < len(words):
        following = words[amount.last + 1]
        if (
            following in lexicon.sets["after"]
            or following[0].isdigit()
            or (amount.core == amount.last - 1 and amount.figure)
        ):
            return following not in {"strong", "odd", "plus", "member"}
    if after in lexicon.sets["after"] or (
        after == "more" and words[amount.last + 1 : amount.last + 2] and words[amount.last + 1] in lexicon.sets["after"]
    ):
        return True
    if not amount.figure:
        return False
    if before in lexicon.sets["before"] or before in {"-", "/", ":", "."} or after in {":", "/"}:
        return True
    if before == "," and after in {",", "."} and amount.first == amount.core and (amount.max or 0) < 120:
        return True
    return looks_like_year(words, amount) and (before in lexicon.sets["years"] or not read_phrase(text, amount).bare)


def _mentions_of(text: Text, candidate: Candidate) -> list[QuantityMention]:
    counted, verdict = candidate.counted, candidate.verdict
    assert verdict is not None
    amount = counted.amount
    least = None if amount.min is None else amount.min + verdict.extra
    most = None if amount.max is None else amount.max + verdict.extra
    if verdict.either and most != 0:
        least, most = 1, None
    return [_mention(text, counted, kind, (least, most), verdict.side) for kind in verdict.kinds]


def _mention(
    text: Text, counted: Counted, kind: QuantityKind, bounds: tuple[int | None, int | None], rule: str
) -> QuantityMention:
    span = text.doc[counted.first : counted.last]
    noun = None if counted.bare else text.doc[counted.noun : counted.last].text
    quantity = Quantity(
        span.start_char,
        span.end_char,
        span.text,
        kind,
        bounds[0],
        bounds[1],
        noun,
        approximate=counted.amount.approximate,
    )
    return QuantityMention(quantity, counted.head, f"{kind}-{rule}")


def _money(text: Text, amount: Amount, first: int, last: int) -> QuantityMention:
    span = text.doc[first:last]
    quantity = Quantity(
        span.start_char, span.end_char, span.text, "money", amount.min, amount.max, None, approximate=amount.approximate
    )
    return QuantityMention(quantity, amount.last - 1, "money")


def _victim(text: Text, head: int, kind: QuantityKind) -> QuantityMention:
    """One person without a number: the noun phrase without its clauses."""
    token = text.doc[head]
    inside = [child.i for child in token.children if child.dep_ in {"det", "amod", "compound", "nmod:poss", "flat"}]
    near = [index for index in inside if abs(index - token.i) <= NAME_REACH]
    first, last = min([token.i, *near]), max([token.i, *near]) + 1
    span = text.doc[first:last]
    noun = token.text if token.pos_ == "PRON" else span.text
    return QuantityMention(
        Quantity(span.start_char, span.end_char, span.text, kind, 1, 1, noun), head, f"{kind}-single"
    )
