"""A time by which an answer must be complete: timeouts hold for each read alone, and a server that drips has no end.

When the time is over the connection is cut, whatever is being read from it: headers, body, or nothing.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from contextlib import suppress
from threading import Timer
from types import TracebackType
from typing import Any, Self

OPENED = {"connection.connect_tcp.complete", "connection.start_tls.complete"}


class Deadline:
    """Cuts the connection of one request after some seconds.

    Args:
        seconds: From when it is entered.

    Attributes:
        over: Whether it has cut.
    """

    def __init__(self, seconds: float) -> None:
        self.over = False
        self._stream: Any = None
        self._timer = Timer(max(0.0, seconds), self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()

    def watch(self, event: str, info: Mapping[str, Any]) -> None:
        """Learn of a connection: for the extension `trace` of a request of httpx."""
        if event in OPENED:
            self._stream = info["return_value"]
            if self.over:
                self._cut()

    def _cut(self) -> None:
        self.over = True
        open_socket = self._stream.get_extra_info("socket") if self._stream is not None else None
        if open_socket is not None:
            with suppress(OSError):  # it may have been closed just now
                open_socket.shutdown(socket.SHUT_RDWR)
