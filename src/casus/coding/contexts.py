"""Which of the 37 PLOVER contexts an event stands in, by the words of its sentence and report. The lists are data."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc, Token

from casus.coding.sight import sentence_of
from casus.errors import LexiconError
from casus.ontology import CONTEXTS

MOST = 3  # contexts an event may have
OWN, SHARED = 3.0, 0.25  # weight of a word in the event's sentence and elsewhere in the report
LEAST = 2.5


@cache
def load_words() -> Mapping[str, tuple[str, ...]]:
    """Lemma → the contexts it tells of: `data/contexts.toml`."""
    table = tomllib.loads(files("casus.coding").joinpath("data/contexts.toml").read_text("utf-8"))
    if unknown := set(table) - set(CONTEXTS):
        raise LexiconError(f"contexts.toml: unknown contexts {sorted(unknown)}, allowed {', '.join(CONTEXTS)}")
    index: dict[str, list[str]] = {}
    for context, words in table.items():
        for word in words:
            index.setdefault(word, []).append(context)
    return {word: tuple(contexts) for word, contexts in index.items()}


def count_contexts(doc: Doc) -> Counter[str]:
    """How often the report's words tell of each context."""
    words = load_words()
    return Counter(c for t in doc for c in words.get(t.lemma_.lower(), ()))


def choose_contexts(trigger: Token, report: Counter[str]) -> tuple[str, ...]:
    """The contexts of one event, most telling first."""
    start, end = sentence_of(trigger)
    words = load_words()
    own = Counter(c for t in trigger.doc[start:end] for c in words.get(t.lemma_.lower(), ()))
    weight = {c: OWN * n + SHARED * report[c] for c, n in own.items()}
    ranked = sorted((c for c in weight if weight[c] >= LEAST), key=lambda c: (-weight[c], c))
    return tuple(ranked[:MOST])
