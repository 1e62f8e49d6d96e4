"""Who every noun phrase stands for: entity, country and sectors, composed over the tree.

The base gives what names and agent nouns mean; here the parts are put together: "Iraqi" + "police" → IRQ COP. What a
phrase leaves open is taken from the same name elsewhere, from its antecedent, and last from the report's country.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from casus.records import Party, PartyMention, PlaceMention, Span
from casus.resolve.base import Entity, KnowledgeBase, NameMatch
from casus.resolve.ground import Ground
from casus.resolve.party_words import words
from casus.resolve.phrases import nominal_heads, phrase_parts, phrase_span
from casus.resolve.reference import Referents

OFFICIAL = frozenset({"GOV", "LEG", "JUD"})
Locate = Callable[[str], str | None]
COUNTING = words("counting")
PLACE_KINDS = frozenset({"country", "capital", "seat"})
FORMER = words("former")
NO_YEAR = "9999"
NEAR_OFFICE = -0.1  # ten years from office at most, see _in_office
SOMEBODY = words("somebody")
TITLE_RELATIONS = frozenset({"compound", "amod", "flat", "nmod:desc"})


@dataclass(frozen=True, slots=True)
class Composed:
    """What the parts of a phrase say together, and the rule that said it."""

    name: str | None = None
    id: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    rule: str = "unknown"


@dataclass(frozen=True, slots=True)
class Names:
    """Matches of the base by token: the name or agent noun that covers a token."""

    named: Mapping[int, NameMatch]
    agents: Mapping[int, NameMatch]
    year: str
    locate: Locate | None = None


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
    found = own_parties(doc, base, published, locate=locate)
    ground = Ground(doc, found, places)
    return {i: ground.settle(m) for i, m in found.items()}


def own_parties(
    doc: Doc, base: KnowledgeBase, published: str | None = None, *, locate: Locate | None = None
) -> dict[int, PartyMention]:
    """Every noun phrase with what its words, the base and its antecedents tell, before the ground adds anything."""
    names = Names(_by_token(base.find_names(doc)), _by_token(base.find_agents(doc)), (published or NO_YEAR)[:4], locate)
    found: dict[int, PartyMention] = {}
    for head in nominal_heads(doc):
        composed = compose(head, names)
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
        if r.country in present and (year == NO_YEAR or _in_office(r, year) > NEAR_OFFICE)
    ]
    if len({(r.name, r.country) for r in rows}) != 1:
        return mention
    best = max(rows, key=lambda r: _in_office(r, year))
    party = replace(mention.party, name=best.name, id=best.id, country=best.country, sectors=best.sectors)
    return replace(mention, party=party, rule="surname")


def _by_token(matches: Sequence[NameMatch]) -> dict[int, NameMatch]:
    return {i: m for m in matches for i in range(m.start, m.end)}


def _party(span: Span, composed: Composed) -> Party:
    return Party(span.start, span.end, span.text, composed.name, composed.id, composed.country, composed.sectors)


def compose(head: Token, names: Names) -> Composed:
    """Put together the head's own meaning and what its modifiers add; `dozens of X` is X."""
    counted = counted_noun(head)
    if counted is not None:
        return compose(counted, names)
    own = own_meaning(head, names)
    if own.country and own.rule != "agent" and (own.sectors or own.id):
        return _retire(head, own)
    parts = [(part, part_meaning(part, names)) for part in phrase_parts(head)]
    country = own.country or next((m.country for _, m in parts if m.country), None)
    sectors = list(own.sectors)
    for part, meaning in parts:
        if part.dep_ in ("appos", "flat") and not sectors and meaning.sectors:
            sectors = list(meaning.sectors)
        elif (
            meaning.rule not in ("country", "adjective", "demonym", "capital", "unknown", "agent")
            and part.dep_ != "appos"
        ):
            sectors += [s for s in meaning.sectors if s not in sectors]
    if not sectors:
        sectors = [
            s
            for part, m in parts
            if m.rule in ("agent", "name") and part.dep_ in TITLE_RELATIONS
            for s in m.sectors[:1]
        ][:1]
    name = own.name or next(
        (m.name for part, m in parts if part.dep_ in ("appos", "flat") and m.id and m.id.startswith("per-")), None
    )
    rule = own.rule if own.rule != "unknown" else ("parts" if country or sectors else "unknown")
    return _retire(head, Composed(name or person_name(head), own.id, country, tuple(sectors), rule))


def counted_noun(head: Token) -> Token | None:
    """What a head that only counts (`thousands of`, `some of`, `a group of`) counts."""
    if head.lemma_.lower() not in COUNTING and head.lower_ not in COUNTING:
        return None
    return next(
        (
            c
            for c in head.children
            if c.dep_ == "nmod" and c.i > head.i and any(g.lower_ == "of" for g in c.children if g.dep_ == "case")
        ),
        None,
    )


def own_meaning(head: Token, names: Names) -> Composed:
    """What the head word itself (with the name or compound it ends) means."""
    match = names.named.get(head.i)
    if match and (match.end > head.i or match.start <= head.i):
        return _pick(match, head, names.year)
    agent = names.agents.get(head.i)
    if agent:
        entity = agent.entities[0]
        return Composed(None, None, entity.country, entity.sectors, "agent")
    if names.locate and head.ent_type_ == "GPE" and (country := names.locate(entity_text(head))):
        return Composed(None, None, country, ("GOV",), "capital")
    if head.lower_ in SOMEBODY or head.pos_ == "NUM":
        return Composed(sectors=("CVL",), rule="somebody")
    return Composed()


def entity_text(token: Token) -> str:
    """The words of the entity that a token belongs to, the token's own where it has none."""
    if not token.ent_type_:
        return token.text
    doc, start, end = token.doc, token.i, token.i + 1
    while start and doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return str(doc[start:end].text)


def part_meaning(part: Token, names: Names) -> Composed:
    """What a modifier means; a modifier's own modifiers count where it is a phrase (`the US Defence Department's`)."""
    own = own_meaning(part, names)
    if own.country or part.dep_ not in ("nmod", "nmod:poss", "appos"):
        return own
    inner = [own_meaning(p, names) for p in phrase_parts(part)]
    country = next((m.country for m in inner if m.country), None)
    return replace(own, country=country)


def _pick(match: NameMatch, head: Token, year: str) -> Composed:
    """Choose among the rows of a name: the office held in the report's year, a person where the reader sees one."""
    rows = list(match.entities)
    if head.ent_type_ == "PERSON":
        rows = [r for r in rows if r.id.startswith("per-")] or rows
    elif head.ent_type_ in ("GPE", "LOC"):
        rows = [r for r in rows if r.kind in PLACE_KINDS] or rows
    if head.pos_ == "ADJ" or (head.i + 1 < len(head.doc) and head.nbor(1).pos_ in ("NOUN", "PROPN")):
        rows = [r for r in rows if r.kind in ("adjective", "country")] or rows
    written = head.doc[match.start : match.end].text
    best = max(rows, key=lambda r: (_in_office(r, year), r.kind == "country", r.name == written, r.kind != "adjective"))
    sectors = best.sectors
    if best.id.startswith("per-") and best.end and best.end[:4] < year != NO_YEAR and OFFICIAL & set(sectors[:1]):
        sectors = ("ELI",)
    name = best.name if best.kind not in ("adjective", "demonym", "people", "religion") else None
    return Composed(
        name,
        best.id,
        best.country,
        sectors,
        best.kind if best.kind in (*PLACE_KINDS, "adjective", "demonym") else "name",
    )


def _in_office(row: Entity, year: str) -> float:
    """1 within the dates of the row, less the farther away the report's year lies."""
    start, end = row.start[:4] or "0000", row.end[:4] or "9999"
    if year == NO_YEAR:
        return 1.0 if not row.end else 0.5 + int(end) / 100000
    if start <= year <= end:
        return 1.0
    return -abs(int(year) - int(end if year > end else start)) / 100


def _retire(head: Token, composed: Composed) -> Composed:
    """Former officials are elites."""
    former = any(c.lower_ in FORMER for c in head.children if c.dep_ in ("amod", "compound", "advmod", "det"))
    if former and OFFICIAL & set(composed.sectors[:1]):
        return replace(composed, sectors=("ELI", *composed.sectors))
    return composed


def person_name(head: Token) -> str | None:
    """The name that the reader sees on the head, or on a title's apposition."""
    named = (t for t in (head, *(c for c in head.children if c.dep_ in ("flat", "appos"))) if t.ent_type_ == "PERSON")
    return next((entity_text(t) for t in named), None)
