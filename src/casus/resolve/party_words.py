"""Word lists by which parties are read, from `data/party_words.toml`; each says there what it is for. Holds no rule.

Beside them `data/contested.toml`: whose some people are where a report names two countries.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def word_lists() -> Mapping[str, frozenset[str]]:
    """Every list by its name."""
    table = tomllib.loads(files("casus.resolve").joinpath("data/party_words.toml").read_text("utf-8"))
    return {name: frozenset(row["words"]) for name, row in table.items()}


@cache
def contested() -> Mapping[str, tuple[tuple[frozenset[str], str], ...]]:
    """Word → pairs of countries with the one whose the people are, in the order of the file."""
    table = tomllib.loads(files("casus.resolve").joinpath("data/contested.toml").read_text("utf-8"))
    found: dict[str, tuple[tuple[frozenset[str], str], ...]] = {}
    for row in table["people"]:
        found[row["word"]] = (*found.get(row["word"], ()), (frozenset(row["between"]), row["country"]))
    return found


def words(name: str) -> frozenset[str]:
    """One list.

    >>> "dozens" in words("counting")
    True
    """
    return word_lists()[name]
