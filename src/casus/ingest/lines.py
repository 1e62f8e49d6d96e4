"""Lines of a file, none longer in memory than is allowed; decodes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

CHUNK = 1 << 20


def bounded_lines(stream: BinaryIO, max_bytes: int) -> Iterator[bytes]:
    """Yield the lines; of a line that is too long only the first `max_bytes` + 2 bytes."""
    while line := stream.readline(max_bytes + 2):
        yield line
        while line and not line.endswith(b"\n"):
            line = stream.readline(CHUNK)
