"""Place names as keys: folds accents, case, hyphens and abbreviations so that spellings of one name meet.

Knows no places; it only says which strings count as the same name and which words tell what kind of place is meant.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from casus.resolve.place_words import words, words_by_kind

_SPECIAL = str.maketrans(
    {"ı": "i", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae"}
    | {"Æ": "ae", "œ": "oe", "ə": "a", "Ə": "a", "ħ": "h", "Ħ": "h"}
    | dict.fromkeys("-‐‑–—/,", " ")
)
_ABBREVIATED = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_ARTICLES = words("articles")
_DROPPED = re.compile(r"[^a-z0-9 ]")

KIND_WORDS = words_by_kind("kinds")
"""What kind of place a word names: `province` → `admin1`."""


@lru_cache(maxsize=65536)
def fold_name(name: str) -> str:
    """The key of a place name: plain lower-case letters and single spaces.

    >>> fold_name("Deir ez-Zor"), fold_name("Sana'a"), fold_name("St. Paul"), fold_name("Ürümqi")
    ('deir ez zor', 'sanaa', 'saint paul', 'urumqi')
    """
    plain = name.translate(_SPECIAL)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    words = _DROPPED.sub("", plain.lower().replace("&", " and ")).split()
    if len(words) > 1:
        words = [_ABBREVIATED.get(word, word) for word in words]
    return " ".join(words)


def strip_article(key: str) -> str | None:
    """The key without a leading article (`al hudaydah` → `hudaydah`); None without one."""
    first, _, rest = key.partition(" ")
    return rest if first in _ARTICLES and len(rest) > 2 else None


def strip_kind(key: str) -> tuple[str, str] | None:
    """The key without its kind word, and the kind it names (`anbar province` → `anbar`, `admin1`); None without one."""
    rest, _, last = key.rpartition(" ")
    if rest and last in KIND_WORDS:
        return rest, KIND_WORDS[last]
    first, _, rest = key.partition(" ")
    if rest and first in KIND_WORDS:
        return rest.removeprefix("of "), KIND_WORDS[first]
    return None
