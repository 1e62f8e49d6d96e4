"""From a response to its body: bounded in bytes, before and after decompression; decodes no characters."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from casus.errors import FetchError

if TYPE_CHECKING:
    import httpx

ENCODINGS = "gzip, deflate"  # what we ask for and can bound
ANY_HEADER = 32 + zlib.MAX_WBITS  # zlib finds out whether it is gzip or zlib
DEFLATED = {"gzip", "x-gzip", "deflate"}
RAW = -zlib.MAX_WBITS
STEP = 1 << 16


class TruncatedBodyError(Exception):
    """A compressed body ends before its end."""

    def __str__(self) -> str:
        return "a compressed body that is cut"


def read_body(response: httpx.Response, max_bytes: int) -> bytes:
    """Return the decompressed body of a response.

    Args:
        response: Opened as a stream.
        max_bytes: Size above which it is refused.

    Raises:
        FetchError: It is too large, or compressed in a way we did not ask for or cannot read.
        TruncatedBodyError: It ends too soon.
        httpx.HTTPError: The connection failed.
    """
    address, parts, size = str(response.url), [], 0
    try:
        for part in _decompress(response.iter_raw(), _encoding(response)):
            size += len(part)
            if size > max_bytes:
                raise FetchError(address, "size", f"more than {max_bytes} bytes", f"at most {max_bytes} bytes")
            parts.append(part)
    except zlib.error as error:
        raise FetchError(address, "body", str(error), "a body compressed as its header says") from error
    return b"".join(parts)


def inflate(data: bytes, encoding: str, max_bytes: int) -> bytes:
    """Return compressed data decompressed, no more than about `max_bytes` of it.

    Raises:
        TruncatedBodyError: It ends too soon.
        zlib.error: It is not compressed in that way.
    """
    parts, size = [], 0
    for part in _decompress(iter([data]), encoding):
        parts.append(part)
        size += len(part)
        if size > max_bytes:
            break
    return b"".join(parts)


def _encoding(response: httpx.Response) -> str:
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"", "identity", *DEFLATED}:
        raise FetchError(str(response.url), "content-encoding", encoding, ENCODINGS)
    return "" if encoding == "identity" else encoding


def _decompress(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """Yield the pieces, none larger than STEP when compressed, so that a bomb is seen before it fills the memory."""
    if not encoding:
        yield from chunks
        return
    machine, begun = zlib.decompressobj(ANY_HEADER), False
    for chunk in chunks:
        if not begun and encoding == "deflate" and not _has_zlib_header(chunk):
            machine = zlib.decompressobj(RAW)
        begun, data = True, chunk
        while data:
            if machine.eof:
                machine = zlib.decompressobj(ANY_HEADER)  # gzip may come in several parts
            yield machine.decompress(data, STEP)
            data = machine.unused_data if machine.eof else machine.unconsumed_tail
    if begun and not machine.eof:
        raise TruncatedBodyError


def _has_zlib_header(data: bytes) -> bool:
    """Tell whether deflated data has the header that the standard asks for and some servers leave out."""
    return len(data) > 1 and data[0] & 0x0F == zlib.DEFLATED and (data[0] << 8 | data[1]) % 31 == 0
