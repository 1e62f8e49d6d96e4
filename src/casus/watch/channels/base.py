"""What the ways to tell somebody share: what is around them, secrets, files that are written whole; tells nobody."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol
from xml.etree import ElementTree

from pydantic import ConfigDict

from casus.errors import DeliveryError
from casus.watch.alerts import Message

FORBID = ConfigDict(extra="forbid")
TIMEOUT = 15.0  # seconds that a receiver may take
LONGEST_ERROR = 300  # characters
# What XML 1.0 cannot hold, not even escaped.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a channel may use.

    Attributes:
        say: Shows a line to whoever sits at the terminal.
        environ: Where secrets are.
        folder: What paths are relative to: the folder of the rules.
        recent: The last messages that went through a channel, newest first, this one included.
    """

    say: Callable[[str], None]
    environ: Mapping[str, str]
    folder: Path
    recent: Callable[[int], tuple[Message, ...]] = lambda _number: ()


class Channel(Protocol):
    """A way to tell somebody; settings from the rules, checked when they are read."""

    KIND: ClassVar[str]

    @property
    def name(self) -> str:
        """How the rules call it."""
        ...

    def send(self, message: Message, around: Around) -> str | None:
        """Tell somebody, and return what should be known though it arrived, None where nothing.

        Raises:
            DeliveryError: It did not work; it may work later.
        """
        ...


def read_secret(variable: str, around: Around) -> str:
    """Return a secret from the environment.

    Raises:
        DeliveryError: The variable is not set.
    """
    if not (secret := around.environ.get(variable)):
        raise DeliveryError(f"environment variable {variable}: found nothing, allowed the secret of the channel")
    return secret


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that whoever reads it sees the old one or the new one, never half of it.

    Raises:
        DeliveryError: It cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise DeliveryError(f"{path}: {error.strerror or error}") from error


def xml_text(text: str) -> str:
    r"""Return text as XML can hold it.

    >>> xml_text("a\x0bb\ufffec")
    'abc'
    """
    return NOT_XML.sub("", text)


def xml_file(root: ElementTree.Element) -> bytes:
    """Return an XML file."""
    told: bytes = ElementTree.tostring(root, encoding="utf-8")
    return b"<?xml version='1.0' encoding='utf-8'?>\n" + told + b"\n"


def cut_error(told: object) -> str:
    """Return what went wrong, on one line and not too long."""
    line = " ".join(str(told).split())
    return line if len(line) <= LONGEST_ERROR else line[: LONGEST_ERROR - 1] + "…"
