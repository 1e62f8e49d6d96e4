"""The measured error rates, as the package has them: the tables of docs/accuracy.md, which `make docs` copies here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

HEADING = re.compile(r"#+ +(.+)")
RULE = re.compile(r"\|[-:| ]+\|")
BOLD = re.compile(r"\*\*(.+?)\*\*")
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """One table with the heading above it and what stands below it."""

    title: str
    headers: Row
    rows: tuple[Row, ...]
    note: str = ""


@cache
def read_accuracy() -> tuple[Figures, ...]:
    """Return the tables in their order."""
    return tuple(read_tables((files("casus.web") / "data" / "accuracy.md").read_text("utf-8").splitlines()))


def read_tables(lines: Iterable[str]) -> Iterator[Figures]:
    """Yield the tables of a page of Markdown.

    >>> list(read_tables(["## Slots", "", "| slot | F1 |", "|---|--:|", "| **type** | 70.1 |", "", "Of 28 reports."]))
    [Figures(title='Slots', headers=('slot', 'F1'), rows=(('type', '70.1'),), note='Of 28 reports.')]
    """
    title, rows, notes = "", list[Row](), list[str]()
    for line in [*lines, "# "]:
        if (heading := HEADING.match(line)) or line == "# ":
            if rows:
                yield Figures(title, rows[0], tuple(rows[1:]), " ".join(notes))
            title, rows, notes = heading[1] if heading else "", [], []
        elif RULE.fullmatch(line):
            continue
        elif line.startswith("|"):
            rows.append(tuple(BOLD.sub(r"\1", cell.strip()) for cell in line.strip("|").split("|")))
        elif line.strip():
            notes.append(line.strip())


def find_figures(title: str) -> Figures | None:
    """Return the table under a heading, None where there is none."""
    return next((figures for figures in read_accuracy() if figures.title == title), None)
