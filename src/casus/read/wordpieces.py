"""Cut words into word pieces and name their shape: the reader's input, in plain Python.

Does what BERT's uncased tokenizer does for words that are already separated (Devlin et al. 2019, Wu et al. 2016);
it does not find words in raw text (`casus.read.tokens`).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from importlib.resources import files

UNKNOWN, CLASSIFY, SEPARATE = "[UNK]", "[CLS]", "[SEP]"
KNOWN = 100_000  # words whose pieces and shape are kept at hand
LONGEST_WORD = 64  # characters; BERT gives up at 100, no word of the news is longer than this

SHAPES = ("lower", "Title", "UPPER", "mixed", "digit", "alphanumeric", "punctuation", "initial", "other")


class WordPieces:
    """Word → ids of its pieces, cached.

    Args:
        vocabulary: one piece a line, its line number is its id; continuations start with `##`.
    """

    def __init__(self, vocabulary: list[str]) -> None:
        self.ids = {piece: number for number, piece in enumerate(vocabulary)}
        self.unknown = self.ids[UNKNOWN]
        self.classify = self.ids[CLASSIFY]
        self.separate = self.ids[SEPARATE]
        self._cache: dict[str, tuple[int, ...]] = {}

    def encode(self, word: str) -> tuple[int, ...]:
        """Ids of the pieces of one word; at least one.

        Args:
            word: a token without white space.
        """
        found = self._cache.get(word)
        if found is None:
            parts = [piece for part in split_punctuation(fold_word(word)) for piece in self._longest(part)]
            found = tuple(parts) or (self.unknown,)
            if len(self._cache) >= KNOWN:
                self._cache.clear()
            self._cache[word] = found
        return found

    def _longest(self, part: str) -> list[int]:
        """Greedy longest match from the left; the whole part is unknown where one piece is."""
        pieces, start = [], 0
        while start < len(part):
            prefix = "##" if start else ""
            end = next((e for e in range(len(part), start, -1) if prefix + part[start:e] in self.ids), None)
            if end is None:
                return [self.unknown]
            pieces.append(self.ids[prefix + part[start:end]])
            start = end
        return pieces


def load_wordpieces() -> WordPieces:
    """The vocabulary shipped with the reader (30,522 pieces, from all-MiniLM-L6-v2, Apache-2.0)."""
    text = files("casus.read").joinpath("data/wordpieces.txt").read_text("utf-8")
    return WordPieces(text.splitlines())


def fold_word(word: str) -> str:
    """Lower case without accents, as BERT's uncased vocabulary wants it."""
    decomposed = unicodedata.normalize("NFD", word[:LONGEST_WORD].lower())
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn")


def split_punctuation(word: str) -> list[str]:
    """Every punctuation mark or symbol on its own, the rest together."""
    parts: list[str] = []
    fresh = True
    for c in word:
        if c.isalnum() and not fresh:
            parts[-1] += c
        elif not c.isspace():
            parts.append(c)
        fresh = not c.isalnum()
    return parts


@lru_cache(maxsize=KNOWN)
def shape_of(word: str) -> int:
    """Index into SHAPES: what the uncased vocabulary forgets of a word."""
    if word.isalpha():
        return _letter_shape(word)
    if word.isdigit() or word.replace(",", "").replace(".", "").isdigit():
        return 4
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 6 if not any(c.isalnum() for c in word) else 8
    if any(c.isdigit() for c in word):
        return 5
    return _letter_shape("".join(letters))


def _letter_shape(word: str) -> int:
    if word.islower():
        return 0
    if len(word) == 1:
        return 7
    if word.isupper():
        return 2
    return 1 if word[0].isupper() and word[1:].islower() else 3
