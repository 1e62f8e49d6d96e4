"""The words around and inside place names, read once from `data/place_words.toml`; holds no rule."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

_TABLE: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "data" / "place_words.toml").read_text(encoding="utf-8")
)


def words(*path: str) -> frozenset[str]:
    """The word list at a path of the table.

    >>> "outskirts" in words("near", "nouns")
    True
    """
    value = _TABLE
    for step in path:
        value = value[step]
    return frozenset(str(value).split())


def words_by_kind(topic: str) -> dict[str, str]:
    """Each word of a topic to the kind it is listed under.

    >>> words_by_kind("kinds")["oblast"]
    'admin1'
    """
    return {word: kind for kind, listed in _TABLE[topic].items() for word in listed.split()}
