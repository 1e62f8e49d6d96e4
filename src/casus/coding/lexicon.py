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

from casus.coding.rows import check_classes, check_row, check_table
from casus.errors import LexiconError

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
        """The word the tree hangs on: verbs lead, nouns end; `barrel - bomb` (verb) ends, `*call for help` leads."""
        if self.part == "noun":
            return 0 if self.trigger == 0 else len(self.words) - 1
        dashes = [k for k, word in enumerate(self.words[:-1]) if word == "-"]
        return dashes[-1] + 1 if dashes else 0


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
    classes: dict[str, frozenset[str]] = {}
    entries: dict[str, Entry] = {}
    for path, table in parsed:
        if path.stem.startswith("classes"):
            check_classes(table, path.name)
            classes |= {name: frozenset(words) for name, words in table.items()}
        else:
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
    check_table(table, path.name)
    seen: set[str] = set()
    for number, row in enumerate(table.get("entries", ()), 1):
        entry = read_entry(row, table["type"], f"{path.name}: entry {number}")
        if entry.id in seen:
            raise LexiconError(
                f"{entry.source}: field {entry.part}: found {row[entry.part]!r} again, allowed once a file"
            )
        seen.add(entry.id)
        yield entry


def read_entry(row: Mapping[str, Any], type_: str, source: str) -> Entry:
    """One checked entry.

    Args:
        row: the TOML table.
        type_: the file's type.
        source: for messages, file and number of the row.

    Raises:
        LexiconError: a field is unknown, missing or wrong.
    """
    part = check_row(row, type_, source)
    words = row[part].split()
    marked = next((i for i, w in enumerate(words) if w.startswith("*")), None)
    plain = tuple(w.strip("*").lower() for w in words)
    trigger = marked if marked is not None else (len(words) - 1 if part == "noun" else 0)
    actor, to = (row.get(key) or default for key, default in zip(("actor", "to"), DEFAULTS[part], strict=True))
    return Entry(
        id=f"{type_}:{part}:{' '.join(plain)}",
        type=type_,
        part=part,
        words=plain,
        trigger=trigger,
        source=source,
        mode=row.get("mode"),
        cameo=row["cameo"],
        actor=_slots(actor),
        to=_slots(to),
        needs=_tests(row.get("needs")),
        unless=_tests(row.get("unless")),
        light=tuple(filter(None, row.get("light", "").split("|"))),
        example=row["example"],
        counter=row.get("counter"),
    )


def _slots(text: str) -> Slots:
    return () if text == "none" else tuple(tuple(group.split("+")) for group in text.split("|"))


def _tests(text: str | None) -> Tests:
    tests = (test.partition(":") for test in (text or "").split("|") if test)
    return tuple((slot, value) for slot, _, value in tests)
