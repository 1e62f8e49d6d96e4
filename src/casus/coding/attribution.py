"""Find whom the text makes responsible for a statement: who says it, by cue word or by the network's view.

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
from casus.logistic import Logistic
from casus.records import Stance

CLAUSAL = frozenset({"ccomp", "parataxis", "xcomp", "csubj", "csubj:pass", "advcl"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
NAME_PARTS = frozenset({"compound", "flat", "nmod", "nmod:poss", "appos", "nmod:desc"})
PLAIN = frozenset(
    {
        "say",
        "tell",
        "report",
        "add",
        "announce",
        "confirm",
        "state",
        "claim",
        "accord",
        "according",
        "note",
        "write",
        "explain",
    }
)
FAINT = 0.15  # phrases that the network finds less likely a source are not weighed without a cue word
LEAST = 0.42  # probability at which a source is taken; best F1 on reports that the network has not seen


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so.

    `head` is the token of the phrase's head, `cue` first and last token of the cue, `path` the relations up to it.
    """

    head: int
    cue: tuple[int, int] | None
    stance: Stance
    rule: str
    path: tuple[str, ...] = ()


@cache
def load_cues() -> Mapping[str, frozenset[str]]:
    """Words by stance, and hedges: `data/attribution.toml`."""
    text = files("casus.coding").joinpath("data/attribution.toml").read_text("utf-8")
    return {name: frozenset(words) for name, words in tomllib.loads(text).items()}


def find_source(sight: Sight, candidate: Candidate, model: Logistic) -> Source | None:
    """The source of the statement that a trigger stands in, None for the reporter's own voice."""
    scored = [(model.probability(source_features(sight, candidate, s)), s) for s in possible_sources(sight, candidate)]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= LEAST else None


def possible_sources(sight: Sight, candidate: Candidate) -> list[Source]:
    """Everybody who could be the source, by cue word or by the network, each phrase once."""
    token = sight.doc[candidate.trigger]
    found = {s.head: s for s in (*network_sources(sight, candidate), *according_to(token), *sayings_above(token))}
    return list(found.values())


def source_features(sight: Sight, candidate: Candidate, source: Source) -> dict[str, float]:
    """The signs by which a phrase is judged to be the source."""
    trigger, verb = sight.doc[candidate.trigger], sight.doc[source.cue[0]] if source.cue else None
    chances = sight.role_chances(candidate.trigger, source.head)
    features = {
        f"rule {source.rule}": 1.0,
        f"stance {source.stance}": 1.0,
        f"type {candidate.type}": 1.0,
        "noun": float(trigger.pos_ == "NOUN"),
        "steps": float(len(source.path)),
    }
    for name in ("source", "actor"):
        features |= sight.network_sign(f"chance {name}", chances.get(name, 0.0))
    features |= {f"path {relation}": 1.0 for relation in source.path}
    if source.path:
        features[f"last {source.path[-1]}"] = 1.0
    if verb is not None:
        features |= {
            "plain": float(verb.lemma_.lower() in PLAIN),
            f"cue {verb.lemma_.lower()}": 1.0,
            "cue is act": sight.event_chance(verb.i),
        }
    return features


def sayings_above(token: Token) -> Iterator[Source]:
    """Verbs and nouns of saying whose content the trigger is in, farthest first; never the trigger itself."""
    found, path = [], []
    for below, above in _climb(token):
        path.append(below.dep_)
        verb = _saying_verb(below, above)
        subject = _sayer(verb, token) if verb is not None and verb.i != token.i else None
        if verb is not None and subject is not None:
            found.append(Source(subject.i, (verb.i, verb.i), stance_of(verb), "saying", tuple(path)))
    yield from reversed(found)


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
    return next(
        (c for c in (*below.children, *above.children) if c.dep_ == "parataxis" and is_saying(c) and c.i != below.i),
        None,
    )


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
        found = [
            c for c in verb.children if c.dep_ == "nmod:poss" or (c.dep_ == "nmod" and has_case(c, "by", "from", "of"))
        ]
    return next((t for t in found if t.lower_ not in ("it", "there", "this", "that") and t.i != token.i), None)


def according_to(token: Token) -> Iterator[Source]:
    """`according to X` anywhere in the trigger's sentence."""
    start, end = sentence_of(token)
    for word in token.doc[start:end]:
        if word.lower_ == "according" and word.i + 1 < end and word.nbor(1).lower_ == "to":
            head = word.head if word.dep_ in ("case", "mark", "fixed") else _object_of(word)
            if head is not None and head.i != token.i:
                yield Source(head.i, (word.i, word.i + 1), "states", "according")


def _object_of(according: Token) -> Token | None:
    return next((c for c in according.children if c.dep_ in ("obl", "nmod", "pobj", "obj")), None)


def network_sources(sight: Sight, candidate: Candidate) -> Iterator[Source]:
    """Heads of phrases that the network takes for a source."""
    start, end = sentence_of(sight.doc[candidate.trigger])
    chances = {
        t.i: sight.role_chances(candidate.trigger, t.i).get("source", 0.0)
        for t in sight.doc[start:end]
        if t.pos_ in NOMINAL
    }
    for i, chance in chances.items():
        token = sight.doc[i]
        if chance < FAINT or (token.dep_ in NAME_PARTS and chances.get(token.head.i, 0.0) >= FAINT):
            continue
        verb = token.head if is_saying(token.head) else None
        cue = (verb.i, verb.i) if verb is not None else None
        yield Source(i, cue, stance_of(verb) if verb is not None else "states", "network")


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
