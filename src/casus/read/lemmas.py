"""Dictionary forms of words, by word and part of speech. LemmInflect does the work; this caches and guards it."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from lemminflect import getLemma

OPEN = frozenset({"NOUN", "VERB", "ADJ", "ADV", "AUX", "PROPN"})
# Universal Dependencies' lemmas of closed words that differ from the word itself
CLOSED = {
    ("AUX", "'s"): "be", ("AUX", "’s"): "be", ("AUX", "'re"): "be", ("AUX", "’re"): "be", ("AUX", "'m"): "be",
    ("AUX", "’m"): "be", ("AUX", "'ve"): "have", ("AUX", "’ve"): "have", ("AUX", "'ll"): "will",
    ("AUX", "’ll"): "will", ("AUX", "wo"): "will", ("AUX", "'d"): "would", ("AUX", "’d"): "would",
    ("AUX", "ca"): "can", ("AUX", "might"): "might", ("AUX", "could"): "could", ("AUX", "should"): "should",
    ("AUX", "would"): "would", ("PART", "n't"): "not", ("PART", "n’t"): "not", ("PART", "'s"): "'s",
    ("PART", "’s"): "'s", ("DET", "an"): "a", ("DET", "these"): "this", ("DET", "those"): "that", ("PRON", "me"): "I",
    ("PRON", "i"): "I", ("PRON", "my"): "my", ("PRON", "him"): "he", ("PRON", "her"): "she", ("PRON", "them"): "they",
    ("PRON", "us"): "we", ("PRON", "its"): "its", ("PRON", "these"): "this", ("PRON", "those"): "that",
    ("PRON", "mine"): "my", ("PART", "'"): "'s", ("PART", "’"): "'s", ("PART", "s"): "'s", ("PART", "nt"): "not",
    ("PART", "na"): "to", ("PART", "ta"): "to", ("AUX", "s"): "be", ("AUX", "m"): "be", ("AUX", "r"): "be",
    ("AUX", "ve"): "have", ("VERB", "wan"): "want", ("VERB", "gon"): "go", ("ADJ", "other"): "other",
    ("ADJ", "more"): "more", ("ADV", "more"): "more", ("ADJ", "most"): "most", ("ADV", "most"): "most",
    ("ADJ", "least"): "least", ("ADV", "least"): "least", ("ADV", "later"): "late", ("NOUN", "thanks"): "thanks",
    ("NOUN", "regards"): "regards", ("NOUN", "etc"): "etc.", ("NOUN", "am"): "a.m.",
    ("NOUN", "pm"): "p.m.", ("PUNCT", "“"): '"', ("PUNCT", "”"): '"',
    ("ADV", "better"): "well", ("ADV", "best"): "well", ("ADJ", "involved"): "involved",
}  # fmt: skip


# adjectives of peoples, countries and creeds, which keep their capital
NAMED = frozenset(files("casus.read").joinpath("data/capital_adjectives.txt").read_text("utf-8").split())
MONTHS = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "jun": "June", "jul": "July", "aug": "August",
    "sep": "September", "sept": "September", "oct": "October", "nov": "November", "dec": "December",
}  # fmt: skip


@lru_cache(maxsize=200_000)
def lemma_of(word: str, tag: str, form: str = "") -> str:
    """The dictionary form.

    Args:
        word: as written.
        tag: UPOS.
        form: Penn tag; without it, plural names and adjectives within names are not known as such.
    """
    lower = word.lower()
    if found := CLOSED.get((tag, lower)):
        return lower if form == "PRP$" else found
    if tag == "PROPN":
        return _name_lemma(word, lower, form)
    if tag == "ADJ" and _is_named(word, lower, form):
        return word
    if tag not in OPEN:
        return lower.replace(",", "") if tag == "NUM" and word[0].isdigit() else lower
    return _open_lemma(word, lower, "VERB" if tag == "AUX" else tag)


def _open_lemma(word: str, lower: str, tag: str) -> str:
    """By dictionary, else by rule; what is no word and written in capitals (`HQ`) stays."""
    known = getLemma(lower, tag, lemmatize_oov=False)
    if not known and word.isupper() and len(word) > 1:
        return word
    return next(iter(known or getLemma(lower, tag)), lower)


def _name_lemma(word: str, lower: str, form: str) -> str:
    """`Islands` → `Island`, with the capitals it has; `Sept.` → `September`; other names as written."""
    if form != "NNPS" or len(word) < 4:
        return MONTHS.get(lower[:-1], word) if word[-1] == "." else word
    lemma: str = next(iter(getLemma(lower, "NOUN")), lower)
    return word[: len(lemma)] if lower.startswith(lemma) else word


def _is_named(word: str, lower: str, form: str) -> bool:
    """Whether an adjective keeps its capital: `Iraqi`, `Iranian`, `United`."""
    if word.endswith("ist"):
        return True
    return word[0].isupper() and (form == "NNP" or word.endswith("i") or lower in NAMED)
