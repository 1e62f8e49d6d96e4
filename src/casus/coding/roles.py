"""Choose who did it and to whom among the sentence's noun phrases: by the entry's frame, the tree and the network.

Two logistic models (weights.json, `actor`, `recipient`) weigh every phrase; what lies inside a chosen one is dropped.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.tokens import Token

from casus.coding.candidates import Candidate
from casus.coding.sight import Sight, sentence_of
from casus.coding.slots import (
    PASSIVE_SUBJECTS,
    SLOTS,
    SUBJECTS,
    fill_slot,
    light_verb,
    logical_object,
    logical_subject,
    with_conjuncts,
)
from casus.logistic import Logistic, logit

SIDES = ("actor", "recipient")
THRESHOLDS = {"actor": 0.27, "recipient": 0.27}  # best country F1 on reports that the network has not seen
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
INSIDE = frozenset(
    {
        "compound",
        "flat",
        "amod",
        "nmod",
        "nmod:poss",
        "appos",
        "nmod:desc",
        "nummod",
        "det",
        "acl",
        "acl:relcl",
        "obl",
        "obj",
    }
)
NAME_PARTS = frozenset({"compound", "flat", "nmod:desc"})
EMPTY = frozenset(
    {
        "it",
        "there",
        "which",
        "that",
        "who",
        "what",
        "this",
        "these",
        "those",
        "whom",
        "everything",
        "nothing",
        "something",
    }
)


@dataclass(frozen=True, slots=True)
class Role:
    """A phrase (by its head's token index) that takes a side, with its probability and the slot that pointed to it."""

    head: int
    probability: float
    slot: str


@cache
def reacting_verbs() -> frozenset[str]:
    """Verbs whose subject does something about an act, or suffers it, but does not do it: `data/roles.toml`."""
    table = tomllib.loads(files("casus.coding").joinpath("data/roles.toml").read_text("utf-8"))
    return frozenset(table["reacting"])


def choose_roles(sight: Sight, candidate: Candidate, models: Mapping[str, Logistic]) -> dict[str, list[Role]]:
    """Actors and recipients of a trigger, in text order."""
    frames = {side: frame_heads(sight, candidate, side) for side in SIDES}
    chosen: dict[str, list[Role]] = {side: [] for side in SIDES}
    for token in phrase_heads(sight, candidate):
        features = role_features(sight, candidate, token, frames)
        chances = {side: models[side].probability(features) for side in SIDES}
        side = max(SIDES, key=lambda s: chances[s])
        if chances[side] >= THRESHOLDS[side]:
            chosen[side].append(Role(token.i, chances[side], frames[side].get(token.i, "network")))
    return {side: drop_inner(sight, roles) for side, roles in chosen.items()}


def phrase_heads(sight: Sight, candidate: Candidate) -> list[Token]:
    """Heads of the noun phrases of the trigger's sentence that could be parties."""
    start, end = sentence_of(sight.doc[candidate.trigger])
    return [t for t in sight.doc[start:end] if t.i != candidate.trigger and is_phrase_head(sight, t, candidate.trigger)]


def is_phrase_head(sight: Sight, token: Token, trigger: int) -> bool:
    """Whether a word heads a phrase that could be a party of this trigger."""
    empty = token.lower_ in EMPTY and not (token.lower_ == "it" and _is_known(sight, token.i))
    if empty or token.i in sight.grounds.datelines:
        return False
    if token.pos_ in NOMINAL or (token.pos_ == "NUM" and token.dep_ not in ("nummod", "compound")):
        return token.dep_ not in NAME_PARTS or token.head.i == trigger or token.head.pos_ not in NOMINAL
    if not _is_known(sight, token.i):
        return False
    return token.dep_ not in ("amod", "compound") or token.head.i == trigger or _stands_before(token, trigger)


def _stands_before(token: Token, trigger: int) -> bool:
    """Whether only modifiers stand between a word and the trigger (`Israeli air [strike]`), whatever the tree says."""
    between = token.doc[token.i + 1 : trigger]
    return token.i < trigger <= token.i + 4 and all(
        t.pos_ in ("ADJ", "NOUN", "PROPN", "PUNCT", "VERB") for t in between
    )


def frame_heads(sight: Sight, candidate: Candidate, side: str) -> dict[int, str]:
    """Token index → slot of the phrases that the entry's frame (or the part of speech's usual one) points to."""
    head = sight.doc[candidate.head]
    if candidate.match:
        slots = candidate.match.entry.actor if side == "actor" else candidate.match.entry.to
    else:
        verb = head.pos_ in ("VERB", "AUX")
        slots = USUAL[("verb" if verb else "noun", side)]
    if side == "actor" and (holder := possessing_agent(sight, candidate)):
        return holder
    for group in slots:
        found = {t.i: slot for slot in group for t in with_conjuncts(_fill(sight, candidate, slot))}
        if found:
            return found
    return {}


def possessing_agent(sight: Sight, candidate: Candidate) -> dict[int, str]:
    """`Russia's arrest of X`: where an of-phrase names whom it befell, the possessor is who did it."""
    entry = candidate.match.entry if candidate.match else None
    if entry is None or entry.part != "noun" or not {("of",), ("poss",)} <= set(entry.to):
        return {}
    holders = _fill(sight, candidate, "poss") if _fill(sight, candidate, "of") else []
    return {t.i: "poss" for t in with_conjuncts(holders)}


def _fill(sight: Sight, candidate: Candidate, slot: str) -> list[Token]:
    """Phrases in a slot of the key's head or, for a preposition, of its other words (`imposed sanctions on X`)."""
    own = candidate.match.words if candidate.match else (candidate.trigger,)
    tokens = fill_slot(sight.doc[candidate.head], slot)
    if not tokens and slot not in SLOTS:
        tokens = [t for w in own if w != candidate.head for t in fill_slot(sight.doc[w], slot)]
    if (
        slot == "light"
        and (verb := light_verb(sight.doc[candidate.head])) is not None
        and verb.lemma_ in reacting_verbs()
    ):
        return []
    if slot == "compound":
        tokens = [t for t in tokens if _is_known(sight, t.i)]
    return [t for t in tokens if t.i not in own]


USUAL = {
    ("verb", "actor"): (("subj",),),
    ("verb", "recipient"): (("obj",),),
    ("noun", "actor"): (("poss",), ("by",), ("compound",), ("light",)),
    ("noun", "recipient"): (("of",), ("on",), ("against",), ("lobj",)),
}


def role_features(
    sight: Sight, candidate: Candidate, token: Token, frames: Mapping[str, Mapping[int, str]]
) -> dict[str, float]:
    """The signs by which a phrase is judged to be actor or recipient."""
    chances = sight.role_chances(candidate.trigger, token.i)
    head = sight.doc[candidate.head]
    features = {f"chance {name}": logit(p) for name, p in chances.items() if name in ("actor", "recipient", "source")}
    features |= {
        "known": float(_is_known(sight, token.i)),
        "pronoun": float(token.pos_ == "PRON"),
        "before": float(token.i < candidate.trigger),
        "near": 1.0 / (1 + abs(token.i - candidate.trigger)),
        "entry": float(candidate.match is not None),
        "subject": float(token in logical_subject(head)),
        "object": float(token in logical_object(head)),
        "any subject": float(token.dep_ in SUBJECTS or token.dep_ in PASSIVE_SUBJECTS),
        "place": float(token.i in sight.grounds.named),
        "possessor": float(token.dep_ == "nmod:poss" and token.head.i == candidate.trigger),
        "no network": float(not chances),
    }
    features |= place_features(candidate, token, head, subject=bool(features["subject"]), known=bool(features["known"]))
    for side in SIDES:
        if slot := frames[side].get(token.i):
            features |= {f"{side} frame": 1.0, f"{side} {slot}": 1.0}
        elif frames[side]:
            features[f"{side} elsewhere"] = 1.0
    return features


def place_features(candidate: Candidate, token: Token, head: Token, *, subject: bool, known: bool) -> dict[str, float]:
    """Where the phrase stands to the trigger: what that means differs from type to type and from noun to verb."""
    side = "before" if token.i < candidate.trigger else "after"
    named = {f"{candidate.type} {side}", f"relation {token.dep_}"}
    if subject:
        named.add(f"{candidate.type} subject")
    if known:
        named.add(f"{candidate.type} known")
    if token.head.i == candidate.trigger:
        named.add(f"{token.dep_} of trigger")
    if token.head.i == head.i:
        named.add(f"{token.dep_} of {head.pos_}")
    return dict.fromkeys(named, 1.0)


def _is_known(sight: Sight, token: int) -> bool:
    """Whether the phrase's country or sector is known from its own words, not from the ground it stands on."""
    mention = sight.facts.parties.get(token)
    if mention is None:
        return False
    return bool(mention.party.sectors or (mention.party.country and not mention.ground))


def drop_inner(sight: Sight, roles: list[Role]) -> list[Role]:
    """Without phrases that lie inside another chosen phrase."""
    heads = {r.head for r in roles}
    return [r for r in roles if not _is_inside(sight.doc[r.head], heads)]


def _is_inside(token: Token, heads: set[int]) -> bool:
    while token.dep_ in INSIDE and token.head.i != token.i:
        token = token.head
        if token.i in heads:
            return True
    return False
