"""JSON and JSON Lines files: reports as objects with the fields `id url publisher published title text body`.

What else an object says of its origin (`category storyline links sources language country`) is kept beside the report.

Lines and lists are read one report at a time, so a file may be larger than the memory.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from io import BufferedReader, BytesIO
from itertools import chain
from typing import Any, BinaryIO

from casus.errors import InputError
from casus.ingest.charsets import decode_text
from casus.ingest.items import Found, Item
from casus.ingest.lines import CHUNK, bounded_lines
from casus.ingest.reports import Spot, Terms, make_report, too_large
from casus.records import Report

BETWEEN = re.compile(r"[\s,]*")
OBJECT_LINE = re.compile(rb'\s*\{\s*"')
OBJECT = "a JSON object"
ORIGIN = ("category", "storyline", "links", "sources", "language", "country")


def read_json(stream: BufferedReader, file: str, terms: Terms) -> Iterator[Found]:
    """Yield the reports of a JSON file: an object, a list of objects, or one object a line.

    Args:
        stream: The file.
        file: Its name.
        terms: What is taken; `max_bytes` holds for each report.
    """
    opening = _opening_lines(stream, terms.max_bytes)
    if opening[-1].removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"["):
        yield from _read_list(chain(opening, iter(lambda: stream.read(CHUNK), b"")), Spot(file), terms)
    elif _is_object(opening[-1]):
        yield from _read_lines(chain(opening, bounded_lines(stream, terms.max_bytes)), file, terms)
    else:
        yield from _read_document(b"".join(opening) + stream.read(terms.max_bytes + 1), file, terms)


def read_json_lines(stream: BinaryIO, file: str, terms: Terms) -> Iterator[Found]:
    """Yield the reports of a JSON Lines file; a bad line costs that line alone.

    Args:
        stream: The file.
        file: Its name.
        terms: What is taken; `max_bytes` holds for each line.
    """
    yield from _read_lines(bounded_lines(stream, terms.max_bytes), file, terms)


def _opening_lines(stream: BinaryIO, max_bytes: int) -> list[bytes]:
    """Return the first line that is not blank, after the blank ones before it."""
    lines = [stream.readline(max_bytes + 2)]
    while lines[-1] and not lines[-1].strip():
        lines.append(stream.readline(max_bytes + 2))
    return lines


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _read_lines(lines: Iterator[bytes], file: str, terms: Terms) -> Iterator[Found]:
    count = 0
    for number, line in enumerate(lines, 1):
        if line.removeprefix(codecs.BOM_UTF8).strip():
            count += 1
            yield _read_line(line, Spot(file, number), terms)
    if not count:
        yield Spot(file).error("file", "", "a report: the file is empty")


def _read_line(line: bytes, spot: Spot, terms: Terms) -> Found:
    try:
        if len(line.rstrip(b"\r\n")) > terms.max_bytes:
            raise too_large(spot, f"a line of more than {terms.max_bytes} bytes", terms.max_bytes)
        return _read_object(parse_json(decode_text(line, spot).strip(), spot), spot, terms)
    except InputError as error:
        return error


def parse_json(text: str, spot: Spot) -> Any:
    """Return what JSON text at `spot` says.

    Raises:
        InputError: It is not JSON.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        there = Spot(spot.file, spot.line + error.lineno - 1)
        found = text[error.pos :].partition("\n")[0]
        raise there.error(f"column {error.colno}", found, f"JSON ({error.msg})") from error
    except (ValueError, RecursionError) as error:
        raise spot.error("JSON", text, f"JSON ({error})") from error


def _read_object(value: Any, spot: Spot, terms: Terms) -> Report | Item:
    if not isinstance(value, dict):
        raise spot.error("report", value, OBJECT)
    report = make_report(value, spot, terms)
    origin = {name: value[name] for name in ORIGIN if value.get(name)}
    return Item(report, origin) if origin else report


def _read_document(data: bytes, file: str, terms: Terms) -> Iterator[Found]:
    """Yield the report of one object over many lines; if it is none but its lines are objects, those of the lines."""
    spot = Spot(file)
    if not data.strip():
        raise spot.error("file", "", "a report: the file is empty")
    if len(data) > terms.max_bytes:
        raise too_large(spot, f"more than {terms.max_bytes} bytes", terms.max_bytes)
    try:
        value = parse_json(decode_text(data, spot), spot)
    except InputError:
        lines = [line for line in data.splitlines() if line.strip()]
        if len(lines) < 2 or not all(OBJECT_LINE.match(line) for line in lines):
            raise
        yield from read_json_lines(BytesIO(data), file, terms)
    else:
        yield _read_object(value, spot, terms)


def _read_list(chunks: Iterator[bytes], spot: Spot, terms: Terms) -> Iterator[Found]:
    count = 0
    for line, value in _elements(_decoded(chunks, spot), spot, terms.max_bytes):
        count += 1
        try:
            yield _read_object(value, Spot(spot.file, line), terms)
        except InputError as error:
            yield error
    if not count:
        yield spot.error("file", [], "a list with reports")


def _decoded(chunks: Iterator[bytes], spot: Spot) -> Iterator[str]:
    decoder, passed, lines = codecs.getincrementaldecoder("utf-8-sig")(), 0, 0
    for chunk in chain(chunks, [b""]):
        try:
            yield decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            there = Spot(spot.file, spot.line + lines + error.object.count(b"\n", 0, error.start))
            raise there.error(
                f"byte {passed + error.start}", error.object[error.start : error.start + 1], "UTF-8"
            ) from error
        passed, lines = passed + len(chunk), lines + chunk.count(b"\n")


def _elements(chunks: Iterator[str], spot: Spot, max_bytes: int) -> Iterator[tuple[int, Any]]:
    """Yield the elements of a JSON list with their lines, keeping no more than one and what was read with it."""
    decoder, line, text = json.JSONDecoder(), spot.line, ""
    while "[" not in text:
        text += next(chunks)
    at = text.index("[") + 1
    while True:
        at = BETWEEN.match(text, at).end()  # type: ignore[union-attr]  # it matches the empty string
        line, text = line + text.count("\n", 0, at), text[at:]
        if text.startswith("]"):
            return
        try:
            value, at = decoder.raw_decode(text)
        except (ValueError, RecursionError) as error:
            more = next(chunks, None)
            if more is None or len(text) > max_bytes:
                raise _not_json(text, error, Spot(spot.file, line)) from error
            text, at = text + more, 0
            continue
        yield line, value


def _not_json(text: str, error: Exception, spot: Spot) -> InputError:
    if not text.strip():
        return spot.error("list", "", "JSON: the list does not end")
    if not isinstance(error, json.JSONDecodeError):
        return spot.error("JSON", text, f"JSON ({error})")
    there = Spot(spot.file, spot.line + error.lineno - 1)
    return there.error("list", text[error.pos :].partition("\n")[0], f"JSON ({error.msg})")
