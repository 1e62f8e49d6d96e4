"""The reader as a spaCy component: whatever the text, a valid Doc whose parts point into it."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from casus.errors import ModelError
from casus.read.reader import load_reader
from casus.read.trees import is_tree

TEXTS = [
    "Rebels attacked an army base near Goma on Monday.",
    "Police arrested 40 protesters in Lyon. Unions called for a strike.",
    "The president met his French counterpart.",
    "The U.N. Security Council condemned the attack on a convoy that carried aid to Sudan's west.",
    "Sanctions were lifted.",
]
READER = load_reader()


@pytest.fixture(scope="module")
def reader() -> Language:
    """Return our reader."""
    return READER


def layers(doc: Doc) -> list[tuple[str, str, str, str, int, str]]:
    """Return all that was read of a Doc, a row a token."""
    return [(t.text, t.pos_, t.tag_, t.dep_, t.head.i, t.ent_type_) for t in doc]


def heads_of(sentence: list[int], doc: Doc) -> list[int]:
    """Return heads within a sentence, counted from 1, the root's 0, white space left out."""
    place = {i: k for k, i in enumerate(sentence, 1)}
    return [0, *(0 if doc[i].head.i == i else place[doc[i].head.i] for i in sentence)]


@pytest.mark.parametrize("text", TEXTS)
def test_a_sentence_has_a_tree_tags_and_lemmas(reader: Language, text: str) -> None:
    """One root each, every word tagged."""
    doc = reader(text)
    for sentence in doc.sents:
        assert is_tree(heads_of([t.i for t in sentence if not t.is_space], doc))
    assert all(t.pos_ and t.tag_ and t.lemma_ and t.dep_ for t in doc)


def test_what_is_read_is_right_in_a_clear_sentence(reader: Language) -> None:
    """Subject, object, oblique; lemma; names."""
    doc = reader("Rebels attacked the village in Mali.")
    assert [(t.dep_, t.head.text) for t in doc if t.text in ("Rebels", "village", "attacked")] == [
        ("nsubj", "attacked"),
        ("ROOT", "attacked"),
        ("obj", "attacked"),
    ]
    assert (doc[1].lemma_, doc[1].pos_) == ("attack", "VERB")
    assert [(span.text, span.label_) for span in doc.ents] == [("Mali", "GPE")]


@pytest.mark.parametrize("text", ["", " ", "\n\n", " \t\n ", ".", "?!", "\u00a0", "\U0001f600"])
def test_odd_texts(reader: Language, text: str) -> None:
    """Nothing, or no words: a Doc all the same."""
    doc = reader(text)
    assert doc.text == text
    assert list(doc.ents) == []


@given(st.text(alphabet=st.sampled_from("ab Goma.\n\t“”'-,1é\u200b"), max_size=60))
@settings(max_examples=40, deadline=None)
def test_offsets_hold_for_any_text(text: str) -> None:
    """Tokens, sentences and entities point into the text."""
    doc = READER(text)
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)
    assert "".join(s.text_with_ws for s in doc.sents) == text
    assert all(text[e.start_char : e.end_char] == e.text for e in doc.ents)


def test_white_space_changes_nothing_but_itself(reader: Language) -> None:
    """Breaks and double spaces between words leave their reading as it is."""
    plain, spaced = reader("Rebels attacked the village."), reader(" \nRebels  attacked the\nvillage. ")
    words = [t for t in spaced if not t.is_space]
    assert [(t.text, t.pos_, t.dep_, t.head.text) for t in words] == [
        (t.text, t.pos_, t.dep_, t.head.text) for t in plain
    ]


def test_a_very_long_sentence_is_read(reader: Language) -> None:
    """Longer than the encoder has places."""
    text = "Rebels attacked " + ", ".join(f"Uagadugu-{n}" for n in range(400)) + "."
    doc = reader(text)
    assert doc.text == text
    assert all(t.pos_ for t in doc)


def test_events_have_a_row_a_token(reader: Language) -> None:
    """Probabilities that sum to one; triggers have roles over their own sentence."""
    doc = reader(TEXTS[1])
    reading = doc._.event_reading
    assert reading.events.shape == (len(doc), len(reading.labels["events"]))
    np.testing.assert_allclose(reading.events.sum(1), 1, atol=1e-4)
    assert reading.roles
    for trigger, rows in reading.roles.items():
        assert rows.shape == (len(reading.words[trigger]), len(reading.labels["roles"]))
        assert trigger in reading.words[trigger]


def test_the_likeliest_type_of_a_clear_trigger(reader: Language) -> None:
    """The network alone knows it."""
    doc = reader("Rebels shelled the village.")
    reading = doc._.event_reading
    assert reading.labels["events"][reading.events[1].argmax()] == "ASSAULT"


def test_reports_read_one_by_one_give_the_same_in_any_order(reader: Language) -> None:
    """Whatever came before."""
    shuffled = random.Random(7).sample(TEXTS, len(TEXTS))
    alone = {text: layers(reader(text)) for text in TEXTS}
    piped = {doc.text: layers(doc) for doc in reader.pipe(shuffled, batch_size=1)}
    assert piped == alone


def test_reading_twice_gives_the_same(reader: Language) -> None:
    """To the last digit."""
    one, two = (reader(TEXTS[3])._.event_reading.events for _ in range(2))
    assert np.array_equal(one, two)


def test_company_changes_nothing(reader: Language) -> None:
    """Read together or alone: the same in every layer, events to the last bit."""
    alone = [reader(text) for text in TEXTS]
    together = list(reader.pipe(TEXTS, batch_size=len(TEXTS)))
    assert [layers(doc) for doc in together] == [layers(doc) for doc in alone]
    assert [d._.event_reading.events.tobytes() for d in together] == [d._.event_reading.events.tobytes() for d in alone]


def test_there_is_no_such_reader() -> None:
    """The error names it."""
    with pytest.raises(ModelError, match="'no_such_pipeline'"):
        load_reader("no_such_pipeline")
