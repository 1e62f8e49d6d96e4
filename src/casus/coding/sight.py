"""What the coder sees of one report, in one place: the Doc, its facts, the lexicon's matches, the network's reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spacy.tokens import Doc, Token

from casus.coding.grounds import Grounds
from casus.coding.match import Match
from casus.logistic import logit
from casus.records import Facts

ROLE_NAMES = ("actor", "recipient", "source", "where", "quantity", "when")


@dataclass(frozen=True, slots=True)
class Sight:
    """One report as the coder sees it. `reading` is None under a foreign spaCy pipeline.

    `fields` are the words of sports, weather and other fields of false friends, by the first token of their sentence.
    """

    doc: Doc
    facts: Facts
    matches: Mapping[int, Sequence[Match]]
    reading: Any | None
    fields: Mapping[int, Mapping[str, Sequence[int]]]
    grounds: Grounds

    def type_chance(self, token: int, type_: str) -> float:
        """The network's probability that this word is a trigger of the type; 0 without a network."""
        if self.reading is None:
            return 0.0
        return float(self.reading.events[token, self.reading.labels["events"].index(type_)])

    def event_chance(self, token: int) -> float:
        """The network's probability that this word is a trigger of any type."""
        return 0.0 if self.reading is None else 1.0 - float(self.reading.events[token, 0])

    def likely_types(self, token: int, least: float) -> list[str]:
        """Types that the network gives at least this probability."""
        if self.reading is None:
            return []
        row, names = self.reading.events[token], self.reading.labels["events"]
        return [names[k] for k in range(1, len(names)) if row[k] >= least]

    def role_chances(self, trigger: int, token: int) -> dict[str, float]:
        """The network's probability of each role of a word for a trigger; empty where it has no view."""
        if self.reading is None or trigger not in self.reading.roles:
            return {}
        words = self.reading.words[trigger]
        if not words[0] <= token <= words[-1]:
            return {}
        try:
            row = self.reading.roles[trigger][words.index(token)]
        except ValueError:
            return {}
        return {name: float(row[k]) for k, name in enumerate(self.reading.labels["roles"]) if name}

    def network_sign(self, name: str, chance: float) -> dict[str, float]:
        """A probability of the network as a sign, in log-odds; without a network the sign is that there is none."""
        return {"no network": 1.0} if self.reading is None else {name: logit(chance)}

    def best_mode(self, trigger: int, type_: str) -> tuple[str | None, float]:
        """The network's mode of the type (None for no mode) and its share among that type's modes."""
        if self.reading is None or trigger not in self.reading.modes:
            return None, 0.0
        row, names = self.reading.modes[trigger], self.reading.labels["modes"]
        own = {
            n.partition(":")[2] or None: float(row[k])
            for k, n in enumerate(names)
            if not n or n.startswith(f"{type_}:")
        }
        best = max(own, key=lambda n: own[n])
        return best, own[best] / (sum(own.values()) or 1.0)

    def modality_chances(self, trigger: int) -> dict[str, float]:
        """The network's probability of each modality; empty where it has no view."""
        if self.reading is None or trigger not in self.reading.modalities:
            return {}
        return dict(zip(self.reading.labels["modalities"], map(float, self.reading.modalities[trigger]), strict=True))


def sentence_of(token: Token) -> tuple[int, int]:
    """First and last-plus-one token of the sentence without white space at its ends."""
    return _bounds(token.doc)[token.i]


@lru_cache(maxsize=1)  # everything is asked of one report before the next; spaCy looks for the bounds anew each time
def _bounds(doc: Doc) -> list[tuple[int, int]]:
    """`sentence_of` of every token."""
    bounds: list[tuple[int, int]] = []
    spaces = [token.is_space for token in doc]
    for sentence in doc.sents:
        start, end = sentence.start, sentence.end
        while end > start + 1 and spaces[end - 1]:
            end -= 1
        while start < end - 1 and spaces[start]:
            start += 1
        bounds += [(start, end)] * (sentence.end - sentence.start)
    return bounds
