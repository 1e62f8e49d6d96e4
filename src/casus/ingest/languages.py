"""Which language a text is in, by its script and its most frequent small words; for refusing reports, nothing finer.

Twenty small words make up about a third of running text in most languages, so a few dozen words of text tell. Short
texts and lists of names get the benefit of the doubt.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LOOKED_AT = 4000  # characters
FEWEST_WORDS = 20
FEWEST_LETTERS = 30
LETTERS = 400  # whose script is looked up
FEWEST_SMALL = 0.05  # share of English small words below which a longer text is no English; news has 0.25 to 0.45
SURE_WORDS = 60
UNKNOWN = "und"
WORD = re.compile(r"[^\W\d_]{2,}")  # single letters are mostly initials
# Scripts that are, or mostly are, written in one language; the first word of the Unicode names of their letters.
SCRIPTS = {
    "CJK": "zh", "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "THAI": "th", "HEBREW": "he", "GREEK": "el",
    "DEVANAGARI": "hi", "BENGALI": "bn", "TAMIL": "ta", "GEORGIAN": "ka", "ARMENIAN": "hy", "ETHIOPIC": "am",
    "ARABIC": "ar", "CYRILLIC": "ru",
}  # fmt: skip


def guess_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of a text, `und` for one we do not know, None where too little is said.

    >>> guess_language("The two sides said on Monday they had agreed to a truce of ten days in the north of it all.")
    'en'
    >>> guess_language("Troops near Kirkuk") is None
    True
    """
    start = text[:LOOKED_AT]
    script = _main_script(start)
    if script is None:
        return None
    words = Counter(WORD.findall(start.lower()))
    best, share = _best_match(words)
    if script != "LATIN":
        return best if share >= FEWEST_SMALL and best != "en" else SCRIPTS.get(script, UNKNOWN)
    if share >= FEWEST_SMALL:
        return best if words.total() >= FEWEST_WORDS else None
    return UNKNOWN if words.total() >= SURE_WORDS else None


def _main_script(text: str) -> str | None:
    """Return the script of most letters: Japanese if a tenth is kana; None where there are few."""
    letters = [character for character in text if character.isalpha()][:LETTERS]
    if len(letters) < FEWEST_LETTERS:
        return None
    scripts = Counter(unicodedata.name(letter, "?").partition(" ")[0] for letter in letters)
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > len(letters) / 10:
        return "HIRAGANA"
    return scripts.most_common(1)[0][0]


def _best_match(words: Counter[str]) -> tuple[str, float]:
    """Return the language whose small words make up most of `words`, and their share; English if it comes near."""
    shares = {code: sum(words[word] for word in small) for code, small in _small_words().items()}
    best = max(shares, key=lambda code: (shares[code], code == "en"))
    if shares["en"] > shares[best] / 2:
        best = "en"
    return best, shares[best] / max(1, words.total())


@cache
def _small_words() -> Mapping[str, frozenset[str]]:
    table = (files("casus.ingest") / "data" / "small_words.tsv").read_text("utf-8").splitlines()[1:]
    return {code: frozenset(words.split()) for code, _, words in (row.split("\t") for row in table)}
