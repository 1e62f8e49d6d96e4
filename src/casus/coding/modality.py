"""Whether the text says that an act happened, will happen, may happen, or did not happen.

The signs of the tree and the network's view; a logistic model per modality (weights.json, `modality …`) decides.
"""

from __future__ import annotations

from collections.abc import Mapping

from casus.coding.candidates import Candidate
from casus.coding.sight import Sight
from casus.coding.signs import mood_signs
from casus.logistic import Logistic, logit
from casus.records import Modality

MODALITIES: tuple[Modality, ...] = ("actual", "future", "hypothetical", "negated")


def choose_modality(sight: Sight, candidate: Candidate, models: Mapping[str, Logistic]) -> Modality:
    """The modality of one trigger."""
    features = modality_features(sight, candidate)
    scores = {m: models[f"modality {m}"].score(features) for m in MODALITIES}
    return max(MODALITIES, key=lambda m: scores[m])


def modality_features(sight: Sight, candidate: Candidate) -> dict[str, float]:
    """Signs on the trigger and on the words that govern it."""
    token = sight.doc[candidate.trigger]
    features = {f"chance {m}": logit(p) for m, p in sight.modality_chances(candidate.trigger).items()}
    features |= {f"type {candidate.type}": 1.0, f"form {token.tag_}": 1.0, "no network": float(not features)}
    return features | mood_signs(token)
