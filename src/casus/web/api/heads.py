"""Records that only the API has: the head of a report in a list, and what came of a posted one."""

from __future__ import annotations

from dataclasses import dataclass

from casus.records import Record, Report
from casus.stored import Added


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportHead(Record):
    """A report without its text; `origin` is the report that it copies, or itself."""

    id: str
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: str | None = None
    day: str
    language: str | None = None
    origin: str
    added: str


@dataclass(frozen=True, slots=True)
class Taken(Record):
    """What came of a posted report: `added`, `known`, `updated` or `recoded`, and the report as it is coded."""

    outcome: Added
    report: Report
