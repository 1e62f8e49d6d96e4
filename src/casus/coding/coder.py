"""The coder: a read Doc and its facts become events. The steps in order; each lives in a module of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from spacy.tokens import Doc

from casus.coding.attribution import find_source, is_hedged
from casus.coding.candidates import Candidate, find_candidates, sentence_fields
from casus.coding.circumstances import choose_counts, choose_place, choose_time
from casus.coding.codes import cameo_code, choose_mode
from casus.coding.contexts import choose_contexts, count_contexts
from casus.coding.future import settle_future
from casus.coding.governors import Governor, find_governors
from casus.coding.grounds import index_facts
from casus.coding.lexicon import Lexicon
from casus.coding.match import find_matches
from casus.coding.modality import choose_modality
from casus.coding.roles import Role, choose_roles
from casus.coding.sight import Sight, sentence_of
from casus.coding.spans import party_of, text_span
from casus.logistic import Logistic, load_models
from casus.ontology import quad_of, score_of
from casus.records import Attribution, Event, Extent, Facts, Party, Quantity

UNEQUAL = frozenset({"visit", "third-party"})  # modes of CONSULT with a host or a client as recipient
PARTS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A candidate with its parties, before the rest of the record."""

    candidate: Candidate
    roles: Mapping[str, Sequence[Role]]


def code_events(doc: Doc, facts: Facts, lexicon: Lexicon) -> tuple[Event, ...]:
    """Events of one report in text order, numbered `e1`, `e2`, ….

    Args:
        doc: read by `casus.read` or any spaCy pipeline with Universal Dependencies.
        facts: what `casus.resolve` found in it.
        lexicon: from `load_lexicon`.
    """
    sight = see(doc, facts, lexicon)
    models = load_models("casus.coding")
    candidates = find_candidates(sight, models)
    counts = choose_counts(sight, candidates, models)
    report = count_contexts(doc)
    events: list[Event] = []
    governors = find_governors(doc, {c.trigger for c in candidates})
    for number, candidate in enumerate(candidates):
        draft = Draft(candidate, choose_roles(sight, candidate, models))
        event = build_event(sight, draft, models, counts.get(candidate.trigger, ()))
        contexts = choose_contexts(doc[candidate.trigger], report)
        evidence = {**event.evidence, **_tell_governor(doc, governors.get(candidate.trigger))}
        events.append(replace(event, id=f"e{number + 1}", contexts=contexts, evidence=evidence))
    return tuple(events)


def see(doc: Doc, facts: Facts, lexicon: Lexicon) -> Sight:
    """Bring together what the coder needs of one report."""
    reading = doc._.event_reading if Doc.has_extension("event_reading") else None
    matches, fields = find_matches(doc, lexicon, facts), sentence_fields(doc, lexicon.classes)
    return Sight(doc, facts, matches, reading, fields, index_facts(doc, facts))


def build_event(sight: Sight, draft: Draft, models: Mapping[str, Logistic], counts: Sequence[Quantity]) -> Event:
    """The event of one draft, all slots but its id and contexts."""
    candidate = draft.candidate
    modality = choose_modality(sight, candidate, models)
    time, place = choose_time(sight, candidate, models), choose_place(sight, candidate, models)
    attribution = source_party(sight, candidate, models)
    mode, origin = choose_mode(sight, candidate)
    start, end = sentence_of(sight.doc[candidate.trigger])
    span = text_span(sight.doc, start, end - 1)
    sides = {side: tuple(party_of(sight, r.head) for r in roles) for side, roles in draft.roles.items()}
    if meets_as_equals(sight, candidate, mode):
        sides = {"actor": sides["actor"] + sides["recipient"], "recipient": ()}
    event = Event(
        id="",
        trigger=text_span(sight.doc, candidate.trigger, candidate.trigger),
        sentence=Extent(span.start, span.end),
        type=candidate.type,
        mode=mode,
        cameo=cameo_code(candidate, mode),
        score=score_of(candidate.type, mode),
        quad=quad_of(candidate.type),
        actors=unique(sides["actor"]),
        recipients=unique(sides["recipient"]),
        modality=modality,
        attribution=attribution,
        hedged=is_hedged(sight, candidate),
        when=time.when if time else None,
        where=place.place if place else None,
        quantities=tuple(counts),
        confidence=round(candidate.probability, 3),
        evidence=_evidence(sight, draft, origin),
    )
    return settle_future(event)


def meets_as_equals(sight: Sight, candidate: Candidate, mode: str | None) -> bool:
    """In talks, calls and meetings, held or planned, all sides are actors; a visitor has a host, a mediator clients."""
    if candidate.type == "CONSULT":
        return mode not in UNEQUAL
    entries = [m.entry for m in sight.matches.get(candidate.trigger, ())]
    return candidate.type == "AGREE" and any(e.type == "CONSULT" and e.mode not in UNEQUAL for e in entries)


def source_party(sight: Sight, candidate: Candidate, models: Mapping[str, Logistic]) -> Attribution | None:
    """Who says so, as a record."""
    source = find_source(sight, candidate, models["source"])
    if source is None:
        return None
    party = party_of(sight, source.head)
    cue = text_span(sight.doc, *source.cue) if source.cue else None
    token = sight.doc[source.head]
    named = any(
        t.pos_ == "PROPN" and t.ent_type_ in ("PERSON", "ORG", "GPE")
        for t in (token, *token.children)
        if t.dep_ != "nmod"
    )
    return Attribution(
        party.start,
        party.end,
        party.text,
        party.name,
        party.id,
        party.country,
        party.sectors,
        stance=source.stance,
        named=named,
        cue=cue,
    )


def unique(parties: Sequence[Party]) -> tuple[Party, ...]:
    """Each span once."""
    return tuple({(p.start, p.end): p for p in parties}.values())


def _tell_governor(doc: Doc, governor: Governor | None) -> dict[str, Any]:
    """Where the trigger begins that this event hangs on in the tree, and by which relations."""
    return {"hangs on": {"start": doc[governor.trigger].idx, "by": governor.path}} if governor else {}


def _evidence(sight: Sight, draft: Draft, origin: str) -> dict[str, Any]:
    """What the coder used, in plain JSON values."""
    candidate = draft.candidate
    entry = candidate.match.entry if candidate.match else None
    return {
        "entry": entry.id if entry else None,
        "part": PARTS.get(sight.doc[candidate.trigger].pos_, "other"),
        "source": entry.source if entry else "network",
        "network": round(sight.type_chance(candidate.trigger, candidate.type), 3),
        "mode": origin,
        "rivals": tuple(
            m.entry.id for m in sight.matches.get(candidate.trigger, ()) if entry is None or m.entry.id != entry.id
        ),
        "slots": {side: tuple(r.slot for r in roles) for side, roles in draft.roles.items()},
    }
