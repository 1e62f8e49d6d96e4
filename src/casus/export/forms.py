"""What a format is: its name, its columns, the slots of our record that it keeps, and what writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

if TYPE_CHECKING:
    from casus.export.sources import Source

Kind = Literal["string", "integer", "number", "boolean", "date", "datetime", "year", "list", "object"]
Unit = Literal["reports", "events", "incidents"]


def word_set(words: str) -> frozenset[str]:
    """Return the words of a string: codes or names of slots, which lists of quoted strings would make hard to read."""
    return frozenset(words.split())


def give_nothing(_item: Any) -> None:
    """Leave a cell empty: the column is theirs and nothing of ours belongs there."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column or field: its name as the format's codebook has it, what is in it here, and what fills it.

    Args:
        name: As in the codebook, case and spaces included.
        kind: Of its values.
        told: What is in it, for the data dictionary.
        give: From what a row is made of to the cell.
        tag: Its HXL hashtag, where there is one.
    """

    name: str
    kind: Kind
    told: str
    give: Callable[[Any], Any] = give_nothing
    tag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format of exports.

    Attributes:
        name: As in `casus export NAME`.
        title: For people.
        about: What it is and, for the shape of another system, whose columns and whose coding.
        unit: What a row, line or feature stands for.
        suffix: Of files.
        media: Its media type.
        columns: Its columns or fields in their order.
        keeps: Slots of our record that it holds.
        write: Writes what the source gives to a file, and counts rows and losses.
        done_only: Only what happened goes in unless more is asked for.
        extra: The extra of Casus that it needs.
        beside: Other files that belong to it: file name → content, from the path of the export.
        notes: What else a user should know, for the data dictionary.
    """

    name: str
    title: str
    about: str
    unit: Unit
    suffix: str
    media: str
    columns: tuple[Column, ...]
    keeps: frozenset[str]
    write: Callable[[Source, BinaryIO], None]
    done_only: bool = True
    extra: str | None = None
    beside: Callable[[Path, Format], Mapping[str, bytes]] | None = None
    notes: tuple[str, ...] = field(default=())
