"""Which country people without a nationality belong to: that of the ground on which the report has them act.

Every country that the report names is weighed by where its places and parties stand beside the phrase: same sentence,
sentence before, paragraph, whole report. A logistic model, `ground` in weights.json, fitted by `train.grounds`, decides
and may leave the country open. Words and names that tell a country themselves are not its matter.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from spacy.tokens import Doc, Token

from casus.logistic import load_models
from casus.ontology import NON_STATE
from casus.records import Party, PartyMention, PlaceMention
from casus.resolve.joint import RULE as JOINT
from casus.resolve.joint import is_pair
from casus.resolve.party_words import words
from casus.resolve.phrases import is_from_several, is_several
from casus.resolve.told import SUBJECTS, Told, name_slot, tell_countries

RULE = "report's country"
THRESHOLD = -0.85  # log-odds; best share of right countries on annotated reports held out from the fit
GROUPS = {
    **dict.fromkeys(("GOV", "MIL", "LEG", "JUD", "COP", "SPY"), "state"),
    "": "open",
}
OWNERS = frozenset({"its", "their", "his", "her"})
GENERIC = words("generic")
WIDE = words("wide")
Signs = dict[str, float]


class Ground:
    """The countries of one report by where they are named.

    Args:
        doc: the report.
        found: its parties; those with a country tell where the report plays.
        places: its places, which tell it too.
    """

    def __init__(self, doc: Doc, found: Mapping[int, PartyMention], places: Sequence[PlaceMention]) -> None:
        self.doc = doc
        self.told = tell_countries(doc, found, places)
        self._shared: dict[int, dict[str, Signs]] = {}
        self._bases: dict[tuple[int, str], dict[str, float]] = {}

    def settle(self, mention: PartyMention) -> PartyMention:
        """The mention with the likeliest country of its ground, if one is likely enough."""
        own = mention.party
        if own.country or not may_have(mention, self.doc[mention.head]):
            return mention
        country = self.find_country(mention)
        if country is None or (country in NON_STATE and is_several(self.doc[mention.head])):
            return mention  # `member states` are not their alliance
        party = Party(own.start, own.end, own.text, own.name, own.id, country, own.sectors)
        return PartyMention(mention.head, party, f"{mention.rule}, {RULE}", ground=True)

    def find_country(self, mention: PartyMention) -> str | None:
        """The likeliest country, None where none is likely enough."""
        head, group = self.doc[mention.head], group_of(mention)
        base = self._base(head, group)
        if not base:
            return None
        weights, scores = group_weights(group), dict(base)
        for country, sign in set(self._near_signs(head, mention)):
            scores[country] += weights.get(sign, 0.0)
        best = max(scores, key=lambda c: (scores[c], c))
        return best if scores[best] + weigh(weights, own_signs(head, mention)) >= THRESHOLD else None

    def candidates(self, mention: PartyMention) -> dict[str, Signs]:
        """All signs for every country that the report names, as the model was taught with them."""
        head, group = self.doc[mention.head], group_of(mention)
        own, near = own_signs(head, mention), self._near(head, mention)
        rows = {c: {**signs, **near.get(c, {}), **own} for c, signs in self._stretches(head).items()}
        return {c: {**signs, **{f"{group}: {k}": v for k, v in signs.items()}} for c, signs in rows.items()}

    def _base(self, head: Token, group: str) -> dict[str, float]:
        """Log-odds of every country by what is alike for all phrases of a sentence and group."""
        key = self.told.sentence[head.i], group
        if key not in self._bases:
            weights, bias = group_weights(group), load_models("casus.resolve")["ground"].bias
            self._bases[key] = {c: bias + weigh(weights, s) for c, s in self._stretches(head).items()}
        return self._bases[key]

    def _stretches(self, head: Token) -> dict[str, Signs]:
        """Signs of every country by the sentence before, paragraph, first sentence and report."""
        sentence = self.told.sentence[head.i]
        if sentence not in self._shared:
            self._shared[sentence] = stretch_signs(self.told, sentence, self.told.paragraph[head.i])
        return self._shared[sentence]

    def _near(self, head: Token, mention: PartyMention) -> dict[str, Signs]:
        """Signs of the countries named in the same sentence, of the last ones named, and of the same word elsewhere."""
        signs: dict[str, Signs] = {}
        for country, sign in self._near_signs(head, mention):
            signs.setdefault(country, {})[sign] = 1.0
        return signs

    def _near_signs(self, head: Token, mention: PartyMention) -> Iterator[tuple[str, str]]:
        told, at = self.told, head.i
        number = told.sentence[at]
        for kind, seen in (("place", told.places), ("party", told.parties)):
            if before := bisect_left(seen.tokens, at):
                yield seen.countries[before - 1], f"last {kind}"
            for token, country, governor, _ in seen.of_sentence(number):
                yield country, f"{kind} left" if token < at else f"{kind} right"
                if governor == at:
                    yield country, f"{kind} child"
        yield from self._beside(head, number)
        if is_pair(head) and (first := self._first_of_pair(number)):
            yield first, "first of pair"
        if near := min(told.places.of_sentence(number), key=lambda seen: abs(seen[0] - at), default=None):
            yield near.country, "nearest place"
        if alike := told.words.get(head.lemma_.lower(), at):
            yield alike, "same word"
        if mention.party.sectors and (peer := told.sectors.get(mention.party.sectors[0], at)):
            yield peer, "same sector"

    def _beside(self, head: Token, number: int) -> Iterator[tuple[str, str]]:
        """Signs of the parties that share the phrase's governor, and of the subjects of the verb above it."""
        over, above, slot = head.head.i, predicate_over(head.head), name_slot(head)
        for token, country, governor, other in self.told.parties.of_sentence(number):
            if governor == over and token not in (head.i, over):
                yield country, f"beside {slot} {other}"
            elif governor == above and other in SUBJECTS:
                yield country, f"above {slot} {other}"

    def _first_of_pair(self, number: int) -> str | None:
        """The country named first in the nearest sentence, up to three back, that names just two."""
        for sentence in range(number - 1, max(number - 4, -1), -1):
            named = list(dict.fromkeys(seen.country for seen in self.told.parties.of_sentence(sentence)))
            if len(named) == 2:
                return named[0]
        return None


def may_have(mention: PartyMention, head: Token) -> bool:
    """Whether a phrase may take another country than it tells: no name but a person's, nobody from several states."""
    if mention.rule == JOINT or is_from_several(head) or any(t.lower_ in WIDE and t.text.istitle() for t in head.lefts):
        return False
    return bool(mention.party.sectors) or head.pos_ != "PROPN" or head.ent_type_ == "PERSON"


def predicate_over(word: Token) -> int:
    """The verb over the noun that governs a phrase: `bars` in `China bars trade with [the country]`."""
    while word.pos_ != "VERB" and word.head.i != word.i:
        word = word.head
    return int(word.i)


def group_of(mention: PartyMention) -> str:
    """The group of parties whose ground is judged alike: organs of a state, other locals, those of no known sector."""
    return GROUPS.get((mention.party.sectors or ("",))[0], "local")


@cache
def group_weights(group: str) -> Mapping[str, float]:
    """Weight of every sign for a group: its own on top of what it weighs for all."""
    weights = load_models("casus.resolve")["ground"].weights
    names = {name.removeprefix(f"{group}: ") for name in weights}
    return {name: weights.get(name, 0.0) + weights.get(f"{group}: {name}", 0.0) for name in names}


def weigh(weights: Mapping[str, float], signs: Signs) -> float:
    """Sum of the signs by their weights; a sign without a weight counts nothing."""
    return sum(weights.get(name, 0.0) * value for name, value in signs.items())


def own_signs(head: Token, mention: PartyMention) -> Signs:
    """Signs of the phrase itself, alike for all countries."""
    signs = {f"is {(mention.party.sectors or ('none',))[0]}": 1.0}
    determiners = {c.lower_ for c in head.lefts if c.dep_ in ("det", "nmod:poss")} if head.n_lefts else frozenset()
    if "the" in determiners:
        signs["definite"] = 1.0
    if determiners & OWNERS:
        signs["owned"] = 1.0
    if head.tag_ in ("NNS", "NNPS"):
        signs["plural"] = 1.0
        signs["generic plural"] = float(head.lemma_.lower() in GENERIC)
        signs["bare plural"] = float(not determiners)
    if head.pos_ == "PRON":
        signs["pronoun"] = 1.0
    if head.ent_type_ == "PERSON":
        signs["person"] = 1.0
    return signs


def stretch_signs(told: Told, sentence: int, paragraph: int) -> dict[str, Signs]:
    """How much of the sentence before, the paragraph, the first sentence and the report each country has."""
    signs: dict[str, Signs] = {c: {"spread": share} for c, share in told.spread.items()}
    for country in NON_STATE:
        if country in signs:
            signs[country]["no state"] = 1.0
    if len(signs) == 1:
        next(iter(signs.values()))["alone"] = 1.0
    for kind, seen in (("place", told.places), ("party", told.parties)):
        for name, share in (
            ("before", seen.sentences.get(sentence - 1)),
            ("paragraph", seen.paragraphs.get(paragraph)),
            ("first", seen.sentences.get(0)),
            ("report", seen.whole),
        ):
            total = share.total() if share else 0
            for country, count in share.items() if share else ():
                signs[country][f"{kind} {name}"] = count / total
    for country, count in told.organs.items():
        signs[country]["organs"] = count / told.organs.total()
    for name, votes in (("winner paragraph", told.votes.get(paragraph)), ("winner report", told.whole)):
        if votes and (winner := find_winner(votes)):
            signs[winner][name] = 1.0
    return signs


def find_winner(votes: Counter[str], lead: float = 1.2) -> str | None:
    """The country with a clear lead, None where two are about equal."""
    ranked = sorted(votes.items(), key=lambda v: (-v[1], v[0]))
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] >= lead * ranked[1][1] else None
