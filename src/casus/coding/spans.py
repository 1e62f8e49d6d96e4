"""From token indices to spans of the text and to the parties that `resolve` found there."""

from __future__ import annotations

from spacy.tokens import Doc

from casus.coding.sight import Sight
from casus.records import Party, Span


def party_of(sight: Sight, head: int) -> Party:
    """The party whose phrase has its head at this token, the bare word where `resolve` saw no phrase."""
    mention = sight.facts.parties.get(head)
    if mention:
        return mention.party
    span = text_span(sight.doc, head, head)
    return Party(span.start, span.end, span.text)


def text_span(doc: Doc, start: int, end: int) -> Span:
    """Tokens start to end (included) as a span of the text."""
    low, high = doc[start].idx, doc[end].idx + len(doc[end])
    return Span(low, high, doc[start : end + 1].text)
