"""Tells a program: a list of arguments without a shell, the message as JSON on its standard input."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field

from casus.errors import DeliveryError
from casus.watch.alerts import Message
from casus.watch.channels.base import FORBID, TIMEOUT, Around, cut_error

PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "SYSTEMROOT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A program.

    Attributes:
        argv: The program and its arguments; nothing in them is replaced or read by a shell.
        env: Further variables of the environment that it gets, by name.
        timeout: Seconds it may take; then it is ended and tried again later.
    """

    __pydantic_config__: ClassVar[ConfigDict] = FORBID
    KIND: ClassVar[str] = "command"

    name: str
    argv: Annotated[tuple[str, ...], Field(min_length=1)]
    env: tuple[str, ...] = ()
    timeout: Annotated[float, Field(gt=0, le=300)] = TIMEOUT

    def send(self, message: Message, around: Around) -> None:
        """Run the program; exit status 0 means delivered.

        Raises:
            DeliveryError: It cannot be run, takes too long, or ends with another status.
        """
        passed = {name: around.environ[name] for name in (*PASSED_ON, *self.env) if name in around.environ}
        told = json.dumps(message.to_json(), ensure_ascii=False).encode()
        try:
            done = subprocess.run(
                self.argv, input=told, env={**passed, "CASUS_MESSAGE_KEY": message.key}, cwd=around.folder,
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=self.timeout, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise DeliveryError(f"{self.argv[0]}: took more than {self.timeout:g} seconds") from error
        except OSError as error:
            raise DeliveryError(f"{self.argv[0]}: {error.strerror or error}") from error
        if done.returncode:
            said = cut_error(done.stderr.decode("utf-8", "replace"))
            raise DeliveryError(f"{self.argv[0]}: found exit status {done.returncode}, allowed 0; {said}".rstrip("; "))
