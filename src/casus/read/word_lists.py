"""The word lists of quotes and coreference as immutable sets: people, groups and quotes in `data/*.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

Lists = Mapping[str, frozenset[str]]


@cache
def load_lists(name: str) -> Lists:
    """The flat lists of one file, by key.

    Args:
        name: the file without its ending.
    """
    return {key: frozenset(words) for key, words in _load_table(name).items() if words and isinstance(words[0], str)}


@cache
def join_lists(name: str, *keys: str) -> frozenset[str]:
    """The words of several lists of one file together."""
    return frozenset[str]().union(*(load_lists(name)[key] for key in keys))


@cache
def load_spellings() -> Mapping[str, str]:
    """Lower-case name → the one spelling that stands for all, lower-case."""
    rows = _load_table("groups")["spellings"]
    return {spelling.lower().removeprefix("the "): row[0].lower() for row in rows for spelling in row}


def _load_table(name: str) -> Mapping[str, list[str]]:
    return tomllib.loads(files("casus.read").joinpath(f"data/{name}.toml").read_text("utf-8"))
