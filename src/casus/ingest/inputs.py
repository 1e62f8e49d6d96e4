"""From names of files and folders to a stream of reports; a bad input is one error in the stream, the rest goes on."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from casus.errors import InputError
from casus.ingest.json_files import read_json, read_json_lines
from casus.ingest.pages import read_page
from casus.ingest.reports import Spot, Terms
from casus.ingest.texts import read_text
from casus.records import Report

Found = Report | InputError
Reader = Callable[[BufferedReader, str, Terms], Iterator[Found]]

STDIN = "-"
STDIN_NAME = "<stdin>"
READERS: Mapping[str, Reader] = {
    ".htm": read_page,
    ".html": read_page,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".text": read_text,
    ".txt": read_text,
    ".xhtml": read_page,
}
# What stands at the beginning of a file whose name does not tell its kind. News text begins with no `{"`.
SIGNS: Mapping[re.Pattern[bytes], Reader] = {
    re.compile(rb'(\xef\xbb\xbf)?\s*(\[\s*)?\{\s*["}]'): read_json,
    re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype|html|\?xml)", re.IGNORECASE): read_page,
}


def read_inputs(
    paths: Iterable[str | Path], terms: Terms | None = None, *, stdin: BinaryIO | None = None
) -> Iterator[Found]:
    """Yield the reports of files and folders, and an error for each that cannot be taken.

    Args:
        paths: Files; folders, of which all files of a known kind are read, in the order of their names, subfolders
            too; `-` for standard input.
        terms: What is taken: dates and titles for reports without, size, languages.
        stdin: What `-` reads; by default the process's standard input.

    Yields:
        Reports and errors, in the order of the input.
    """
    terms = terms or Terms()
    for path in paths:
        if str(path) == STDIN:
            yield from _caught(_read_stream(_peekable(stdin or sys.stdin.buffer), STDIN_NAME, terms))
        elif Path(path).is_dir():
            yield from _read_folder(Path(path), terms)
        else:
            yield from _caught(_read_file(Path(path), terms))


def _caught(found: Iterator[Found]) -> Iterator[Found]:
    """Yield what a source yields, and the error that ends it."""
    try:
        yield from found
    except InputError as error:
        yield error


def _read_file(path: Path, terms: Terms) -> Iterator[Found]:
    with _open(path) as stream:
        yield from _read_stream(stream, str(path), terms)


def _peekable(stream: BinaryIO) -> BufferedReader:
    return stream if isinstance(stream, BufferedReader) else BufferedReader(stream)  # type: ignore[arg-type]


def _read_stream(stream: BufferedReader, file: str, terms: Terms) -> Iterator[Found]:
    try:
        yield from _find_reader(stream, file)(stream, file, terms)
    except OSError as error:
        raise Spot(file).error("file", error.strerror or str(error), "a file that can be read to its end") from error


def _open(path: Path) -> BufferedReader:
    spot, allowed = Spot(str(path)), "a file or folder that exists and may be read"
    try:
        if stat.S_ISSOCK(path.stat().st_mode):
            raise spot.error("file", "a socket", allowed)
        return path.open("rb")
    except (OSError, ValueError) as error:
        found = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise spot.error("file", found, allowed) from error


def _find_reader(stream: BufferedReader, file: str) -> Reader:
    """Return what reads a file: by the end of its name, else by how it begins, else it is text."""
    by_name = READERS.get(Path(file).suffix.lower())
    if by_name:
        return by_name
    start = stream.peek(512)
    return next((reader for sign, reader in SIGNS.items() if sign.match(start)), read_text)


def _read_folder(folder: Path, terms: Terms) -> Iterator[Found]:
    count = 0
    for item in _walk(folder):
        count += 1
        if isinstance(item, InputError):
            yield item
        else:
            yield from _caught(_read_file(item, terms))
    if not count:
        yield Spot(str(folder)).error("folder", "no report", f"files ending in {' '.join(READERS)}")


def _walk(folder: Path) -> Iterator[Path | InputError]:
    """Yield the files of a known kind below `folder`, sorted; hidden ones and links to folders are passed over."""
    errors: list[OSError] = []
    for where, folders, files in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        known = (name for name in sorted(files) if Path(name).suffix.lower() in READERS and not name.startswith("."))
        yield from (Path(where) / name for name in known)
    for error in errors:
        yield Spot(str(error.filename)).error("folder", error.strerror, "a folder that may be read")
