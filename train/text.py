"""Raw text to sentences of words, exactly as the shipped reader will see them."""

from __future__ import annotations

from functools import cache

import spacy
from spacy.language import Language

from casus.read.sentences import find_starts
from casus.read.tokens import make_tokenizer


@cache
def blank() -> Language:
    """SpaCy's empty English pipeline with our tokenizer."""
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    return nlp


def tokenize(text: str) -> list[list[tuple[int, int, str]]]:
    """Sentences as lists of (start, end, word), offsets in characters of the text."""
    doc = blank().tokenizer(text)
    sentences: list[list[tuple[int, int, str]]] = []
    for token, starts in zip(doc, find_starts(doc), strict=True):
        if starts or not sentences:
            sentences.append([])
        if not token.is_space:
            sentences[-1].append((token.idx, token.idx + len(token), token.text))
    return [s for s in sentences if s]
