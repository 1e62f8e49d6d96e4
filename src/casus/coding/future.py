"""Acts announced for the future become what their announcement is: AGREE or CONCEDE (ontology.md, "Future acts")."""

from __future__ import annotations

from dataclasses import replace

from casus.ontology import quad_of, score_of
from casus.records import Event

COMING = {"CONSULT": "AGREE", "SUPPORT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE", "RETREAT": "CONCEDE"}


def settle_future(event: Event) -> Event:
    """The event with the type of its announcement where it lies in the future; others unchanged."""
    if event.modality != "future" or event.type not in COMING:
        return event
    type_ = COMING[event.type]
    evidence = {**event.evidence, "future of": event.type}
    return replace(event, type=type_, mode=None, score=score_of(type_), quad=quad_of(type_), evidence=evidence)
