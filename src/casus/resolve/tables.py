"""Checks the tables of the knowledge base, shipped or the user's own: columns, order, ids, codes, examples, years.

Every fault names file, line, field, what stood there and what may. It repairs nothing; what a row means is told in
`base`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import as_file, files
from itertools import pairwise
from pathlib import Path

from casus.errors import InputError
from casus.ontology import NON_STATE, SECTORS
from casus.resolve.base import COUNTRY_COLUMNS, NAME_COLUMNS, columns_of, read_table

Row = Mapping[str, str]
Fault = tuple[str, str, str]
"""Field, what stood there, what may stand there."""

REQUIRED = ("id", "code", "noun", "name", "kind", "example", "source")
LISTS = ("adjectives", "aliases", "capital", "demonyms", "plural", "seats", "sectors")
FORMS = ("name", "aliases", "noun", "plural")
ID = re.compile(r"[a-z]{3}(-[a-z0-9]+)+")
KIND = re.compile(r"[a-z]+(-[a-z]+)*")
YEAR = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
TABLES = "countries agents groups organisations organs parties peoples persons-…"


@dataclass(frozen=True, slots=True)
class Known:
    """What rows may refer to, where the ids of other tables stand, and names with the country they are known for."""

    countries: frozenset[str] = frozenset()
    ids: Mapping[str, str] = field(default_factory=dict)
    names: frozenset[tuple[str, str]] = frozenset()


def check_folder(folder: Path | None = None) -> list[InputError]:
    """Return the faults of the tables of a folder, of the shipped ones where none is given.

    Args:
        folder: Tables of one's own; their ids may not be those of shipped rows.
    """
    with as_file(files("casus.resolve").joinpath("data")) as shipped:
        tables = find_tables(folder or shipped)
        if folder is None:
            return list(_check_tables(tables, Known(read_countries(shipped))))
        known = Known(read_countries(shipped) | read_countries(folder), _read_ids(find_tables(shipped)))
    strangers = sorted(path for path in folder.glob("*.tsv") if path not in tables)
    if not tables and not strangers:
        strangers = [folder]
    faults = [InputError(str(path), 1, "file name", path.name, f"tables *.tsv named {TABLES}") for path in strangers]
    return [*faults, *_check_tables(tables, known)]


def find_tables(folder: Path) -> list[Path]:
    """Return the tables of a folder that the knowledge base reads."""
    return sorted(path for path in folder.glob("*.tsv") if columns_of(path.stem))


def read_countries(folder: Path) -> frozenset[str]:
    """Return the codes that a country may have: those of the folder's own table and PLOVER's for those of no state."""
    rows = read_table(folder / "countries.tsv", COUNTRY_COLUMNS)
    return frozenset(row["code"] for row in rows) | frozenset(NON_STATE)


def know_shipped() -> Known:
    """Return what rows may refer to by the shipped tables, and the names of countries there."""
    rows = [found.row for found in read_rows() if found.file == "countries.tsv"]
    columns = ("name", "aliases", "adjectives", "demonyms", "capital", "seats")
    names = ((form, row["code"]) for row in rows for column in columns for form in row[column].split("|"))
    return Known(frozenset(row["code"] for row in rows) | frozenset(NON_STATE), names=frozenset(names))


def _read_ids(tables: Iterable[Path]) -> dict[str, str]:
    named = [path for path in tables if columns_of(path.stem) == NAME_COLUMNS]
    return {row["id"]: path.name for path in named for row in read_table(path, NAME_COLUMNS)}


def _check_tables(tables: Iterable[Path], known: Known) -> Iterator[InputError]:
    """Yield the faults of all tables; an id is known from the table that has it first."""
    ids = dict(known.ids)
    for path in tables:
        lines = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
        yield from check_lines(path.name, lines, Known(known.countries, dict(ids)))
        ids |= {line[0]: path.name for line in lines[1:]} if columns_of(path.stem) == NAME_COLUMNS else {}


def check_lines(file: str, lines: Sequence[Sequence[str]], known: Known) -> Iterator[InputError]:
    """Yield the faults of one table.

    Args:
        file: Its name, which tells its columns.
        lines: Its cells, the header first.
        known: Countries, and the ids of other tables.
    """
    columns = columns_of(file.removesuffix(".tsv")) or ()
    header = tuple(lines[0]) if lines else ()
    if header != columns:
        yield InputError(file, 1, "header", " ".join(header), " ".join(columns))
        return
    yield from _check_order(file, [line[0] for line in lines[1:]])
    for number, line in enumerate(lines[1:], 2):
        if len(line) != len(columns):
            yield InputError(file, number, "row", f"{len(line)} cells", f"{len(columns)} cells")
            continue
        row = dict(zip(columns, line, strict=True))
        for fault in check_row(row, known):
            yield InputError(file, number, *fault)


def _check_order(file: str, keys: Sequence[str]) -> Iterator[InputError]:
    for number, (before, key) in enumerate(pairwise(keys), 3):
        if key == before:
            yield InputError(file, number, "first column", key, "each once")
        elif key < before:
            yield InputError(file, number, "first column", key, f"rows in order: it comes before {before!r}")


def check_row(row: Row, known: Known) -> Iterator[Fault]:
    """Yield the faults of one row, of any kind of table."""
    for check in CHECKS:
        yield from check(row, known)


def _check_cells(row: Row, _known: Known) -> Iterator[Fault]:
    for column, cell in row.items():
        if cell != cell.strip() or '"' in cell:
            yield column, cell, "no quotation marks, no spaces at its ends"
        elif not cell and column in REQUIRED:
            yield column, cell, "a value"


def _check_lists(row: Row, _known: Known) -> Iterator[Fault]:
    for column in LISTS:
        items = row.get(column, "").split("|")
        if len(items) > 1 and ("" in items or len(set(items)) < len(items)):
            yield column, row[column], "items separated by |, each once"


def _check_codes(row: Row, known: Known) -> Iterator[Fault]:
    if "code" in row and (not re.fullmatch(r"[A-Z]{3}", row["code"]) or row["code"] in NON_STATE):
        yield "code", row["code"], "three capitals, none of " + " ".join(NON_STATE)
    if (country := row.get("country")) and country not in known.countries:
        yield "country", country, "ISO 3166-1 alpha-3 or " + " ".join(NON_STATE)
    for sector in filter(None, row.get("sectors", "").split("|")):
        if sector not in SECTORS:
            yield "sectors", sector, " ".join(SECTORS)


def _check_example(row: Row, _known: Known) -> Iterator[Fault]:
    forms = [form for column in FORMS for form in row.get(column, "").split("|") if form]
    if row.get("example") and not any(form in row["example"] for form in forms):
        yield "example", row["example"], "words that contain one of: " + ", ".join(forms)


def _check_id(row: Row, known: Known) -> Iterator[Fault]:
    if "id" in row and not ID.fullmatch(row["id"]):
        yield "id", row["id"], "three letters, then words or numbers in lower case, separated by -"
    elif row.get("id") in known.ids:
        yield "id", row["id"], f"an id of its own: {known.ids[row['id']]} has it"
    if row.get("kind") and not KIND.fullmatch(row["kind"]):
        yield "kind", row["kind"], "one word in lower case"


def _check_years(row: Row, _known: Known) -> Iterator[Fault]:
    first, last = row.get("from", ""), row.get("to", "")
    wrong = [(column, row[column]) for column in ("from", "to") if row.get(column) and not YEAR.fullmatch(row[column])]
    yield from ((column, cell, "a year or an ISO date") for column, cell in wrong)
    if first and last and not wrong and first[: len(last)] > last[: len(first)]:
        yield "to", last, f"{first} or later"


CHECKS: tuple[Callable[[Row, Known], Iterator[Fault]], ...] = (
    _check_cells, _check_lists, _check_codes, _check_example, _check_id, _check_years,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A row of a table and where it stands."""

    file: str
    line: int
    row: Row

    @property
    def forms(self) -> tuple[str, ...]:
        """All its names."""
        columns = ("id", "code", *FORMS, "adjectives", "demonyms", "capital", "seats")
        return tuple(form for column in columns for form in self.row.get(column, "").split("|") if form)


@cache
def read_rows(folders: tuple[Path, ...] = ()) -> tuple[Found, ...]:
    """Return every row of the shipped tables and of other folders.

    Raises:
        KnowledgeBaseError: A table lacks a column.
    """
    with as_file(files("casus.resolve").joinpath("data")) as shipped:
        tables = [path for folder in (shipped, *folders) for path in find_tables(folder)]
        return tuple(
            Found(path.name, number, row)
            for path in tables
            for number, row in enumerate(read_table(path, columns_of(path.stem) or ()), 2)
        )
