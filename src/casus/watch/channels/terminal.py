"""Tells whoever sits at the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field

from casus.watch.alerts import Message, body_lines, subject_line
from casus.watch.channels.base import FORBID, Around


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """The terminal; `brief` shows one line a message."""

    __pydantic_config__: ClassVar[ConfigDict] = FORBID
    KIND: ClassVar[str] = "terminal"

    name: str
    brief: Annotated[bool, Field(strict=True)] = False

    def send(self, message: Message, around: Around) -> None:
        """Show a message; nothing in it can steer the terminal."""
        around.say(subject_line(message))
        for line in () if self.brief else body_lines(message):
            around.say(f"  {line}")
