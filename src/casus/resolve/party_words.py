"""Word lists by which parties are read, from `data/party_words.toml`; each says there what it is for. Holds no rule."""

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


def words(name: str) -> frozenset[str]:
    """One list.

    >>> "dozens" in words("counting")
    True
    """
    return word_lists()[name]
