"""What linking across reports looks up by key: sketches of near-copies and tellings of happenings; judges nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from casus.store.keeping import Keeping
from casus.store.schema import events, reports, sketch_bands, sketches, telling_keys, tellings
from casus.store.versions import chunked, find_homes


class Matching(Keeping):
    """The part of a store by which reports are matched with what is known."""

    def put_sketch(self, report_id: str, sketch: bytes, bands: Sequence[str] = ()) -> None:
        """Keep the sketch of a report's text under its bands, in the place of the one before."""
        with self.writing() as connection:
            connection.execute(delete(sketches).where(sketches.c.report == report_id))
            connection.execute(insert(sketches).values(report=report_id, sketch=sketch))
            if bands:
                rows = [{"report": report_id, "band": band} for band in dict.fromkeys(bands)]
                connection.execute(insert(sketch_bands), rows)

    def near(self, bands: Sequence[str]) -> tuple[tuple[str, str, bytes], ...]:
        """Return report, origin and sketch of the reports that share any of the bands, in the order they were added."""
        sharing = select(sketch_bands.c.report).where(sketch_bands.c.band.in_(bands))
        with self.reading() as connection:
            rows = connection.execute(_sketches().where(sketches.c.report.in_(sharing)))
            return tuple((row.id, row.origin, row.sketch) for row in rows)

    def sketches(self, *, since: str = "", until: str = "9999-12-31") -> Iterator[tuple[str, str, bytes]]:
        """Yield report, origin and sketch of the reports of these days, both included, in the order they were added."""
        query = _sketches().where(reports.c.day >= since, reports.c.day <= until)
        with self.reading() as connection:
            found = [(row.id, row.origin, row.sketch) for row in connection.execute(query)]
        yield from found

    def set_origin(self, report_id: str, origin_id: str) -> None:
        """Put a report into the family of near-copies of that origin; by itself a report is its own origin."""
        with self.writing() as connection:
            connection.execute(update(reports).where(reports.c.id == report_id).values(origin=origin_id))

    def origin_of(self, ids: Iterable[str]) -> dict[str, str]:
        """Return report id → origin."""
        found: dict[str, str] = {}
        with self.reading() as connection:
            for some in chunked(ids):
                query = select(reports.c.id, reports.c.origin).where(reports.c.id.in_(some))
                found.update((row.id, row.origin) for row in connection.execute(query))
        return found

    def put_tellings(self, report_id: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Keep what a report tells of each happening, in the place of what was kept before.

        Args:
            report_id: Its id.
            rows: `{id, event, keys, record}` each: the first event, and the keys under which it is filed.
        """
        with self.writing() as connection:
            connection.execute(delete(tellings).where(tellings.c.report == report_id))
            if not rows:
                return
            told = [{name: row[name] for name in ("id", "event", "record")} | {"report": report_id} for row in rows]
            connection.execute(insert(tellings), told)
            query = select(tellings.c.id, tellings.c.number).where(tellings.c.report == report_id)
            numbers = {row.id: row.number for row in connection.execute(query)}
            keys = [{"telling": numbers[row["id"]], "key": key} for row in rows for key in dict.fromkeys(row["keys"])]
            if keys:
                connection.execute(insert(telling_keys), keys)

    def find_homes(self, keys: Sequence[str], limit: int) -> tuple[str, ...]:
        """Return the live incidents with tellings under any of the keys, those of most common keys first."""
        both = telling_keys.join(tellings, telling_keys.c.telling == tellings.c.number)
        query = (
            select(events.c.incident)
            .select_from(both.join(events, tellings.c.event == events.c.id))
            .where(telling_keys.c.key.in_(keys), events.c.judged.is_distinct_from("rejected"))
            .group_by(events.c.incident)
            .order_by(func.count().desc(), events.c.incident)
            .limit(limit)
        )
        with self.reading() as connection:
            return tuple(connection.execute(query).scalars())

    def tellings_in(self, incident_ids: Sequence[str]) -> dict[str, list[Mapping[str, Any]]]:
        """Return live incident → the records of the tellings whose first event is in it."""
        found: dict[str, list[Mapping[str, Any]]] = {}
        query = select(events.c.incident, tellings.c.record).join(tellings, tellings.c.event == events.c.id)
        with self.reading() as connection:
            for some in chunked(incident_ids):
                rows = query.where(events.c.incident.in_(some)).order_by(tellings.c.number)
                for row in connection.execute(rows):
                    found.setdefault(row.incident, []).append(row.record)
        return found

    def event_ids_in(self, incident_ids: Sequence[str]) -> dict[str, list[str]]:
        """Return live incident → the ids of all its events."""
        found: dict[str, list[str]] = {}
        query = select(events.c.incident, events.c.id).order_by(events.c.number)
        with self.reading() as connection:
            for some in chunked(incident_ids):
                for row in connection.execute(query.where(events.c.incident.in_(some))):
                    found.setdefault(row.incident, []).append(row.id)
        return found

    def homes_of(self, event_ids: Sequence[str]) -> dict[str, str]:
        """Return event → the incident that it is in, for those in the store."""
        with self.reading() as connection:
            return find_homes(connection, event_ids)


def _sketches() -> Any:
    both = sketches.join(reports, sketches.c.report == reports.c.id)
    return select(reports.c.id, reports.c.origin, sketches.c.sketch).select_from(both).order_by(reports.c.number)
