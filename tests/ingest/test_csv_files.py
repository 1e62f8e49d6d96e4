"""Tables: which column is what, and what is said of a table or a row that cannot be read."""

from io import BufferedReader, BytesIO

import pytest

from casus.errors import InputError
from casus.ingest.csv_files import find_columns, read_csv
from casus.ingest.items import Found
from casus.ingest.reports import Spot, Terms
from casus.records import Report

BODY = "The army said on Monday that its troops had left the town."


def read(data: str | bytes, **terms: object) -> list[Found]:
    """Return what a table gives."""
    raw = data.encode() if isinstance(data, str) else data
    found: list[Found] = []
    try:
        found.extend(read_csv(BufferedReader(BytesIO(raw)), "t.csv", Terms(**terms)))  # type: ignore[arg-type]
    except InputError as error:
        found.append(error)
    return found


def texts(found: list[Found]) -> list[str]:
    """Return the texts of reports and the messages of errors."""
    return [item.text if isinstance(item, Report) else str(item) for item in found]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_usual_names_need_no_telling(separator: str) -> None:
    """Whatever separates the fields."""
    header = separator.join(["Headline", "Date", "Source", "Link", "Content", "Section"])
    row = separator.join(["Calm", "2031-05-06", "Example Wire", "https://example.org/1", BODY, "World"])
    (report,) = read(f"{header}\n{row}\n")
    assert isinstance(report, Report)
    assert (report.title, report.published, report.publisher) == ("Calm", "2031-05-06", "Example Wire")
    assert (report.url, report.text) == ("https://example.org/1", f"Calm\n\n{BODY}")


def test_columns_are_told() -> None:
    """A column that is told comes before one whose name would tell; a publisher is given to rows without one."""
    table = f"text,story,day,source\nold,{BODY},2031-05-06,\n"
    (report,) = read(table, columns={"text": "Story", "published": "day"}, publisher="Example Wire")
    assert isinstance(report, Report)
    assert (report.text, report.published, report.publisher) == (BODY, "2031-05-06", "Example Wire")


def test_fields_run_over_lines() -> None:
    """Quoted ones, with quotes in them; errors still name the line on which the row begins."""
    table = f'\ufeffid,text,date\r\n1,"He said ""go"".\r\nThey went.",\r\n\r\n2,{BODY},soon\r\n'
    assert texts(read(table))[0] == 'He said "go".\nThey went.'
    assert texts(read(table))[1].startswith("t.csv:5: field published: found 'soon'")


@pytest.mark.parametrize(
    ("table", "columns", "message"),
    [
        ("", {}, "t.csv:1: field file: found '', allowed a table: the file is empty"),
        ("\n \n", {}, "t.csv:1: field file: found '', allowed a table: the file is empty"),
        ("date,story\n2031-05-06,x\n", {}, "t.csv:1: field header: found 'date, story', allowed a column text or body"),
        ("date,story\n", {"text": "body"}, "t.csv:1: field column of text: found 'body', allowed one of date, story"),
        ("date,story\n", {"story": "text"}, "t.csv:1: field columns: found 'story', allowed the fields id url"),
    ],
)
def test_tables_that_cannot_be_read(table: str, columns: dict[str, str], message: str) -> None:
    """File, line, field, what was found and what is allowed."""
    assert texts(read(table, columns=columns))[0].startswith(message)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (b"1,a,b", "t.csv:2: field row: found '3 fields', allowed 2 fields, as the header has"),
        (b"1", "t.csv:2: field row: found '1 fields', allowed 2 fields, as the header has"),
        (b"1,  ", "t.csv:2: field text: found None, allowed a field text or body"),
        (b"1,caf\xe9", "t.csv:2: field byte 5: found b'\\xe9', allowed UTF-8"),
        (b'1,"a" b', "t.csv:2: field row: found"),
        (
            b"1," + b"a" * 500,
            "t.csv:2: field size: found 'a line of more than 200 bytes', allowed at most 200 bytes a report",
        ),
    ],
)
def test_a_bad_row_costs_that_row(row: bytes, message: str) -> None:
    """The next one is read as if nothing had happened."""
    bad, good = texts(read(b"id,text\n" + row + b"\n2," + BODY.encode() + b"\n", max_bytes=200))
    assert bad.startswith(message)
    assert good == BODY


def test_a_quote_that_never_closes_is_bounded() -> None:
    """It costs what it swallowed, and no more memory than one report may have."""
    found = read('id,text\n1,"open' + f"\nx,{BODY}" * 50, max_bytes=200)
    assert "field larger than field limit" in str(found[0])


def test_a_column_serves_one_field() -> None:
    """Two fields that would like the same column do not get it both."""
    assert find_columns(["source", "text"], {"id": "source"}, Spot("t.csv")) == {"id": 0, "text": 1}
