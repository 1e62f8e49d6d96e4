"""What is kept about the work itself: runs, the state of sources, issues."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from casus.errors import StoreError
from casus.store.databases import Database
from casus.store.provenance import coder_of
from casus.store.rows import tell_time
from casus.store.schema import issues, reports, runs, states
from casus.stored import Provenance, Run


class Keeping(Database):
    """The parts of a store that are about the work itself."""

    def begin_run(self, command: str, versions: Mapping[str, str] | None = None) -> int:
        """Note that a command begins, and return the run's number.

        Args:
            command: Its name, such as `ingest`.
            versions: Digests of what codes, as `read_versions` gives them.
        """
        values = {"command": command, "started": tell_time(), "versions": dict(versions or {}), "counts": {}}
        with self.writing() as connection:
            number: int = connection.execute(insert(runs).values(values).returning(runs.c.id)).scalar_one()
        return number

    def end_run(self, run: int, counts: Mapping[str, int] | None = None) -> None:
        """Note that a run is over, and what came of it."""
        with self.writing() as connection:
            ended = {"ended": tell_time(), "counts": dict(counts or {})}
            connection.execute(update(runs).where(runs.c.id == run).values(ended))

    def runs(self) -> tuple[Run, ...]:
        """Return all runs, oldest first."""
        with self.reading() as connection:
            rows = connection.execute(select(runs).order_by(runs.c.id)).mappings()
            return tuple(Run.from_json(dict(row)) for row in rows)

    def provenance(self, report: str) -> Provenance:
        """Return where a report came from and which run last wrote it.

        Raises:
            StoreError: It is not in the store.
        """
        query = select(reports.c.added, reports.c.source, runs).outerjoin(runs, reports.c.run == runs.c.id)
        with self.reading() as connection:
            row = connection.execute(query.where(reports.c.id == report)).mappings().one_or_none()
        if row is None:
            raise StoreError(f"found no report {report!r} in the store")
        told = {column.name: row[column] for column in runs.c}
        run = Run.from_json(told) if told["id"] is not None else None
        return Provenance(report=report, added=row["added"], run=run, origin=row["source"])

    def coder_of_run(self, run: int | None) -> str:
        """Return a digest of the versions a run codes with, empty where it told none."""
        with self.reading() as connection:
            versions = connection.execute(select(runs.c.versions).where(runs.c.id == run)).scalar()
        return coder_of(versions) if versions else ""

    def get_state(self, key: str) -> Any:
        """Return what was put under a key, None where nothing was."""
        with self.reading() as connection:
            return connection.execute(select(states.c.value).where(states.c.key == key)).scalar()

    def put_state(self, key: str, value: Any) -> None:
        """Keep a JSON value under a key; None removes it."""
        with self.writing() as connection:
            if value is None:
                connection.execute(delete(states).where(states.c.key == key))
                return
            make = sqlite.insert(states) if self.is_sqlite else postgresql.insert(states)
            putting = make.values(key=key, value=value)
            connection.execute(putting.on_conflict_do_update(index_elements=["key"], set_={"value": value}))

    def states(self, prefix: str = "") -> dict[str, Any]:
        """Return all that was put under keys that begin so."""
        query = select(states).where(states.c.key.startswith(prefix, autoescape=True)).order_by(states.c.key)
        with self.reading() as connection:
            return {row.key: row.value for row in connection.execute(query)}

    def add_issue(self, run: int | None, record: Mapping[str, Any]) -> None:
        """Keep what was skipped in a run, and why."""
        with self.writing() as connection:
            connection.execute(insert(issues).values(run=run, at=tell_time(), record=dict(record)))

    def issues(self, run: int | None = None) -> tuple[Mapping[str, Any], ...]:
        """Return the issues of a run, or of all."""
        query = select(issues.c.record).order_by(issues.c.number)
        with self.reading() as connection:
            found = connection.execute(query if run is None else query.where(issues.c.run == run))
            return tuple(found.scalars())
