"""Counts at spans that are known to hold one: how many, and of what, whatever the words around them leave unsaid.

Used where a person or another program has marked the words; `find_quantities` looks for counts itself and leaves out
what it is not sure of. Here every span gets an answer: a phrase without a number counts one, or more in the plural.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Doc, Token

from casus.records import Quantity, QuantityKind, QuantityMention
from casus.resolve.quantities.amounts import Amount, find_amounts
from casus.resolve.quantities.fates import find_dead, last_name
from casus.resolve.quantities.mentions import find_quantities
from casus.resolve.quantities.phrases import Text, read_phrase

PLURAL = frozenset({"they", "them", "their", "themselves", "we", "us", "our", "people", "police", "personnel"})
FAR = 60  # steps in the tree that no word of a report is away
NEAR_SENTENCES = 2
REACH = 120  # words back that a pronoun or "the soldiers" looks for its number
ROLES = ("ed", "ing", "base", "subject", "state", "noun", "struck")
Bounds = tuple[int | None, int | None]


def read_spans(doc: Doc, spans: Sequence[tuple[int, int]]) -> tuple[tuple[QuantityMention, ...], ...]:
    """The counts that each span holds.

    Args:
        doc: the report as read.
        spans: first and last-plus-one character of each.

    Returns:
        One answer a span, in the same order: mostly one mention, two where two things befell those who are counted.
    """
    text, found = Text(doc), find_quantities(doc)
    amounts = tuple(find_amounts(text.words))
    return tuple(_read_span(text, amounts, found, span) for span in spans)


def _read_span(
    text: Text, amounts: Sequence[Amount], found: Sequence[QuantityMention], span: tuple[int, int]
) -> tuple[QuantityMention, ...]:
    tokens = [t for t in text.doc if t.idx < span[1] and span[0] < t.idx + len(t)]
    if not tokens:
        return ()
    inside = [m for m in found if m.quantity.start < span[1] and span[0] < m.quantity.end]
    head = _top(tokens)
    kinds = list(dict.fromkeys(m.quantity.kind for m in inside)) or _guess_kinds(text, head)
    if kinds == ["injured"] and not inside and last_name(text.doc, *span) in find_dead(text.doc, list(found)):
        kinds = ["killed"]
    return tuple(_mention(text, span, kind, _bounds(text, amounts, tokens, inside, kind), head) for kind in kinds)


def _bounds(
    text: Text, amounts: Sequence[Amount], tokens: Sequence[Token], inside: Sequence[QuantityMention], kind: str
) -> tuple[Bounds, str]:
    """Least and most, and the rule: as found where that is of this very span, else by the words of the span."""
    first, last = tokens[0].i, tokens[-1].i + 1
    start, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
    fitting = [m for m in inside if m.quantity.kind == kind and not _is_wider(m, start, end)]
    if len(fitting) == 1:
        return (fitting[0].quantity.min, fitting[0].quantity.max), fitting[0].rule
    if len(fitting) > 1:
        if _are_joined(text.doc, fitting):
            return _add_bounds([(m.quantity.min, m.quantity.max) for m in fitting]), f"{kind}-given+sum"
        main = next((m for m in fitting if not m.rule.endswith("single")), fitting[0])
        return (main.quantity.min, main.quantity.max), main.rule
    own = [a for a in amounts if first <= a.core < last]
    numbers = [a for a in own if not a.single]
    if numbers:
        return (numbers[0].min, numbers[0].max), f"{kind}-given"
    bounds = _count_heads(tokens)
    before = _counted_before(text, amounts, _top(tokens)) if bounds == (1, None) else None
    return before or bounds, f"{kind}-given"


def _are_joined(doc: Doc, mentions: Sequence[QuantityMention]) -> bool:
    """Say whether nothing but "and" or a comma stands between mentions."""
    gaps = (doc.text[one.quantity.end : two.quantity.start].strip(" ,") for one, two in pairwise(mentions))
    return all(one.quantity.end <= two.quantity.start for one, two in pairwise(mentions)) and set(gaps) <= {"", "and"}


def _counted_before(text: Text, amounts: Sequence[Amount], head: Token) -> Bounds | None:
    """The number that an earlier phrase gave those whom "the soldiers" or "they" takes up; None where there is none."""
    if not (head.pos_ == "PRON" or any(child.lower_ in {"the", "these", "those"} for child in head.children)):
        return None
    phrases = (read_phrase(text, a) for a in amounts if not a.single and a.last <= head.i)
    for counted in reversed([p for p in phrases if p.head < head.i and head.i - p.head < REACH]):
        noun = text.words[counted.head]
        if noun == head.lower_ or (head.pos_ == "PRON" and noun in text.lexicon.sets["persons"]):
            return counted.amount.min, counted.amount.max
    return None


def _is_wider(mention: QuantityMention, start: int, end: int) -> bool:
    """Say whether a sum reaches beyond the span, so that its figure is of more than the span."""
    quantity = mention.quantity
    return mention.rule.endswith("+sum") and (quantity.start < start - 4 or end + 1 < quantity.end)


def _add_bounds(parts: Sequence[Bounds]) -> Bounds:
    most = [high for _, high in parts if high is not None]
    return sum(low or 0 for low, _ in parts), sum(most) if len(most) == len(parts) else None


def _count_heads(tokens: Sequence[Token]) -> Bounds:
    """The number of a phrase without one: its coordinated singular nouns, or open above where one is plural."""
    inside = {token.i for token in tokens}
    top = _top(tokens)
    if tokens[-1].pos_ == "PROPN" and top.pos_ == "NOUN":
        return 1, 1  # "activist and commentator Jo Odo" is one person, who stands last
    heads = [top, *(t for t in tokens if t.dep_ == "conj" and t.head.i in inside and t.pos_ in {"NOUN", "PROPN"})]
    return (1, None) if any(_is_plural(head) for head in heads) else (len(heads), len(heads))


def _is_plural(token: Token) -> bool:
    if token.lower_ in PLURAL or "Plur" in token.morph.get("Number", []):
        return True
    return token.pos_ == "NOUN" and bool(token.lemma_) and token.lemma_.lower() != token.lower_


def _top(tokens: Sequence[Token]) -> Token:
    inside = {token.i for token in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), tokens[-1])


def _guess_kinds(text: Text, head: Token) -> list[QuantityKind]:
    """What befell those counted, or what they are: by the noun, else by the nearest telling word of the report."""
    thing = text.lexicon.things.get(head.lower_)
    if thing in {"munitions", "vehicles"}:
        return [thing]
    if _is_agent(text, head):
        return ["participants"]
    above = {token.i: steps for steps, token in enumerate(_ancestors(head))}
    for sentence in _near_sentences(text.doc, head):
        told = [(kind, _steps(token, above)) for token in sentence if (kind := _tells(text, token, head)) is not None]
        if told:
            return [min(told, key=lambda pair: pair[1])[0]]
    return [thing or "participants"]


def _is_agent(text: Text, head: Token) -> bool:
    """Say whether those counted are they who attack, by themselves or as "a group of"."""
    while head.dep_ == "nmod" and head.head.lower_ in text.lexicon.sets["bands"]:
        head = head.head
    verb = head.head
    attacks = text.lexicon.kind_of(verb.lower_, ("ed", "ing", "base", "struck")) not in {None, "participants"}
    return head.dep_ == "nsubj" and (attacks or verb.lower_ in text.lexicon.sets["assailing"])


def _tells(text: Text, token: Token, head: Token) -> QuantityKind | None:
    """The kind that a word speaks of, None where it speaks of none."""
    if token.lower_ in text.lexicon.verbs["troops"] and head.lower_ in text.lexicon.sent:
        return "troops"
    return text.lexicon.kind_of(token.lower_, ROLES)


def _near_sentences(doc: Doc, head: Token) -> list[list[Token]]:
    """The sentence of a word, then those before it, the nearest first, then the next."""
    sentences = [list(sentence) for sentence in doc.sents]
    here = next((n for n, sentence in enumerate(sentences) if sentence[-1].i >= head.i), 0)
    order = [here, *(here - step for step in range(1, NEAR_SENTENCES + 1)), here + 1]
    return [sentences[n] for n in order if 0 <= n < len(sentences)]


def _ancestors(token: Token) -> list[Token]:
    above = [token]
    while above[-1].head.i != above[-1].i:
        above.append(above[-1].head)
    return above


def _steps(token: Token, above: dict[int, int]) -> int:
    """Length of the path in the tree to the word whose ancestors are given."""
    return next((n + above[t.i] for n, t in enumerate(_ancestors(token)) if t.i in above), FAR)


def _mention(
    text: Text, span: tuple[int, int], kind: QuantityKind, read: tuple[Bounds, str], head: Token
) -> QuantityMention:
    (low, high), rule = read
    quantity = Quantity(*span, text.doc.text[slice(*span)], kind, low, high, None)
    return QuantityMention(quantity, head.i, rule)
