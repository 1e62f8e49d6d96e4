"""The shipped tables keep the rules, and every breach of them is told."""

from importlib.resources import files
from pathlib import Path

import pytest

from casus.ontology import NON_STATE
from casus.resolve.base import AGENT_COLUMNS, COUNTRY_COLUMNS, NAME_COLUMNS
from casus.resolve.tables import Known, check_folder, check_lines, find_tables, read_rows

DATA = Path(str(files("casus"))) / "resolve" / "data"
KNOWN = Known(frozenset({"COD", *NON_STATE}), {"org-taken": "organs.tsv"})
GOOD = {
    "id": "grp-m24", "name": "March 24 Movement", "aliases": "M24|M-24", "kind": "rebel", "country": "COD",
    "sectors": "REB|UAF", "from": "2012", "to": "2013-11-07", "example": "fighters of the M24", "source": "Example",
}  # fmt: skip


def lines(*rows: dict[str, str]) -> list[list[str]]:
    """Return a table of names."""
    return [list(NAME_COLUMNS), *([row[column] for column in NAME_COLUMNS] for row in rows)]


def test_shipped_tables_have_no_fault() -> None:
    """Columns, order, ids, codes, examples, years."""
    assert [str(fault) for fault in check_folder()] == []


def test_all_shipped_tables_are_checked() -> None:
    """All but the places, which the gazetteer reads."""
    assert {path.stem for path in DATA.glob("*.tsv")} - {path.stem for path in find_tables(DATA)} == {"places"}


@pytest.mark.parametrize(
    ("change", "field", "allowed"),
    [
        ({"id": "M24"}, "id", "three letters, then"),
        ({"id": "org-taken"}, "id", "an id of its own: organs.tsv has it"),
        ({"kind": ""}, "kind", "a value"),
        ({"kind": "Rebel group"}, "kind", "one word in lower case"),
        ({"name": ' March 24 "Movement"'}, "name", "no quotation marks"),
        ({"aliases": "M24||M-24"}, "aliases", "items separated by |"),
        ({"aliases": "M24|M24"}, "aliases", "items separated by |"),
        ({"country": "ZAR"}, "country", "ISO 3166-1 alpha-3 or EUR"),
        ({"sectors": "REB|ARMY"}, "sectors", "AGR BUS COP"),
        ({"example": "fighters of the movement"}, "example", "words that contain one of: March 24 Movement, M24"),
        ({"source": ""}, "source", "a value"),
        ({"from": "spring 2012"}, "from", "a year or an ISO date"),
        ({"to": "2011"}, "to", "2012 or later"),
    ],
)
def test_a_wrong_cell_is_told(change: dict[str, str], field: str, allowed: str) -> None:
    """With its line, field and what may stand there."""
    found = list(check_lines("groups.tsv", lines(GOOD | change), KNOWN))
    assert [(fault.file, fault.line, fault.field) for fault in found] == [("groups.tsv", 2, field)]
    assert found[0].allowed.startswith(allowed)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([GOOD, GOOD | {"id": "grp-a"}], "groups.tsv:3: field first column: found 'grp-a', allowed rows in order"),
        ([GOOD, GOOD], "groups.tsv:3: field first column: found 'grp-m24', allowed each once"),
    ],
)
def test_order_and_doubles(rows: list[dict[str, str]], expected: str) -> None:
    """Of the first column."""
    (fault,) = check_lines("groups.tsv", lines(*rows), KNOWN)
    assert str(fault).startswith(expected)


def test_columns_and_cells_are_counted() -> None:
    """A wrong header ends the check of a table, a short row that of the row."""
    (header,) = check_lines("groups.tsv", [["id", "name"], ["grp-a", "A"]], KNOWN)
    assert (header.field, header.found) == ("header", "id name")
    (short,) = check_lines("groups.tsv", [*lines(GOOD), ["grp-z", "Z"]], KNOWN)
    assert (short.line, short.field, short.found) == (3, "row", "2 cells")


@pytest.mark.parametrize("code", ["FR", "fra", "IGO"])
def test_codes_of_countries(code: str) -> None:
    """Three capitals, and none of PLOVER's codes for those who are no state."""
    row = [code, "France", "", "", "", "", "", "Example"]
    (fault,) = check_lines("countries.tsv", [list(COUNTRY_COLUMNS), row], KNOWN)
    assert fault.field == "code"


def test_an_agent_noun_stands_in_its_example() -> None:
    """Or its plural."""
    rows = [["gunman", "gunmen", "UAF", "", "gunmen fled", "x"], ["rioter", "", "CVL", "", "a riot", "x"]]
    assert [fault.line for fault in check_lines("agents.tsv", [list(AGENT_COLUMNS), *rows], KNOWN)] == [3]


def test_ids_are_unique_over_tables(tmp_path: Path) -> None:
    """Over the shipped ones too; other files are told."""
    shipped = next(found.row["id"] for found in read_rows() if found.file == "organs.tsv")
    rows = sorted([GOOD, GOOD | {"id": shipped}], key=lambda row: row["id"])
    for name in ("groups", "organs", "friends"):
        table = lines(*rows if name == "groups" else [GOOD])
        (tmp_path / f"{name}.tsv").write_text("\n".join("\t".join(line) for line in table), "utf-8")
    told = [str(fault) for fault in check_folder(tmp_path)]
    assert "friends.tsv:1: field file name: found 'friends.tsv', allowed tables *.tsv named countries" in told[0]
    assert [fault.split(": ")[2].split(",")[0] for fault in told[1:]] == [f"found {shipped!r}", "found 'grp-m24'"]


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    """It has nothing that would be read."""
    assert [fault.field for fault in check_folder(tmp_path)] == ["file name"]
