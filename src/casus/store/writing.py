"""The writes of a store that concern reports, incidents and links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from casus.records import Incident, Link, Report
from casus.store.adding import Adding, add_report
from casus.store.linking import put_links
from casus.store.matching import Matching
from casus.store.schema import past_reports, reports
from casus.store.summing import put_judged
from casus.store.versions import Change, chunked, retire_incident
from casus.stored import Added, ChangeReason, SumUp


class Writing(Matching):
    """The parts of a store that take reports in and join incidents."""

    sum_up: SumUp
    """How events are summed up as an incident where the store itself has to: after a merge, a split or a recoding."""

    def add(self, report: Report, run: int | None = None, *, origin: Mapping[str, Any] | None = None) -> Added:
        """Write a report with its events, incidents and links; the same report twice is written once.

        Args:
            report: Coded and linked, or bare.
            run: The run that does so.
            origin: All that intake knows of where it came from; `language` and `fetched` are kept as columns too.

        Returns:
            `added`; `known`, where nothing is new; `recoded`, where the text is the same and the coding is not;
            `updated`, where text, title or the like changed: the report as it was is kept, see `past`.

        Raises:
            StoreError: It cannot be written; nothing of it is.
        """
        with self.writing() as connection:
            adding = Adding(run=run, coder=self.coder_of_run(run), origin=origin or {}, sum_up=self.sum_up)
            return add_report(connection, report, adding)

    def add_all(self, reports: Iterable[Report], run: int | None = None) -> Counter[Added]:
        """Write reports in one transaction, and count what came of them.

        Raises:
            StoreError: One cannot be written; none is.
        """
        with self.transaction():
            return Counter(self.add(report, run) for report in reports)

    def known(self, ids: Iterable[str]) -> dict[str, str]:
        """Return report id → SHA-256 of its text in hexadecimal digits, for the reports that are in the store."""
        found: dict[str, str] = {}
        with self.reading() as connection:
            for some in chunked(ids):
                query = select(reports.c.id, reports.c.sha).where(reports.c.id.in_(some))
                found.update(connection.execute(query).all())
        return found

    def past(self, report: str) -> tuple[Report, ...]:
        """Return a report as it was before each of its updates, oldest first."""
        query = select(past_reports.c.record).where(past_reports.c.report == report).order_by(past_reports.c.number)
        with self.reading() as connection:
            return tuple(Report.from_json(record) for record in connection.execute(query).scalars())

    def put_incident(
        self,
        incident: Incident,
        *,
        reason: ChangeReason,
        detail: Mapping[str, Any] | None = None,
        run: int | None = None,
    ) -> None:
        """Open a new version of an incident, which takes its events over from wherever they are.

        An incident that so loses its last event is retired into this one; one that loses some of them should be put
        again as it is then. Where people rejected or corrected some of its events it is summed up here, as they said.

        Raises:
            StoreError: An event is not in the store, or one of the incident's own would be left without incident.
        """
        with self.writing() as connection:
            put_judged(connection, incident, Change(reason=reason, run=run, detail=detail or {}), self.sum_up)

    def retire_incident(
        self, id_: str, *, into: str | None = None, detail: Mapping[str, Any] | None = None, run: int | None = None
    ) -> None:
        """Close an incident that has no events any more; its id leads to `into` from now on.

        Raises:
            StoreError: It is not in the store, or still has events.
        """
        with self.writing() as connection:
            reason: ChangeReason = "merged" if into else "retired"
            retire_incident(connection, id_, into, Change(reason=reason, run=run, detail=detail or {}))

    def put_links(self, links: Iterable[Link], *, run: int | None = None) -> None:
        """Write links between incidents; they follow merges and splits. The same link twice is one."""
        with self.writing() as connection:
            put_links(connection, links, run=run)
