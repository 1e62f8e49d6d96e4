"""Dictionary forms of words, by word and part of speech. LemmInflect does the work; this caches and guards it."""

from __future__ import annotations

from functools import lru_cache

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
}  # fmt: skip


@lru_cache(maxsize=200_000)
def lemma_of(word: str, tag: str) -> str:
    """The dictionary form.

    Args:
        word: as written.
        tag: UPOS.
    """
    lower = word.lower()
    if found := CLOSED.get((tag, lower)):
        return found
    if tag == "PROPN" or (tag == "ADJ" and word.endswith(("i", "ist")) and (word[0].isupper() or word.endswith("ist"))):
        return word
    if tag not in OPEN:
        return lower
    lemmas = getLemma(lower, "VERB" if tag == "AUX" else tag)
    return lemmas[0] if lemmas else lower
