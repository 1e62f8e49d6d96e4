"""Which chains a pronoun or a noun may go to at all: reach, gender, number, kind, the clause it stands in.

How likely each is, is told by the signs of `casus.read.signs`, weighed in `casus.read.coreference`.
"""

from __future__ import annotations

from collections.abc import Iterator

from casus.read.chains import Chain, Chains, overlap
from casus.read.columns import Columns
from casus.read.mentions import Phrase
from casus.read.signs import (
    FORMS,
    GIVEN,
    NEW,
    SCALES,
    Features,
    kind_signs,
    noun_signs,
    pronoun_signs,
)
from casus.read.word_lists import load_lists

REACH = {"he": 5, "it": 2, "they": 3, "kind": 8, "group": 2}  # sentences back
LOWEST_RANK = 6
Case = tuple[str, Chain, Features]  # model, chain, signs


def pronoun_cases(chains: Chains, phrase: Phrase, speakers: frozenset[int]) -> Iterator[Case]:
    """Every chain that a third-person pronoun may go to.

    Args:
        chains: what has been read so far.
        phrase: the pronoun.
        speakers: heads of those whose words it stands in; they do not speak of themselves as he or they.
    """
    form, columns = FORMS[phrase.word], chains.columns
    barred = {id(chains.by_head[s]) for s in speakers if s in chains.by_head}
    rank = 0
    for other, chain in chains.recent(phrase, REACH[form]):
        if id(chain) in barred or not agrees(phrase, chain, form) or shares_clause(columns, phrase, other):
            continue
        signs = pronoun_signs(columns, phrase, other, chain)
        signs["rank"] = float(min(rank, LOWEST_RANK))
        signs["nearest"] = float(rank == 0)
        yield form, chain, signs
        rank += 1


def agrees(phrase: Phrase, chain: Chain, form: str) -> bool:
    """Whether gender, number and kind allow it.

    Args:
        phrase: the pronoun.
        chain: whom it may stand for.
        form: he, it or they.
    """
    if form == "he":
        human = chain.sort == "person" or bool(chain.names and not chain.sort)
        return human and chain.number != "p" and chain.gender in ("", phrase.gender)
    if form == "it":
        return chain.sort != "person" and chain.number != "p" and chain.gender in ("", "n")
    return chain.number == "p" or (chain.gender in ("", "n") and chain.label != "PERSON")


def shares_clause(columns: Columns, phrase: Phrase, other: Phrase) -> bool:
    """Whether both are arguments of one verb, or one holds the other; possessives and reflexives may go there."""
    i, j = phrase.mention.head, other.mention.head
    if overlap(phrase, other) or columns.heads[i] == j:
        return True
    if columns.relations[i] == "nmod:poss" or phrase.word.endswith(("self", "selves")):
        return False
    return columns.heads[i] == columns.heads[j] and columns.relations[i] != "conj"


def noun_cases(chains: Chains, phrase: Phrase) -> Iterator[Case]:
    """Every chain that a common noun may take up: called by the same noun, or named and of its kind.

    Args:
        chains: what has been read so far.
        phrase: the noun.
    """
    if phrase.determiner in NEW:
        return
    same = chains.by_noun.get(phrase.word, ())
    for rank, chain in enumerate(sorted(same, key=lambda c: -c.last.mention.head)):
        if not any(overlap(phrase, p) for p in chain.phrases) and not _other_time(phrase, chain):
            yield "noun", chain, noun_signs(chains, phrase, chain, (rank, len(same)))
    if phrase.determiner in GIVEN and not phrase.modifiers:
        yield from _kind_cases(chains, phrase, {id(c) for c in same})


def _other_time(phrase: Phrase, chain: Chain) -> bool:
    """Whether two times are not told in the same words: this week, last week."""
    alike = phrase.modifiers == chain.last.modifiers and phrase.determiner == chain.last.determiner
    return phrase.word in load_lists("groups")["times"] and not alike


def _kind_cases(chains: Chains, phrase: Phrase, seen: set[int]) -> Iterator[Case]:
    """Named chains of the kind that the noun stands for: `the group`, `the country`, `the general`."""
    wanted = _wanted(phrase)
    found = []
    for other, chain in chains.recent(phrase, REACH["kind"]) if wanted else ():
        fits = chain.names and chain.label in wanted and id(chain) not in seen
        if fits and {chain.gender, phrase.gender} != {"m", "f"} and not any(overlap(phrase, p) for p in chain.phrases):
            found.append((other, chain))
    for rank, (other, chain) in enumerate(found):
        signs = kind_signs(chains.columns, phrase, other, chain)
        yield "kind", chain, signs | {f"rank {min(rank, LOWEST_RANK)}": 1.0, "alone": float(len(found) == 1)}


def sole_group(chains: Chains, phrase: Phrase) -> Chain | None:
    """The only body named of late, for `the group`; None where there are two.

    Args:
        chains: what has been read so far.
        phrase: the noun.
    """
    banded = phrase.word in load_lists("groups")["banded"] and phrase.number == "s"
    if not banded or phrase.determiner not in ("the", "this") or phrase.modifiers:
        return None
    near = [chain for _, chain in chains.recent(phrase, REACH["group"]) if chain.names and chain.label == "ORG"]
    same = [c for c in chains.by_noun.get(phrase.word, ()) if not c.names]
    return near[0] if len(near) == 1 and not same else None


def _wanted(phrase: Phrase) -> tuple[str, ...]:
    """Labels of names that a noun can stand for."""
    groups, people = load_lists("groups"), load_lists("people")
    if phrase.number == "p":
        return ()
    if any(phrase.word in people[key] for key in ("persons", "male_nouns", "female_nouns")):
        return ("PERSON",)
    places = ("GPE", "LOC") if any(phrase.word in groups[key] for key in SCALES) else ()
    return places + (("ORG",) if phrase.word in groups["organisations"] else ())
