"""Check the rows of lexicon files: an error names file, row, field, what stood there and what may.

Reads no file and builds no entry (`casus.coding.lexicon` does).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from casus.coding.slots import SLOTS
from casus.errors import LexiconError
from casus.ontology import CAMEO, TYPES

PARTS = ("verb", "noun", "adj")
FIELDS = (*PARTS, "mode", "cameo", "actor", "to", "light", "needs", "unless", "example", "counter", "source")
PREPOSITIONS = frozenset(
    {
        "about",
        "above",
        "across",
        "after",
        "against",
        "along",
        "alongside",
        "among",
        "around",
        "as",
        "at",
        "before",
        "behind",
        "below",
        "beneath",
        "beside",
        "besides",
        "between",
        "beyond",
        "by",
        "concerning",
        "despite",
        "down",
        "during",
        "for",
        "from",
        "in",
        "inside",
        "into",
        "like",
        "near",
        "of",
        "off",
        "on",
        "onto",
        "out",
        "outside",
        "over",
        "past",
        "round",
        "since",
        "through",
        "throughout",
        "to",
        "toward",
        "towards",
        "under",
        "until",
        "unto",
        "up",
        "upon",
        "via",
        "with",
        "within",
        "without",
    }
)
ANYWHERE = "any"  # in a constraint: any word of the sentence
SLOT_WORDS = f"{', '.join(SLOTS)} or a preposition"
KEY = re.compile(r"(?=[^*]*\*?[^*]*$)\*?[^\s*A-Z]+( \*?[^\s*A-Z]+)*")
TRIGGER = re.compile(r"\*[^\s*]+\*")
PHRASES = re.compile(r"<[^<>\[\]]+>|\[[^<>\[\]]+\]")


def check_row(row: Mapping[str, Any], type_: str, source: str) -> str:
    """Check one row and return its part of speech.

    Args:
        row: the TOML table.
        type_: the file's type.
        source: for messages, file and number of the row.

    Raises:
        LexiconError: a field is unknown, missing or wrong.
    """
    part = _part_of(row, source)
    where = f"{source} ({row[part]})"
    for name, value in row.items():
        if name not in FIELDS:
            raise _wrong(where, name, value, f"one of the fields {', '.join(FIELDS)}")
        if not isinstance(value, str) or not value.strip():
            raise _wrong(where, name, value, "text that is not empty")
    for name, check in CHECKS.items():
        if name in row or name in ("cameo", "example"):
            value = row.get(name, "")
            if allowed := check(value, type_):
                raise _wrong(where, name, value, allowed)
    return part


def _wrong(where: str, name: str, found: object, allowed: str) -> LexiconError:
    return LexiconError(f"{where}: field {name}: found {found!r}, allowed {allowed}")


def _part_of(row: Mapping[str, Any], source: str) -> str:
    found = [part for part in PARTS if part in row]
    if len(found) != 1:
        raise _wrong(source, "key", " and ".join(found) or None, f"exactly one of {', '.join(PARTS)}")
    return found[0]


def _check_key(value: str, _: str) -> str | None:
    return None if KEY.fullmatch(value) else "lower-case lemmas with one space between them and at most one *"


def _check_mode(value: str, type_: str) -> str | None:
    modes = TYPES[type_].modes
    return None if value in modes else ", ".join(modes) or f"nothing: {type_} has no modes"


def _check_cameo(value: str, _: str) -> str | None:
    return None if value in CAMEO else "a CAMEO code of two to four digits"


def _check_slots(value: str, _: str) -> str | None:
    names = [slot for group in value.split("|") for slot in group.split("+")]
    good = value == "none" or all(slot in SLOTS or slot in PREPOSITIONS for slot in names)
    return None if good else f"none, or slots joined by | or +: {SLOT_WORDS}"


def _check_tests(value: str, _: str) -> str | None:
    for test in value.split("|"):
        slot, _colon, word = test.partition(":")
        if not word or word != word.strip() or not (slot in SLOTS or slot in PREPOSITIONS or slot == ANYWHERE):
            return f"slot:class joined by |, the slot {ANYWHERE}, {SLOT_WORDS}"
    return None


def _check_example(value: str, _: str) -> str | None:
    marked = len(TRIGGER.findall(value)) == 1 and value.count("*") == 2
    good = marked and not re.search(r"[<>\[\]]", PHRASES.sub("", value))
    return None if good else "a sentence with exactly one *trigger*, <actor phrases> and [recipient phrases]"


CHECKS: Mapping[str, Callable[[str, str], str | None]] = {
    "verb": _check_key,
    "noun": _check_key,
    "adj": _check_key,
    "mode": _check_mode,
    "cameo": _check_cameo,
    "actor": _check_slots,
    "to": _check_slots,
    "needs": _check_tests,
    "unless": _check_tests,
    "example": _check_example,
}


def check_classes(table: Mapping[str, Any], source: str) -> None:
    """Check a file of word classes.

    Raises:
        LexiconError: a class is no list of lower-case words.
    """
    for name, words in table.items():
        if not isinstance(words, list):
            raise _wrong(source, name, words, "a list of lemmas")
        for word in words:
            if not isinstance(word, str) or not word or word != word.lower().strip():
                raise _wrong(source, name, word, "lower-case lemmas")


def check_table(table: Mapping[str, Any], source: str) -> None:
    """Check what stands at the top of a file of entries.

    Raises:
        LexiconError: its type is unknown, or there is more than a type and entries.
    """
    if table.get("type") not in TYPES:
        raise _wrong(source, "type", table.get("type"), ", ".join(TYPES))
    for name, value in table.items():
        if name not in ("type", "entries"):
            raise _wrong(source, name, value, "type and entries, nothing else")
    rows = table.get("entries", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _wrong(source, "entries", rows, "a list of tables")
