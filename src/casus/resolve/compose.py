"""Country and sectors of a noun phrase, put together from its parts over the tree: "Iraqi" + "police" → IRQ COP.

What single words mean is asked of `meanings`; what a phrase leaves open is settled by `reference` and `ground`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from casus.ontology import NON_STATE
from casus.resolve.joint import RULE as JOINT
from casus.resolve.joint import is_joint
from casus.resolve.meanings import (
    NATIONAL,
    NOTHING,
    OFFICIAL,
    PLACE_KINDS,
    Meaning,
    Names,
    entity_text,
    own_meaning,
    part_meaning,
    person_name,
)
from casus.resolve.party_words import words
from casus.resolve.phrases import PLACING, TAILS, is_bare, is_several, preposition_of

COUNTING, FORMER, OFFICES, ARMS, OTHERS, STATIONED = (
    words(n) for n in ("counting", "former", "offices", "arms", "others", "stationed")
)
GROUPS_OF_STATES = frozenset(NON_STATE) - {"EUR"}
TITLE_RELATIONS = frozenset({"compound", "amod", "flat", "nmod:desc"})
TITLES = frozenset({"GOV", "LEG", "JUD", "OPP"})
POLITICIANS = frozenset({"GOV", "LEG", "JUD", "PTY", "OPP", "ELI", "REB", "UNK"})
FIGHTING = frozenset({"REB", "PRM", "COP", "UAF", "CRM"})
BODIES = frozenset({
    "REB", "PRM", "PTY", "OPP", "MIL", "LEG", "JUD", "COP", "SPY", "BUS", "LAB", "REL", "SOC", "JRN", "CRM", "UAF",
    "EDU", "MED", "GOV",
})  # fmt: skip
PLACES = PLACE_KINDS | NATIONAL
Part = tuple[Token, Meaning]


def compose(head: Token, names: Names) -> Meaning:
    """Put together the head's own meaning and what its modifiers add; `dozens of X` is X, `foreign troops` nobody's."""
    meaning, own = _compose(head, names), own_meaning(head, names)
    if own.id or meaning is NOTHING or not is_joint(head, allied=names.allied):
        return meaning
    return replace(meaning, country=own.country if own.country in NON_STATE else None, rule=JOINT)


def _compose(head: Token, names: Names) -> Meaning:
    if is_bare(head):
        own = own_meaning(head, names)
        if own.rule in PLACES:
            return _shape_name(head, own, (), names)
        return own if own.name or head.ent_type_ != "PERSON" else replace(own, name=entity_text(head))
    counted = counted_noun(head)
    if counted is not None:
        return compose(counted, names)
    own = own_meaning(head, names)
    parts = [(part, part_meaning(part, names)) for part in names.parts(head)]
    if own.country and own.rule != "agent" and (own.sectors or own.id):
        return _retire(head, _shape_name(head, own, parts, names))
    country = _country(head, own, parts)
    sectors = _sectors(head, own, parts)
    name = own.name or next((m.name for p, m in parts if p.dep_ in ("appos", "flat") and _is_person(m)), None)
    rule = own.rule if own.rule != "unknown" else ("parts" if country or sectors else "unknown")
    return _retire(head, Meaning(name or person_name(head), own.id, country, tuple(sectors), rule))


def counted_noun(head: Token) -> Token | None:
    """What a head that only counts (`thousands of`, `some of`, `a group of`) counts."""
    if not head.n_rights or (head.lemma_.lower() not in COUNTING and head.lower_ not in COUNTING):
        return None
    return next((c for c in head.children if c.dep_ == "nmod" and c.i > head.i and preposition_of(c) == "of"), None)


def _shape_name(head: Token, own: Meaning, parts: Sequence[Part], names: Names) -> Meaning:
    """A name with a country by its surroundings: a title before a person, a nationality before an organ, arms after."""
    if own.rule in PLACES:
        return replace(own, sectors=("MIL", *own.sectors)) if own.sectors != ("MIL",) and _bears_arms(head) else own
    if _is_person(own):
        return _give_title(own, parts)
    nation = next((m.country for p, m in parts if m.rule in PLACES and _touches(p, head, names)), None)
    return replace(own, country=nation, name=None, id=None) if nation and nation != own.country else own


def _give_title(own: Meaning, parts: Sequence[Part]) -> Meaning:
    """A politician by the title that the text gives (`President`, `opposition leader`) before that of the base."""
    title = next((m for p, m in reversed(parts) if m.rule == "agent" and p.dep_ in TITLE_RELATIONS), None)
    if own.country in NON_STATE or not title or not title.sectors or title.sectors[0] not in TITLES:
        return own
    if not own.sectors or own.sectors[0] not in POLITICIANS:
        return own
    return replace(own, sectors=tuple(dict.fromkeys((title.sectors[0], *own.sectors))))


def _touches(part: Token, head: Token, names: Names) -> bool:
    """Whether a word stands right before the name that a head belongs to: `Philippine` Department of Justice."""
    start = names.named[head.i].start
    return part.i == start - 1 or (part.i == start - 2 and head.doc[start - 1].lower_ in TAILS)


def _bears_arms(head: Token) -> bool:
    """Whether a country stands before or behind what its armed forces are or do: `Israeli` airstrikes."""
    first = head
    while first.dep_ == "conj":
        first = first.head
    if first.dep_ in ("amod", "compound", "nmod:poss"):
        return first.head.lemma_.lower() in ARMS
    return first.dep_ == "nmod" and preposition_of(first) in ("of", "from") and first.head.lemma_.lower() in ARMS


NATION, NAMED, OWNER, OWN, INNER, OF, BESIDE, LOCAL, NEVER = range(9)
"""Whose word on the country goes first: a nationality, a name before the noun, its owner, the noun itself, …"""


def _rank(part: Token, meaning: Meaning) -> int:
    if part.dep_ in TITLE_RELATIONS:
        nation = meaning.rule in PLACES and meaning.country not in NON_STATE and not _is_joined(part)
        return NATION if nation else NAMED
    if part.dep_ == "nmod:poss":
        return OWNER
    if part.dep_ == "appos":
        return BESIDE
    if part.dep_ != "nmod":
        return BESIDE
    preposition = preposition_of(part)
    if preposition in ("of", "from") or (preposition == "for" and part.head.lemma_.lower() in OFFICES):
        return OF
    return LOCAL if preposition in PLACING else NEVER


def _is_joined(part: Token) -> bool:
    """Whether `and` follows: in `Bosnian and U.N. diplomats` the nearer one tells whose."""
    return part.i + 1 < len(part.doc) and part.nbor(1).dep_ == "cc"


def _country(head: Token, own: Meaning, parts: Sequence[Part]) -> str | None:
    """The country that the first to speak tells; several states together, and people from several, have none."""
    if not parts:
        return own.country
    lemma = head.lemma_.lower()
    last = OF if lemma in STATIONED else LOCAL
    if any(p.dep_ == "nmod:poss" and p.pos_ == "PRON" for p, _ in parts):
        last = OWNER  # whose it is will be known when the pronoun is
    for rank, part, meaning in rank_parts(head, own, parts):
        if rank > last:
            return None
        if part.dep_ == "nmod" and is_several(part):
            return None
        if meaning.country and not (rank == OWNER and lemma in OTHERS):
            joint = rank > OF or meaning.country in GROUPS_OF_STATES
            return None if joint and is_several(head) else meaning.country
    return None


def rank_parts(head: Token, own: Meaning, parts: Sequence[Part]) -> list[tuple[int, Token, Meaning]]:
    """The parts in the order in which their word on the country counts, nearest first among equals."""
    ranked = [
        (_rank(p, m) if p.head.i == head.i else max(INNER, _rank(p, m), _rank(p.head, m)), p, m) for p, m in parts
    ]
    if own.country:
        ranked.append((OWN, head, own))
    return sorted(ranked, key=lambda r: (r[0], abs(r[1].i - head.i)))


def _sectors(head: Token, own: Meaning, parts: Sequence[Part]) -> list[str]:
    """The noun's own sectors, then those of names in it; of leaders and officials those of whom they lead first."""
    if not parts:
        return list(own.sectors)
    named = [s for p, m in parts if m.rule in ("name", "seat") and p.dep_ != "appos" for s in m.sectors]
    if own.sectors:
        body = _body(parts) if own.sectors[0] == "MIL" or head.lemma_.lower() in OFFICES else []
        first = body if own.sectors[0] != "MIL" or FIGHTING & set(body) else []
        return list(dict.fromkeys([*first, *own.sectors, *named]))
    beside = [s for p, m in parts if p.dep_ in ("appos", "flat") for s in m.sectors]
    titles = [s for p, m in parts if m.rule in ("agent", "name") and p.dep_ in TITLE_RELATIONS for s in m.sectors[:1]]
    return list(dict.fromkeys(named or beside[:1] or titles[:1]))


def _body(parts: Sequence[Part]) -> list[str]:
    """The first sector of the body that somebody belongs to or leads: `of the rebels`, `Hamas` leaders."""
    return next(
        (
            [m.sectors[0]]
            for p, m in parts
            if _rank(p, m) in (NAMED, OWNER, OF)
            and m.rule in ("name", "agent")
            and m.sectors
            and m.sectors[0] in BODIES
            and p.pos_ != "ADJ"
            and not _is_person(m)
            and not (m.id or "").startswith("peo-")
        ),
        [],
    )


def _is_person(meaning: Meaning) -> bool:
    return bool(meaning.id and meaning.id.startswith("per-"))


def _retire(head: Token, meaning: Meaning) -> Meaning:
    """Former officials are elites."""
    official = OFFICIAL & set(meaning.sectors[:1]) or _is_person(meaning) or head.lemma_.lower() in OFFICES
    if not official:
        return meaning
    if is_former(head):
        return replace(meaning, sectors=tuple(dict.fromkeys(("ELI", *meaning.sectors))))
    return meaning


def is_former(head: Token) -> bool:
    """Whether a phrase or the title in it says that an office is over."""
    titles = (c for c in head.children if c.dep_ in TITLE_RELATIONS)
    return any(
        c.lower_ in FORMER
        for word in (head, *titles)
        for c in (word, *word.children)
        if c.dep_ in ("amod", "compound", "advmod", "det")
    )
