"""Tells what a count is of by the tree: the verb whose object or subject it is, its participle or governing noun.

Also finds single victims without a number ("killed the general", "he died"). Says nothing without a tree.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from casus.records import QuantityKind
from casus.resolve.quantities.phrases import Counted, Text
from casus.resolve.quantities.windows import Verdict

PEOPLE = frozenset({"he", "she", "him", "her", "himself", "herself", "his"})
SUFFERED = frozenset({"killed", "injured", "abducted", "arrested", "missing"})
CONJUNCTS = 4
SINGULAR = frozenset({"a", "an", "the", "this", "that", "his", "her", "their", "its", "one", "another"})


def judge_by_tree(text: Text, counted: Counted) -> Verdict | None:
    """What a count is of by the words that govern it; None where the tree does not say."""
    if not text.parsed:
        return None
    token = text.doc[counted.head]
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
        if child.dep_ == "acl" and not child.lower_.endswith("ing") and (kind := _suffered(text, child, passive=True)):
            return kind
    if relation in {"nsubj:pass", "obj", "nsubj"}:
        passive = relation == "nsubj:pass"
        if relation == "nsubj" and (kind := _is_in_state(text, governor)):
            return kind
        if relation != "nsubj" and (kind := _suffered(text, governor, passive=passive)):
            return kind
        return _state_of(text, governor) if relation == "obj" else None
    if relation == "nmod" and any(child.lower_ == "of" for child in token.children):
        kind = text.lexicon.kind_of(governor.lower_, ("noun",))
        return None if kind == "participants" else kind
    return None


def _is_in_state(text: Text, governor: Token) -> QuantityKind | None:
    """The kind of a word whose subject is counted: "12 died", "two are missing"; not the active "wounded"."""
    kind = text.lexicon.kind_of(governor.lower_, ("subject",))
    if kind is None and (governor.pos_ == "ADJ" or text.lexicon.kind_of(governor.lower_, ("ed",)) is None):
        kind = text.lexicon.kind_of(governor.lower_, ("state",))
    return kind


def _state_of(text: Text, governor: Token) -> QuantityKind | None:
    """The state that a verb gives its object: "left 12 people dead"."""
    states = (child for child in governor.children if child.dep_ in {"xcomp", "ccomp"})
    return next((kind for child in states if (kind := text.lexicon.kind_of(child.lower_, ("state", "ed")))), None)


def _suffered(text: Text, verb: Token, *, passive: bool) -> QuantityKind | None:
    """The kind of a verb whose logical object is counted."""
    kind = text.lexicon.kind_of(verb.lower_, ("ed", "ing", "base"))
    if kind is None and text.lexicon.kind_of(verb.lower_, ("struck",)):
        kind = "killed" if _ends_in_death(verb) else "injured"
    if kind is None and verb.lower_ in text.lexicon.sets["deadly"] and _ends_in_death(verb):
        kind = "killed"
    if kind is None and any(child.lower_ in {"hostage", "captive"} for child in verb.children):
        kind = "abducted"
    return None if kind == "participants" and passive else kind


def _ends_in_death(verb: Token) -> bool:
    return any(child.lower_ in {"dead", "death", "fatally", "killed"} for child in verb.children)


def find_single_victims(text: Text, taken: set[int]) -> Iterator[tuple[Token, QuantityKind]]:
    """Find persons that suffer an act and carry no number: the head of each and its kind.

    Args:
        text: the text with its tree.
        taken: indexes of heads that already have their count.
    """
    if not text.parsed:
        return
    for token in text.doc:
        if token.lower_ not in text.lexicon.forms and token.lower_ not in text.lexicon.sets["deadly"]:
            continue
        for victim, kind in _victims_of(text, token):
            if kind in SUFFERED and victim.i not in taken and _is_single(text, victim):
                taken.add(victim.i)
                yield victim, kind


def _victims_of(text: Text, token: Token) -> Iterator[tuple[Token, QuantityKind]]:
    noun = text.lexicon.kind_of(token.lower_, ("noun",))
    for child in token.children:
        kind: QuantityKind | None = None
        if child.dep_ in {"obj", "nsubj:pass"}:
            kind = _suffered(text, token, passive=child.dep_ == "nsubj:pass")
        elif child.dep_ == "nsubj":
            kind = _is_in_state(text, token)
        elif noun is not None and (
            child.dep_ == "nmod:poss" or (child.dep_ == "nmod" and any(mark.lower_ == "of" for mark in child.children))
        ):
            kind = noun if token.tag_ != "NNS" and not token.lower_.endswith("s") else None
        if kind is not None:
            victim = token.head if child.lower_ in {"who", "that", "which"} and token.dep_ == "acl:relcl" else child
            yield victim, kind
            yield from ((other, kind) for other in victim.children if other.dep_ == "conj")


def _is_single(text: Text, token: Token) -> bool:
    """Say whether a noun or pronoun stands for one person."""
    if token.lower_ in PEOPLE:
        return True
    if token.lower_ in text.lexicon.sets["unkillable"] or (
        token.lower_ in text.lexicon.things and token.lower_ not in {"soldier", "peacekeeper"}
    ):
        return False
    if token.pos_ not in {"NOUN", "PROPN"} or token.ent_type_ in {"GPE", "ORG", "NORP", "LOC", "FAC", "EVENT", "DATE"}:
        return False
    if any(child.dep_ == "nummod" for child in token.children):
        return False
    if "Plur" in token.morph.get("Number", []) or (
        token.pos_ == "NOUN" and token.lemma_ and token.lemma_.lower() != token.lower_
    ):
        return False
    if token.pos_ == "PROPN":
        return (
            not any(child.dep_ == "det" and child.lower_ == "the" for child in token.children)
            or token.ent_type_ == "PERSON"
        )
    determined = any(
        child.lower_ in SINGULAR or child.dep_ in {"nmod:poss", "flat", "appos"} for child in token.children
    )
    return determined or any(child.dep_ == "compound" and child.pos_ == "PROPN" for child in token.children)
