"""Finds single victims without a number: "killed the general", "he died", "the arrest of the mayor".

Needs a tree. Each counts one; `sums` adds those that "and" joins.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from casus.records import QuantityKind
from casus.resolve.quantities.phrases import Text
from casus.resolve.quantities.trees import is_in_state, suffered

PEOPLE = frozenset({"he", "she", "him", "her", "himself", "herself", "his"})
SUFFERED = frozenset({"killed", "injured", "abducted", "arrested", "missing"})
SINGULAR = frozenset({"a", "an", "the", "this", "that", "his", "her", "their", "its", "one", "another"})
POLICE = frozenset({"police", "policemen", "officers", "gendarmes", "constables", "agents"})
ENDS = frozenset('.!?"”')


def find_victims(text: Text) -> Iterator[tuple[Token, QuantityKind, bool]]:
    """Find persons that suffer an act: the head of each, its kind, and whether it stands for one person.

    One head may come with several kinds: "an envoy who was kidnapped in May has been killed".
    """
    if not text.parsed:
        return
    forms, sets = text.lexicon.forms, text.lexicon.sets
    for token in text.doc:
        if token.lower_ not in sets["deadly"] and token.lower_ not in sets["holding"] and token.lower_ not in forms:
            continue
        bare = _is_headline(text, token)
        for victim, kind in _victims_of(text, token):
            if kind in SUFFERED:
                yield victim, kind, _is_single(text, victim, bare=bare)


def _victims_of(text: Text, token: Token) -> Iterator[tuple[Token, QuantityKind]]:
    for child in token.children:
        kind = _kind_for(text, token, child)
        if kind is not None:
            victim = child
            if child.lower_ in {"who", "that", "which"} and token.dep_ == "acl:relcl":
                victim = token.head.head if token.head.dep_ == "appos" else token.head
            yield victim, kind
            yield from ((other, kind) for other in victim.children if other.dep_ == "conj")
    if token.dep_ in {"acl", "amod"} and not token.lower_.endswith("ing"):
        kind = suffered(text, token, passive=True) or text.lexicon.kind_of(token.lower_, ("state",))
        if kind is not None:
            yield token.head, kind


def _kind_for(text: Text, token: Token, child: Token) -> QuantityKind | None:
    """What a word does to one of its dependents, None where nothing."""
    if child.dep_ in {"obj", "nsubj:pass"}:
        kind = suffered(text, token, passive=child.dep_ == "nsubj:pass")
        return "arrested" if kind is None and _is_taken_by_police(text, token, child) else kind
    if child.dep_ == "nsubj":
        return is_in_state(text, token) or _in_headline(text, token)
    owned = child.dep_ == "nmod:poss" or (child.dep_ == "nmod" and any(c.lower_ == "of" for c in child.children))
    many = token.tag_ == "NNS" or token.lower_.endswith("s")
    return text.lexicon.kind_of(token.lower_, ("noun",)) if owned and not many else None


def _is_taken_by_police(text: Text, verb: Token, child: Token) -> bool:
    """Say whether police take or put a person somewhere: "police took him", "officers put Mr Odo in a van"."""
    person = child.lower_ in PEOPLE or child.ent_type_ == "PERSON"
    if not person or verb.lower_ not in text.lexicon.sets["holding"]:
        return False
    return any(other.dep_ == "nsubj" and other.lower_ in POLICE for other in verb.children)


def _is_headline(text: Text, token: Token) -> bool:
    return text.words[text.end_of(token.i) - 1] not in ENDS


def _in_headline(text: Text, token: Token) -> QuantityKind | None:
    """The kind of a headline's participle, whose subject suffers: "Activist Gunned Down in Lima"."""
    if not _is_headline(text, token) or text.lexicon.kind_of(token.lower_, ("ed", "struck")) is None:
        return None
    helped = any(child.dep_ in {"obj", "ccomp", "xcomp", "aux", "aux:pass", "cop"} for child in token.children)
    return None if helped else suffered(text, token, passive=True)


def _is_single(text: Text, token: Token, *, bare: bool) -> bool:
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
    named = any(child.dep_ == "compound" and child.pos_ == "PROPN" for child in token.children)
    return determined or named or bare or token.dep_ == "conj"
