"""Quotes: who says what, in which words, over sentences and paragraphs."""

import pytest
import spacy
from spacy.tokens import Doc

from casus.read.quotes import Quote, find_quotes
from casus.read.reader import load_reader

READER = load_reader()


def told(text: str) -> list[tuple[str, str | None, str | None]]:
    """Return each quote of a text: its words, its speaker's head and its cue."""
    doc = READER(text)
    return [
        (
            doc[q.start : q.end].text,
            doc[q.speaker].text if q.speaker is not None else None,
            doc[q.cue[0] : q.cue[1]].text if q.cue else None,
        )
        for q in find_quotes(doc)
    ]


DIRECT = [
    ('"The bridge is gone," said Karim.', '"The bridge is gone,"', "Karim", "said"),
    ('"The bridge is gone," the mayor said.', '"The bridge is gone,"', "mayor", "said"),
    ('The mayor said: "The bridge is gone."', '"The bridge is gone."', "mayor", "said"),
    ("“The bridge is gone,” the mayor told reporters.", "“The bridge is gone,”", "mayor", "told"),
    ("'The bridge is gone,' the rebels' spokesman said.", "'The bridge is gone,'", "spokesman", "said"),
    ('The attack was "a crime", according to the bishop.', '"a crime"', "bishop", "according to"),
    ('Paris denounced the vote as "a shameful farce".', '"a shameful farce"', "Paris", "denounced"),
    ('Keller: "We had no warning at all."', '"We had no warning at all."', "Keller", ":"),
    ('"Was it a bomb?" the judge asked.', '"Was it a bomb?"', "judge", "asked"),
]


@pytest.mark.parametrize(("text", "words", "speaker", "cue"), DIRECT)
def test_what_stands_between_marks_has_a_speaker(text: str, words: str, speaker: str, cue: str) -> None:
    """Before, after, with a colon, with other marks."""
    assert (words, speaker, cue) in told(text)


INDIRECT = [
    ("The ministry said that four soldiers had died.", "four soldiers had died", "ministry", "said"),
    ("The envoy told reporters that talks would go on.", "talks would go on", "envoy", "told"),
    ("Four soldiers died, the ministry said.", "Four soldiers died", "ministry", "said"),
    ("According to the police, the road was blocked.", "the road was blocked", "police", "According to"),
    ("The general, who said the town was safe, left.", "the town was safe", "general", "said"),
]


@pytest.mark.parametrize(("text", "words", "speaker", "cue"), INDIRECT)
def test_what_is_told_has_a_speaker(text: str, words: str, speaker: str, cue: str) -> None:
    """Clauses under a verb of saying, before it, after `according to`."""
    assert told(text) == [(words, speaker, cue)]


def test_a_quotation_over_sentences_keeps_its_speaker() -> None:
    """Split by the cue, it goes on after it."""
    found = told('"We waited all night," said Nadia. "Nobody came to help us."')
    assert [(words, speaker) for words, speaker, _ in found] == [
        ('"We waited all night,"', "Nadia"),
        ('"Nobody came to help us."', "Nadia"),
    ]


def test_a_quotation_over_paragraphs_keeps_its_speaker() -> None:
    """Every paragraph opens with a mark, the last one closes."""
    found = told("The colonel said: “We will hold the pass. We have the men.\n\n“And we will not retreat from it.”")
    assert [(words, speaker) for words, speaker, _ in found] == [
        ("“We will hold the pass. We have the men.", "colonel"),
        ("“And we will not retreat from it.”", "colonel"),
    ]


def test_a_mark_without_a_partner_ends_with_its_sentence() -> None:
    """The rest of the report is not swallowed."""
    doc = READER('The mayor said: "The bridge is gone and we are cut off.\n\nTroops were sent to the town on Monday.')
    direct = [q for q in find_quotes(doc) if q.direct]
    assert [doc[q.start : q.end].text for q in direct] == ['"The bridge is gone and we are cut off.']


def test_the_speaker_may_stand_in_the_sentence_before() -> None:
    """No verb of saying at all."""
    found = told('Anna Keller was defiant. "This city will never bow to anyone."')
    assert [(words, cue) for words, _, cue in found] == [('"This city will never bow to anyone."', None)]
    assert found[0][1] in ("Anna", "Keller")


@pytest.mark.parametrize("text", ["The rebels' camp and the soldiers' barracks burned.", 'The film "Red Dust" won.'])
def test_apostrophes_and_titles_are_no_speech(text: str) -> None:
    """Nothing is said there."""
    assert told(text) == []


def test_the_extension_is_set_by_the_component() -> None:
    """`doc._.quotes` as a spaCy user finds it."""
    nlp = spacy.blank("en")
    nlp.add_pipe("casus_reader")
    nlp.add_pipe("casus_quotes")
    doc = nlp('"The bridge is gone," said Karim.')
    assert doc._.quotes == find_quotes(doc)
    assert all(isinstance(q, Quote) for q in doc._.quotes)


@pytest.mark.parametrize("text", ["", "   ", '"', '""', "'", "“ ”", '" . "', "said", "According to", ': "x'])
def test_scraps_do_not_break_it(text: str) -> None:
    """Whatever the text, spans point into it."""
    doc: Doc = READER(text)
    assert all(0 <= q.start < q.end <= len(doc) for q in find_quotes(doc))
