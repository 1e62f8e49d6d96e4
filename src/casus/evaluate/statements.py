"""Statements of events as they are measured: what gold and coded reports share of record.md; judges nothing.

Gold is written by people and lacks what only a coder gives, so fields may be missing and unknown ones are passed over;
what is there must have its kind.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, TypeAdapter, ValidationError

from casus.errors import InputError

NotEmpty = BeforeValidator(lambda value: value or None)
Id = Annotated[str, BeforeValidator(lambda value: value["id"] if isinstance(value, dict) and "id" in value else value)]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `start` to `end` (excluded) of a report's text."""

    start: int
    end: int
    text: str = ""

    def meets(self, other: Stretch) -> bool:
        """Tell whether both share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Somebody:
    """A party or a source; the most specific sector comes first."""

    text: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Days:
    """A time as two ISO dates, both included."""

    start: str | None = None
    end: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place; `lat` and `lon` in degrees."""

    text: str | None = None
    name: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """How many of what kind, None where open."""

    kind: str
    min: int | None = None
    max: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement of an event."""

    id: str
    trigger: Stretch
    type: str
    sentence: Stretch | None = None
    mode: str | None = None
    actors: tuple[Somebody, ...] = ()
    recipients: tuple[Somebody, ...] = ()
    modality: str | None = None
    attribution: Annotated[Somebody | None, NotEmpty] = None
    when: Annotated[Days | None, NotEmpty] = None
    where: Annotated[Spot | None, NotEmpty] = None
    quantities: tuple[Number, ...] = ()
    responds_to: tuple[Id, ...] = ()
    incident: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A report with its statements, and what is needed to code it."""

    id: str
    text: str
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: str | None = None
    events: tuple[Statement, ...] = ()


@cache
def _adapter() -> TypeAdapter[Told]:
    return TypeAdapter(Told)


def told_of(data: Mapping[str, Any], *, file: str = "<report>", line: int = 1) -> Told:
    """Return the report that a JSON object tells.

    Args:
        data: An object of record.md, or what of it the gold has.
        file: Where it stands, for the error.
        line: Line of the file, counted from one.

    Raises:
        InputError: A field is missing, or holds another kind of value.
    """
    try:
        return _adapter().validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "report"
        raise InputError(file, line, field, first["input"], first["msg"]) from error


def read_gold(folder: Path) -> dict[str, Told]:
    """Return the reports of a folder, one JSON file each, by id.

    Raises:
        InputError: A file is no such report, or there is none.
        OSError: A file cannot be read.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise InputError(str(folder), 1, "folder", "no annotated report", "files *.json")
    reports = (told_of(_parse(path.read_text("utf-8"), str(path), 1), file=str(path)) for path in paths)
    return {report.id: report for report in reports}


def read_told(path: Path) -> Iterator[Told]:
    """Yield the reports of a JSON Lines file, as `casus code --format json` writes it.

    Raises:
        InputError: A line is no report.
        OSError: The file cannot be read.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield told_of(_parse(line, str(path), number), file=str(path), line=number)


def _parse(text: str, file: str, line: int) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise InputError(file, line, "report", text[:40], f"a JSON object ({error})") from error
