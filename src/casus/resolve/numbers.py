"""Numbers in words and figures: from "two hundred and fifty" or "1.5 million" to 250 and 1,500,000.

Reads one number from the words of a phrase. Does not find numbers in a text and knows no vagueness ("dozens"):
quantities do.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


@cache
def load_words(name: str) -> dict[str, dict[str, float]]:
    """Return the tables of `numbers.toml`: `small`, `scale` and `ordinal` words with their values."""
    return tomllib.loads(resources.files("casus.resolve.data").joinpath(name).read_text("utf-8"))


@cache
def _tables() -> tuple[dict[str, float], dict[str, float]]:
    words = load_words("numbers.toml")
    return words["small"], words["scale"]


def parse_figure(word: str) -> float | None:
    """Read figures with their separators: "1,500" is 1500, "1.5" is 1.5, the Indian "1,80,000" is 180000.

    >>> parse_figure("1,80,000")
    180000.0
    """
    if not FIGURE.fullmatch(word):
        return None
    whole, dot, rest = word.replace(",", "").partition(".")
    return float(f"{whole}.{rest}") if dot and "." not in rest else float(whole + rest.replace(".", ""))


def is_number(word: str) -> bool:
    """Say whether a lower-case word can be part of a number ("and" and "a" are not)."""
    small, scale = _tables()
    return word in small or word in scale or (word[:1].isdigit() and FIGURE.fullmatch(word) is not None)


def parse_number(words: Sequence[str]) -> int | None:
    """Read one whole number from lower-case words; None where they are not one number.

    Args:
        words: The words, hyphens left out or as words of their own; "a" counts as one before a scale word.

    >>> parse_number(["two", "hundred", "and", "fifty"])
    250
    >>> parse_number(["half", "a", "million"])
    500000
    """
    small, scale = _tables()
    total = current = 0.0
    seen = half = False
    for word in words:
        if word in {"and", "-", "a", "an", "of"}:
            continue
        if word == "half":
            half = True
        elif (size := scale.get(word)) is not None:
            current = (0.5 if half else current or 1.0) * size
            seen, half = True, False
            total, current = (total + current, 0.0) if size >= 1000 else (total, current)
        elif (value := small.get(word, parse_figure(word))) is not None:
            current, seen = current + value, True
        else:
            return None
    return round(total + current) if seen else None
