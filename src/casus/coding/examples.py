"""Hold lexicon entries against their own examples: each matches at the marked word, and not in its counter-example.

Judges the matching alone, not the coder's decision. Reads no text itself: whoever calls brings the read sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from casus.coding.lexicon import Entry, Lexicon
from casus.coding.match import find_matches
from casus.records import Facts, Span

MARKS = re.compile(r"[*<>\[\]]")
SIDES = {"<": "actor", "[": "recipient"}

See = Callable[[Iterable[str]], Iterable[tuple[Doc, Facts]]]
"""Reads sentences: gives each one's Doc and facts, in their order."""


@dataclass(frozen=True, slots=True)
class Example:
    """An example without its marks, and what the marks enclosed."""

    text: str
    trigger: Span
    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """An entry that does not match its example, or (`counter`) matches its counter-example."""

    entry: Entry
    counter: bool = False

    @property
    def sentence(self) -> str:
        """The sentence that went wrong, as it stands in the entry."""
        return (self.entry.counter or "") if self.counter else self.entry.example


def parse_example(marked: str) -> Example:
    """Take the marks out of an example.

    >>> example = parse_example("<Rebels> *ambushed* [an army convoy] near Goma.")
    >>> example.text, example.trigger, [span.text for span in example.recipients]
    ('Rebels ambushed an army convoy near Goma.', Span(start=7, end=15, text='ambushed'), ['an army convoy'])
    """
    text = MARKS.sub("", marked)
    found: dict[str, list[Span]] = {"trigger": [], "actor": [], "recipient": []}
    start, side = 0, ""
    for dropped, mark in enumerate(MARKS.finditer(marked)):
        place = mark.start() - dropped
        if side and mark[0] in "*>]":
            found[side].append(Span(start, place, text[start:place]))
            side = ""
        else:
            start, side = place, SIDES.get(mark[0], "trigger")
    return Example(text, found["trigger"][0], tuple(found["actor"]), tuple(found["recipient"]))


def find_misses(entries: Sequence[Entry], lexicon: Lexicon, see: See) -> Iterator[Miss]:
    """Yield what goes wrong, in the order of the entries.

    Args:
        entries: those to test.
        lexicon: with their word classes.
        see: how to read sentences.
    """
    tests = [(entry, counter) for entry in entries for counter in (False, True) if not counter or entry.counter]
    texts = [entry.counter or "" if counter else parse_example(entry.example).text for entry, counter in tests]
    for (entry, counter), (doc, facts) in zip(tests, see(texts), strict=True):
        triggers = _find_triggers(doc, facts, entry, lexicon)
        wrong = bool(triggers) if counter else parse_example(entry.example).trigger.start not in triggers
        if wrong:
            yield Miss(entry, counter)


def _find_triggers(doc: Doc, facts: Facts, entry: Entry, lexicon: Lexicon) -> set[int]:
    """The characters at which this entry alone finds its trigger."""
    alone = Lexicon((entry,), {entry.words[entry.head]: (entry,)}, lexicon.classes)
    return {doc[trigger].idx for trigger in find_matches(doc, alone, facts)}
