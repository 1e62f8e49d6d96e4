"""What became of the victims: who was shot in one sentence and died in another was killed.

Compares names within one report. Knows nothing of what pronouns mean.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from casus.records import QuantityMention


def drop_appositions(doc: Doc, mentions: list[QuantityMention]) -> list[QuantityMention]:
    """Count a victim once who is named and described: of "Odo, a monk who was murdered" keep the name."""
    heads = {(mention.head, mention.quantity.kind) for mention in mentions}

    def is_told_again(mention: QuantityMention) -> bool:
        token = doc[mention.head]
        described = token.dep_ == "appos" and (token.head.i, mention.quantity.kind) in heads
        return described and mention.quantity.min == mention.quantity.max == 1

    return [mention for mention in mentions if not is_told_again(mention)]


def find_dead(doc: Doc, mentions: list[QuantityMention]) -> frozenset[str]:
    """The last names of those whom the report says to be dead."""
    dead = (m for m in mentions if m.quantity.kind == "killed" and m.quantity.max == 1)
    return frozenset(name for mention in dead if (name := last_name(doc, mention.quantity.start, mention.quantity.end)))


def last_name(doc: Doc, start: int, end: int) -> str:
    """The last proper noun between two characters, in lower case; empty where there is none."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return next((token.lower_ for token in reversed(span or ()) if token.pos_ == "PROPN"), "")


def settle_deaths(doc: Doc, mentions: list[QuantityMention]) -> list[QuantityMention]:
    """Count a named victim among the killed who is only said to be shot or stabbed here, and dead elsewhere."""
    dead = find_dead(doc, mentions)
    if not dead:
        return mentions
    return [_as_killed(m) if _died_later(doc, m, dead) else m for m in mentions]


def _died_later(doc: Doc, mention: QuantityMention, dead: frozenset[str]) -> bool:
    quantity = mention.quantity
    return quantity.kind == "injured" and quantity.max == 1 and last_name(doc, quantity.start, quantity.end) in dead


def _as_killed(mention: QuantityMention) -> QuantityMention:
    return QuantityMention(replace(mention.quantity, kind="killed"), mention.head, "killed-later")
