"""Whose some people are in reports of two sides: every row by its own example, read by the real reader."""

import re
import tomllib
from importlib.resources import files
from typing import Any

import pytest

from casus.ontology import NON_STATE
from casus.pipeline import Coder
from casus.records import Report

ROWS = tomllib.loads(files("casus.resolve").joinpath("data/contested.toml").read_text("utf-8"))["people"]


@pytest.fixture(scope="module")
def coder() -> Coder:
    """The real one."""
    return Coder()


def name_of(row: dict[str, Any]) -> str:
    """How a row is called in the list of tests."""
    return f"{row['word']} {'|'.join(row['between'])}"


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_a_row_gives_its_country(coder: Coder, row: dict[str, Any]) -> None:
    """In its own example the word's people are of the country that the row says."""
    text = re.sub("[<>]", "", row["example"])
    start = row["example"].index("<")
    doc = coder.reader(text)
    parties = coder.find_facts(doc, Report(id="x", text=text)).parties
    head = next(t for t in doc if t.idx >= start and row["word"] in (t.text, t.lemma_.lower()))
    assert parties[head.i].party.country == row["country"]


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_a_row_is_well_formed(row: dict[str, Any]) -> None:
    """Two known countries, one of them the people's."""
    assert set(row) - {"placed"} == {"word", "between", "country", "example"}
    assert len(set(row["between"])) == 2
    assert row["country"] in row["between"]
    assert not NON_STATE.keys() & set(row["between"])


def test_no_pair_is_told_twice() -> None:
    """Or the second would never be read."""
    keys = [(row["word"], frozenset(row["between"])) for row in ROWS]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("text", "word", "country"),
    [
        ("Israel cleared a West Bank settlement, Palestinians in Ramallah said.", "settlement", "ISR"),
        ("Israel razed a Palestinian outpost near Hebron, Palestinians said.", "outpost", "PSE"),
        ("Israel's police cleared the Amona outpost in the West Bank. Twenty officers were hurt.", "officers", "ISR"),
        ("Colombia cleared a settlement near Bogota.", "settlement", "COL"),
    ],
)  # fmt: skip
def test_a_settlement_is_its_peoples_and_not_its_places(coder: Coder, text: str, word: str, country: str) -> None:
    """The place by which it is called does not say whose it is; a nationality does."""
    doc = coder.reader(text)
    parties = coder.find_facts(doc, Report(id="x", text=text)).parties
    assert next(parties[t.i].party.country for t in doc if t.text == word) == country
