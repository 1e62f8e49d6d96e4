"""Raw text to words as Universal Dependencies counts them. Does not find sentences (`casus.read.sentences`).

spaCy's English tokenizer already splits clitics and hyphens; the rules here are what the trees need besides:
`e-mail` and its like in one piece, dates and ranges apart, stray apostrophes, datelines.
"""

from __future__ import annotations

import spacy
from spacy.language import Language
from spacy.symbols import ORTH
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex

WHOLE = ("e-mail", "e-mails", "e-mailed", "E-mail", "E-mails")
TITLES = (
    "Gen.",
    "Lt.",
    "Col.",
    "Maj.",
    "Sgt.",
    "Capt.",
    "Cmdr.",
    "Adm.",
    "Brig.",
    "Sen.",
    "Rep.",
    "Gov.",
    "Rev.",
    "Hon.",
)
MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "Jun.", "Jul.", "Aug.", "Sep.", "Sept.", "Oct.", "Nov.", "Dec.")
SHORT = (
    "U.S.",
    "U.K.",
    "U.N.",
    "E.U.",
    "U.S.A.",
    "No.",
    "St.",
    "Mt.",
    "vs.",
    "approx.",
    "Ltd.",
    "Inc.",
    "Corp.",
    "Co.",
    "a.m.",
    "p.m.",
)


def make_tokenizer(nlp: Language) -> Tokenizer:
    """The tokenizer of `casus.read` on a given vocabulary.

    Args:
        nlp: the language object whose vocabulary and English defaults to build on.
    """
    tokenizer = spacy.blank("en").tokenizer
    tokenizer = Tokenizer(
        nlp.vocab,
        rules=dict(tokenizer.rules),
        prefix_search=tokenizer.prefix_search,
        suffix_search=tokenizer.suffix_search,
        infix_finditer=compile_infix_regex(_infixes(nlp)).finditer,
        token_match=tokenizer.token_match,
        url_match=tokenizer.url_match,
    )
    for word in WHOLE + TITLES + MONTHS + SHORT:
        tokenizer.add_special_case(word, [{ORTH: word}])
    return tokenizer


def _infixes(nlp: Language) -> list[str]:
    """English infixes, and a dash between digits and letters (`May 3-5`, `F-16` stays apart as in UD)."""
    return [
        *(nlp.Defaults.infixes or ()),
        r"(?<=[0-9])[-–](?=[0-9])",
        r"(?<=\w)[—–](?=\w)",
        r"(?<=[a-z0-9])/(?=[a-z0-9])",
    ]
