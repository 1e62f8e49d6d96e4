"""Raw text to words as Universal Dependencies counts them. Does not find sentences (`casus.read.sentences`).

spaCy's English tokenizer already splits clitics and hyphens; the rules here are what the trees need besides:
`e-mail` and its like in one piece, dates and ranges apart, stray apostrophes, datelines.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.lang.en import English
from spacy.language import Language, create_tokenizer
from spacy.symbols import ORTH
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, registry

REGISTERED = "casus.Tokenizer.v1"  # its name in a pipeline's config, and of its entry point in pyproject.toml
WHOLE = ("e-mail", "e-mails", "e-mailed", "E-mail", "E-mails")
TITLES = (
    "Gen.", "Lt.", "Col.", "Maj.", "Sgt.", "Capt.", "Cmdr.", "Adm.", "Brig.", "Sen.", "Rep.", "Gov.", "Rev.", "Hon.",
)  # fmt: skip
MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "Jun.", "Jul.", "Aug.", "Sep.", "Sept.", "Oct.", "Nov.", "Dec.")
SHORT = (
    "U.S.", "U.K.", "U.N.", "E.U.", "U.S.A.", "No.", "St.", "Mt.", "vs.", "approx.", "Ltd.", "Inc.", "Corp.", "Co.",
    "a.m.", "p.m.",
)  # fmt: skip


def register_tokenizer() -> Callable[[Language], Tokenizer]:
    """What spaCy calls for `[nlp.tokenizer] @tokenizers = "casus.Tokenizer.v1"` of a config."""
    return make_tokenizer


def make_tokenizer(nlp: Language) -> Tokenizer:
    """The tokenizer of `casus.read` on a given vocabulary.

    Args:
        nlp: the language object whose vocabulary and English defaults to build on.
    """
    english = create_tokenizer()(English())
    tokenizer = Tokenizer(
        nlp.vocab,
        rules=dict(english.rules or {}),
        prefix_search=english.prefix_search,
        suffix_search=english.suffix_search,
        infix_finditer=compile_infix_regex(_infixes(nlp)).finditer,
        token_match=english.token_match,
        url_match=english.url_match,
    )
    for word in WHOLE + TITLES + MONTHS + SHORT:
        tokenizer.add_special_case(word, [{ORTH: word}])
    return tokenizer


def _infixes(nlp: Language) -> list[Any]:
    """English infixes, and a dash between digits and letters (`May 3-5`, `F-16` stays apart as in UD)."""
    return [
        *(nlp.Defaults.infixes or ()),
        r"(?<=[0-9])[-–](?=[0-9])",
        r"(?<=\w)[—–](?=\w)",
        r"(?<=[a-z0-9])/(?=[a-z0-9])",
        r"(?<=[A-Z]\.)-(?=[A-Za-z])",  # `U.S.-led`
    ]


registry.tokenizers(REGISTERED, func=register_tokenizer)
