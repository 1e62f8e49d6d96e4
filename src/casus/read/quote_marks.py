"""Find what stands between quotation marks: straight, curly, low, angular, single; left open or run on.

Apostrophes are told from single quotation marks by the spaces around them. Who speaks is not decided here.
"""

from __future__ import annotations

from dataclasses import dataclass

from casus.read.columns import Columns

DOUBLE_OPEN = frozenset({"“", "„", "«", "``"})
DOUBLE_CLOSE = frozenset({"”", "»", "''"})
STRAIGHT = frozenset({'"', "＂"})
SINGLE_OPEN = frozenset({"‘", "‚", "`"})
SINGLE_CLOSE = frozenset({"’"})
SINGLE_STRAIGHT = frozenset({"'"})
SINGLE = SINGLE_OPEN | SINGLE_CLOSE | SINGLE_STRAIGHT
MARKS = DOUBLE_OPEN | DOUBLE_CLOSE | STRAIGHT | SINGLE
PAUSES = frozenset({",", ".", "!", "?", "…", "...", "-", "–", "—"})


@dataclass(frozen=True, slots=True)
class Marked:
    """A run between quotation marks: tokens with the marks, end exclusive; `runs_on` into the next paragraph."""

    start: int
    end: int
    runs_on: bool = False


@dataclass(frozen=True, slots=True)
class _Open:
    start: int
    single: bool


def find_marked(columns: Columns) -> list[Marked]:
    """Runs between quotation marks in text order; a run within another is part of it.

    Args:
        columns: the report's words.
    """
    found: list[Marked] = []
    opened: _Open | None = None
    paragraphs = columns.paragraphs
    for i, word in enumerate(columns.words):
        if opened and paragraphs[i] != paragraphs[opened.start] and columns.tags[i] != "SPACE":
            again = _is_opening(columns, i)
            end = _last_word(columns, i) if again else _end_of_sentence(columns, opened.start)
            found += [] if opened.single and not again else [Marked(opened.start, end, runs_on=again)]
            opened = None
        if word not in MARKS:
            continue
        if opened is None:
            opened = _Open(i, word in SINGLE) if _is_opening(columns, i) else None
        elif (word in SINGLE) == opened.single and _is_closing(columns, i):
            found.append(Marked(opened.start, i + 1))
            opened = None
    if opened and not opened.single:
        found.append(Marked(opened.start, _end_of_sentence(columns, opened.start)))
    return [m for m in found if any(word[0].isalnum() for word in columns.words[m.start : m.end])]


def _is_opening(columns: Columns, i: int) -> bool:
    """Whether the token is a mark that can open: a curly one, or a straight one with space before and none after."""
    word, spaced = columns.words[i], columns.spaced
    if word in DOUBLE_OPEN or word in SINGLE_OPEN:
        return True
    if word not in STRAIGHT and word not in SINGLE_STRAIGHT:
        return False
    before = (
        i == 0 or spaced[i - 1] or columns.tags[i - 1] == "SPACE" or columns.words[i - 1] in ("(", "[", "—", "–", "-")
    )
    if word in SINGLE_STRAIGHT:
        return before and not spaced[i] and i + 1 < len(spaced) and columns.words[i + 1][0].isalnum()
    return before or not spaced[i]


def _is_closing(columns: Columns, i: int) -> bool:
    """Whether the token is a mark that can close; a single one must not be an apostrophe (`the rebels' camp`)."""
    word, spaced = columns.words[i], columns.spaced
    if word in DOUBLE_CLOSE:
        return True
    if word in STRAIGHT:
        return i > 0 and (not spaced[i - 1] or spaced[i] or i + 1 == len(spaced) or columns.words[i + 1] in PAUSES)
    if word in SINGLE_OPEN or spaced[i - 1]:
        return False
    ends = i + 1 == len(spaced) or spaced[i] or columns.tags[i + 1] in ("PUNCT", "SPACE")
    return ends and (
        columns.words[i - 1] in PAUSES or not (columns.tags[i] == "PART" or columns.words[i - 1].endswith("s"))
    )


def _end_of_sentence(columns: Columns, i: int) -> int:
    """End of the sentence that a mark without a partner stands in."""
    start, end = columns.bounds[columns.sentences[i]]
    if end - start <= 1 and end < len(columns.words):
        end = columns.bounds[columns.sentences[end]][1]
    return _last_word(columns, end)


def _last_word(columns: Columns, end: int) -> int:
    while end > 0 and columns.tags[end - 1] == "SPACE":
        end -= 1
    return end
