"""From bytes to characters: UTF-8, or what a page declares, strictly; guesses no charset and repairs nothing."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from typing import BinaryIO

from casus.ingest.reports import Spot, too_large

DECLARATION = re.compile(
    rb"""<\?xml[^>]*?encoding=["']([\w.:-]+)|<meta[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
DECLARED_WITHIN = 2048  # bytes; browsers look at the first 1024
# Browsers read these names as the Windows code page, https://encoding.spec.whatwg.org/#names-and-labels
WIDENED = {"iso8859-1": "windows-1252", "ascii": "windows-1252", "iso8859-9": "windows-1254", "gb2312": "gb18030"}
BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
NOT_TEXT = re.compile(rb"[\x00-\x06\x0e-\x1a]")


def read_bytes(stream: BinaryIO, spot: Spot, max_bytes: int) -> bytes:
    """Return all of a source that holds one report.

    Raises:
        InputError: It is empty, too large, or no text.
    """
    data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        size = stream.seek(0, 2) if stream.seekable() else f"more than {max_bytes} bytes"
        raise too_large(spot, size, max_bytes)
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        raise spot.error("file", data[:0], "a report: the file is empty")
    return data


def decode_text(data: bytes, spot: Spot, charset: str = "utf-8") -> str:
    """Return `data` as text, without byte order mark, every line ending as a line feed.

    Args:
        data: All bytes from `spot` on.
        spot: Where they begin.
        charset: As Python names it.

    Raises:
        InputError: The data is binary or not of that charset.
    """
    if charset == "utf-8" and (odd := NOT_TEXT.search(data)):
        raise _at(data, odd.start(), spot).error(f"byte {odd.start()}", odd[0], "text: the file is binary")
    try:
        text = data.decode(charset)
    except UnicodeDecodeError as error:
        found = data[error.start : error.start + 1]
        raise _at(data, error.start, spot).error(f"byte {error.start}", found, charset.upper()) from error
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def decode_page(data: bytes, spot: Spot) -> str:
    """Return an HTML page as text, by its byte order mark, else by its declaration, else as UTF-8.

    Raises:
        InputError: The charset it declares does not exist, or the data is not of it.
    """
    for mark, charset in BOMS.items():
        if data.startswith(mark):
            return decode_text(data, spot, charset)
    declared = DECLARATION.search(data[:DECLARED_WITHIN])
    return decode_text(data, spot, _look_up((declared[1] or declared[2]).decode(), spot) if declared else "utf-8")


def decode_answer(data: bytes, charset: str | None, spot: Spot) -> str:
    """Return a page that came over HTTP as text: UTF-8 where it is that, else by what the server says, else the page.

    Text of another charset that happens to be UTF-8 does not occur, while servers that name a wrong one do.

    Args:
        data: The page.
        charset: What the server says, None where it says nothing; a charset that does not exist is passed over.
        spot: Where it came from.

    Raises:
        InputError: It is binary, or not of that charset.
    """
    if charset is None or data.startswith(tuple(BOMS)):
        return decode_page(data, spot)
    if not data.isascii():
        with suppress(UnicodeDecodeError):
            data.decode("utf-8")
            return decode_text(data, spot)
    try:
        known = codecs.lookup(charset).name
        "".encode(known)
    except (LookupError, ValueError):
        return decode_page(data, spot)
    return decode_text(data, spot, WIDENED.get(known, known))


def _look_up(name: str, spot: Spot) -> str:
    try:
        found = codecs.lookup(name).name
        "".encode(found)  # not every codec that Python has is one of text
    except LookupError as error:
        raise spot.error("charset", name, "a charset that exists (utf-8, windows-1252, …)") from error
    return WIDENED.get(found, found)


def _at(data: bytes, position: int, spot: Spot) -> Spot:
    return Spot(spot.file, spot.line + data.count(b"\n", 0, position))
