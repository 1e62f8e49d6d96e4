"""Find who is the same as whom within a report: names and their short forms, nouns that take them up, pronouns.

Precision first: a mention joins a chain where it is likelier than not to belong; what stays open stays open. Sets
`doc._.clusters` as the spaCy component `casus_coreference`, from `doc._.quotes` where `casus_quotes` went before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

from spacy.language import Language
from spacy.tokens import Doc

from casus.logistic import Logistic
from casus.read.antecedents import Case, noun_cases, pronoun_cases, sole_group
from casus.read.chains import Chain, Chains
from casus.read.columns import Columns, read_columns
from casus.read.mentions import Mention, Phrase, find_phrases
from casus.read.names import match_names
from casus.read.quotes import Quote, find_quotes
from casus.read.signs import FORMS

# Probability at which a chain is taken; lower brings F1 on GUM's train part little and costs precision.
LEAST = {"he": 0.25, "it": 0.4, "they": 0.25, "noun": 0.33, "kind": 0.3}
SINGULAR = frozenset({"i", "me", "my", "mine", "myself"})
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no"})


def find_clusters(doc: Doc, quotes: Iterable[Quote]) -> tuple[tuple[Mention, ...], ...]:
    """Chains of at least two mentions, each in text order, by their first mention.

    Args:
        doc: with tags, tree, entities and sentences.
        quotes: its speech, from `find_quotes`.
    """
    columns = read_columns(doc)
    resolver = Resolver(columns, quotes)
    for phrase in find_phrases(columns):
        resolver.take(phrase)
    return resolver.finish()


@Language.component(
    "casus_coreference", assigns=["doc._.clusters"], requires=["token.dep", "token.lemma", "doc.ents", "doc.sents"]
)
def set_clusters(doc: Doc) -> Doc:
    """Component of a spaCy pipeline: sets `doc._.clusters`."""
    doc._.clusters = find_clusters(doc, doc._.quotes or find_quotes(doc))
    return doc


if not Doc.has_extension("clusters"):
    Doc.set_extension("clusters", default=())


@cache
def load_weights() -> Mapping[str, Logistic]:
    """The models that `train.coreference` fitted: he, it, they, noun, kind."""
    table = json.loads(files("casus.read").joinpath("data/coreference.json").read_text("utf-8"))
    return {name: Logistic(row["bias"], row["weights"]) for name, row in table["models"].items()}


class Resolver:
    """Puts the mentions of one report into chains, in text order.

    Args:
        columns: the report's words.
        quotes: its speech.
    """

    def __init__(self, columns: Columns, quotes: Iterable[Quote]) -> None:
        self.columns = columns
        self.chains = Chains(columns)
        self.spoken: dict[int, list[Quote]] = {}
        self.first: list[Phrase] = []
        for quote in quotes:
            for i in range(quote.start, quote.end):
                self.spoken.setdefault(i, []).append(quote)

    def take(self, phrase: Phrase) -> None:
        """Read one mention; speakers' I and we wait for the end, for the speaker often comes after."""
        if phrase.mention.kind == "pronoun" and phrase.word not in FORMS:
            self.first.append(phrase)
        else:
            self.chains.add(phrase, self.certain(phrase) or self.likeliest(self.cases(phrase)))

    def certain(self, phrase: Phrase) -> Chain | None:
        """The chain by grammar or name, without weighing."""
        if phrase.mention.kind == "pronoun":
            return self._reflexive(phrase)
        if phrase.mention.kind == "noun":
            return self._twin(phrase) or sole_group(self.chains, phrase)
        return self._twin(phrase) or self.chains.with_name(phrase)

    def cases(self, phrase: Phrase) -> Iterator[Case]:
        """What there is to weigh."""
        if phrase.mention.kind == "pronoun":
            yield from pronoun_cases(self.chains, phrase, self._speakers(phrase))
        elif phrase.mention.kind == "noun":
            yield from noun_cases(self.chains, phrase)

    def likeliest(self, cases: Iterable[Case]) -> Chain | None:
        """The best chain above what its model asks for."""
        weights = load_weights()
        best, chosen = 0.0, None
        for name, chain, features in cases:
            probability = weights[name].probability(features)
            if probability > max(best, LEAST[name]):
                best, chosen = probability, chain
        return chosen

    def _speakers(self, phrase: Phrase) -> frozenset[int]:
        return frozenset(
            q.speaker for q in self.spoken.get(phrase.mention.head, ()) if q.direct and q.speaker is not None
        )

    def _reflexive(self, phrase: Phrase) -> Chain | None:
        """The subject of the verb for himself, itself, themselves."""
        if not phrase.word.endswith(("self", "selves")):
            return None
        subjects = self.columns.kids(self.columns.heads[phrase.mention.head], "nsubj")
        return self.chains.by_head.get(subjects[0]) if subjects else None

    def _twin(self, phrase: Phrase) -> Chain | None:
        """The chain of what a mention stands in apposition to, or is said to be (`X is the president`)."""
        columns, i = self.columns, phrase.mention.head
        head = columns.heads[i]
        if (
            columns.relations[i] == "appos"
            and head in self.chains.by_head
            and head < i
            and columns.words[phrase.mention.start - 1] != ":"
        ):
            chain = self.chains.by_head[head]
            return chain if self._renames(phrase, chain, head) else None
        subjects = columns.kids(i, "nsubj") if columns.kids(i, "cop") and phrase.determiner in ("the", "poss") else []
        if not subjects or any(
            columns.lower[k] in NEGATIONS or columns.tags[k] == "SCONJ" for k in columns.children[i]
        ):
            return None
        return self.chains.by_head.get(subjects[0]) if subjects[0] < i else None

    def _renames(self, phrase: Phrase, chain: Chain, head: int) -> bool:
        """Whether an apposition is no list, no place within a place, and no other name but in brackets."""
        if len(self.columns.kids(head, "appos")) > 1 or phrase.word.isdigit() or phrase.number != chain.last.number:
            return False
        if phrase.mention.kind == "name" and chain.names:
            before = self.columns.words[phrase.mention.start - 1]
            return match_names(phrase, chain.names[-1]) or (before == "(" and phrase.label == chain.label == "ORG")
        return True

    def finish(self) -> tuple[tuple[Mention, ...], ...]:
        """Give I and we to their speakers, and tell the chains."""
        ours: dict[tuple[int, bool], Chain] = {}
        for phrase in self.first:
            one = phrase.word in SINGULAR
            quote = next((q for q in self.spoken.get(phrase.mention.head, ()) if q.direct), None)
            speaker = self.chains.by_head.get(quote.speaker) if quote and quote.speaker is not None else None
            if quote is None:
                key = (-1, one)
            elif speaker is not None:
                key = (id(speaker), one)
            else:
                key = (quote.start, one)
            if (
                key not in ours
                and speaker is not None
                and (one or speaker.sort in ("group", "place") or speaker.number == "p")
            ):
                ours[key] = speaker
            ours[key] = self.chains.add(phrase, ours.get(key))
        found = (sorted({p.mention for p in c.phrases}, key=lambda m: (m.start, -m.end)) for c in self.chains.chains)
        return tuple(sorted((tuple(c) for c in found if len(c) > 1), key=lambda c: c[0].start))
