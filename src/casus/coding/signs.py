"""Signs of mood on a word and on the words that govern it: tense, modals, intention, conditions, negation, failure.

Word lists are data (`data/modality.toml`). Judges nothing (`casus.coding.modality` and `candidates` do).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from spacy.tokens import Token

from casus.coding.slots import light_verb

REACH = 4  # governors looked at above the trigger
AHEAD = frozenset(
    {
        "own future_aux",
        "light future_aux",
        "above future_aux",
        "under xcomp intend",
        "under ccomp intend",
        "under acl intend",
        "under obj intend",
    }
)


@cache
def load_signs() -> Mapping[str, frozenset[str]]:
    """Word lists by sign: `data/modality.toml`."""
    text = files("casus.coding").joinpath("data/modality.toml").read_text("utf-8")
    return {name: frozenset(words) for name, words in tomllib.loads(text).items()}


def mood_signs(token: Token) -> dict[str, float]:
    """Signs on the trigger (`own`), its light verb (`light`) and the words above (`above`, `under RELATION LIST`)."""
    features = {f"own {sign}": 1.0 for sign in _signs(token)}
    verb = light_verb(token) if token.pos_ not in ("VERB", "AUX") else None
    if verb is not None:
        features |= {f"light {sign}": 1.0 for sign in _signs(verb)}
    for step, (above, relation) in enumerate(_governors(token)):
        features |= {f"above {sign}": 1.0 for sign in _signs(above)}
        features |= {
            f"under {relation} {name}": 1.0
            for name, words in load_signs().items()
            if above.lemma_.lower() in words and step < 2
        }
    return features


def lies_ahead(token: Token) -> bool:
    """Whether the text puts the act into the future."""
    return not AHEAD.isdisjoint(mood_signs(token))


def _governors(token: Token) -> Iterator[tuple[Token, str]]:
    """Words above a trigger, nearest first, with the relation that leads up to each."""
    for _ in range(REACH):
        if token.head.i == token.i or token.dep_ == "parataxis":
            return
        yield token.head, token.dep_.partition(":")[0]
        token = token.head


def _signs(token: Token) -> Iterator[str]:
    """Names of the signs that a word's own children carry."""
    lists = load_signs()
    for child in token.children:
        word = child.lower_
        if child.dep_ in ("aux", "aux:pass"):
            yield from (name for name in ("future_aux", "modal_aux", "conditional_aux") if word in lists[name])
        if word in lists["negation"]:
            yield "negation"
        if child.dep_ == "mark":
            yield from (name for name in ("condition", "infinitive") if word in lists[name])
    if any(c.dep_ == "punct" and c.lower_ == "?" for c in token.children):
        yield "question"
    if token.tag_ in ("VBD", "VBN"):
        yield "past"
