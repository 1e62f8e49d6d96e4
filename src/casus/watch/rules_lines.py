"""Finds the line of a TOML file on which something stands, as the parser does not say; reads no values."""

from __future__ import annotations

import re
from collections.abc import Iterator

Path = tuple[str | int, ...]
"""Where something stands: `("rule", 1, "toll", "killed")` is in the second [[rule]]."""
HEADER = re.compile(r"""^\s*(\[\[?)\s*([\w.\-"' ]+?)\s*\]\]?\s*(#.*)?$""")
KEY = re.compile(r"""^\s*([\w\-]+|"[^"]*"|'[^']*')(\s*\.\s*[\w\-]+)*\s*=""")


def find_line(text: str, where: Path) -> int:
    r"""Return the number of the line, from one, that leads furthest to what is looked for; 1 where none does.

    >>> find_line("[[rule]]\nname = 'a'\n\n[[rule]]\nname = 'b'\ntype = 'HUG'\n", ("rule", 1, "type"))
    6
    """
    best, line = 0, 1
    for number, path in _stands(text):
        if best < len(path) <= len(where) and where[: len(path)] == path:
            best, line = len(path), number
    return line


def _stands(text: str) -> Iterator[tuple[int, Path]]:
    """Yield line number and path of every header and every key at the beginning of a line."""
    table: Path = ()
    counts: dict[Path, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := HEADER.match(line):
            table = _open_table(header[2], header[1] == "[[", counts)
            yield number, table
        elif key := KEY.match(line):
            yield number, (*table, *_parts(line[: key.end() - 1]))


def _open_table(name: str, several: bool, counts: dict[Path, int]) -> Path:
    """Return the path of a table by its header; `counts` holds how often each array of tables was opened."""
    path: Path = ()
    parts = _parts(name)
    for nth, part in enumerate(parts, 1):
        path = (*path, part)
        if several and nth == len(parts):
            counts[path] = counts.get(path, 0) + 1
        if path in counts:
            path = (*path, counts[path] - 1)
    return path


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in name.split("."))
