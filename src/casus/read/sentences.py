"""Find where sentences begin, over words and white space. Does not need a tree or a model.

A blank line always ends a sentence. A stop ends one unless it belongs to an abbreviation; closing quotes and brackets
stay with the sentence they close. A line without a stop (heading, caption, bullet) ends at its line break when the next
line begins like a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

STOPS = frozenset({".", "!", "?", "…", "...", "?!", "!!", "!?", "。"})
CLOSERS = frozenset({'"', "”", "’", "'", "''", ")", "]", "»", "*"})
OPENERS = frozenset({'"', "“", "‘", "'", "``", "(", "[", "«", "-", "–", "—", "•", "*", "…", "..."})
STARTERS = frozenset({
    "a", "an", "the", "this", "that", "these", "those", "he", "she", "it", "they", "we", "i", "you", "his", "her",
    "its", "their", "our", "my", "there", "here", "in", "on", "at", "by", "for", "from", "with", "after", "before",
    "as", "when", "while", "if", "although", "though", "but", "and", "or", "meanwhile", "however", "officials",
    "police", "more", "some", "many", "one", "two",
})  # fmt: skip
LONGEST = 150  # words; longer runs are cut so that the encoder never sees more than its 512 pieces


def find_starts(doc: Doc) -> list[bool]:
    """For every token, whether a sentence begins there.

    Args:
        doc: tokens with white space; nothing else is read.
    """
    words = [t.text for t in doc]
    starts = [False] * len(words)
    fresh = True
    length = 0
    for i, word in enumerate(words):
        if word.isspace():
            fresh = fresh or _breaks_line(words, i)
            continue
        if fresh or length >= LONGEST or (i > 0 and _ends_before(words, i, doc)):
            starts[i], length, fresh = True, 0, False
        length += 1
    if words:
        starts[0] = True
    return starts


def _breaks_line(words: Sequence[str], i: int) -> bool:
    """Whether the white-space token at i ends a paragraph or a heading."""
    breaks = words[i].count("\n")
    if breaks >= 2:
        return True
    if breaks == 0 or i == 0 or i + 1 >= len(words):
        return False
    return words[i + 1][:1].isupper() or words[i + 1] in OPENERS or words[i + 1][:1].isdigit()


def _ends_before(words: Sequence[str], i: int, doc: Doc) -> bool:
    """Whether the words before i end a sentence and i begins the next."""
    last = i - 1
    while last > 0 and words[last] in CLOSERS:
        if words[last] in OPENERS and not _closes(words, last, doc):
            return False
        last -= 1
    if words[last] in STOPS:
        return _begins(words, i, doc)
    if words[last].endswith(".") and len(words[last]) > 2 and last == i - 1:
        return words[i].lower() in STARTERS and words[i][:1].isupper()
    return False


def _closes(words: Sequence[str], i: int, doc: Doc) -> bool:
    """A straight quote closes when no space stands before it."""
    return i > 0 and not doc[i - 1].whitespace_ and not words[i - 1].isspace()


def _begins(words: Sequence[str], i: int, doc: Doc) -> bool:
    """Whether the word at i can be the first of a sentence."""
    word = words[i]
    if word in CLOSERS and (word not in OPENERS or _closes(words, i, doc)):
        return False
    for ahead in words[i : i + 3]:
        if ahead in OPENERS:
            continue
        return ahead[:1].isupper() or ahead[:1].isdigit() or not ahead[:1].isalpha()
    return True
