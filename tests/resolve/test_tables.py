"""The knowledge base's tables keep the contract: columns, order, ids, codes, and examples that say the name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from casus.ontology import NON_STATE, SECTORS

DATA = Path(str(files("casus"))) / "resolve" / "data"
ENTITY_COLUMNS = ["id", "name", "aliases", "kind", "country", "sectors", "from", "to", "example", "source"]
OTHER_COLUMNS = {
    "countries": ["code", "name", "adjectives", "demonyms", "capital", "aliases", "seats", "source"],
    "agents": ["noun", "plural", "sectors", "country", "example", "source"],
}
ENTITY_NAMES = ("groups", "organisations", "organs", "parties", "peoples")
LISTS = ("adjectives", "aliases", "capital", "demonyms", "seats", "sectors")
YEAR = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")

ENTITY_TABLES = sorted(
    path.stem for path in DATA.glob("*.tsv") if path.stem in ENTITY_NAMES or path.stem.startswith("persons-")
)
TABLES = sorted({*ENTITY_TABLES, *(name for name in OTHER_COLUMNS if (DATA / f"{name}.tsv").exists())})
NAMED_TABLES = [name for name in TABLES if name != "countries"]


def lines(table: str) -> list[list[str]]:
    return [line.split("\t") for line in (DATA / f"{table}.tsv").read_text("utf-8").splitlines()]


def rows(table: str) -> Iterator[dict[str, str]]:
    header, *body = lines(table)
    return (dict(zip(header, line, strict=True)) for line in body)


def country_codes() -> set[str]:
    return {row["code"] for row in rows("countries")} | set(NON_STATE)


def doubles(values: list[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


@pytest.mark.parametrize("table", TABLES)
def test_columns(table: str) -> None:
    """Every table has the header of its kind and as many cells in each line."""
    header, *body = lines(table)
    assert header == OTHER_COLUMNS.get(table, ENTITY_COLUMNS)
    assert [line for line in body if len(line) != len(header)] == []


@pytest.mark.parametrize("table", TABLES)
def test_order(table: str) -> None:
    """Lines are sorted by the first column, which is unique."""
    keys = [line[0] for line in lines(table)[1:]]
    assert keys == sorted(keys)
    assert doubles(keys) == []


@pytest.mark.parametrize("table", TABLES)
def test_cells(table: str) -> None:
    """No cell has quotes or spaces at its ends; a list has no empty and no repeated item."""
    cells = [cell for row in rows(table) for cell in row.values()]
    lists = [row[column].split("|") for row in rows(table) for column in LISTS if row.get(column)]
    assert [cell for cell in cells if cell != cell.strip() or '"' in cell] == []
    assert [items for items in lists if "" in items or doubles(items)] == []


@pytest.mark.parametrize("table", TABLES)
def test_required_cells(table: str) -> None:
    """First column, name, kind, example and source are never empty."""
    required = {"id", "code", "noun", "name", "kind", "example", "source"} & set(lines(table)[0])
    assert [row for row in rows(table) if not all(row[column] for column in required)] == []


def test_country_codes() -> None:
    """A country's code is three capitals; none is one of PLOVER's codes for those who are no state."""
    codes = [row["code"] for row in rows("countries")]
    assert [code for code in codes if not re.fullmatch(r"[A-Z]{3}", code) or code in NON_STATE] == []


@pytest.mark.parametrize("table", NAMED_TABLES)
def test_known_codes(table: str) -> None:
    """Countries and sectors are known codes."""
    countries = {row["country"] for row in rows(table)} - {""}
    sectors = {code for row in rows(table) for code in row["sectors"].split("|")} - {""}
    assert sorted(countries - country_codes()) == []
    assert sorted(sectors - set(SECTORS)) == []


@pytest.mark.parametrize("table", NAMED_TABLES)
def test_examples(table: str) -> None:
    """An example contains the name, the noun, its plural or an alias literally."""
    forms = ("name", "aliases", "noun", "plural")
    wrong = [
        row
        for row in rows(table)
        if not any(form in row["example"] for column in forms for form in row.get(column, "").split("|") if form)
    ]
    assert wrong == []


@pytest.mark.parametrize("table", ENTITY_TABLES)
def test_ids(table: str) -> None:
    """An id is a lower-case slug with a three-letter prefix."""
    assert [row["id"] for row in rows(table) if not re.fullmatch(r"[a-z]{3}(-[a-z0-9]+)+", row["id"])] == []


def test_ids_across_tables() -> None:
    """No id stands in two tables."""
    assert doubles([row["id"] for table in ENTITY_TABLES for row in rows(table)]) == []


@pytest.mark.parametrize("table", ENTITY_TABLES)
def test_kinds(table: str) -> None:
    """A kind is one lower-case word."""
    assert [row["kind"] for row in rows(table) if not re.fullmatch(r"[a-z]+(-[a-z]+)*", row["kind"])] == []


@pytest.mark.parametrize("table", ENTITY_TABLES)
def test_years(table: str) -> None:
    """Years or ISO dates; the first is not after the last."""
    years = [(row["id"], row["from"], row["to"]) for row in rows(table)]
    assert [cell for cell in years if any(year and not YEAR.fullmatch(year) for year in cell[1:])] == []
    assert [(id_, first, last) for id_, first, last in years if first and last and first[: len(last)] > last] == []
