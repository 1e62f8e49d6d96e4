"""Find where sentences begin, over words and white space. Does not need a tree or a model.

A blank line always ends a sentence. A stop ends one unless it belongs to an abbreviation, an initial or the number of
a list item; closing quotes, brackets, smileys and citation marks (`[3]`) stay with the sentence they close. A line with
no stop (heading, caption, bullet) ends at its line break when the next line begins like a sentence, unless the text is
wrapped to a width (`casus.read.lines`). Within a line, headers of forwarded mail, addresses of the web, captions
(`Image:`) and rules of dashes are borders too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc

from casus.read.lines import GLUED, LINE, PARAGRAPH, find_gaps

STOPS = frozenset({".", "!", "?", "…", "...", "。"})
CLOSERS = frozenset({'"', "”", "’", "'", "''", "’’", ")", "]", "»", "*"})
OPENERS = frozenset({
    '"', "“", "‘", "'", "``", "‘‘", "(", "[", "«", "-", "–", "—", "•", "*", "…", "...", "¡", "¿", "--", "#", "@",
})  # fmt: skip
DASHES = frozenset({"-", "–", "—", "--"})
QUOTES = CLOSERS & OPENERS | {"“"}  # which of both they are, the space before them tells
HALTS = frozenset({",", ";", ":", ")", "]", "%", "/", "’’", "”", "»", "''"})  # what no sentence begins with
STRONG = frozenset({
    "a", "an", "the", "this", "that", "these", "those", "he", "she", "it", "they", "we", "i", "you", "his", "her",
    "its", "their", "our", "my", "there", "here", "but", "meanwhile", "however", "although", "though", "officials",
})  # fmt: skip
STARTERS = STRONG | frozenset({
    "in", "on", "at", "by", "for", "from", "with", "after", "before", "as", "when", "while", "if", "and", "or",
    "police", "more", "some", "many", "one", "two", "since", "according", "also", "last", "earlier", "during",
})  # fmt: skip
FACES = frozenset({
    ":)", ":(", ";)", ":D", ":-)", ":-(", ";-)", "=)", "=D", ":P", ":-D", ":p", "^_^", "xD", "XD", "<3", ":o)", ":]",
    ":/", ";D", ";-D", "=(", ":'(", "(:",
})  # fmt: skip
CAPTIONS = frozenset({"image", "photo", "photograph", "picture", "video", "file", "credit", "graphic", "caption"})
CLOSINGS = frozenset({"thanks", "thank", "regards", "best", "sincerely", "cheers", "yours"})
UNFINISHED = frozenset({"etc", "al", "vs", "approx", "incl", "resp", "cf"})  # may go on in lower case
LONGEST = 150  # words; longer runs are cut so that the encoder never sees more than its 512 pieces
STOP, CLOSER, SHORT, ADDRESS, CLOCK, RULE, ANGLE, FACE, DATE, CAPTION, COMMA = (1 << n for n in range(11))
BEFORE = STOP | CLOSER | SHORT | ADDRESS | CLOCK | RULE | ANGLE | FACE | COMMA  # of the word before a border
AFTER = DATE | CAPTION | RULE  # of the word behind one
_ADDRESS = re.compile(r"https?://|www\.|[\w.+-]+@\w[\w-]*\.\w")
_RULE = re.compile(r"([-=_*~#])\1{4,}$")
_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}$")
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?$")
_CITATION = re.compile(r"\d{1,3}$|[a-z]$")


@lru_cache(maxsize=65_536)
def signs_of(word: str) -> int:
    """What a word is for the border of a sentence: the bits STOP to COMMA."""
    stop = word in STOPS or (word[0] in "!?…." and not word.strip("!?.…"))
    named = (
        (STOP, stop),
        (CLOSER, word in CLOSERS or word in QUOTES),
        (SHORT, word[-1] == "." and len(word) > 2 and not stop),
        (ADDRESS, bool(_ADDRESS.match(word))),
        (CLOCK, word in ("AM", "PM")),
        (RULE, bool(_RULE.match(word))),
        (ANGLE, word in (">", ">>")),
        (FACE, word in FACES),
        (DATE, bool(_DATE.match(word))),
        (CAPTION, word.lower() in CAPTIONS and word[0].isupper()),
        (COMMA, word == ","),
    )
    return sum(bit for bit, holds in named if holds)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text without white space, the gap before each (see `casus.read.lines`), what each is."""

    words: list[str]
    gaps: list[int]
    signs: list[int]


def find_starts(doc: Doc) -> list[bool]:
    """For every token, whether a sentence begins there.

    Args:
        doc: tokens with white space; nothing else is read.
    """
    starts = [False] * len(doc)
    solid, gaps = find_gaps(doc)
    words = [token.text for token in solid]
    text = Words(words, gaps, [signs_of(word) for word in words])
    signs, begun = text.signs, 0
    for k, token in enumerate(solid):
        if k and gaps[k] < LINE and not (signs[k - 1] & BEFORE or signs[k] & AFTER) and k - begun < LONGEST:
            continue
        if k == 0 or gaps[k] == PARAGRAPH or k - begun >= LONGEST or _is_border(text, begun, k):
            starts[token.i], begun = True, k
    if starts:
        starts[0] = True
    return starts


def _is_border(text: Words, begun: int, k: int) -> bool:
    """Whether a sentence that began at `begun` ends before k."""
    before, word = text.signs[k - 1], text.words[k]
    if text.gaps[k] == LINE and (word[0].isupper() or word in OPENERS or word[0].isdigit()):
        return True
    if before & (STOP | CLOSER | FACE) and _ends_at(text, begun, k):
        return True
    if before & SHORT and _starts_surely(text, k):
        return True
    return bool((before | text.signs[k]) & ~(STOP | CLOSER | FACE)) and _is_seam(text, begun, k)


def _ends_at(text: Words, begun: int, k: int) -> bool:
    """Whether a stop, with what closes behind it, ends the sentence before k."""
    last = _last_word(text, begun, k)
    if last < begun:
        return False
    if text.signs[last] & SHORT and last < k - 1:
        return _starts_surely(text, k)
    if not text.signs[last] & STOP or _is_number_of_item(text, begun, last):
        return False
    return _can_begin(text, k, plain=last == k - 1, after=text.words[last - 1] if last else "")


def _last_word(text: Words, begun: int, k: int) -> int:
    """The last word before k that is no closing mark, smiley or citation; -1 where a mark opens."""
    last = k - 1
    while last > begun:
        word = text.words[last]
        if word == "]" and last - 2 > begun and text.words[last - 2] == "[" and _CITATION.match(text.words[last - 1]):
            last -= 3
        elif text.signs[last] & FACE:
            last -= 1
        elif word in CLOSERS or (word == "“" and text.gaps[last] == GLUED):
            if word in OPENERS and text.gaps[last] != GLUED:
                return -1
            last -= 1
        else:
            break
    return last


def _is_number_of_item(text: Words, begun: int, stop: int) -> bool:
    """`3.` or `b.` at the beginning numbers what follows."""
    first = begun + (text.words[begun] in OPENERS)
    return text.words[stop] == "." and stop - 1 == first and bool(re.match(r"(?:\d{1,2}|[A-Za-z])$", text.words[first]))


def _can_begin(text: Words, k: int, *, plain: bool, after: str) -> bool:
    """Whether the word at k can be the first of a sentence.

    Args:
        text: the words.
        k: place of the word.
        plain: the stop stands directly before.
        after: the word before the stop.
    """
    word = text.words[k]
    if word in HALTS or text.signs[k] & (STOP | FACE) or _is_citation(text, k):
        return word[0] in ".…" and text.gaps[k] != GLUED and len(word) > 1 and text.words[k - 1] not in STOPS
    if (word in CLOSERS and word not in OPENERS) or (word in QUOTES and text.gaps[k] == GLUED) or _is_byline(text, k):
        return False
    if len(word) == 1 and text.words[k + 1 : k + 2] == [")"] and word.islower():  # `b)` goes on with a list
        return False
    lead = next((w for w in text.words[k : k + 3] if w not in OPENERS), word)
    if not lead[0].islower():
        return True
    if not plain or text.gaps[k] == GLUED or word != lead:
        return False
    trails = len(text.words[k - 1]) > 1 and text.words[k - 1][-1] in ".…"
    return not trails and text.words[k - 1] != "…" and len(after) > 1 and after not in UNFINISHED


def _is_citation(text: Words, k: int) -> bool:
    """`[3]` behind a stop belongs to what it proves."""
    mark = text.words[k : k + 3]
    return len(mark) == 3 and mark[0] == "[" and mark[2] == "]" and bool(_CITATION.match(mark[1]))


def _is_byline(text: Words, k: int) -> bool:
    """`"…." - Jane Roe`: a dash and a name behind a quotation tell whose it is."""
    name = text.words[k + 1 : k + 2]
    quoted = text.words[k - 1] in QUOTES or text.words[k - 1] == "”"
    return quoted and text.words[k] in DASHES and bool(name) and name[0].istitle() and name[0].lower() not in STARTERS


def _starts_surely(text: Words, k: int) -> bool:
    """Whether the word at k begins a sentence even behind an abbreviation; in capitals only the surest words do."""
    word = text.words[k]
    if word in ('"', "“") and text.gaps[k] != GLUED and k + 1 < len(text.words):
        word = text.words[k + 1]
    known = STRONG if word.isupper() and len(word) > 1 else STARTERS
    return word[0].isupper() and word.lower() in known


def _is_seam(text: Words, begun: int, k: int) -> bool:
    """Whether two texts meet before k without a stop: mail headers, addresses, captions, rules, greetings."""
    words, before, now = text.words, text.signs[k - 1], text.signs[k]
    begins = words[k][0].isupper() or words[k][0].isdigit()
    if before & RULE or now & RULE:
        return True
    if before & CLOCK:
        return k - begun > 1 and k > 2 and bool(_CLOCK.match(words[k - 2]) and text.signs[k - 3] & DATE)
    if now & DATE:
        return k + 1 < len(words) and bool(_CLOCK.match(words[k + 1])) and words[k - 1] != "on"
    if now & CAPTION:
        return k + 1 < len(words) and words[k + 1] == ":" and (words[k - 1][-1].isalnum() or bool(before & SHORT))
    if before & COMMA:
        return k - begun <= 3 and words[begun].lower() in CLOSINGS and words[k][0].isupper()
    return bool(before & (ADDRESS | ANGLE)) and begins
