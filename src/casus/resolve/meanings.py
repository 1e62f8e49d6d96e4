"""What single words of a phrase mean by the base: names, titles and agent nouns, each by what stands around it.

One word (with the name that covers it) at a time; `compose` puts the words of a phrase together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from casus.resolve.base import Entity, NameMatch
from casus.resolve.party_words import words
from casus.resolve.phrases import is_partisan, phrase_parts

PLACE_KINDS = frozenset({"country", "capital", "seat"})
NATIONAL = frozenset({"adjective", "demonym"})
NAMELESS = frozenset({"adjective", "demonym", "people", "religion"})
PLACE_IDS = frozenset({"cou-", "peo-"})
OFFICIAL = frozenset({"GOV", "LEG", "JUD"})
NO_YEAR = "9999"
SOMEBODY = words("somebody")
Locate = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word or phrase says of a party, and the rule that said it."""

    name: str | None = None
    id: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    rule: str = "unknown"


NOTHING = Meaning()
PEOPLE = Meaning(sectors=("CVL",), rule="somebody")


@dataclass(frozen=True, slots=True)
class Names:
    """What is known of the words of a report.

    `named` and `agents` are matches of the base by token; `year` is the report's; `locate` knows the country of a place
    by its name, `placed` by the character at which the report names it. `known` keeps what was asked before. `allied`
    is whether the report tells of a coalition that fights.
    """

    named: Mapping[int, NameMatch]
    agents: Mapping[int, NameMatch]
    year: str
    locate: Locate | None = None
    placed: Mapping[int, str] = field(default_factory=dict)
    known: dict[int, Meaning] = field(default_factory=dict)
    allied: bool = False

    def parts(self, head: Token) -> list[Token]:
        """The words of a phrase that may tell whose or what it is, those within the head's own name left out."""
        match, found = self.named.get(head.i), phrase_parts(head)
        return [p for p in found if not match.start <= p.i < match.end] if match else found


def own_meaning(head: Token, names: Names) -> Meaning:
    """What the word itself (with the name or compound it stands in) means."""
    if head.i not in names.known:
        names.known[head.i] = _find_meaning(head, names)
    return names.known[head.i]


def _find_meaning(head: Token, names: Names) -> Meaning:
    match = names.named.get(head.i)
    if match and not _is_namesake(match, head):
        return _pick(match, head, names)
    agent = names.agents.get(head.i)
    if agent:
        entity = agent.entities[0]
        return Meaning(None, None, entity.country, entity.sectors, "agent")
    if head.ent_type_ == "GPE" and (country := _placed(head, names)):
        return Meaning(None, None, country, ("GOV",), "capital")
    if head.pos_ == "NUM" or head.lower_ in SOMEBODY:
        return PEOPLE
    return NOTHING


def _is_namesake(match: NameMatch, head: Token) -> bool:
    """Whether a place or people only lends a person its name: `Vernon [Jordan]`, `[Paris] Hilton`."""
    if head.ent_type_ != "PERSON" or any(e.id[:4] not in PLACE_IDS for e in match.entities):
        return False
    doc = head.doc
    before = head.ent_iob_ == "I" and doc[match.start].ent_iob_ == "I"
    after = match.end < len(doc) and doc[match.end].ent_iob_ == "I"
    return before or after


def _placed(head: Token, names: Names) -> str | None:
    """The country of a place by where the report has it, else by what its name means most often."""
    if not head.text[0].isupper():
        return None
    if country := names.placed.get(entity_begin(head).idx):
        return country
    return names.locate(entity_text(head)) if names.locate else None


def part_meaning(part: Token, names: Names) -> Meaning:
    """What a modifier means; its own modifiers count where it is a phrase (`the US Defence Department's`)."""
    own = own_meaning(part, names)
    if own.country or part.dep_ not in ("nmod", "nmod:poss", "appos"):
        return own
    inner = (own_meaning(p, names) for p in phrase_parts(part))
    country = next((m.country for m in inner if m.country), None)
    return replace(own, country=country) if country else own


def entity_text(token: Token) -> str:
    """The words of the entity that a token belongs to, the token's own where it has none."""
    if not token.ent_type_:
        return token.text
    doc, start, end = token.doc, entity_begin(token).i, token.i + 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return str(doc[start:end].text)


def entity_begin(token: Token) -> Token:
    """The first word of the entity that a token belongs to."""
    doc, start = token.doc, token.i
    while start and doc[start].ent_iob_ == "I":
        start -= 1
    return doc[start]


def _pick(match: NameMatch, head: Token, names: Names) -> Meaning:
    """Choose among the rows of a name, and what the chosen one means in the report's year."""
    best = match.entities[0] if len(match.entities) == 1 else _choose(match, head, names)
    sectors = best.sectors
    if best.id.startswith("per-") and is_past(best, names.year) and OFFICIAL & set(sectors[:1]):
        sectors = ("ELI",)
    rule = best.kind if best.kind in PLACE_KINDS or best.kind in NATIONAL else "name"
    return Meaning(None if best.kind in NAMELESS else best.name, best.id, best.country, sectors, rule)


def _choose(match: NameMatch, head: Token, names: Names) -> Entity:
    """The row that fits best: a person where the reader sees one, of the phrase's country, in office that year."""
    rows = list(match.entities)
    if head.ent_type_ == "PERSON":
        rows = [r for r in rows if r.id.startswith("per-")] or rows
    elif head.ent_type_ in ("GPE", "LOC"):
        rows = [r for r in rows if r.kind in PLACE_KINDS] or rows
    if head.pos_ == "ADJ" or (head.i + 1 < len(head.doc) and head.nbor(1).pos_ in ("NOUN", "PROPN")):
        rows = [r for r in rows if r.kind in ("adjective", "country")] or rows
    if len(rows) == 1:
        return rows[0]
    written = head.doc[match.start : match.end].text
    near = _countries_near(match, head, names)
    return max(
        rows,
        key=lambda r: (
            r.country in near, in_office(r, names.year), r.kind == "country", r.name == written, r.kind != "adjective"
        ),
    )  # fmt: skip


def _countries_near(match: NameMatch, head: Token, names: Names) -> AbstractSet[str | None]:
    """Countries that the words before a name in its own phrase tell (`New Zealand Prime Minister` before it)."""
    parts = (p for p in phrase_parts(head) if not match.start <= p.i < match.end and p.i in names.named)
    return {e.country for p in parts for e in names.named[p.i].entities if e.kind in ("country", "adjective")}


def in_office(row: Entity, year: str) -> float:
    """1 within the dates of the row, less the farther away the report's year lies."""
    start, end = row.start[:4] or "0000", row.end[:4] or "9999"
    if year == NO_YEAR:
        return 1.0 if not row.end else 0.5 + int(end) / 100000
    if start <= year <= end:
        return 1.0
    return -abs(int(year) - int(end if year > end else start)) / 100


def is_past(row: Entity, year: str) -> bool:
    """Whether somebody's office was over by the report's year."""
    return bool(row.end) and row.end[:4] < year != NO_YEAR


def person_name(head: Token) -> str | None:
    """The name that the reader sees on the head, or on a title's apposition."""
    if head.ent_type_ == "PERSON":
        return entity_text(head)
    named = (c for c in head.children if c.dep_ in ("flat", "appos") and c.ent_type_ == "PERSON")
    return next(map(entity_text, named), None)


def is_named_side(match: NameMatch, doc: Doc) -> bool:
    """Whether a name only says whose side somebody else is on: `Lebanon's pro-[Syrian government]` is not Syria's."""
    first, last = doc[match.start], doc[match.end - 1]
    if match.end - match.start == 1 or not is_partisan(first):
        return False
    return any(c.i < match.start and c.dep_ in ("nmod:poss", "amod") and c.pos_ != "ADV" for c in last.children)
