"""Find the words that may name an act, weigh lexicon and network for each type, and keep the likely ones.

The lexicon proposes by its entries, the network by its probabilities. A logistic model (weights.json, `event alone`)
weighs what lexicon and tree say, another (`event`) that verdict against the network's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from casus.coding.match import Match
from casus.coding.sight import Sight
from casus.coding.signs import lies_ahead
from casus.coding.slots import fill_slot
from casus.logistic import Features, Logistic, logit

COMING = {
    "CONSULT": "AGREE",
    "SUPPORT": "AGREE",
    "COOPERATE": "AGREE",
    "AID": "AGREE",
    "RETREAT": "CONCEDE",
    "ASSAULT": "THREATEN",
    "COERCE": "THREATEN",
}
LEAST = 0.06  # types below this probability are not even weighed without a lexicon entry
THRESHOLD = (
    0.35  # type F1 is flat from 0.3 to 0.4 on reports that the network has not seen; wrong is worse than missing
)
NEIGHBOURS = 12  # triggers back that may name the same act; no sentence of the news has more
NETWORK = frozenset({"chance", "event chance", "share"})  # the signs that come from the network
FOREIGN = ("sport", "weather", "market", "health", "accident")  # word classes of false friends' fields
WORDS = frozenset({"VERB", "NOUN", "PROPN", "ADJ", "AUX", "NUM", "ADV"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that names an act of a type, with the entry that says so (if one does) and the odds."""

    trigger: int
    head: int
    type: str
    match: Match | None
    probability: float
    features: Features = field(hash=False)


def find_candidates(sight: Sight, models: Mapping[str, Logistic]) -> list[Candidate]:
    """The likely triggers in text order, one type each."""
    weighed = (best_candidate(sight, token, models) for token in sight.doc if token.pos_ in WORDS)
    return drop_doubles([c for c in weighed if c is not None and c.probability >= THRESHOLD], sight)


def best_candidate(sight: Sight, token: Token, models: Mapping[str, Logistic]) -> Candidate | None:
    """The most probable type of a word, None where neither lexicon nor network has a view."""
    weighed = list(weigh_types(sight, token))
    if not weighed:
        return None
    odds = [judge(f, models, alone=sight.reading is None) for *_, f in weighed]
    scored = [Candidate(token.i, *w[:3], p, w[3]) for w, p in zip(weighed, odds, strict=True)]
    return max(scored, key=lambda c: c.probability)


def judge(features: Features, models: Mapping[str, Logistic], *, alone: bool) -> float:
    """The probability that a word names an act of a type.

    Args:
        features: of `event_features`.
        models: with `event` and `event alone`.
        alone: whether there is no network to ask.
    """
    if alone:
        return models["event alone"].probability(words_alone(features))
    return models["event"].probability(weigh_verdicts(features, models["event alone"]))


def words_alone(features: Features) -> dict[str, float]:
    """The signs that lexicon and tree give."""
    return {name: value for name, value in features.items() if name not in NETWORK}


def weigh_verdicts(features: Features, alone: Logistic) -> dict[str, float]:
    """The network's signs, and the log-odds that lexicon and tree alone give."""
    network = {name: value for name, value in features.items() if name in NETWORK}
    return network | {"words": alone.score(words_alone(features))}


def weigh_types(sight: Sight, token: Token) -> Iterator[tuple[int, str, Match | None, Features]]:
    """(head, type, entry's match, features) of every type that lexicon or network proposes for a word."""
    matches = sight.matches.get(token.i, ())
    types = dict.fromkeys([m.entry.type for m in matches] + sight.likely_types(token.i, LEAST))
    types |= dict.fromkeys(COMING[t] for t in list(types) if t in COMING)
    for type_ in types:
        own = next((m for m in matches if m.entry.type == type_), None)
        yield own.head if own else token.i, type_, own, event_features(sight, token, type_, own)


def event_features(sight: Sight, token: Token, type_: str, match: Match | None) -> dict[str, float]:
    """The signs by which a word is judged to name an act of a type."""
    chance, others = (
        sight.type_chance(token.i, type_),
        [m for m in sight.matches.get(token.i, ()) if m.entry.type != type_],
    )
    features = {
        "chance": logit(chance),
        "event chance": logit(sight.event_chance(token.i)),
        "share": chance / max(sight.event_chance(token.i), 0.001),
        f"pos {token.pos_}": 1.0,
        f"type {type_}": 1.0,
        "rival entry": float(bool(others)),
        "modifier": float(token.dep_ in ("amod", "compound")),
    }
    ahead = float(lies_ahead(token))
    features |= {
        "ahead": ahead,
        f"ahead {type_}": ahead,
        f"announced {type_}": float(any(COMING.get(m.entry.type) == type_ for m in others)),
    }
    fields = sight.fields.get(token.sent.start, {})
    features |= {f"field {name}": 1.0 for name, words in fields.items() if any(i != token.i for i in words)}
    if match:
        features |= _match_features(sight, token, match)
    return features


def _match_features(sight: Sight, token: Token, match: Match) -> dict[str, float]:
    entry, head = match.entry, sight.doc[match.head]
    filled = {
        side: any(fill_slot(head, s) for group in slots for s in group)
        for side, slots in (("actor", entry.actor), ("to", entry.to))
    }
    return {
        "entry": 1.0,
        f"entry {entry.part}": 1.0,
        f"entry {entry.type}": 1.0,
        "long entry": float(len(entry.words) > 1),
        "needs": float(bool(entry.needs)),
        "entry actor": float(filled["actor"]),
        "entry to": float(filled["to"]),
        "light verb": float(
            bool(entry.light) and token.dep_ in ("obj", "nsubj:pass") and token.head.lemma_ in entry.light
        ),
    }


def sentence_fields(doc: Doc, classes: Mapping[str, frozenset[str]]) -> dict[int, dict[str, tuple[int, ...]]]:
    """First token of a sentence → field of false friends → the sentence's words of that field."""
    found: dict[int, dict[str, tuple[int, ...]]] = {}
    for sentence in doc.sents:
        lemmas = [(t.i, t.lemma_.lower()) for t in sentence]
        fields = {name: tuple(i for i, lemma in lemmas if lemma in classes.get(name, ())) for name in FOREIGN}
        found[sentence.start] = {name: indices for name, indices in fields.items() if indices}
    return found


def drop_doubles(found: list[Candidate], sight: Sight) -> list[Candidate]:
    """One act told with two words side by side is one event: of a key's words, of light verb and noun, one stays."""
    kept: list[Candidate] = []
    for candidate in found:
        rival = next((k for k in kept[-NEIGHBOURS:] if _is_same_act(k, candidate, sight)), None)
        if rival is None:
            kept.append(candidate)
        elif candidate.probability > rival.probability:
            kept[kept.index(rival)] = candidate
    return kept


def _is_same_act(a: Candidate, b: Candidate, sight: Sight) -> bool:
    """Whether two triggers are words of one entry, or a light verb and its noun of one type."""
    for one, other in ((a, b), (b, a)):
        if one.match and other.trigger in one.match.words and one.type == other.type:
            return True
    first, second = sight.doc[a.trigger], sight.doc[b.trigger]
    if a.type != b.type:
        return False
    return (second.head.i == first.i and second.dep_ in ("obj", "compound", "amod", "fixed", "flat")) or (
        first.head.i == second.i and first.dep_ in ("compound", "amod", "flat")
    )
