"""What a source yields: reports with where they came from, what was passed over, errors, and notes for the next visit.

A reader that knows no more than the report yields the report itself; `as_item` makes them alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from casus.errors import InputError
from casus.records import Report

Other = TypeVar("Other")


@dataclass(frozen=True, slots=True)
class Item:
    """A report with its origin: plain JSON values such as `address`, `storyline`, `sources`."""

    report: Report
    origin: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Passed:
    """A report that was not read: its id is known, or its page failed a short while ago and is put off."""

    id: str
    why: Literal["known", "put off"] = "known"


@dataclass(frozen=True, slots=True)
class Note:
    """What to remember under a key, once all that came before it is stored; None forgets."""

    key: str
    value: Mapping[str, Any] | None = field(hash=False)


Found = Report | Item | Passed | InputError


def as_item(found: Report | Item | Other) -> Item | Other:
    """Return what was found, a plain report as an item without origin."""
    return Item(found) if isinstance(found, Report) else found
