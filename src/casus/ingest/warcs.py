"""Web archives (WARC, plain or gzip): one report a page that was archived with its answer; the rest is passed over.

Needs FastWARC, which comes with the extra `casus[archives]`.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BufferedReader, BytesIO, UnsupportedOperation
from typing import Any

from casus.errors import FetchError, InputError
from casus.ingest.addresses import address_id, clean_address
from casus.ingest.bodies import DEFLATED, TruncatedBodyError, inflate
from casus.ingest.charsets import decode_answer
from casus.ingest.items import Found, Item, Passed
from casus.ingest.pages import PAGE_TYPES, report_page
from casus.ingest.reports import Spot, Terms

OK = 200
LARGEST_PAGE = 10_000_000  # bytes
RECORD_END = b"\r\n\r\n"
CHUNK_SIZE = re.compile(rb"[0-9A-Fa-f]{1,8}[ \t]*(;[^\r\n]*)?\r?\n")  # some crawlers undo chunks and keep the header
WHOLE = "a record that is whole"


def read_warc(stream: BufferedReader, file: str, terms: Terms) -> Iterator[Found]:
    """Yield the reports of an archive; a page without an article costs that page alone.

    Args:
        stream: The archive.
        file: Its name.
        terms: What is taken; pages whose address is `known` are not read.

    Raises:
        InputError: FastWARC is not installed, or the archive is broken: what follows cannot be found.
    """
    spot, number = Spot(file), 0
    for number, record in enumerate(_records(stream, spot), 1):
        address = record.headers.get("WARC-Target-URI")
        if address and _is_page(record, Spot(file, number)):
            try:
                yield _read_record(record, address, Spot(file, number), terms)
            except InputError as error:
                yield error
    if not number:
        raise spot.error("file", "", "an archive with records of answers")


def _records(stream: BufferedReader, spot: Spot) -> Iterator[Any]:
    """Yield the records of answers; their errors tell of no line, so records are counted for lines."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise spot.error("file", "a web archive", "what is installed: pip install 'casus[archives]'") from error
    source, number = _Source(stream), 1
    try:
        for record in ArchiveIterator(source, record_types=WarcRecordType.response, auto_decode="none"):
            yield record
            number += 1
    except OSError as error:
        raise Spot(spot.file, number).error("record", str(error), WHOLE) from error
    if problem := source.find_break():
        raise Spot(spot.file, number).error("record", problem, WHOLE)


class _Source:
    """An archive as FastWARC needs it, which asks even pipes where they stand; notices where the archive breaks off."""

    def __init__(self, stream: BufferedReader) -> None:
        self._stream, self._position, self._end = stream, 0, b""
        self._broken: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._stream.read1(size)
        except (EOFError, zlib.error) as error:
            self._broken, data = error, b""
        self._position += len(data)
        self._end = (self._end + data)[-len(RECORD_END) :]
        return data

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = 0) -> int:
        if (offset, whence) not in {(0, 1), (self._position, 0)}:
            raise UnsupportedOperation("seek")
        return self._position

    def close(self) -> None:
        """Leave it to who opened it."""

    def find_break(self) -> str | None:
        """Return what is wrong with the end, None where it is one."""
        if self._broken is not None:
            return str(self._broken)
        return None if self._end in {b"", RECORD_END} else "the archive breaks off"


def _is_page(record: Any, spot: Spot) -> bool:
    """Tell whether a record holds a page that was found."""
    if not record.is_http:
        return False
    headers = record.http_headers
    if headers is None:
        raise spot.error("record", "no HTTP headers", WHOLE)
    return headers.status_code == OK and (record.http_content_type or "").lower() in PAGE_TYPES


def _read_record(record: Any, address: str, spot: Spot, terms: Terms) -> Found:
    """Return the report of a record.

    Raises:
        InputError: It is cut, too large, or no article was found in it.
    """
    try:
        url = clean_address(address)
    except FetchError as error:
        raise spot.error("WARC-Target-URI", address, error.allowed) from error
    if terms.known(address_id(url)):
        return Passed(address_id(url))
    html = decode_answer(_read_payload(record, spot), record.http_charset, spot)
    report = report_page(html, spot, terms, {"url": url})
    archived = record.record_date.isoformat() if record.record_date else None
    return Item(report, {"address": address, "archive": spot.file, "archived": archived})


def _read_payload(record: Any, spot: Spot) -> bytes:
    """Return the body of an answer as a browser would have it."""
    if cut := record.headers.get("WARC-Truncated"):
        raise spot.error("WARC-Truncated", cut, WHOLE)
    try:
        raw = bytes(record.reader.read(LARGEST_PAGE + 1))
        if len(raw) < min(record.content_length, LARGEST_PAGE):
            raise spot.error("record", f"{len(raw)} of {record.content_length} bytes", WHOLE)
        data = _decoded(raw, record.http_headers)
    except (OSError, zlib.error, TruncatedBodyError) as error:
        raise spot.error("record", str(error) or "a body that is cut", WHOLE) from error
    if len(data) > LARGEST_PAGE:
        raise spot.error("size", f"more than {LARGEST_PAGE} bytes", f"at most {LARGEST_PAGE} bytes a page")
    return data


def _decoded(raw: bytes, headers: Any) -> bytes:
    """Undo chunks and compression, up to what a page may have."""
    from fastwarc.stream_io import BrotliReader, ChunkedReader

    encoding = (headers.get("Content-Encoding") or "").strip().lower()
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower() and CHUNK_SIZE.match(raw):
        raw = ChunkedReader(BytesIO(raw)).read(LARGEST_PAGE + 1)
    if encoding == "br":
        return bytes(BrotliReader(BytesIO(raw)).read(LARGEST_PAGE + 1))
    return inflate(raw, encoding, LARGEST_PAGE + 1) if encoding in DEFLATED else bytes(raw)
