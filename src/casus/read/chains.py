"""Chains of mentions while a report is read: what is known of each so far, and how to find them again."""

from __future__ import annotations

from collections.abc import Iterator

from casus.read.columns import Columns
from casus.read.mentions import Phrase, Sort
from casus.read.names import SHORT_TITLES, match_names, name_keys, standard_name

MOST_FORMS = 3  # mentions by name of a chain that a new name is compared with


class Chain:
    """Mentions of one somebody or something.

    `nouns` are the lemmas it was called by and its titles; `number`, `gender`, `sort` and `label` the first told.
    """

    __slots__ = ("gender", "label", "modifiers", "names", "nouns", "number", "phrases", "sort")

    def __init__(self) -> None:
        self.phrases: list[Phrase] = []
        self.names: list[Phrase] = []
        self.nouns: set[str] = set()
        self.modifiers: set[str] = set()
        self.number, self.gender, self.label = "", "", ""
        self.sort: Sort = ""

    def add(self, phrase: Phrase) -> None:
        """Take a mention in, and what it tells."""
        self.phrases.append(phrase)
        if phrase.mention.kind == "name":
            self.names.append(phrase)
        if phrase.mention.kind != "pronoun":
            self.nouns |= {phrase.word, *phrase.titles, *(SHORT_TITLES.get(t, t) for t in phrase.titles)}
            self.modifiers |= phrase.modifiers | phrase.titles
        self.number = self.number or phrase.number
        self.gender = self.gender or phrase.gender
        self.sort = self.sort or phrase.sort
        self.label = self.label or phrase.label

    @property
    def last(self) -> Phrase:
        """The mention read last."""
        return self.phrases[-1]


class Chains:
    """All chains of a report so far.

    Args:
        columns: the report's words.
    """

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.chains: list[Chain] = []
        self.by_head: dict[int, Chain] = {}
        self.read: list[tuple[Phrase, Chain]] = []
        self.by_noun: dict[str, list[Chain]] = {}
        self.by_name: dict[tuple[str, ...], list[Chain]] = {}
        self.by_key: dict[str, list[Chain]] = {}

    def add(self, phrase: Phrase, chain: Chain | None) -> Chain:
        """Put a mention into its chain, a new one for None."""
        if chain is None:
            chain = Chain()
            self.chains.append(chain)
        known = set(chain.nouns)
        chain.add(phrase)
        self.read.append((phrase, chain))
        self.by_head.setdefault(phrase.mention.head, chain)
        if phrase.bearer >= 0:
            self.by_head.setdefault(phrase.bearer, chain)
        for noun in chain.nouns - known:
            self.by_noun.setdefault(noun, []).append(chain)
        if phrase.mention.kind == "name":
            same = self.by_name.setdefault(standard_name(phrase.name), [])
            if chain not in same:
                same.append(chain)
            for key in name_keys(phrase.name):
                self.by_key.setdefault(key, []).append(chain)
        return chain

    def with_name(self, phrase: Phrase) -> Chain | None:
        """The chain that bears the name of a mention or a form of it; None if it fits two equally."""
        if not phrase.name:
            return None
        for chain in reversed(self.by_name.get(standard_name(phrase.name), ())):
            if match_names(phrase, chain.names[-1]):
                return chain
        near = {id(c): c for key in sorted(name_keys(phrase.name)) for c in self.by_key.get(key, ())}
        fits = [c for c in near.values() if any(match_names(phrase, n) for n in c.names[:MOST_FORMS])]
        full = [c for c in fits if any(len(n.name) > 1 for n in c.names)] or fits
        if len(full) > 1 and phrase.label != "PERSON":
            return None
        return max(full, key=lambda c: c.last.mention.start, default=None)

    def recent(self, phrase: Phrase, reach: int) -> Iterator[tuple[Phrase, Chain]]:
        """The last mention of every chain within so many sentences before, nearest first, but those that overlap it.

        Args:
            phrase: the mention that looks back.
            reach: sentences.
        """
        sentences, mention = self.columns.sentences, phrase.mention
        here, seen = sentences[mention.head], set()
        for other, chain in reversed(self.read):
            if here - sentences[other.mention.head] > reach:
                return
            if id(chain) in seen or overlap(phrase, other):
                continue
            seen.add(id(chain))
            yield other, chain


def overlap(a: Phrase, b: Phrase) -> bool:
    """Whether one mention holds the other."""
    return a.mention.start < b.mention.end and b.mention.start < a.mention.end
