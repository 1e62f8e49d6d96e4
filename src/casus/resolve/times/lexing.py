"""Cuts a text into words and gives each its class of time, so that the rules can be regular expressions over classes.

`Words.classes` has one character a word; `translate` turns a rule written with class names into a pattern over those
characters. Finds no times itself. The words are not the reader's tokens: hyphens, points and the 's stand alone.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

WORD = re.compile(
    r"\d{4}-\d\d-\d\d(?![\d-])(?:T[\d:]+Z?)?|\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d\d)(?![\d/])|\d{1,2}/\d{1,2}(?![\d/])"
    r"|\d{1,2}:\d\d(?::\d\d)?(?:[ap]m\b)?|\d+(?:,\d+)+(?:\.\d+)?|\d+\.\d+|['’`]?\d+[a-z]+|\d+"
    r"|(?:[A-Za-z]\.){2,}|[^\W\d_]+\d+\w*|[oO]['’]clock|[dD]-[dD]ay|(?:St|Mrs|Mr|Ms)\."
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\.|['’]s\b|[^\W\d_]+|\S"
)
PUNCTUATION = {
    "-": "HYPHEN", "–": "HYPHEN", "—": "HYPHEN", ",": "COMMA", ".": "DOT", "(": "LPAREN",
    ")": "RPAREN", "/": "SLASH", ":": "COLON",
    "%": "PERCENT", "$": "MONEY", "£": "MONEY", "€": "MONEY", "¥": "MONEY",
    "'s": "POSS", "’s": "POSS",
}  # fmt: skip
NUMERIC = ("ISO", "NUMDATE", "CLOCK", "DECIMAL", "DAY", "YEAR", "INT", "ORD", "HOURAM", "QCODE")
CAPITAL = {"WMONTH", "WWEEKDAY"}
NAME_OF_RULE = re.compile(r"\(\?P<\w+>|[A-Z][A-Z0-9]*")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word classes: `words` maps a lower-case word to class and value, `phrases` a first word to whole names.

    `years` holds the words around bare years.
    """

    words: Mapping[str, tuple[str, Any]]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str, Any], ...]]
    letters: Mapping[str, str]
    years: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: character offsets, one class letter each, and the value of those that have one."""

    text: str
    starts: list[int]
    ends: list[int]
    classes: str
    values: list[Any]


@cache
def load_lexicon() -> Lexicon:
    """Read `times.toml` once."""
    table = tomllib.loads(resources.files("casus.resolve.data").joinpath("times.toml").read_text("utf-8"))
    words: dict[str, tuple[str, Any]] = {}
    for name, members in table["words"]["single"].items():
        words |= {word: (name, word) for word in members}
    for name, members in table["words"].items():
        if name != "single":
            words |= {word: (name, value) for word, value in members.items()}
    names = [(phrase, "HOLIDAY", value) for phrase, value in table["names"].items()]
    names += [(phrase, "NAME", None) for phrase in table["not_times"]["phrases"]]
    phrases: dict[str, list[tuple[tuple[str, ...], str, Any]]] = {}
    for phrase, kind, value in names:
        parts = tuple(match.group() for match in WORD.finditer(phrase))
        phrases.setdefault(parts[0], []).append((parts, kind, value))
    ordered = {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in phrases.items()}
    kinds = (
        {kind for kind, _ in words.values()}
        | set(PUNCTUATION.values())
        | {*NUMERIC, "HOLIDAY", "WORD", "NAME", "PUNCT", "BREAK", "T"}
    )
    letters = {kind: chr(0xE000 + index) for index, kind in enumerate(sorted(kinds))}
    return Lexicon(words, ordered, letters, {name: frozenset(members) for name, members in table["years"].items()})


def translate(pattern: str, macros: Mapping[str, str]) -> str:
    """Turn a rule over class names into a regular expression over class letters.

    Raises:
        KeyError: The rule holds a name that is neither a class nor a macro.
    """
    letters = load_lexicon().letters

    def replace(match: re.Match[str]) -> str:
        name = match.group()
        if name.startswith("(?P<"):
            return name
        return translate(macros[name], macros) if name in macros else letters[name]

    return NAME_OF_RULE.sub(replace, pattern).replace(" ", "")


def split_words(text: str) -> Words:
    """Cut a text into words and give each its class."""
    lexicon = load_lexicon()
    found = [(match.start(), match.end(), match.group()) for match in WORD.finditer(text)]
    lower = [word.lower().replace("’", "'") for _, _, word in found]
    starts: list[int] = []
    ends: list[int] = []
    kinds: list[str] = []
    values: list[Any] = []
    index, total = 0, len(found)
    while index < total:
        start, end, word = found[index]
        kind, value, length = _classify(lexicon, word, lower, index)
        if starts and "\n\n" in text[ends[-1] : start]:
            starts.append(ends[-1])
            ends.append(ends[-1])
            kinds.append(lexicon.letters["BREAK"])
            values.append(None)
        starts.append(start)
        ends.append(found[index + length - 1][1] if length > 1 else end)
        kinds.append(lexicon.letters[kind])
        values.append(value)
        index += length
    return Words(text, starts, ends, "".join(kinds), values)


def _classify(lexicon: Lexicon, word: str, lower: list[str], index: int) -> tuple[str, Any, int]:
    """Give class, value and how many words it takes."""
    small = lower[index]
    for parts, kind, value in lexicon.phrases.get(small, ()):
        if (word[0].isupper() or not word[0].isalpha()) and tuple(lower[index : index + len(parts)]) == parts:
            return kind, value, len(parts)
    hit = lexicon.words.get(small) or (small[-1] == "." and lexicon.words.get(small[:-1])) or None
    if hit is not None and not (hit[0] in CAPITAL and word[0].islower()):
        return hit[0], hit[1], 1
    if word[0].isdigit() or (len(word) > 2 and word[1].isdigit() and not word[0].isalpha()):
        return (*_classify_figures(small), 1)
    if len(word) == 2 and small[0] == "q" and small[1] in "1234":
        return "QCODE", int(small[1]), 1
    if word[0].isalpha():
        return ("NAME" if word[0].isupper() else "WORD"), None, 1
    return PUNCTUATION.get(word, "PUNCT"), None, 1


def _classify_figures(word: str) -> tuple[str, Any]:
    if word.isdigit():
        number = int(word)
        if len(word) <= 2 and 1 <= number <= 31:
            return "DAY", number
        return ("YEAR", number) if len(word) == 4 and 1000 <= number < 2200 else ("INT", number)
    if ":" in word and "-" not in word:
        return "CLOCK", word
    if word[-2:] in {"st", "nd", "rd", "th"} and word[:-2].isdigit():
        return "ORD", int(word[:-2])
    if word[-2:] == "0s" or word[-3:] == "0's":
        digits = word.strip("'`s")
        return ("DECADE", int(digits)) if digits.isdigit() and len(digits) in {2, 4} else ("INT", None)
    return _classify_marks(word)


def _classify_marks(word: str) -> tuple[str, Any]:
    if re.fullmatch(r"\d{4}-\d\d-\d\d.*", word):
        return "ISO", word[:10]
    if re.fullmatch(r"\d{1,2}([/.-])\d{1,2}\1\d{2,4}", word):
        return "NUMDATE", word
    if re.fullmatch(r"\d{1,2}[ap]m", word):
        return "HOURAM", word
    if "," in word and "." not in word:
        return "INT", int(word.replace(",", ""))
    return "DECIMAL", word
