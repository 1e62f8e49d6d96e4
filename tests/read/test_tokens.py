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
        ("Stop!!! Why?!", "Stop !!! Why ?!"),
        ("a non-profit in mid-July", "a non-profit in mid-July"),
        ("the ex-minister's anti-war speech", "the ex - minister 's anti - war speech"),
        ("on 9/11 or 11/28/2000", "on 9/11 or 11/28/2000"),
        ("Call 202-555-0147.", "Call 202-555-0147 ."),
        ("an F-16 and/or a tank", "an F - 16 and / or a tank"),
        ("U.S.-led", "U.S. - led"),
        ("at 7:30PM", "at 7:30 PM"),
        ("the 1990's", "the 1990's"),
        ("the suspect(s)", "the suspect ( s )"),
        ("(Reuters): he", "( Reuters ) : he"),
        ("#MarchForPeace", "#MarchForPeace"),
        ("a fire on Wed. night", "a fire on Wed. night"),
        ("I wanna go", "I wan na go"),
        ("THEY DON'T TALK, IT'S OVER", "THEY DO N'T TALK , IT 'S OVER"),
        ("WE CANNOT SAY", "WE CAN NOT SAY"),
        ("(REUTERS) - BAGHDAD, 3 JAN -- U.S. FORCES", "( REUTERS ) - BAGHDAD , 3 JAN -- U.S. FORCES"),
    ],
)
def test_words(text: str, expected: str) -> None:
    """Clitics, hyphens and dashes apart, abbreviations whole."""
    assert " ".join(token.text for token in NLP(text)) == expected


@given(st.text(max_size=80))
def test_no_character_is_lost(text: str) -> None:
    """Tokens and the white space between them make up the text."""
    assert "".join(token.text_with_ws for token in NLP(text)) == text
