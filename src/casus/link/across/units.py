"""Cut a text into what is compared: names, each one unit however many words it has, and the stems of all other words.

`Democratic Republic of the Congo` is one name and not three rare words. A name of several words also counts by its last
word, since reports shorten it so (`Ekrem İmamoğlu`, `İmamoğlu`). The word that opens a sentence is no name. Numbers and
words of one or two letters are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from casus.link.pairs import stem

WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_][\w’'-]*")
CAPITAL = r"(?:(?:[A-Z]\.){2,}|[A-Z]\.(?= )|[^\W\d_a-zß-öø-ÿ][\w’'-]*)"
NAME = re.compile(rf"(?<!\w){CAPITAL}(?: (?:(?:of|of the|for|and the|de|del|bin) )?{CAPITAL})*")
OPENING = re.compile(r"(?:^|[.!?:;\n][\"”’')]*)\s*[\"“‘(]*$")
SHORTEST = 3  # letters
KEPT = 512  # texts; those of one report are cut again for each of its incidents


@dataclass(frozen=True, slots=True)
class Units:
    """The names and the stems of the other words of a text, each once, in the order of the alphabet."""

    names: tuple[str, ...]
    words: tuple[str, ...]


@lru_cache(maxsize=KEPT)
def cut_units(text: str) -> Units:
    """The names and other words of a text."""
    names: set[str] = set()
    words: set[str] = set()
    for run in _runs(text):
        if run[0][0].isupper():
            names |= {_bare(" ".join(run)), _bare(run[-1])}
        else:
            words |= {stem(word) for word in run if len(word) >= SHORTEST}
    return Units(tuple(sorted(n for n in names if len(n) >= SHORTEST)), tuple(sorted(words)))


def _bare(name: str) -> str:
    return name.lower().removesuffix("'s").removesuffix("’s").rstrip(".'’")


def _runs(text: str) -> Iterator[list[str]]:
    """The words of a text one by one, lower case; capitalised ones that hang together as one run, as written."""
    done = 0
    for match in NAME.finditer(text):
        first = WORD.match(text, match.start())
        opens = first is not None and bool(OPENING.search(text[max(0, first.start() - 6) : first.start()]))
        start = first.end() if opens and first else match.start()
        yield from ([word.lower()] for word in WORD.findall(text[done:start]))
        rest = WORD.findall(text[start : match.end()])
        while rest and rest[0][0].islower():
            yield [rest.pop(0)]
        if rest:
            yield rest
        done = match.end()
    yield from ([word.lower()] for word in WORD.findall(text[done:]))
