"""Reads actor and agent dictionaries of PETRARCH (CAMEO codes) as plain entries; writes no table.

The format is told in PETRARCH2's docs/source/dictionaries.rst: a phrase, synonyms after `+`, codes in brackets with or
without dates; in agent dictionaries plurals in braces, `!SET!` for one of several words, and `~` beside the code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from casus.errors import InputError

BRACKET = re.compile(r"\[([^\]\[}]*)[\]}]")
RESTRICTION = re.compile(r"(\S+?)(?:\s+(?:([<>])\s*(\d+)|(\d+)\s*-\s*(\d+)))?")
BRACES = re.compile(r"\{([^}]*)\}")
SET = re.compile(r"(![A-Z_]+!)\s*=\s*(.+)")
NOTHING = "---"
CENTURY = 30
"""Two-digit years up to this one are of this century, as in PETRARCH's reader."""

DATES = "<DATE, >DATE or DATE-DATE, dates as YYMMDD or YYYYMMDD"


@dataclass(frozen=True, slots=True)
class Code:
    """A CAMEO actor code, from and to ISO dates, empty where open."""

    code: str
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase with its synonyms, or an agent noun with its plurals, and what it stands for."""

    line: int
    phrase: str
    others: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()


def read_entries(lines: Iterable[str], file: str) -> Iterator[Entry | InputError]:
    """Yield the entries of a dictionary, and what in it cannot be read.

    Args:
        lines: The dictionary; whether it is one of agents is seen from its `~`.
        file: Its name, for errors.
    """
    told = list(_strip_comments(lines))
    agents = any("~" in text for _, text in told)
    yield from (_read_agents if agents else _read_actors)(told, file)


def is_agents(lines: Iterable[str]) -> bool:
    """Tell whether a dictionary is one of agents."""
    return any("~" in text for _, text in _strip_comments(lines))


def _strip_comments(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield what is no comment, with its line number; comments follow `#` or `;`, or stand in `<!-- -->`."""
    inside = False
    for number, line in enumerate(lines, 1):
        text = re.sub(r"<!--.*?-->", "", line)
        if inside:
            _, ended, text = text.partition("-->")
            inside = not ended
        text, opened, _ = text.partition("<!--")
        inside = inside or bool(opened)
        text = re.split("[#;]", text)[0].rstrip()
        if text.strip():
            yield number, text


def _read_actors(told: Iterable[tuple[int, str]], file: str) -> Iterator[Entry | InputError]:
    entry: Entry | None = None
    for number, text in told:
        phrase = plain_phrase(text.split("[")[0])
        if phrase and not phrase.startswith("+"):
            yield from (entry,) if entry else ()
            entry = Entry(number, phrase)
        if entry is None:
            yield InputError(file, number, "phrase", text.strip(), "a phrase before its synonyms and codes")
            continue
        if phrase.startswith("+"):
            entry = replace(entry, others=(*entry.others, plain_phrase(phrase[1:])))
        for bracket in BRACKET.findall(text):
            try:
                entry = replace(entry, codes=(*entry.codes, *read_code(bracket)))
            except ValueError:
                yield InputError(file, number, "code", bracket, f"a code, alone or with {DATES}")
    yield from (entry,) if entry else ()


def plain_phrase(text: str) -> str:
    """Return a phrase with its words separated by spaces.

    >>> plain_phrase("KOFI_ATTA_ANNAN_ ")
    'KOFI ATTA ANNAN'
    """
    return " ".join(text.replace("_", " ").split())


def read_code(text: str) -> tuple[Code, ...]:
    """Return the code within brackets with its dates; none where it says that there is none.

    Raises:
        ValueError: It is no code, or a date does not exist.

    >>> read_code("AFGGOV 331108-730717")
    (Code(code='AFGGOV', start='1933-11-08', end='1973-07-17'),)
    """
    found = RESTRICTION.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    code, sign, day, first, last = found.groups()
    if code == NOTHING:
        return ()
    start, end = (day, "") if sign == ">" else ("", day) if sign == "<" else (first, last)
    return (Code(code.replace("~", ""), _iso(start), _iso(end)),)


def _iso(text: str | None) -> str:
    if not text:
        return ""
    if len(text) == 6:
        text = ("20" if int(text[:2]) <= CENTURY else "19") + text
    if len(text) != 8:
        raise ValueError(text)
    return date(int(text[:4]), int(text[4:6]), int(text[6:])).isoformat()


def _read_agents(told: Iterable[tuple[int, str]], file: str) -> Iterator[Entry | InputError]:
    sets: dict[str, tuple[str, ...]] = {}
    for number, text in told:
        if defined := SET.fullmatch(text.strip()):
            sets[defined[1]] = tuple(word.strip() for word in defined[2].split(","))
            continue
        codes = tuple(code for bracket in BRACKET.findall(text) for code in _codes(bracket))
        phrase = text.split("[")[0].split("{")[0]
        if not codes or not plain_phrase(phrase):
            yield InputError(file, number, "agent", text.strip(), "a phrase, its plural in {}, its code in [~ ]")
            continue
        yield from _expand(Entry(number, phrase, codes=codes), BRACES.search(text), sets, file)


def _codes(bracket: str) -> tuple[Code, ...]:
    try:
        return read_code(bracket.replace("~ ", "~"))
    except ValueError:
        return ()


def _expand(
    entry: Entry, braces: re.Match[str] | None, sets: Mapping[str, tuple[str, ...]], file: str
) -> Iterator[Entry | InputError]:
    """Yield an entry for each word of a set, or one with its plurals; sets form no plural."""
    marker = re.search(r"!.*?!", entry.phrase)
    if marker is None:
        phrase = plain_phrase(entry.phrase)
        plurals = (plain_phrase(braces[1]),) if braces else (regular_plural(phrase),)
        yield replace(entry, phrase=phrase, others=tuple(filter(None, plurals)))
    elif marker[0] not in sets:
        yield InputError(file, entry.line, "agent", marker[0], "a set defined before: " + (" ".join(sets) or "none"))
    else:
        for word in sets[marker[0]]:
            yield replace(entry, phrase=plain_phrase(entry.phrase.replace(marker[0], word)))


def regular_plural(noun: str) -> str:
    """Return the plural that PETRARCH forms where a dictionary gives none, but with the vowel before a y heeded.

    >>> regular_plural("REFUGEE"), regular_plural("DEPUTY"), regular_plural("BOSS"), regular_plural("ENVOY")
    ('REFUGEES', 'DEPUTIES', 'BOSSES', 'ENVOYS')
    """
    if re.search("[^AEIOU]Y$", noun):
        return noun[:-1] + "IES"
    return noun + ("ES" if noun.endswith("SS") else "S")
