"""Word lists of the contexts, and how a report's words choose an event's contexts."""

import tomllib
from importlib.resources import files

import pytest
from spacy.language import Language

from casus.coding.contexts import MOST, choose_contexts, count_contexts, load_words
from casus.ontology import CONTEXTS

TABLE: dict[str, list[str]] = tomllib.loads(files("casus.coding").joinpath("data/contexts.toml").read_text("utf-8"))

SENTENCES = [
    ("Soldiers shelled the garrison.", "shelled", "military"),
    ("Voters backed the candidate in the runoff election.", "backed", "election"),
    ("Hackers attacked the servers with malware.", "attacked", "cyber"),
    ("Police seized cocaine and heroin from the cartel.", "seized", "illegal_drugs"),
    ("The ministry denied that centrifuges enriched uranium.", "denied", "cbrn"),
    ("Refugees asked for asylum at the camp.", "asked", "asylum"),
    ("The lawmaker criticised the bill in the senate.", "criticised", "legislative"),
    ("Officers took bribes and kickbacks.", "took", "corruption"),
    ("Gay and lesbian activists marched in the pride parade.", "marched", "lgbt"),
    ("Peacekeepers monitored the truce.", "monitored", "peacekeeping"),
]


@pytest.mark.parametrize("name", CONTEXTS)
def test_every_context_has_words(name: str) -> None:
    """Lower-case, single, sorted, none twice, enough of them."""
    words = TABLE[name]
    assert 25 <= len(words) <= 90
    assert words == sorted(set(words))
    assert [word for word in words if not word.isalnum() or word != word.lower()] == []


def test_no_other_context_is_listed() -> None:
    """A word leads to the contexts that list it."""
    assert list(TABLE) != []
    assert set(TABLE) == set(CONTEXTS)
    assert set(load_words()["smuggling"]) == {name for name, words in TABLE.items() if "smuggling" in words}


@pytest.mark.parametrize(("text", "word", "expected"), SENTENCES)
def test_the_sentence_tells_its_context(reader: Language, text: str, word: str, expected: str) -> None:
    """By its lemmas, most telling first."""
    doc = reader(text)
    chosen = choose_contexts(next(t for t in doc if t.text == word), count_contexts(doc))
    assert expected in chosen
    assert len(chosen) <= MOST


def test_the_rest_of_the_report_tips_the_scale(reader: Language) -> None:
    """Between contexts that a sentence tells of equally."""
    sentence = "Voters met soldiers."
    army, poll = (
        reader(f"{sentence} {rest}") for rest in ("The army shelled tanks.", "The ballot and the polling ended.")
    )
    assert choose_contexts(army[1], count_contexts(army))[0] == "military"
    assert choose_contexts(poll[1], count_contexts(poll))[0] == "election"


def test_no_words_no_context(reader: Language) -> None:
    """And words elsewhere alone are not enough."""
    doc = reader("He left it there. Soldiers shelled the garrison.")
    assert choose_contexts(doc[1], count_contexts(doc)) == ()
