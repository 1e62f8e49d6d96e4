"""Whether two names are one: short forms, surnames, acronyms, other spellings. Knows no names but a few spellings."""

from __future__ import annotations

from functools import lru_cache

from casus.read.mentions import Phrase
from casus.read.word_lists import load_lists, load_spellings

SMALL = frozenset(
    {"of", "the", "for", "and", "in", "on", "to", "a", "an", "de", "la", "del", "et", "&", "-", "'s", "’s", "d'"}
)
SHORT_TITLES = {
    "gen.": "general", "col.": "colonel", "capt.": "captain", "lt.": "lieutenant", "maj.": "major", "sgt.": "sergeant",
    "adm.": "admiral", "sen.": "senator", "gov.": "governor", "rep.": "representative", "dr.": "doctor",
    "prof.": "professor", "cmdr.": "commander", "brig.": "brigadier", "cpl.": "corporal",
}  # fmt: skip
SHORTEST_ACRONYM = 2
PAIR = 2  # words of a name whose last may stand for it without an article: Mozilla Firefox


@lru_cache(maxsize=10_000)
def standard_name(name: tuple[str, ...]) -> tuple[str, ...]:
    """A name with dots gone from acronyms and in the spelling that stands for all."""
    words = name[1:] if name[:1] == ("the",) else name
    text = " ".join(words)
    known = load_spellings().get(text) or load_spellings().get(text.replace(" - ", "-"))
    return tuple((known or text).replace(".", "" if "." in text and len(words) == 1 else ".").split())


@lru_cache(maxsize=10_000)
def initials(name: tuple[str, ...]) -> str:
    """The first letters of the words that carry one: islamic revolutionary guard corps → irgc."""
    return "".join(w[0] for w in name if w not in SMALL)


@lru_cache(maxsize=10_000)
def name_keys(name: tuple[str, ...]) -> frozenset[str]:
    """What two names must share one of to be compared: a word, or the initials of one that are the other."""
    standard = standard_name(name)
    words = {part for w in standard if w not in SMALL for part in (stem(w), stem(w.rpartition("-")[2]))}
    return (
        frozenset(words | {initials(standard), "".join(w[0] for w in standard)})
        if len(standard) > 1
        else frozenset(words | {*standard})
    )


def same_label(a: str, b: str) -> bool:
    """Whether two entity labels may be of one thing; the reader confuses organisations with what they are housed in."""
    return a == b or not a or not b or "PERSON" not in (a, b)


def match_names(short: Phrase, long: Phrase) -> bool:
    """Whether the later name can be a shorter form of the earlier one, or the other way round."""
    a, b = standard_name(short.name), standard_name(long.name)
    if a == b:
        return same_label(short.label, long.label)
    if "PERSON" in (short.label, long.label):
        return same_label(short.label, long.label) and _match_persons(a, b, short, long)
    if is_acronym(a, b) or is_acronym(b, a):
        return True
    return _match_parts(a, b, short) or _match_parts(b, a, long)


def _match_persons(a: tuple[str, ...], b: tuple[str, ...], short: Phrase, long: Phrase) -> bool:
    """Surname or given name alone; full names whose last words agree and whose first words do not differ."""
    if not a or not b or (short.gender and long.gender and {short.gender, long.gender} == {"m", "f"}):
        return False
    if len(a) > len(b):
        a, b = b, a
    if len(a) == 1:
        return a[0] in (b[-1], b[0]) or (len(a[0]) > 1 and b[-1].endswith(f"-{a[0]}"))
    return (a[-1] == b[-1] and (set(a) <= set(b) or _same_initial(a[0], b[0]))) or a == b[-len(a) :]


def _same_initial(a: str, b: str) -> bool:
    return a[0] == b[0] and (len(a.rstrip(".")) == 1 or len(b.rstrip(".")) == 1)


def is_acronym(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether the first name is made of the initials of the second."""
    if len(a) != 1 or len(b) < SHORTEST_ACRONYM or len(a[0]) < SHORTEST_ACRONYM:
        return False
    letters = a[0].replace(".", "")
    return letters in (initials(b), "".join(w[0] for w in b))


def _match_parts(a: tuple[str, ...], b: tuple[str, ...], short: Phrase) -> bool:
    """`the Guards`, `the Security Council`: the short form of a body's name, with an article or in several words."""
    if not a or len(a) >= len(b) or short.label == "GPE":
        return False
    stems = [stem(w) for w in b]
    if not all(stem(w) in stems for w in a if w not in SMALL):
        return False
    if len(a) > 1:
        return b[: len(a)] == a or b[-len(a) :] == a
    if stem(a[0]) in load_lists("groups")["organisations"] or a[0] != b[-1]:
        return short.determiner == "the"
    return short.label == "ORG" and len(b) == PAIR and a[0] == b[-1]


def stem(word: str) -> str:
    """A noun without its plural s."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
