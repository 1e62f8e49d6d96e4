"""What a server is given that it may not know itself: a coder for posted reports, and who reckons their figures."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casus.config import Settings
    from casus.pipeline import Coder
    from casus.records import Record, Report
    from casus.store.house import Store
    from casus.stored import Added

COMMAND = "serve"
POSTED = "POST /api/v1/reports"


class Reception:
    """Codes posted reports with one coder, made when the first comes, and keeps them in the name of one run.

    Args:
        settings: For the coder.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._coder: Coder | None = None
        self._run: int | None = None
        self._counts: dict[str, int] = {}

    def take(self, store: Store, fields: Mapping[str, Any]) -> tuple[Report, Added]:
        """Return the report that the fields describe, coded, kept and linked, and what that changed.

        Args:
            store: Where it is kept.
            fields: As of a line of `casus ingest FILE.jsonl`; `by` is who posted it.

        Raises:
            CasusError: It cannot be taken or coded, or the store cannot be written.
        """
        from casus.ingest.reports import Spot, Terms, make_report
        from casus.link.across import link_across

        terms = Terms(max_bytes=self._settings.max_bytes, languages=self._settings.languages)
        report = make_report(fields, Spot(POSTED), terms)
        if store.known([report.id]).get(report.id) == hashlib.sha256(report.text.encode()).hexdigest():
            return store.report(report.id), "known"
        coded = self._make_coder().code_report(report)
        with store.transaction():
            run = self._begin(store)
            outcome = store.add(coded, run, origin={"address": POSTED, "by": fields.get("by")})
            link_across(coded, store)
            counts = self._counts | {outcome: self._counts.get(outcome, 0) + 1}
            store.end_run(run, counts)  # for now: whoever kills the server leaves it like this
        self._run, self._counts = run, counts
        return coded, outcome

    def _make_coder(self) -> Coder:
        from casus.pipeline import Coder

        self._coder = self._coder or Coder(self._settings)
        return self._coder

    def _begin(self, store: Store) -> int:
        from casus.store.provenance import read_versions

        return self._run if self._run is not None else store.begin_run(COMMAND, read_versions(self._settings))


def reckon(store: Store, incident: str) -> Mapping[str, Record]:
    """Return kind of count → the reckoning of every report's figures of a live incident."""
    from casus.link.across import read_happening

    return read_happening(incident, store).tolls if store.tellings_in([incident]) else {}
