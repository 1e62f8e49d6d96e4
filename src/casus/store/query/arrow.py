"""Events and incidents as Arrow tables, and a whole store as a folder of Parquet files; needs `casus[analysis]`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casus.errors import CasusError
from casus.records import Event, Extent, Incident, Span
from casus.store.query.filters import Filters
from casus.store.query.flat import flatten_event, flatten_incident
from casus.store.schema import reports
from casus.stored import IncidentVersion, StoredEvent

if TYPE_CHECKING:
    from casus.store.query.asking import Query

MISSING = "this needs pyarrow and duckdb: pip install 'casus[analysis]'"
PAGE = 5000
"""Rows of one part of a Parquet file: so much is in memory at a time."""
WHOLE = ("_min", "_max", "_low", "_best", "_high", "_start", "_end", "geonameid", "version", "reports")
PARTS = frozenset({"score", "confidence", "lat", "lon", "place_lat", "place_lon"})
TRUTHS = frozenset({"hedged", "explicit"})
LISTS = frozenset({"contexts", "quantities", "responds_to", "events", "actors", "recipients"})
NOTHING = Span(0, 0, "")
NO_EVENT = StoredEvent(
    id="", report="", incident="", origin="",
    event=Event(id="", trigger=NOTHING, sentence=Extent(0, 0), type="", score=0, quad="verbal-cooperation"),
)  # fmt: skip
NO_INCIDENT = IncidentVersion(incident=Incident(id="", events=(), type=""), version=1, valid_from="", reason="created")
REPORT_COLUMNS = ("id", "url", "publisher", "title", "published", "language", "origin", "fetched", "added", "text")
LINK_COLUMNS = ("source", "target", "kind", "explicit", "confidence")

Row = Mapping[str, Any]


def to_arrow(found: Iterable[StoredEvent | IncidentVersion]) -> Any:
    """Return events or incidents as an Arrow table, one row each: for pandas `.to_pandas()`, for polars `from_arrow`.

    Args:
        found: Either events or incidents, as `Store.events` and `Store.incidents` give them; without any, an empty
            table of events.

    Raises:
        CasusError: pyarrow is not installed.
    """
    import_extra("pyarrow")
    items = list(found)
    if items and isinstance(items[0], IncidentVersion):
        rows = [flatten_incident(item) for item in items if isinstance(item, IncidentVersion)]
        return _table(rows, _schema(flatten_incident(NO_INCIDENT)))
    rows = [flatten_event(item) for item in items if isinstance(item, StoredEvent)]
    return _table(rows, _schema(flatten_event(NO_EVENT)))


def import_extra(name: str) -> Any:
    """Return a module of the extra `analysis`.

    Raises:
        CasusError: It is not installed.
    """
    from importlib import import_module

    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise CasusError(MISSING) from error


def _schema(columns: Iterable[str]) -> Any:
    import pyarrow

    return pyarrow.schema([(name, _kind(name)) for name in columns])


def _kind(name: str) -> Any:
    import pyarrow

    if name in LISTS or name.endswith(("_ids", "_countries", "_sectors")):
        return pyarrow.list_(pyarrow.string())
    if name in PARTS:
        return pyarrow.float64()
    if name in TRUTHS:
        return pyarrow.bool_()
    return pyarrow.int64() if name.endswith(WHOLE) and not name.startswith("when_") else pyarrow.string()


def _table(rows: list[dict[str, Any]], schema: Any) -> Any:
    import pyarrow

    return pyarrow.Table.from_pylist(rows, schema=schema)


def write_parquet(store: Query, folder: Path) -> tuple[Path, ...]:
    """Write a store as Parquet files: `events`, `incidents`, `links` and `reports`, as they are at this moment.

    Args:
        store: What is written.
        folder: Where; created if it is not there.

    Returns:
        The files.

    Raises:
        CasusError: pyarrow is not installed.
    """
    parquet = import_extra("pyarrow.parquet")
    folder.mkdir(parents=True, exist_ok=True)
    made: dict[str, tuple[Iterable[str], Callable[[Query], Iterator[list[dict[str, Any]]]]]] = {
        "events": (flatten_event(NO_EVENT), _event_pages),
        "incidents": (flatten_incident(NO_INCIDENT), _incident_pages),
        "links": (LINK_COLUMNS, _link_pages),
        "reports": (REPORT_COLUMNS, _report_pages),
    }
    for name, (columns, pages) in made.items():
        schema = _schema(columns)
        with parquet.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd") as file:
            for page in pages(store):
                file.write_table(_table(page, schema))
    return tuple(folder / f"{name}.parquet" for name in made)


def _event_pages(store: Query) -> Iterator[list[dict[str, Any]]]:
    every, last = Filters(), None
    while page := store.events(every, limit=PAGE, after=last, oldest=True):
        yield [flatten_event(event) for event in page]
        last = page[-1].id


def _incident_pages(store: Query) -> Iterator[list[dict[str, Any]]]:
    every, last = Filters(), None
    while page := store.incidents(every, limit=PAGE, after=last, oldest=True):
        yield [flatten_incident(version) for version in page]
        last = page[-1].incident.id


def _link_pages(store: Query) -> Iterator[list[dict[str, Any]]]:
    for page in _incident_pages(store):
        here = {row["id"] for row in page}
        yield [
            {name: getattr(link, name) for name in LINK_COLUMNS} for link in store.links_of(here) if link.source in here
        ]


def _report_pages(store: Query) -> Iterator[list[dict[str, Any]]]:
    last = 0
    columns = [reports.c[name] for name in REPORT_COLUMNS]
    while True:
        query = select(reports.c.number, *columns).where(reports.c.number > last).order_by(reports.c.number)
        with store.reading() as connection:
            rows = connection.execute(query.limit(PAGE)).mappings().all()
        if not rows:
            return
        yield [{name: row[name] for name in REPORT_COLUMNS} for row in rows]
        last = rows[-1]["number"]
