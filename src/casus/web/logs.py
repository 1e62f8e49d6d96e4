"""Logs as JSON, one object a line, with the id of the request it belongs to; whoever starts the server sets them up.

What is searched for, tokens and texts are never logged.
"""

from __future__ import annotations

import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TextIO

from pydantic_core import to_json

REQUEST_ID: ContextVar[str | None] = ContextVar("casus_request_id", default=None)
ACCESS = "casus.web.access"
"""The logger that tells of each request, at level INFO."""


class JsonLines(logging.Formatter):
    """Formats a record as JSON: `time level logger message request`, `error`, and what `extra={"told": …}` has."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told = {
            "time": moment.replace("+00:00", "Z"), "level": record.levelname.lower(), "logger": record.name,
            "message": record.getMessage(), "request": REQUEST_ID.get(),
        }  # fmt: skip
        told |= getattr(record, "told", {})
        if record.exc_info:
            told["error"] = self.formatException(record.exc_info)
        return to_json({name: value for name, value in told.items() if value is not None}).decode()


def set_up_logs(stream: TextIO, level: int = logging.INFO) -> None:
    """Let all that is logged go to a stream as JSON Lines."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
