"""Words as Universal Dependencies counts them."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from casus.read.tokens import make_tokenizer

NLP = spacy.blank("en")
NLP.tokenizer = make_tokenizer(NLP)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels attacked.", "Rebels attacked ."),
        ("Iran's army", "Iran 's army"),
        ("They don't talk", "They do n't talk"),
        ("pro-Iran militia", "pro - Iran militia"),
        ("an e-mail", "an e-mail"),
        ("U.S. troops", "U.S. troops"),
        ("Gen. Smith", "Gen. Smith"),
        ("Sept. 11", "Sept. 11"),
        ("May 3-5", "May 3 - 5"),
        ("2014–2016", "2014 – 2016"),
        ("the talks—held", "the talks — held"),
        ("“Stop,” he said.", "“ Stop , ” he said ."),
        ("($5m)", "( $ 5 m )"),
        ("10,000 troops", "10,000 troops"),
        ("KABUL (Reuters) - A bomb", "KABUL ( Reuters ) - A bomb"),
    ],
)
def test_words(text: str, expected: str) -> None:
    """Clitics, hyphens and dashes apart, abbreviations whole."""
    assert " ".join(token.text for token in NLP(text)) == expected


@given(st.text(max_size=80))
def test_no_character_is_lost(text: str) -> None:
    """Tokens and the white space between them make up the text."""
    assert "".join(token.text_with_ws for token in NLP(text)) == text
