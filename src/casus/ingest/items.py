"""What a source yields: reports with where they came from, what was passed over, errors, and notes for the next visit.

A reader that knows no more than the report yields the report itself; `as_item` makes them alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from casus.errors import InputError
from casus.records import Report

Why = Literal["known", "unchanged", "put off", "given up"]
Other = TypeVar("Other")


@dataclass(frozen=True, slots=True)
class Item:
    """A report with its origin: plain JSON values such as `address`, `storyline`, `sources`."""

    report: Report
    origin: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Passed:
    """What was not read: a known report, a source with nothing new, a page that failed of late or once too often."""

    id: str
    why: Why = "known"


@dataclass(frozen=True, slots=True)
class Note:
    """What to remember under a key, once all that came before it is stored; None forgets."""

    key: str
    value: Mapping[str, Any] | None = field(hash=False)


Found = Report | Item | Passed | InputError


def as_item(found: Report | Item | Other) -> Item | Other:
    """Return what was found, a plain report as an item without origin."""
    return Item(found) if isinstance(found, Report) else found
