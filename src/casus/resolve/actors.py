"""Who every noun phrase stands for: entity, country and sectors, composed over the tree.

The base gives what names and agent nouns mean; here the parts are put together: "Iraqi" + "police" → IRQ COP. What a
phrase leaves open is taken from the same name elsewhere, from its antecedent, and last from the report's country.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from spacy.tokens import Doc, Token

from casus.records import Party, PartyMention, PlaceMention, Span
from casus.resolve.base import KnowledgeBase, NameMatch
from casus.resolve.compose import compose
from casus.resolve.contested import grounds_told, settle_contested
from casus.resolve.ground import Ground
from casus.resolve.joint import tells_coalition
from casus.resolve.meanings import NO_YEAR, NOTHING, Locate, Meaning, Names, in_office, is_named_side
from casus.resolve.phrases import nominal_heads, phrase_span
from casus.resolve.reference import Referents

PARTS = frozenset({"compound", "flat", "nmod:desc"})
NEAR_OFFICE = -0.1  # ten years from office at most, see in_office


def find_parties(
    doc: Doc,
    base: KnowledgeBase,
    published: str | None = None,
    *,
    places: Sequence[PlaceMention] = (),
    locate: Locate | None = None,
) -> dict[int, PartyMention]:
    """Every noun phrase by the token index of its head.

    Args:
        doc: with tree and entities.
        base: from `load_base`.
        published: ISO date, for offices that change hands; None leaves the last holder.
        places: of the report; locals without a nationality belong to the country of the place.
        locate: country of a place name that the base does not know ("Northamptonshire police").
    """
    found = settle_contested(own_parties(doc, base, published, places=places, locate=locate), doc, places)
    ground = Ground(doc, *grounds_told(found, doc, places))
    return {i: ground.settle(m) for i, m in found.items()}


def own_parties(
    doc: Doc,
    base: KnowledgeBase,
    published: str | None = None,
    *,
    places: Sequence[PlaceMention] = (),
    locate: Locate | None = None,
) -> dict[int, PartyMention]:
    """Every noun phrase with what its words, the base and its antecedents tell, before the ground adds anything."""
    matches, agents = base.find_all(doc)
    named = [m for m in matches if not is_named_side(m, doc)]
    year, allied = (published or NO_YEAR)[:4], tells_coalition(doc)
    names = Names(_by_token(named), _by_token(agents), year, locate, _by_begin(places), allied=allied)
    found: dict[int, PartyMention] = {}
    for head in (*nominal_heads(doc), *_misread(doc, named)):
        composed = compose(head, names)
        if composed is NOTHING and head.dep_ in PARTS:
            continue
        span = phrase_span(head)
        found[head.i] = PartyMention(head.i, _party(span, composed), composed.rule)
    present = {m.party.country for m in found.values()}
    found = {i: by_surname(m, doc[i], present, base, names.year) for i, m in found.items()}
    referents = Referents(doc, found)
    return {i: referents.settle(m) for i, m in found.items()}


def by_surname(
    mention: PartyMention, head: Token, present: AbstractSet[str | None], base: KnowledgeBase, year: str
) -> PartyMention:
    """A bare surname ("Mr. Abbas") is the one known person of that name whose country the report names."""
    if mention.party.country or head.ent_type_ != "PERSON" or " " in (mention.party.name or ""):
        return mention
    rows = [
        r
        for r in base.surnames.get(head.text, ())
        if r.country in present and (year == NO_YEAR or in_office(r, year) > NEAR_OFFICE)
    ]
    if len({(r.name, r.country) for r in rows}) != 1:
        return mention
    best = max(rows, key=lambda r: in_office(r, year))
    party = replace(mention.party, name=best.name, id=best.id, country=best.country, sectors=best.sectors)
    return replace(mention, party=party, rule="surname")


def _misread(doc: Doc, matches: Sequence[NameMatch]) -> Iterator[Token]:
    """Names in capitals that the reader takes for another word: `IS` is a group where the base knows it as one."""
    for match in matches:
        token = doc[match.end - 1]
        if match.end - match.start == 1 and token.is_upper and token.pos_ in ("AUX", "VERB", "ADP", "X"):
            yield token


def _by_begin(places: Sequence[PlaceMention]) -> dict[int, str]:
    return {p.place.start: p.place.country for p in places if p.place.country}


def _by_token(matches: Sequence[NameMatch]) -> dict[int, NameMatch]:
    return {i: m for m in matches for i in range(m.start, m.end)}


def _party(span: Span, composed: Meaning) -> Party:
    return Party(span.start, span.end, span.text, composed.name, composed.id, composed.country, composed.sectors)
