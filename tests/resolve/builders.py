"""Builds small Docs by hand: words with their tree, as the reader would give them."""

import spacy
from spacy.tokens import Doc

BLANK = spacy.blank("en")
SENTENCES = spacy.blank("en")
SENTENCES.add_pipe("sentencizer")


def tree(*rows: tuple[str, str, int, str], lemmas: dict[str, str] | None = None) -> Doc:
    """Build a parsed Doc of rows (word, part of speech, index of its head, relation); the root is its own head.

    A lemma is the word in lower case unless `lemmas` gives it. Every word is followed by a space.
    """
    words = [row[0] for row in rows]
    return Doc(
        BLANK.vocab,
        words=words,
        pos=[row[1] for row in rows],
        heads=[row[2] for row in rows],
        deps=[row[3] for row in rows],
        lemmas=[(lemmas or {}).get(word, word.lower()) for word in words],
    )


def plain(text: str) -> Doc:
    """Build a Doc of words and sentence ends alone."""
    return SENTENCES(text)
