"""The lexicon: TOML files of entries and word classes, checked row by row and loaded once. Matches nothing itself.

Format: docs/lexicon.md. A later folder's entry with the same type, part of speech and key replaces an earlier one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from casus.errors import LexiconError
from casus.ontology import CAMEO, TYPES

PARTS = ("verb", "noun", "adj")
OTHER_KEYS = ("mode", "cameo", "actor", "to", "light", "needs", "unless", "example", "counter", "source")
DEFAULTS = {"verb": ("subj", "obj"), "noun": ("poss|by|compound|light", "of|on|against|lobj"), "adj": ("subj", "obj")}

Slots = tuple[tuple[str, ...], ...]  # alternatives, each a group of slots that are filled together
Tests = tuple[tuple[str, str], ...]  # (slot, class or lemma)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the lexicon.

    `words` are the key's lemmas, `head` the index among them that the tree hangs on, `trigger` the index of the word
    that names the act. `actor` and `to` say where the parties come from.
    """

    id: str
    type: str
    part: str
    words: tuple[str, ...]
    trigger: int
    mode: str | None
    cameo: str
    actor: Slots
    to: Slots
    needs: Tests
    unless: Tests
    light: tuple[str, ...]
    example: str
    counter: str | None
    source: str

    @property
    def head(self) -> int:
        """Verbs and adjectives lead their key, nouns end it."""
        return len(self.words) - 1 if self.part == "noun" else 0


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries, by the lemma of their head word, and the word classes that they name."""

    entries: tuple[Entry, ...]
    by_head: Mapping[str, tuple[Entry, ...]]
    classes: Mapping[str, frozenset[str]]


def load_lexicon(folders: Sequence[Path] = ()) -> Lexicon:
    """The shipped lexicon, then the user's folders, which add to it and override it.

    Args:
        folders: with `*.toml` files in the shipped format.

    Raises:
        LexiconError: a file or row breaks the format; the message names file, row and field.
    """
    with as_file(files("casus.coding").joinpath("data/lexicon")) as shipped:
        paths = [p for folder in (shipped, *folders) for p in sorted(folder.glob("*.toml"))]
        parsed = [(path, _parse(path)) for path in paths]
    classes = {n: frozenset(w) for path, t in parsed if path.stem.startswith("classes") for n, w in t.items()}
    entries = {}
    for path, table in parsed:
        if not path.stem.startswith("classes"):
            entries.update({entry.id: entry for entry in _read_entries(path, table)})
    return Lexicon(tuple(entries.values()), _index(entries.values()), classes)


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: not TOML: {error}") from error


def _index(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    index: dict[str, list[Entry]] = {}
    for entry in entries:
        index.setdefault(entry.words[entry.head], []).append(entry)
    return {lemma: tuple(rows) for lemma, rows in index.items()}


def _read_entries(path: Path, table: Mapping[str, Any]) -> Iterable[Entry]:
    name = table.get("type")
    if name not in TYPES:
        raise LexiconError(f"{path}: field type: found {name!r}, allowed {', '.join(TYPES)}")
    for number, row in enumerate(table.get("entries", ()), 1):
        yield read_entry(row, name, f"{path.name}: entry {number}")


def read_entry(row: Mapping[str, Any], type_: str, source: str) -> Entry:
    """One checked entry.

    Args:
        row: the TOML table.
        type_: the file's type.
        source: for messages, file and number of the row.

    Raises:
        LexiconError: unknown field, mode, code or slot syntax.
    """
    part = _part_of(row, source)
    words = row[part].split()
    mode = row.get("mode") or None
    if mode and mode not in TYPES[type_].modes:
        raise LexiconError(f"{source} ({row[part]}): field mode: found {mode!r}, allowed {', '.join(TYPES[type_].modes) or 'none'}")
    if row.get("cameo") not in CAMEO:
        raise LexiconError(f"{source} ({row[part]}): field cameo: found {row.get('cameo')!r}, allowed a CAMEO code")
    marked = next((i for i, w in enumerate(words) if w.startswith("*")), None)
    plain = tuple(w.strip("*").lower() for w in words)
    trigger = marked if marked is not None else (len(words) - 1 if part == "noun" else 0)
    actor, to = (row.get(key) or default for key, default in zip(("actor", "to"), DEFAULTS[part], strict=True))
    return Entry(
        id=f"{type_}:{part}:{' '.join(plain)}", type=type_, part=part, words=plain, trigger=trigger, mode=mode, cameo=row["cameo"],
        actor=_slots(actor), to=_slots(to), needs=_tests(row.get("needs"), source), unless=_tests(row.get("unless"), source),
        light=tuple((row.get("light") or "").split("|")) if row.get("light") else (), example=row.get("example", ""),
        counter=row.get("counter"), source=source,
    )  # fmt: skip


def _part_of(row: Mapping[str, Any], source: str) -> str:
    found = [part for part in PARTS if part in row]
    if len(found) != 1 or not str(row[found[0]]).strip():
        raise LexiconError(f"{source}: found {found or 'no key'}, allowed exactly one of verb, noun, adj")
    for key in row:
        if key not in OTHER_KEYS and key not in PARTS:
            raise LexiconError(f"{source} ({row[found[0]]}): unknown field {key!r}, allowed {', '.join(PARTS + OTHER_KEYS)}")
    return found[0]


def _slots(text: str) -> Slots:
    return () if text == "none" else tuple(tuple(group.split("+")) for group in text.split("|"))


def _tests(text: str | None, source: str) -> Tests:
    tests = []
    for test in text.split("|") if text else ():
        slot, colon, value = test.partition(":")
        if not (slot and colon and value):
            raise LexiconError(f"{source}: constraint: found {test!r}, allowed slot:class")
        tests.append((slot, value))
    return tuple(tests)
