"""The gaps between words: none, a space, a line break, a blank line. A break that only wraps a text is a space.

A text is wrapped when no line is longer than a page is wide and most that end in a single break are so full that the
next line's first word would not have fitted.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

GLUED, SPACE, LINE, PARAGRAPH = range(4)
WIDTHS = range(50, 121)  # characters; what a text is wrapped to
SLACK = 3  # characters that a full line may lack all the same
FULL = 0.75  # share of these lines that must be full
FEWEST = 2  # of them; one alone may as well be a heading above a short text


def find_gaps(doc: Doc) -> tuple[list[Token], list[int]]:
    """The tokens that are not white space, and for each the gap before it."""
    solid: list[Token] = []
    gaps: list[int] = []
    gap, breaks = GLUED, 0
    for token in doc:
        if token.is_space:
            breaks += token.text.count("\n")
            gap = SPACE
            continue
        solid.append(token)
        gaps.append(min(LINE + breaks - 1, PARAGRAPH) if breaks else gap)
        gap, breaks = SPACE if token.whitespace_ else GLUED, 0
    if LINE in gaps:
        for k in _wraps(doc.text, solid, gaps):
            gaps[k] = SPACE
    return solid, gaps


def _wraps(text: str, solid: list[Token], gaps: list[int]) -> Iterator[int]:
    """Places of the words before which a line break only wraps."""
    places = [k for k, gap in enumerate(gaps) if gap == LINE]
    lines = [k for k, gap in enumerate(gaps) if gap >= LINE]  # first words of lines, but of the first
    ends = {k: solid[k - 1].idx + len(solid[k - 1]) for k in lines}
    begins = dict(zip(lines, [0, *(solid[k].idx for k in lines)], strict=False))  # of the line before
    last = text[solid[lines[-1]].idx :].strip()
    widest = max(len(last), *(ends[k] - begins[k] for k in lines))
    full = [ends[k] - begins[k] + 1 + len(solid[k]) > widest - SLACK for k in places]
    if widest in WIDTHS and len(places) >= FEWEST and sum(full) >= FULL * len(full):
        yield from (k for k, wraps in zip(places, full, strict=True) if wraps)
