"""The signs by which a chain is weighed as the antecedent of a pronoun or noun: named features for `casus.logistic`.

The weights are in `data/coreference.json`, fitted by `train.coreference`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from casus.read.chains import Chain, Chains
from casus.read.columns import Columns
from casus.read.mentions import Phrase
from casus.read.word_lists import load_lists

FORMS = {
    **dict.fromkeys(("he", "him", "his", "himself", "she", "her", "hers", "herself"), "he"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
}
NEW = frozenset({"a", "an", "another", "some", "any", "no", "every", "each", "several", "many", "few", "most"})
GIVEN = frozenset({"the", "this", "that", "these", "those", "poss"})
SCALES = ("countries", "cities", "regions")
Features = dict[str, float]


def pronoun_signs(columns: Columns, phrase: Phrase, other: Phrase, chain: Chain) -> Features:
    """Signs of a pronoun and a chain.

    Args:
        columns: the report's words.
        phrase: the pronoun.
        other: the chain's last mention.
        chain: whom it may stand for.
    """
    i, j = phrase.mention.head, other.mention.head
    far = columns.sentences[i] - columns.sentences[j]
    groups, clause = load_lists("groups"), columns.heads[i]
    within = columns.heads[j] in (clause, columns.heads[clause])
    signs = _hold({
        f"subject, {'same' if far == 0 else 'earlier'} sentence": other.subject,
        "subject to subject": other.subject and phrase.subject,
        "same pronoun": other.mention.kind == "pronoun" and FORMS.get(other.word) == FORMS.get(phrase.word),
        "gender told": bool(phrase.gender) and chain.gender == phrase.gender,
        "own subject": columns.relations[i] == "nmod:poss" and other.subject and within,
        "time": bool(chain.nouns & groups["times"]),
        "empty": bool(chain.nouns & groups["empty"]),
        "body": bool(chain.nouns & groups["bodies"]),
        f"kind {_kind(chain)}": True,
    })  # fmt: skip
    return (
        signs | _pair_signs(columns, i, other, far) | {"words": math.log1p(i - j), "size": math.log(len(chain.phrases))}
    )


def _kind(chain: Chain) -> str:
    return chain.label or f"{chain.sort or ('name' if chain.names else 'unknown')} {chain.number}"


def _hold(signs: Mapping[str, bool]) -> Features:
    """The signs that hold."""
    return {name: 1.0 for name, holds in signs.items() if holds}


def _pair_signs(columns: Columns, i: int, other: Phrase, far: int) -> Features:
    """Signs of any two mentions: how far apart, how the earlier one stands."""
    j = other.mention.head
    return _hold({
        f"far {min(far, 5)}": True,
        f"by {other.mention.kind}": True,
        f"relation {columns.relations[j]}": True,
        f"article {other.determiner}": True,
        "same relation": columns.relations[i] == columns.relations[j],
        "same paragraph": columns.paragraphs[i] == columns.paragraphs[j],
    })  # fmt: skip


def kind_signs(columns: Columns, phrase: Phrase, other: Phrase, chain: Chain) -> Features:
    """Signs of a noun and a named chain of its kind (`the country`, `the general`), arguments as in `pronoun_signs`."""
    i, groups = phrase.mention.head, load_lists("groups")
    far = columns.sentences[i] - columns.sentences[other.mention.head]
    signs = _hold({
        f"label {chain.label}": True,
        f"own article {phrase.determiner}": True,
        f"scale {next((k for k in SCALES if phrase.word in groups[k]), '')}": True,
        "subject": other.subject,
        "subject to subject": other.subject and phrase.subject,
        "title": phrase.word in chain.nouns,
        "in name": any(phrase.word in name.name for name in chain.names),
        "gender told": bool(phrase.gender) and chain.gender == phrase.gender,
    })  # fmt: skip
    return signs | _pair_signs(columns, i, other, far) | {"size": math.log(len(chain.phrases))}


def noun_signs(chains: Chains, phrase: Phrase, chain: Chain, rank: tuple[int, int]) -> Features:
    """Signs of a noun and a chain that was called by it.

    Args:
        chains: what has been read so far.
        phrase: the noun.
        chain: whom it may stand for.
        rank: how many chains called so were met later, and how many there are.
    """
    columns, last = chains.columns, chain.last
    article = phrase.determiner if phrase.determiner in GIVEN else "bare"
    before = last.determiner if last.determiner in GIVEN | NEW else "bare"
    far = columns.sentences[phrase.mention.head] - columns.sentences[last.mention.head]
    signs = _hold({
        f"article {article}": True,
        f"article {article} sort {chain.sort}": True,
        f"before {before}": True,
        f"number {'same' if phrase.number == chain.number else 'other'}": True,
        f"rank {min(rank[0], 3)}": True,
        f"relation {columns.relations[phrase.mention.head]}": True,
        "alone": rank[1] == 1,
        "named": bool(chain.names),
        "subject": phrase.subject,
    })  # fmt: skip
    sizes = {"far": math.log1p(max(far, 0)), "size": math.log(len(chain.phrases)), "rivals": math.log(rank[1])}
    return (
        signs
        | sizes
        | _modifier_signs(phrase, chain, article)
        | _owner_signs(chains, phrase, chain)
        | _list_signs(phrase)
    )


def _modifier_signs(phrase: Phrase, chain: Chain, article: str) -> Features:
    """What the noun's modifiers add to the chain's, and leave out."""
    own, known = phrase.modifiers, chain.modifiers
    more, less = min(len(own - known), 2), min(len(known - own), 2)
    signs = _hold({
        f"more {more}, less {less}": True,
        f"more {more} {article}": True,
        "same words": bool(own) and any(p.modifiers == own for p in chain.phrases),
        "clash": bool(own and known) and not own & known,
    })  # fmt: skip
    return signs | {"shared": float(len(own & known))}


def _owner_signs(chains: Chains, phrase: Phrase, chain: Chain) -> Features:
    """Whether both belong to the same somebody."""
    owners = [chains.by_head.get(p.owner) for p in chain.phrases if p.owner >= 0]
    if phrase.owner < 0 or not owners:
        return {"owner of one": 1.0} if phrase.owner >= 0 or owners else {}
    mine = chains.by_head.get(phrase.owner)
    return {"same owner": 1.0} if mine is not None and mine in owners else {"other owner": 1.0}


def _list_signs(phrase: Phrase) -> Features:
    groups = load_lists("groups")
    return {key: 1.0 for key in ("times", "empty", "organisations", "countries") if phrase.word in groups[key]}
