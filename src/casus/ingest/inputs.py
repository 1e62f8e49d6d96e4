"""From names of files and folders to a stream of reports; a bad input is one error in the stream, the rest goes on."""

from __future__ import annotations

import os
import re
import stat
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import BinaryIO

from casus.errors import InputError
from casus.ingest.csv_files import read_csv
from casus.ingest.current_events import LARGEST_PAGE, PAGE_SIGN, read_current_events
from casus.ingest.items import Found, Item, Passed, as_item
from casus.ingest.json_files import read_json, read_json_lines
from casus.ingest.packed import SIGN, Unpacked
from casus.ingest.pages import read_page
from casus.ingest.portal_wikitext import SIGN as WIKITEXT_SIGN
from casus.ingest.reports import Spot, Terms
from casus.ingest.texts import read_text
from casus.ingest.warcs import read_warc
from casus.records import Report

Reader = Callable[[BufferedReader, str, Terms], Iterator[Found]]

STDIN = "-"
STDIN_NAME = "<stdin>"
GZIP = ".gz"


def read_html(stream: BufferedReader, file: str, terms: Terms) -> Iterator[Found]:
    """Yield the report of a page, or the items of a page of the portal "Current events"."""
    data = stream.read(LARGEST_PAGE)
    reader = read_current_events if PAGE_SIGN in data else read_page
    yield from reader(BufferedReader(BytesIO(data)), file, terms)


KINDS: Mapping[str, Reader] = {
    "csv": read_csv,
    "current-events": read_current_events,
    "json": read_json,
    "page": read_html,
    "text": read_text,
    "warc": read_warc,
}
READERS: Mapping[str, Reader] = {
    ".csv": read_csv,
    ".htm": read_html,
    ".html": read_html,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".text": read_text,
    ".tsv": read_csv,
    ".txt": read_text,
    ".warc": read_warc,
    ".wiki": read_current_events,
    ".xhtml": read_html,
}
# What stands at the beginning of a file whose name does not tell its kind. News text begins with no `{"`.
SIGNS: Mapping[re.Pattern[bytes], Reader] = {
    re.compile(rb'(\xef\xbb\xbf)?\s*(\[\s*)?\{\s*["}]'): read_json,
    re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype|html|\?xml)", re.IGNORECASE): read_html,
    re.compile(rb"WARC/\d"): read_warc,
    WIKITEXT_SIGN: read_current_events,
}


def read_inputs(
    paths: Iterable[str | Path], terms: Terms | None = None, *, stdin: BinaryIO | None = None
) -> Iterator[Report | InputError]:
    """Yield the reports of files and folders, and an error for each that cannot be taken; see `read_items`.

    Args:
        paths: Files, folders, `-` for standard input.
        terms: What is taken: dates and titles for reports without, size, languages.
        stdin: What `-` reads; by default the process's standard input.
    """
    for found in read_items(paths, terms, stdin=stdin):
        if not isinstance(found, Passed):
            yield found.report if isinstance(found, Item) else found


def read_items(
    paths: Iterable[str | Path],
    terms: Terms | None = None,
    *,
    stdin: BinaryIO | None = None,
    kind: str | None = None,
) -> Iterator[Item | Passed | InputError]:
    """Yield the reports of files and folders with their origin, and an error for each that cannot be taken.

    Args:
        paths: Files; folders, of which all files of a known kind are read, in the order of their names, subfolders
            too; `-` for standard input.
        terms: What is taken: dates and titles for reports without, size, languages.
        stdin: What `-` reads; by default the process's standard input.
        kind: One of KINDS for files whose names and beginnings do not tell what they are.

    Yields:
        Reports and errors, in the order of the input.
    """
    terms, reader = terms or Terms(), KINDS[kind] if kind else None
    for path in paths:
        if str(path) == STDIN:
            found = _caught(read_opened(_peekable(stdin or sys.stdin.buffer), STDIN_NAME, terms, reader))
        elif Path(path).is_dir():
            found = _read_folder(Path(path), terms)
        else:
            found = _caught(_read_file(Path(path), terms, reader))
        yield from map(as_item, found)


def _caught(found: Iterator[Found]) -> Iterator[Found]:
    """Yield what a source yields, and the error that ends it."""
    try:
        yield from found
    except InputError as error:
        yield error


def _read_file(path: Path, terms: Terms, reader: Reader | None = None) -> Iterator[Found]:
    with _open(path) as stream:
        yield from read_opened(stream, str(path), terms, reader)


def _peekable(stream: BinaryIO) -> BufferedReader:
    return stream if isinstance(stream, BufferedReader) else BufferedReader(stream)  # type: ignore[arg-type]


def read_opened(stream: BufferedReader, file: str, terms: Terms, reader: Reader | None = None) -> Iterator[Found]:
    """Yield the reports of an opened file.

    Args:
        stream: The file, packed by gzip or not.
        file: Its name.
        terms: What is taken.
        reader: What reads it; by default found out from its name and its beginning.

    Raises:
        InputError: It cannot be taken, or what follows cannot.
    """
    name = file
    try:
        reader = reader or _reader_by_name(file)
        if stream.peek(2).startswith(SIGN):
            stream, name = BufferedReader(Unpacked(stream)), file.removesuffix(GZIP)
        for found in (reader or find_reader(stream, name))(stream, file, terms):
            item: Item | Passed | InputError = as_item(found)
            yield Item(item.report, {"address": file, **item.origin}) if isinstance(item, Item) else item
    except (OSError, EOFError, zlib.error) as error:
        said = error.strerror if isinstance(error, OSError) else None
        raise Spot(file).error("file", said or str(error), "a file that can be read to its end") from error


def _open(path: Path) -> BufferedReader:
    spot, allowed = Spot(str(path)), "a file or folder that exists and may be read"
    try:
        if stat.S_ISSOCK(path.stat().st_mode):
            raise spot.error("file", "a socket", allowed)
        return path.open("rb")
    except (OSError, ValueError) as error:
        found = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise spot.error("file", found, allowed) from error


def find_reader(stream: BufferedReader, name: str) -> Reader:
    """Return what reads a file: by the end of its name, else by how it begins, else it is text."""
    by_name = _reader_by_name(name)
    if by_name is not None:
        return by_name
    start = stream.peek(512)
    return next((reader for sign, reader in SIGNS.items() if sign.match(start)), read_text)


def _reader_by_name(name: str) -> Reader | None:
    return READERS.get(Path(name.lower().removesuffix(GZIP)).suffix)


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
        known = (name for name in sorted(files) if _reader_by_name(name) and not name.startswith("."))
        yield from (Path(where) / name for name in known)
    for error in errors:
        yield Spot(str(error.filename)).error("folder", error.strerror, "a folder that may be read")
