"""Acts announced for the future become what their announcement is: AGREE or CONCEDE (ontology.md, "Future acts")."""

from __future__ import annotations

from dataclasses import replace

from casus.coding.candidates import COMING
from casus.coding.codes import usual_codes
from casus.ontology import quad_of, score_of
from casus.records import Event

SETTLED = frozenset({"AGREE", "CONCEDE"})  # a THREATEN takes its own actor's word, which the network and lexicon see


def settle_future(event: Event) -> Event:
    """The event with type, score and code of its announcement where it lies in the future; others unchanged."""
    type_ = COMING.get(event.type)
    if event.modality != "future" or type_ not in SETTLED:
        return event
    evidence = {**event.evidence, "future of": event.type}
    return replace(
        event,
        type=type_,
        mode=None,
        cameo=usual_codes()[type_],
        score=score_of(type_),
        quad=quad_of(type_),
        evidence=evidence,
    )
