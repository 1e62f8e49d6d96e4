"""Line breaks that part and line breaks that only wrap."""

import textwrap

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from casus.read.lines import GLUED, LINE, PARAGRAPH, SPACE, find_gaps

NLP = spacy.blank("en")
STORY = (
    "The Army took a small town near the border on Monday and the people of Vale fled to the hills in the night. " * 4
)


def gaps(text: str) -> list[int]:
    """Return the gap before each word."""
    return find_gaps(NLP(text))[1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left.", [GLUED, SPACE, GLUED]),
        ("He  left", [GLUED, SPACE]),
        ("He\nleft", [GLUED, LINE]),
        ("He \n\n left", [GLUED, PARAGRAPH]),
        ("  He", [SPACE]),
        ("", []),
    ],
)
def test_gaps(text: str, expected: list[int]) -> None:
    """None, space, line, paragraph."""
    assert gaps(text) == expected


@pytest.mark.parametrize("width", [60, 72, 80])
def test_a_wrapped_text_has_no_lines(width: int) -> None:
    """Whatever it is wrapped to; its paragraphs stay."""
    text = "\n\n".join([textwrap.fill(STORY, width)] * 3)
    assert LINE not in gaps(text)
    assert gaps(text).count(PARAGRAPH) == 2


@pytest.mark.parametrize("text", [f"Army takes town\n{STORY}", "Milk\nBread\nTen eggs\nButter", f"{STORY}\n{STORY}"])
def test_other_breaks_part(text: str) -> None:
    """A heading, a list, paragraphs of one line each."""
    assert gaps(text).count(LINE) == text.count("\n")


@given(st.text(alphabet="aB. \n", max_size=80))
def test_every_word_has_a_gap(text: str) -> None:
    """And white space has none."""
    solid, found = find_gaps(NLP(text))
    assert len(solid) == len(found)
    assert "".join(token.text for token in solid) == "".join(text.split())
