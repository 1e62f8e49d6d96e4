"""Find whom the text makes responsible for a statement: the saying verb above the act, "according to", or the quotation's speaker.

The reporter's own voice is None. Hedges ("reportedly") are read here too.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.tokens import Token

from casus.coding.candidates import Candidate
from casus.coding.sight import Sight, sentence_of
from casus.coding.slots import SUBJECTS, agents, has_case, logical_subject
from casus.records import Stance

CLAUSAL = frozenset({"ccomp", "parataxis", "xcomp", "csubj", "csubj:pass", "advcl"})
LEAST = 0.5  # network's probability of a source where no cue word leads to one
QUOTES = frozenset({'"', "“", "”", "``", "''"})


@dataclass(frozen=True, slots=True)
class Source:
    """The head of the source's phrase, the first and last token of the cue, and the stance (token indices)."""

    head: int
    cue: tuple[int, int] | None
    stance: Stance
    rule: str


@cache
def load_cues() -> Mapping[str, frozenset[str]]:
    """Words by stance, and hedges: `data/attribution.toml`."""
    text = files("casus.coding").joinpath("data/attribution.toml").read_text("utf-8")
    return {name: frozenset(words) for name, words in tomllib.loads(text).items()}


def find_source(sight: Sight, candidate: Candidate) -> Source | None:
    """The source of the statement that a trigger stands in."""
    token = sight.doc[candidate.trigger]
    return saying_above(token) or according_to(token) or network_source(sight, candidate)


def saying_above(token: Token) -> Source | None:
    """The nearest verb of saying whose content the trigger is in, unless it is the trigger itself."""
    for below, above in _climb(token):
        verb = _saying_verb(below, above)
        if verb is None or verb.i == token.i:
            continue
        subject = _sayer(verb, token)
        if subject is not None:
            return Source(subject.i, (verb.i, verb.i), stance_of(verb), "saying verb")
    return None


def _climb(token: Token) -> Iterator[tuple[Token, Token]]:
    """Pairs of a word and its head up to the root."""
    while token.head.i != token.i:
        yield token, token.head
        token = token.head


def _saying_verb(below: Token, above: Token) -> Token | None:
    """The verb of saying between two steps: above with the content below it, or a `X said` hung below the content."""
    if below.dep_ in CLAUSAL and is_saying(above):
        return above
    if below.dep_ == "acl" and is_saying(above):
        return above
    return next((c for c in (*below.children, *above.children) if c.dep_ == "parataxis" and is_saying(c) and c.i != below.i), None)


def is_saying(token: Token) -> bool:
    """Whether a word is a verb or noun of saying of any stance."""
    cues = load_cues()
    name = "verbs" if token.pos_ in ("VERB", "AUX") else "nouns"
    return token.lemma_.lower() in cues[name]


def _sayer(verb: Token, token: Token) -> Token | None:
    """Who says it; never the trigger's own pronoun subject `it`."""
    if verb.pos_ in ("VERB", "AUX"):
        found = logical_subject(verb) or agents(verb) or [c for c in verb.children if c.dep_ in SUBJECTS]
    else:
        found = [c for c in verb.children if c.dep_ == "nmod:poss" or (c.dep_ == "nmod" and has_case(c, "by", "from", "of"))]
    return next((t for t in found if t.lower_ not in ("it", "there", "this", "that") and t.i != token.i), None)


def according_to(token: Token) -> Source | None:
    """`according to X` anywhere in the trigger's sentence."""
    start, end = sentence_of(token)
    for word in token.doc[start:end]:
        if word.lower_ == "according" and word.i + 1 < end and word.nbor(1).lower_ == "to":
            head = word.head if word.dep_ in ("case", "mark", "fixed") else _object_of(word)
            if head is not None and head.i != token.i:
                return Source(head.i, (word.i, word.i + 1), "states", "according to")
    return None


def _object_of(according: Token) -> Token | None:
    return next((c for c in according.children if c.dep_ in ("obl", "nmod", "pobj", "obj")), None)


def network_source(sight: Sight, candidate: Candidate) -> Source | None:
    """The phrase that the network is sure is the source."""
    start, end = sentence_of(sight.doc[candidate.trigger])
    chances = {t.i: sight.role_chances(candidate.trigger, t.i).get("source", 0.0) for t in sight.doc[start:end] if t.pos_ in ("NOUN", "PROPN", "PRON")}
    best = max(chances, key=lambda i: chances[i], default=None)
    if best is None or chances[best] < LEAST:
        return None
    token = sight.doc[best]
    while token.dep_ in ("compound", "flat", "nmod", "nmod:poss", "appos") and chances.get(token.head.i, 0.0) >= LEAST / 2:
        token = token.head
    verb = token.head if is_saying(token.head) else None
    return Source(token.i, (verb.i, verb.i) if verb is not None else None, stance_of(verb) if verb is not None else "states", "network")


def stance_of(verb: Token) -> Stance:
    """What the saying verb makes of the statement."""
    cues, lemma = load_cues(), verb.lemma_.lower()
    stances: tuple[Stance, ...] = ("claims", "denies", "confirms", "accuses", "threatens")
    return next((s for s in stances if lemma in cues[s]), "states")


def is_hedged(sight: Sight, candidate: Candidate) -> bool:
    """Whether the clause itself holds back: reportedly, allegedly, suspected."""
    hedges, token = load_cues()["hedges"], sight.doc[candidate.trigger]
    near = [token, *token.children]
    for _, above in zip(range(2), (t for _, t in _climb(token)), strict=False):
        near += [c for c in above.children if c.dep_ == "advmod"]
    near += [g for c in token.children for g in c.children if g.dep_ == "amod"]
    return any(t.lower_ in hedges for t in near)
