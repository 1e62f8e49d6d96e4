"""Raw text to words as Universal Dependencies counts them. Does not find sentences (`casus.read.sentences`).

spaCy's English tokenizer already splits clitics and hyphens; the rules here are what the trees need besides. In one
piece: runs of marks (`!!!`, `----`), bound prefixes (`non-profit`, `mid-July`, `e-mail`), dates, fractions and phone
numbers (`9/11`, `202-555-0147`), decades, hashtags, abbreviations. Apart: ranges, slashes between words, hours and
units, numbers behind a letter (`F - 16`), and clitics in capitals too (`DO N'T`).

`pro-`, `anti-`, `ex-`, `re-` and `counter-` are split although the treebanks keep them whole: whose side somebody is
on, and what was done again, are looked up by the word behind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from spacy.attrs import ORTH
from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, CONCAT_QUOTES, HYPHENS, LIST_ELLIPSES, LIST_ICONS
from spacy.lang.en import English
from spacy.language import Language, create_tokenizer
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

REGISTERED = "casus.Tokenizer.v1"  # its name in a pipeline's config, and of its entry point in pyproject.toml
TITLES = (
    "Gen.", "Lt.", "Col.", "Maj.", "Sgt.", "Capt.", "Cmdr.", "Adm.", "Brig.", "Sen.", "Rep.", "Gov.", "Rev.", "Hon.",
    "Cpl.", "Pvt.", "Pte.", "Amb.", "Supt.", "Insp.", "Det.", "Mgr.", "Fr.", "Sr.", "Sra.", "Atty.", "Dir.",
)  # fmt: skip
MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "Jun.", "Jul.", "Aug.", "Sep.", "Sept.", "Oct.", "Nov.", "Dec.")
DAYS = ("Mon.", "Tue.", "Tues.", "Wed.", "Thu.", "Thur.", "Thurs.", "Fri.", "Sat.")
SHORT = (
    "U.S.", "U.K.", "U.N.", "E.U.", "U.S.A.", "No.", "Nos.", "St.", "Mt.", "Ft.", "Pt.", "vs.", "approx.", "Ltd.",
    "Inc.", "Corp.", "Co.", "Cos.", "Bros.", "a.m.", "p.m.", "A.M.", "P.M.", "al.", "ext.", "Ext.", "dept.",
    "Dept.", "Ave.", "Blvd.", "Rd.", "Hwy.", "Univ.", "Assn.", "Intl.", "Natl.", "Fig.", "fig.", "Figs.", "Vol.",
    "vol.", "pp.", "ca.", "cf.", "viz.", "lb.", "lbs.", "oz.", "sq.", "Ed.", "Eds.", "ed.", "eds.", "Jr.", "Esq.",
    "Yahoo!",
)  # fmt: skip
FIRMS = (
    "Inc.",
    "Corp.",
    "Co.",
    "Ltd.",
    "St.",
    "Mt.",
    "Ft.",
    "Mr.",
    "Mrs.",
    "Ms.",
    "Dr.",
    "Jr.",
    "Sr.",
    "Prof.",
    "Nos.",
)
SPOKEN = {"wan": "na", "out": "ta", "gim": "me", "lem": "me", "got": "ta", "gon": "na"}  # `wanna` is want + to
FACES = frozenset({"):", ":0", ":1", ":3", ":/", "=/", "and/or", "E.G.", "I.E."})  # taken for faces, or not whole
PREFIXES = "non|pre|mid|co|post|multi|semi|sub|neo|over|inter|mini|micro|cross|socio|psycho|ultra|bi|tri|trans|e"
WHOLE = re.compile(
    rf"""(?: (?i:{PREFIXES})-[A-Za-z0-9]+       # `non-profit`, `mid-2004`
    | \#[A-Za-z]\w+                             # hashtags
    | \d{{1,4}}(?:/\d{{1,4}}){{1,2}}            # `9/11`, `11/28/2000`, `1/2`
    | \d+(?:-\d+){{2,}} | \d{{3}}-\d{{4}}       # `2001-05-17`, telephone numbers
    | '?\d*0'?s                                 # decades
    | [a-z]/[a-z]                               # `b/c`
    )$""",
    re.VERBOSE,
)
RUNS = (
    r"[!?]{2,}", r"(?<=[a-z]{3})\.[!?]+", r"(?:-{2,}|_{2,}|={2,}|\*{2,}|~{2,}|#{2,}|\${2,}|\+{2,})", r"<<+", r">>+",
    "’’", "‘‘", "‘’", "``", "''",
)  # fmt: skip
HOURS = r"(?<=[0-9])(?:am|pm|AM|PM|a\.m\.|p\.m\.|k|K|bn|tn|mn)"


def register_tokenizer() -> Callable[[Language], Tokenizer]:
    """What spaCy calls for `[nlp.tokenizer] @tokenizers = "casus.Tokenizer.v1"` of a config."""
    return make_tokenizer


def make_tokenizer(nlp: Language) -> Tokenizer:
    """The tokenizer of `casus.read` on a given vocabulary.

    Args:
        nlp: the language object whose vocabulary to build on.
    """
    defaults, english = English.Defaults, create_tokenizer()(English())
    return Tokenizer(
        nlp.vocab,
        rules=dict(_special_cases(dict(english.rules or {}))),
        prefix_search=compile_prefix_regex([*RUNS, *(defaults.prefixes or ())]).search,
        suffix_search=compile_suffix_regex([*RUNS, HOURS, *(defaults.suffixes or ())]).search,
        infix_finditer=compile_infix_regex(_infixes()).finditer,
        token_match=WHOLE.match,
        url_match=english.url_match,
    )


def _special_cases(english: dict[str, list[dict[int, str]]]) -> Iterator[tuple[str, list[dict[int, str]]]]:
    """SpaCy's exceptions without the faces, in capitals too; abbreviations; spoken contractions."""
    for text, words in english.items():
        if text not in FACES:
            yield text, words
        if any(mark in text for mark in "'’") and text[-1].isalpha():
            yield text.upper(), [{ORTH: word[ORTH].upper()} for word in words]
    for text in (*TITLES, *MONTHS, *DAYS, *SHORT, *(t.upper() for t in (*TITLES, *MONTHS, *FIRMS))):
        yield text, [{ORTH: text}]
    yield "CANNOT", [{ORTH: "CAN"}, {ORTH: "NOT"}]
    for first, second in SPOKEN.items():
        for a, b in ((first, second), (first.title(), second), (first.upper(), second.upper())):
            yield a + b, [{ORTH: a}, {ORTH: b}]


def _infixes() -> list[str]:
    """SpaCy's English infixes but for digits, whose hyphens and slashes have rules of their own."""
    return [
        *LIST_ELLIPSES,
        *LIST_ICONS,
        r"(?<=[0-9])[+*^](?=[0-9-])",
        r"(?<=[0-9])[-–—](?=[0-9])",
        rf"(?<=[{ALPHA_LOWER}{CONCAT_QUOTES}])\.(?=[{ALPHA_UPPER}{CONCAT_QUOTES}])",
        rf"(?<=[{ALPHA}]),(?=[{ALPHA}])",
        rf"(?<=[{ALPHA}0-9])(?:{HYPHENS})(?=[{ALPHA}])",
        rf"(?<=[{ALPHA}])[-–—](?=[0-9])",
        rf"(?<=[{ALPHA}0-9])[:<>=](?=[{ALPHA}])",
        rf"(?<=[{ALPHA}])/(?=[{ALPHA}])",
        r"(?<=\w)[—–](?=\w)",
        rf"(?<=[{ALPHA_UPPER}]\.)-(?=[{ALPHA}])",  # `U.S.-led`
        rf"(?<=[{ALPHA_LOWER}])\((?=e?s\b)",  # `suspect(s)`
        r"(?<=\w)[!?]+(?=\w)",
    ]


registry.tokenizers(REGISTERED, func=register_tokenizer)
