"""Writes the files of one export all together or not at all: under other names first, then renamed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from casus.errors import CasusError


class Files:
    """Files that are being written, by the path that each will have."""

    def __init__(self) -> None:
        self._temporary: dict[Path, Path] = {}

    @contextmanager
    def open(self, path: Path) -> Iterator[BinaryIO]:
        """Give a binary file for what will be at `path`; its content is on the disk when the block ends.

        Raises:
            CasusError: It cannot be written there.
        """
        temporary = path.with_name(f".{path.name}.{token_hex(4)}.part")
        try:
            opened = temporary.open("xb")
        except OSError as error:
            raise CasusError(f"{path}: {error.strerror or error}") from error
        with opened as file:
            self._temporary[path] = temporary
            yield file
            file.flush()
            os.fsync(file.fileno())

    def put(self, path: Path, content: bytes) -> None:
        """Write a whole file."""
        with self.open(path) as file:
            file.write(content)

    def finish(self) -> None:
        """Give every file its name."""
        for path, temporary in self._temporary.items():
            temporary.replace(path)
        self._temporary.clear()

    def give_up(self) -> None:
        """Remove what was not finished."""
        for temporary in self._temporary.values():
            with suppress(FileNotFoundError):
                temporary.unlink()
        self._temporary.clear()


@contextmanager
def all_or_none() -> Iterator[Files]:
    """Give files that get their names when the block ends well; otherwise nothing is left of them.

    Raises:
        CasusError: A file cannot be written.
    """
    files = Files()
    try:
        yield files
        files.finish()
    except OSError as error:
        raise CasusError(f"{error.filename or 'the export'}: {error.strerror or error}") from error
    finally:
        files.give_up()
