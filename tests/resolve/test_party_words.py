"""The word lists of parties keep their form."""

import tomllib
from importlib.resources import files

import pytest

from casus.resolve.party_words import word_lists, words

TABLE = tomllib.loads(files("casus.resolve").joinpath("data/party_words.toml").read_text("utf-8"))


def test_lists_stand_in_order() -> None:
    """By name, so that a list is found at once."""
    assert list(TABLE) == sorted(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_a_list_says_what_it_is_for_and_has_sorted_words(name: str) -> None:
    """Each word once, in lower case, and nothing else in the table."""
    row = TABLE[name]
    assert set(row) == {"about", "words"}
    assert row["about"].endswith(".")
    assert row["words"] == sorted({word.strip().lower() for word in row["words"]})


@pytest.mark.parametrize("name", TABLE)
def test_a_list_is_used(name: str) -> None:
    """Some module of the room asks for it by name."""
    room = files("casus.resolve")
    code = "".join(p.read_text("utf-8") for p in room.iterdir() if p.name.endswith(".py"))
    assert f'"{name}"' in code


def test_words_are_a_set() -> None:
    """As modules use them."""
    assert words("former") == word_lists()["former"]
    assert "ousted" in words("former")
