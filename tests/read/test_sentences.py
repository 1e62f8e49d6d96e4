"""Where sentences begin: abbreviations, quotations, datelines, headings, lists."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from casus.read.sentences import LONGEST, find_starts
from casus.read.tokens import make_tokenizer

NLP = spacy.blank("en")
NLP.tokenizer = make_tokenizer(NLP)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    doc = NLP(text)
    starts = [token.idx for token, begins in zip(doc, find_starts(doc), strict=True) if begins]
    return [text[start:end].strip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


@pytest.mark.parametrize(
    "text",
    [
        "Rebels fled. | Police came.",
        "Gen. Smith met Mr. Jones in St. Petersburg.",
        "U.S. troops left Iraq.",
        "He moved to the U.S. | The army stayed.",
        "It happened on Jan. 3 at 5 p.m. in Lyon.",
        "“Stop!” he said.",
        "“Stop now.” | He left.",
        '"We will fight." | The crowd cheered.',
        '"It is a long game." - Ann Vale',
        '"It is a long game." | - The crowd cheered.',
        "Why? | Nobody knows.",
        "KABUL (Reuters) - A bomb killed two. | Police came.",
        "About 3.5 million fled.",
        "He left (he was ill). | She stayed.",
        "Army takes town\n\n| The army took a town.",
        "Army takes town\n| The army took a town.",
        "The army took\nthe town.",
        "- Item one\n| - Item two",
        "John F. Kennedy spoke.",
        "It is over… | They left.",
        "It ended.  | They left.",
        "Stop!!! | They left.",
        "Who did it? | nobody knows. | we wait.",
        "He left (at last!). | She stayed.",
        "It rained [3] all day. [12] | Then it stopped.",
        "1. Close the gate. | 2. Lock it.",
        "They grow rice, etc. and sell it.",
        "I love it. :) | Thanks.",
        "A market in Lyon | Image: Ann Vale. | The town",
        "Ann Vale@FIRM | 03/12/2001 10:15 AM | Please call me.",
        "Write to ann@vale.example | Ben Ode 202-555-0147",
        "I will call. | Regards, | Ann",
        "(VALE NEWS) - LIMA, 3 JAN -- U.S. FORCES IN PERU SAID GEN. ODE FLED. | THE ARMY CAME.",
        "THE GENERAL LEFT THE U.S. | THE ARMY STAYED.",
        "Army takes town\n| Police seize arms\n| Ann Vale, Lima",
        "The army took a small market town at the border on\nMonday, and the people who had lived there for so\n"
        "long fled to the hills. | The armed rebels came back in\nthe night.",
    ],
)
def test_sentences(text: str) -> None:
    """| marks where one begins."""
    assert sentences(text.replace("| ", "")) == [part.strip() for part in text.split("| ")]


def test_a_run_without_stops_is_cut() -> None:
    """So that the encoder never sees more than it has places for."""
    doc = NLP("word " * (LONGEST * 2 + 10))
    assert sum(find_starts(doc)) == 3


def test_no_text_no_sentence() -> None:
    """And the first token of any text begins one."""
    assert find_starts(NLP("")) == []
    assert find_starts(NLP("  \n "))[0] is True


@given(st.text(alphabet="aB. \n\"“”'?!-1", max_size=60))
def test_every_text_with_words_has_a_first_sentence(text: str) -> None:
    """One answer a token, and the first word is never left out."""
    doc = NLP(text)
    starts = find_starts(doc)
    words = [begins for token, begins in zip(doc, starts, strict=True) if not token.is_space]
    assert len(starts) == len(doc)
    assert words[:1] in ([], [True])
