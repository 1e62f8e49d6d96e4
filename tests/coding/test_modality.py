"""Signs of mood in the tree, and what is made of them: plans, threats, negation, conditions, failure."""

import pytest
from spacy.language import Language

from casus.coding.future import settle_future
from casus.coding.signs import lies_ahead, load_signs, mood_signs
from casus.ontology import plover_type
from casus.records import Event, Extent, Span
from tests.coding.conftest import Code

SIGNS = [
    ("Rebels did not attack the village.", "attack", "own negation"),
    ("The army never shelled the hospital.", "shelled", "own negation"),
    ("Rebels will attack the capital.", "attack", "own future_aux"),
    ("Rebels might attack the capital.", "attack", "own modal_aux"),
    ("Rebels would attack the capital.", "attack", "own conditional_aux"),
    ("If rebels attack the town, the army will leave.", "attack", "own condition"),
    ("Rebels plan to attack the capital.", "attack", "under xcomp intend"),
    ("Rebels plan to attack the capital.", "attack", "own infinitive"),
    ("Rebels threatened to attack the capital.", "attack", "under xcomp threat"),
    ("The army failed to attack the capital.", "attack", "under xcomp fail"),
    ("The president urged the army to attack the capital.", "attack", "under xcomp request"),
    ("Rebels announced a plan to attack the capital.", "attack", "under acl intend"),
    ("The police foiled an attack.", "attack", "under obj fail"),
    ("Israel will launch an attack.", "attack", "light future_aux"),
    ("Israel did not launch an attack.", "attack", "light negation"),
    ("The army said that rebels attacked the village.", "attacked", "under ccomp say"),
    ("Did rebels attack the village?", "attack", "own question"),
    ("Rebels attacked the village.", "attacked", "own past"),
]


@pytest.mark.parametrize(("text", "word", "expected"), SIGNS)
def test_a_sign_is_seen(reader: Language, text: str, word: str, expected: str) -> None:
    """On the trigger, on its light verb, or on the words above."""
    assert expected in mood_signs(next(token for token in reader(text) if token.text == word))


def test_a_plain_statement_has_no_sign_of_doubt(reader: Language) -> None:
    """Past is the only one."""
    assert set(mood_signs(reader("Rebels attacked the village.")[1])) == {"own past"}


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Rebels will attack the capital.", "attack", True),
        ("The president plans to visit Moscow.", "visit", True),
        ("The army will launch an attack.", "attack", True),
        ("Rebels attacked the capital.", "attacked", False),
        ("Rebels may attack the capital.", "attack", False),
        ("The army did not attack the capital.", "attack", False),
    ],
)
def test_what_lies_ahead(reader: Language, text: str, word: str, expected: bool) -> None:
    """Future auxiliaries and intention, not possibility."""
    assert lies_ahead(next(token for token in reader(text) if token.text == word)) == expected


def test_word_lists_are_lower_case_and_not_empty() -> None:
    """As the signs look them up."""
    assert [name for name, words in load_signs().items() if not words or any(w != w.lower() for w in words)] == []


OUTCOMES = [
    ("Rebels attacked an army base near Goma on Monday.", "attacked", "actual"),
    ("Police arrested 40 protesters in Lyon.", "arrested", "actual"),
    ("Israel carried out air strikes on a militia camp.", "strikes", "actual"),
    ("Teachers plan to strike on Monday.", "strike", "future"),
    ("Unions will hold a protest against the law next week.", "protest", "future"),
    ("The president plans to visit Moscow on Friday.", "visit", "future"),
]


@pytest.mark.parametrize(("text", "word", "expected"), OUTCOMES)
def test_clear_modalities(code: Code, text: str, word: str, expected: str) -> None:
    """Told facts and plans, through the whole pipeline."""
    event = next(event for event in code(text) if event.trigger.text == word)
    assert event.modality == expected


@pytest.mark.parametrize(
    ("text", "word", "wrong"),
    [
        ("Rebels did not attack the village.", "attack", "future"),
        ("Rebels may attack the capital next week.", "attack", "negated"),
    ],
)
def test_clear_modalities_are_not_mistaken(code: Code, text: str, word: str, wrong: str) -> None:
    """An act that is denied is no plan, a possible one not denied; either may be left out for want of certainty."""
    assert [e.trigger.text for e in code(text) if e.trigger.text == word and e.modality == wrong] == []


def test_a_threat_is_an_act_of_its_own(code: Code) -> None:
    """The speech is actual, of the one who threatens."""
    event = next(event for event in code("Iran threatened to attack Israel.") if event.type == "THREATEN")
    assert (event.modality, event.mode) == ("actual", "violence")
    assert [party.text for party in event.actors] == ["Iran"]


@pytest.mark.parametrize(
    ("type_", "modality", "expected"),
    [
        ("CONSULT", "future", "AGREE"),
        ("SUPPORT", "future", "AGREE"),
        ("COOPERATE", "future", "AGREE"),
        ("AID", "future", "AGREE"),
        ("RETREAT", "future", "CONCEDE"),
        ("PROTEST", "future", "PROTEST"),
        ("MOBILIZE", "future", "MOBILIZE"),
        ("SANCTION", "future", "SANCTION"),
        ("CONSULT", "actual", "CONSULT"),
        ("RETREAT", "hypothetical", "RETREAT"),
    ],
)
def test_the_future_becomes_its_announcement(type_: str, modality: str, expected: str) -> None:
    """Score and quad follow the new type, the mode goes, the evidence keeps the old one."""
    event = Event(
        id="e1", trigger=Span(0, 4, "meet"), sentence=Extent(0, 9), type=type_, mode="x", score=0.0,
        quad="verbal-cooperation", modality=modality,  # type: ignore[arg-type]  # rows are plain text
    )  # fmt: skip
    settled = settle_future(event)
    assert settled.type == expected
    assert (settled is event) == (type_ == expected)
    assert settled.evidence.get("future of") == (None if type_ == expected else type_)


@pytest.mark.parametrize("type_", ["CONSULT", "AID", "RETREAT"])
def test_an_announcement_carries_its_own_code(type_: str) -> None:
    """The CAMEO code of the act itself would say that it has happened."""
    event = Event(
        id="e1", trigger=Span(0, 4, "meet"), sentence=Extent(0, 9), type=type_, cameo="042", score=0.0,
        quad="verbal-cooperation", modality="future",
    )  # fmt: skip
    settled = settle_future(event)
    assert settled.cameo is not None
    assert plover_type(settled.cameo) == settled.type
