"""Tells what a count is of by the tree: the verb whose object or subject it is, its participle or governing noun.

Says nothing without a tree.
"""

from __future__ import annotations

from spacy.tokens import Token

from casus.records import QuantityKind
from casus.resolve.quantities.phrases import Counted, Text
from casus.resolve.quantities.windows import Verdict

CONJUNCTS = 4
SUFFERING = frozenset({"suffer", "suffers", "suffered", "sustain", "sustains", "sustained", "received", "receives"})
INJURIES = frozenset({"injury", "injuries", "wounds", "wound", "burns"})


def judge_by_tree(text: Text, counted: Counted) -> Verdict | None:
    """What a count is of by the words that govern it; None where the tree does not say."""
    if not text.parsed:
        return None
    token = text.doc[counted.head]
    while counted.first <= token.head.i < counted.last and token.head.i != token.i:
        token = token.head
    while token.dep_ == "nmod" and token.head.lower_ in text.lexicon.sets["bands"]:
        token = token.head
    if not counted.amount.single and token.dep_ == "nsubj" and _assails(text, counted, token.head):
        return Verdict(("participants",), "tree")
    for _ in range(CONJUNCTS):
        kind = _kind_of_governor(text, token)
        if kind is not None:
            return Verdict((kind,), "tree")
        if token.dep_ != "conj" or any(between.pos_ == "VERB" for between in text.doc[token.head.i : token.i]):
            return None
        token = token.head
    return None


def _kind_of_governor(text: Text, token: Token) -> QuantityKind | None:
    relation, governor = token.dep_, token.head
    for child in token.children:
        if child.dep_ == "acl" and not child.lower_.endswith("ing") and (kind := suffered(text, child, passive=True)):
            return kind
    if relation in {"nsubj:pass", "obj", "nsubj"}:
        passive = relation == "nsubj:pass"
        if relation == "nsubj" and (kind := is_in_state(text, governor) or _takes_part(text, governor)):
            return kind
        if relation != "nsubj" and (kind := suffered(text, governor, passive=passive)):
            return kind
        return _state_of(text, governor) if relation == "obj" else None
    if relation == "nmod" and any(child.lower_ == "of" for child in token.children):
        kind = text.lexicon.kind_of(governor.lower_, ("noun",))
        return None if kind == "participants" else kind
    return None


def _assails(text: Text, counted: Counted, verb: Token) -> bool:
    """Say whether counted persons are those who attack: "three gunmen stormed the hotel"."""
    head, sets = text.words[counted.head], text.lexicon.sets
    return (
        verb.lower_ in sets["assailing"]
        and head not in text.lexicon.things
        and head not in sets["bodies"]
        and head not in sets["unkillable"]
    )


def _takes_part(text: Text, governor: Token) -> QuantityKind | None:
    """A crowd by what it holds: "thousands of people across Italy hold rallies"."""
    held = {child.lower_ for child in governor.children if child.dep_ == "obj"}
    staged = governor.lower_ in text.lexicon.sets["staged"] and held & text.lexicon.sets["gatherings"]
    return "participants" if staged else None


def is_in_state(text: Text, governor: Token) -> QuantityKind | None:
    """The kind of a word whose subject is counted: "12 died", "two are missing"; not the active "wounded"."""
    kind = text.lexicon.kind_of(governor.lower_, ("subject",))
    if governor.lower_ in SUFFERING and any(child.lower_ in INJURIES for child in governor.children):
        return "injured"
    custody = governor.lower_ in text.lexicon.sets["custody"]
    if custody and any(child.lower_ in {"under", "in"} for child in governor.children):
        return "arrested"
    if kind is None and (governor.pos_ == "ADJ" or text.lexicon.kind_of(governor.lower_, ("ed",)) is None):
        kind = text.lexicon.kind_of(governor.lower_, ("state",))
    return kind


def _state_of(text: Text, governor: Token) -> QuantityKind | None:
    """The state that a verb gives its object: "left 12 people dead"."""
    states = (child for child in governor.children if child.dep_ in {"xcomp", "ccomp"})
    return next((kind for child in states if (kind := text.lexicon.kind_of(child.lower_, ("state", "ed")))), None)


def suffered(text: Text, verb: Token, *, passive: bool) -> QuantityKind | None:
    """The kind of a verb whose logical object is counted."""
    kind = text.lexicon.kind_of(verb.lower_, ("ed", "ing", "base"))
    if kind is None and text.lexicon.kind_of(verb.lower_, ("struck",)):
        kind = "killed" if _ends_in_death(verb) else "injured"
    if kind is None and verb.lower_ in text.lexicon.sets["deadly"] and _ends_in_death(verb):
        kind = "killed"
    if kind is None and any(child.lower_ in {"hostage", "captive"} for child in verb.children):
        kind = "abducted"
    if kind is None and verb.lower_ == "held" and any(child.lower_ == "being" for child in verb.children):
        return "arrested"
    if kind is None and verb.lower_ in text.lexicon.sets["holding"] and _leads_to_custody(text, verb):
        kind = "arrested"
    return None if kind == "participants" and passive else kind


def _ends_in_death(verb: Token) -> bool:
    return any(child.lower_ in {"dead", "death", "fatally", "killed"} for child in verb.children)


def _leads_to_custody(text: Text, verb: Token) -> bool:
    """Say whether a verb of putting puts somebody "under house arrest" or "into custody"."""
    near = [*verb.children, *(grand for child in verb.children if child.dep_ == "obj" for grand in child.children)]
    custody = text.lexicon.sets["custody"]
    return any(child.dep_ in {"obl", "nmod", "xcomp"} and child.lower_ in custody for child in near)
