"""Files packed by gzip, unpacked as they are read; one that breaks off gives all that came before it breaks."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO

SIGN = b"\x1f\x8b"
STEP = 1 << 16
GZIP = 16 + zlib.MAX_WBITS


class Unpacked(io.RawIOBase):
    """What a packed file holds; several packed parts, one after the other, are one file.

    Args:
        packed: The packed file.

    Raises:
        EOFError: It ends too soon.
        zlib.error: It is broken.
    """

    def __init__(self, packed: BinaryIO) -> None:
        self._packed, self._machine, self._left = packed, zlib.decompressobj(GZIP), b""
        self._within = False  # within a packed part

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as what was read so far reaches, and return how far."""
        while True:
            self._left = self._left or self._packed.read(STEP)
            if not self._within:
                self._left = self._left.lstrip(b"\0")  # some programs fill up the last block
            if not self._left and self._within:
                raise EOFError("the packed file breaks off")
            if not self._left:
                return 0
            if data := self._unpack(len(buffer)):
                buffer[: len(data)] = data
                return len(data)

    def _unpack(self, size: int) -> bytes:
        self._within = True
        data = self._machine.decompress(self._left, size)
        self._left = self._machine.unconsumed_tail
        if self._machine.eof:
            self._left, self._machine, self._within = self._machine.unused_data, zlib.decompressobj(GZIP), False
        return data
