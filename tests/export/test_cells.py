"""Whatever a text holds, a table has as many rows and columns as it should, and its cells are read back."""

import csv
import io
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from casus.export.forms import Column
from casus.export.tables import write_csv, write_tabs

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))
ROWS = st.lists(st.tuples(TEXTS, TEXTS), max_size=5)
COLUMNS = (
    Column("one", "string", "the first", lambda row: row[0]),
    Column("other, one", "string", "the second", lambda row: row[1]),
)


@given(ROWS)
def test_csv_gives_back_every_cell(rows: list[tuple[str, str]]) -> None:
    """Quotes, line ends and commas too."""
    file = io.BytesIO()
    assert write_csv(file, COLUMNS, rows) == len(rows)
    read = list(csv.reader(io.StringIO(file.getvalue().decode(), newline="")))
    assert read == [["one", "other, one"], *map(list, rows)]


@given(ROWS)
def test_tabs_part_cells_and_nothing_else(rows: list[tuple[str, str]]) -> None:
    """White space is one space; all else stays, quotes too."""
    file = io.BytesIO()
    assert write_tabs(file, COLUMNS, rows) == len(rows)
    lines = file.getvalue().decode().split("\n")
    expected: list[Any] = [[" ".join(cell.split()) for cell in row] for row in rows]
    assert [line.split("\t") for line in lines] == [["one", "other, one"], *expected, [""]]
