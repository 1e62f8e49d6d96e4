"""The gaps between words: none, a space, a line break, a blank line. A break that only wraps a text is a space.

A block is what blank lines part. It is wrapped when no line is longer than a page is wide and every line but the last
is so full that the next line's first word would not have fitted.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Doc, Token

GLUED, SPACE, LINE, PARAGRAPH = range(4)
WIDTHS = range(50, 121)  # characters; what a text is wrapped to
SLACK = 3  # characters that a full line may lack all the same
FULL = 0.8  # share of lines that must be full


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
    for block in _blocks(gaps):
        places = [k for k in block if gaps[k] == LINE]
        if not places:
            continue
        lines = _lines(text, solid, [block[0], *places], block[-1])
        widest = max(map(len, lines))
        full = [len(line) + 1 + len(after.split(maxsplit=1)[0]) > widest - SLACK for line, after in pairwise(lines)]
        if widest in WIDTHS and sum(full) >= FULL * len(full):
            yield from (k for k, wraps in zip(places, full, strict=True) if wraps)


def _blocks(gaps: list[int]) -> Iterator[range]:
    """Runs of words without a blank line between them."""
    begun = 0
    for k, gap in enumerate(gaps):
        if gap == PARAGRAPH and k > begun:
            yield range(begun, k)
            begun = k
    if gaps:
        yield range(begun, len(gaps))


def _lines(text: str, solid: list[Token], firsts: list[int], last: int) -> list[str]:
    """The block's lines as text, by their first words."""
    ends = [solid[k - 1] for k in firsts[1:]] + [solid[last]]
    return [text[solid[a].idx : b.idx + len(b)] for a, b in zip(firsts, ends, strict=True)]
