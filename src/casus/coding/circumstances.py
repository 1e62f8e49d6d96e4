"""Give a trigger its time, place and counts among what `resolve` found in its sentence.

Each mention goes to the trigger that network and tree point to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from spacy.tokens import Token

from casus.coding.candidates import Candidate
from casus.coding.sight import Sight, sentence_of
from casus.logistic import Logistic
from casus.records import PlaceMention, Quantity, QuantityKind, QuantityMention, TimeMention

# which counts an event of a type may have caused or had
KINDS: Mapping[str, frozenset[str]] = {
    "ASSAULT": frozenset(
        {"participants", "killed", "injured", "missing", "abducted", "displaced", "munitions", "vehicles"}
    ),
    "PROTEST": frozenset({"participants", "killed", "injured", "vehicles"}),
    "COERCE": frozenset({"arrested", "killed", "injured", "money", "displaced", "munitions", "vehicles"}),
    "MOBILIZE": frozenset({"troops", "vehicles", "munitions"}),
    "AID": frozenset({"money", "troops", "vehicles", "munitions"}),
    "SANCTION": frozenset({"money"}),
    "RETREAT": frozenset({"troops", "vehicles"}),
    "CONCEDE": frozenset({"troops", "money"}),
    "AGREE": frozenset({"money", "troops", "vehicles", "munitions"}),
    "COOPERATE": frozenset({"troops", "money", "vehicles", "munitions"}),
    "SUPPORT": frozenset({"money"}),
    "REQUEST": frozenset({"money", "troops"}),
    "ACCUSE": frozenset({"money"}),
    "THREATEN": frozenset({"troops", "money"}),
    "CONSULT": frozenset(),
    "REJECT": frozenset({"money"}),
}
HELD: Mapping[str, QuantityKind] = {"ASSAULT": "abducted", "COERCE": "arrested"}
# best F1 on reports that the network has not seen; for places it is flat from 0.3 to 0.5, so the safer end
LEAST = {"when": 0.25, "where": 0.4, "quantity": 0.3}
BESIDE = 6  # words between a count and its trigger
M = TypeVar("M", TimeMention, PlaceMention)


def choose_time(sight: Sight, candidate: Candidate, models: Mapping[str, Logistic]) -> TimeMention | None:
    """The time of the act among the times of its sentence."""
    mentions = sight.grounds.times.get(sight.grounds.sentence[candidate.trigger], ())
    return _choose(sight, candidate, mentions, models["when"], "when")


def choose_place(sight: Sight, candidate: Candidate, models: Mapping[str, Logistic]) -> PlaceMention | None:
    """The place of the act among the places of its sentence."""
    mentions = sight.grounds.places.get(sight.grounds.sentence[candidate.trigger], ())
    return _choose(sight, candidate, mentions, models["where"], "where")


def _choose(sight: Sight, candidate: Candidate, mentions: Sequence[M], model: Logistic, role: str) -> M | None:
    scored = [(model.probability(mention_features(sight, candidate, m, mentions, role)), m) for m in mentions]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= LEAST[role] else None


def mention_features(
    sight: Sight, candidate: Candidate, mention: TimeMention | PlaceMention, rivals: Sequence[object], role: str
) -> dict[str, float]:
    """The signs by which a time or place is judged to be the act's."""
    span = mention.span if isinstance(mention, TimeMention) else mention.place
    tokens = _tokens(sight, candidate, span.start, span.end)
    head = _top(tokens) if tokens else sight.doc[candidate.trigger]
    chances = [sight.role_chances(candidate.trigger, t.i).get(role, 0.0) for t in tokens]
    features = sight.network_sign("chance", max(chances, default=0.0)) | {
        "only": float(len(rivals) == 1),
        "steps": float(min(_steps(head, sight.doc[candidate.trigger]), 8)),
        "under": float(_is_under(head, sight.doc[candidate.trigger])),
        "before": float(head.i < candidate.trigger),
        "near": 1.0 / (1 + abs(head.i - candidate.trigger)),
        f"type {candidate.type}": 1.0,
        "noun": float(sight.doc[candidate.trigger].pos_ == "NOUN"),
        f"rule {mention.rule}": 1.0,
    }
    if isinstance(mention, TimeMention):
        return features | {"open": float(mention.when is None)} | _clause_signs(sight.doc[candidate.trigger])
    return features | {f"precision {mention.place.precision}": 1.0}


def _clause_signs(trigger: Token) -> dict[str, float]:
    """What part the trigger and its clause play in the sentence."""
    verb = next((t for t in (trigger, *trigger.ancestors) if t.pos_ in {"VERB", "AUX"}), trigger)
    return {f"part {trigger.dep_}": 1.0, f"clause {verb.dep_}": 1.0}


def choose_counts(
    sight: Sight, candidates: Sequence[Candidate], models: Mapping[str, Logistic]
) -> dict[int, list[Quantity]]:
    """Counts by trigger: each goes to the likeliest trigger of its sentence that may have such a count."""
    given: dict[int, list[Quantity]] = {}
    sentence = sight.grounds.sentence
    near: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        near.setdefault(sentence[candidate.trigger], []).append(candidate)
    for mention in sight.facts.quantities:
        rivals = [c for c in near.get(sentence[mention.head], ()) if kind_for(c.type, mention.quantity.kind)]
        scored = [(models["quantity"].probability(count_features(sight, c, mention, rivals)), c) for c in rivals]
        best = max(scored, key=lambda pair: pair[0], default=None)
        if best and best[0] >= LEAST["quantity"]:
            kind = kind_for(best[1].type, mention.quantity.kind) or mention.quantity.kind
            given.setdefault(best[1].trigger, []).append(replace(mention.quantity, kind=kind))
    return given


def kind_for(type_: str, kind: QuantityKind) -> QuantityKind | None:
    """The kind that a count has with an event of a type: who is captured in an attack is abducted, by police arrested.

    None where the type takes no such count.
    """
    kind = HELD.get(type_, kind) if kind in HELD.values() else kind
    return kind if kind in KINDS[type_] else None


def count_features(
    sight: Sight, candidate: Candidate, mention: QuantityMention, rivals: Sequence[object]
) -> dict[str, float]:
    """The signs by which a count is judged to belong to a trigger."""
    head, trigger = sight.doc[mention.head], sight.doc[candidate.trigger]
    quantity = mention.quantity
    kind = kind_for(candidate.type, quantity.kind) or quantity.kind
    gap = trigger.i - head.i
    chances = [
        sight.role_chances(candidate.trigger, t.i).get("quantity", 0.0)
        for t in _tokens(sight, candidate, quantity.start, quantity.end)
    ]
    return sight.network_sign("chance", max(chances, default=0.0)) | {
        "only": float(len(rivals) == 1),
        "steps": float(min(_steps(head, trigger), 8)),
        "under": float(_is_under(head, trigger)),
        "rivals": min(len(rivals), 4) / 4,
        f"kind {kind}": 1.0,
        f"{candidate.type} {kind}": 1.0,
        "soon after": float(0 < gap <= BESIDE),
        "just before": float(-BESIDE <= gap < 0),
        "near": 1.0 / (1 + abs(head.i - trigger.i)),
        "before": float(head.i < trigger.i),
        "vague": float(quantity.max is None),
        "single": float(quantity.min == quantity.max == 1),
        f"rule {mention.rule}": 1.0,
    }


def _tokens(sight: Sight, candidate: Candidate, start: int, end: int) -> list[Token]:
    first, last = sentence_of(sight.doc[candidate.trigger])
    return [t for t in sight.doc[first:last] if start <= t.idx < end]


def _top(tokens: Sequence[Token]) -> Token:
    """The word of a span whose head lies outside it."""
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), tokens[-1])


def _ancestors(token: Token) -> Iterable[int]:
    yield token.i
    while token.head.i != token.i:
        token = token.head
        yield token.i


def _steps(a: Token, b: Token) -> int:
    """Length of the path between two words in the tree."""
    above = {i: n for n, i in enumerate(_ancestors(a))}
    return next((n + above[i] for n, i in enumerate(_ancestors(b)) if i in above), 20)


def _is_under(token: Token, above: Token) -> bool:
    return above.i in set(_ancestors(token))
