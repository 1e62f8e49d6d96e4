"""The lexicon's own examples as training sentences: its breadth of words and modes, taught to the network.

An example says what its marked word is and who its marked parties are; of the other words it says nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from casus.coding.examples import parse_example
from casus.coding.lexicon import Entry, Lexicon
from casus.read.lemmas import lemma_of
from casus.records import Span
from train.examples import Example, Trigger

Word = tuple[int, int, str]
Tokenize = Callable[[str], list[list[Word]]]
SOURCE = "lexicon"


def lexicon_examples(lexicon: Lexicon, tokenize: Tokenize) -> list[Example]:
    """One example an entry, and one a counter-example whose word has no other reading in the lexicon."""
    types = trigger_types(lexicon.entries)
    found = [example for entry in lexicon.entries for example in _positive(entry, tokenize)]
    alone = [e for e in lexicon.entries if e.counter and len(e.words) == 1 and len(types[e.words[0]]) == 1]
    return found + [example for entry in alone for example in _negative(entry, tokenize)]


def trigger_types(entries: Iterable[Entry]) -> dict[str, Counter[str]]:
    """Trigger lemma → how many entries of each type it has."""
    types: dict[str, Counter[str]] = {}
    for entry in entries:
        types.setdefault(entry.words[entry.trigger], Counter())[entry.type] += 1
    return types


def _positive(entry: Entry, tokenize: Tokenize) -> Iterator[Example]:
    example = parse_example(entry.example)
    for sentence in tokenize(example.text):
        word = next((i for i, (start, end, _) in enumerate(sentence) if start <= example.trigger.start < end), None)
        if word is None:
            continue
        roles = dict.fromkeys(_inside(example.recipients, sentence), "recipient")
        roles |= dict.fromkeys(_inside(example.actors, sentence), "actor")
        roles.pop(word, None)
        mode = f"{entry.type}:{entry.mode}" if entry.mode else ""
        yield _example(sentence, Trigger(word, entry.type, mode, None, tuple(sorted(roles.items()))))


def _negative(entry: Entry, tokenize: Tokenize) -> Iterator[Example]:
    """The counter-example, where the word stands in it just once."""
    tag = {"verb": "VERB", "noun": "NOUN"}.get(entry.part, "ADJ")
    for sentence in tokenize(entry.counter or ""):
        same = [i for i, (*_, word) in enumerate(sentence) if lemma_of(word, tag) == entry.words[0]]
        if len(same) == 1:
            yield _example(sentence, Trigger(same[0], "", None, None, ()))


def _example(sentence: Sequence[Word], trigger: Trigger) -> Example:
    return Example(tuple(w for *_, w in sentence), SOURCE, None, None, (trigger,))


def _inside(spans: Sequence[Span], sentence: Sequence[Word]) -> list[int]:
    return [i for i, (start, end, _) in enumerate(sentence) if any(s.start <= start and end <= s.end for s in spans)]
