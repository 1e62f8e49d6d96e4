"""Files, folders and standard input become reports, and each bad one a single line that says what is wrong."""

import gzip
import json
from io import BytesIO
from pathlib import Path

import pytest

from casus.errors import InputError
from casus.ingest import Item, Terms, read_inputs, read_items
from casus.records import Report

BODY = "The army said on Monday that its troops had left the town and that the talks would go on in the capital."
GERMAN = (
    "Die Regierung hat am Montag mitgeteilt, dass sie die Gespräche mit der Opposition nicht fortsetzen werde, "
    "weil die Bedingungen dafür nach ihrer Ansicht nicht erfüllt seien."
)


def line(**fields: object) -> bytes:
    """Return a report as a line of JSON."""
    return json.dumps(fields).encode() + b"\n"


def read(path: Path, **terms: object) -> list[Report | InputError]:
    """Return what is found at `path`."""
    return list(read_inputs([path], Terms(**terms)))  # type: ignore[arg-type]


GOOD = line(id="good", text=BODY)
DATES = "an ISO date (2020-01-03) or a datetime with its zone (2020-01-03T14:05:00Z)"
SIZE = "at most 2000 bytes a report (more with --max-bytes)"
BAD = [
    ("latin.txt", "Café\nin Genève".encode("latin-1"), "1: field byte 3: found b'\\xe9', allowed UTF-8"),
    ("cut.txt", b"One\nTwo\xe2\x80", "2: field byte 7: found b'\\xe2', allowed UTF-8"),
    ("empty.txt", b"", "1: field file: found b'', allowed a report: the file is empty"),
    ("blank.txt", b"\xef\xbb\xbf \n\n", "1: field file: found b'', allowed a report: the file is empty"),
    ("photo.txt", b"GIF89a\x00\x01", "1: field byte 6: found b'\\x00', allowed text: the file is binary"),
    ("long.txt", b"word " * 500, f"1: field size: found 2500, allowed {SIZE}"),
    ("german.txt", GERMAN.encode(), "1: field language: found 'de', allowed en"),
    ("empty.html", b"<html><body></body></html>", "1: field body: found '', allowed a page with an article"),
    (
        "odd.html",
        b"<meta charset=klingon><p>Hello",
        "1: field charset: found 'klingon', allowed a charset that exists (utf-8, windows-1252, …)",
    ),
    ("wrong.html", b"<meta charset=utf-8><p>Caf\xe9", "1: field byte 26: found b'\\xe9', allowed UTF-8"),
    ("broken.json", b'{\n "text": "a",\n oops\n}', "3: field column 2: found 'oops', allowed JSON "
     "(Expecting property name enclosed in double quotes)"),
    ("empty.json", b"\n", "1: field file: found '', allowed a report: the file is empty"),
    ("number.json", b"42", "1: field report: found 42, allowed a JSON object"),
    ("none.json", b"[]", "1: field file: found [], allowed a list with reports"),
    ("open.json", b"[", "1: field list: found '', allowed JSON: the list does not end"),
    ("latin.json", b'[{"text": "Caf\xe9"}]', "1: field byte 14: found b'\\xe9', allowed UTF-8"),
    ("long.json", b'{"text":\n"' + b"a" * 3000, f"1: field size: found 'more than 2000 bytes', allowed {SIZE}"),
    ("empty.jsonl", b"\n\n", "1: field file: found '', allowed a report: the file is empty"),
    ("cut.jsonl", b'{"text": "a', "1: field column 10: found '\"a', allowed JSON (Unterminated string starting at)"),
    ("list.jsonl", b"[1]\n", "1: field report: found [1], allowed a JSON object"),
    ("latin.jsonl", b'{"text": "Caf\xe9"}', "1: field byte 13: found b'\\xe9', allowed UTF-8"),
    ("bare.jsonl", line(title="a"), "1: field text: found None, allowed a field text or body"),
    ("blank.jsonl", line(title="a", body=" "), "1: field body: found '', allowed a text that is not empty"),
    ("kind.jsonl", line(text=["a"]), "1: field text: found ['a'], allowed a string"),
    ("id.jsonl", line(text=BODY, id=7), "1: field id: found 7, allowed a string"),
    ("date.jsonl", line(text=BODY, published="3 May 2031"), f"1: field published: found '3 May 2031', allowed {DATES}"),
    ("day.jsonl", line(text=BODY, published="2031-02-30"), f"1: field published: found '2031-02-30', allowed {DATES}"),
    ("half.jsonl", b'{"text": "\\ud800"}', "1: field text: found '\\ud800', allowed whole Unicode characters, "
     "no half surrogates"),
    ("nul.jsonl", b'{"text": "Rebels\\u0000 left."}', "1: field text: found 'Rebels\\x00', allowed text without NUL, "
     "which PostgreSQL cannot keep"),
    ("long.jsonl", line(text="word " * 500), f"1: field size: found 'a line of more than 2000 bytes', allowed {SIZE}"),
    ("wide.json", b'[{"text": "' + b"\xc3\xa9" * 1200 + b'"}]', f"1: field size: found 2400, allowed {SIZE}"),
    ("german.jsonl", line(text=GERMAN), "1: field language: found 'de', allowed en"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "message"), BAD, ids=[row[0] for row in BAD])
def test_a_bad_input_is_one_line(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    """File, line, field, what was found and what is allowed."""
    (tmp_path / name).write_bytes(data)
    (found,) = read(tmp_path / name, max_bytes=2000)
    assert isinstance(found, InputError)
    assert str(found) == f"{tmp_path / name}:{message}"
    assert "\n" not in str(found)


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    """A missing file and an empty folder are errors of the input."""
    (tmp_path / "folder").mkdir()
    found = [str(item) for path in ("gone.txt", "folder", "\0") for item in read(tmp_path / path)]
    assert [text.split(": ", 1)[1] for text in found] == [
        "field file: found 'No such file or directory', allowed a file or folder that exists and may be read",
        "field folder: found 'no report', allowed files ending in .csv .htm .html .json .jsonl .ndjson .text .tsv .txt "
        ".warc .wiki .xhtml",
        "field file: found 'embedded null byte', allowed a file or folder that exists and may be read",
    ]


def test_what_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without permission is an error of the input; tests may run as root, who may read all."""
    (tmp_path / "secret.txt").write_text(BODY)

    def refuse(*_args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (found,) = read(tmp_path / "secret.txt")
    assert "field file: found 'Permission denied'" in str(found)


def test_one_bad_line_costs_one_report(tmp_path: Path) -> None:
    """The lines before and after a bad one are read, also after one that is far too long."""
    file = tmp_path / "r.jsonl"
    file.write_bytes(GOOD + b"oops\n\n" + line(text="word " * 900_000) + GOOD)
    found = read(file, max_bytes=1000)
    assert [getattr(item, "id", None) or getattr(item, "line", None) for item in found] == ["good", 2, 4, "good"]


def test_one_bad_file_costs_one_file(tmp_path: Path) -> None:
    """In a folder the rest is read."""
    (tmp_path / "a.txt").write_bytes(b"\xff")
    (tmp_path / "b.txt").write_text(BODY)
    assert [type(item) for item in read(tmp_path)] == [InputError, Report]


@pytest.mark.parametrize(
    ("data", "title", "text"),
    [
        (f"Troops leave\n\n{BODY}", "Troops leave", f"Troops leave\n\n{BODY}"),
        (f"\ufeffTroops leave\r\n\r\n\r\n{BODY}\r\n", "Troops leave", f"Troops leave\n\n{BODY}"),
        (f"{BODY}\n\n{BODY}", None, f"{BODY}\n\n{BODY}"),
        (f"{'Long ' * 40}\n\n{BODY}", None, f"{'Long ' * 40}\n\n{BODY}"),
        (f"Troops\nleave\n\n{BODY}", None, f"Troops\nleave\n\n{BODY}"),
        (BODY, None, BODY),
    ],
)
def test_a_first_line_before_a_blank_one_is_the_title(tmp_path: Path, data: str, title: str | None, text: str) -> None:
    """Unless it is long or ends in a full stop."""
    (tmp_path / "r.txt").write_bytes(data.encode())
    (report,) = read(tmp_path / "r.txt")
    assert isinstance(report, Report)
    assert (report.title, report.text) == (title, text)


def test_a_title_given_stands_before_the_text(tmp_path: Path) -> None:
    """It is put in front, unless the text begins with it."""
    (tmp_path / "a.txt").write_text(f"Army\n\n{BODY}")
    (tmp_path / "b.txt").write_text(f"Troops\n\n{BODY}")
    assert [item.text for item in read(tmp_path, title="Army") if isinstance(item, Report)] == [
        f"Army\n\n{BODY}",
        f"Army\n\nTroops\n\n{BODY}",
    ]


@pytest.mark.parametrize(
    ("name", "told", "given", "expected"),
    [
        ("r.jsonl", "2031-05-03", "2031-01-01", "2031-05-03"),
        ("r.jsonl", None, "2031-01-01", "2031-01-01"),
        ("r.jsonl", "2031-05-03T10:00:00Z", None, "2031-05-03T10:00:00+00:00"),
        ("r.jsonl", "2031-05-03T10:00:00", None, "2031-05-03"),
        ("r.jsonl", None, None, None),
        ("2031-04-01-army.jsonl", None, None, "2031-04-01"),
        ("2031-04-01-army.jsonl", None, "2031-01-01", "2031-01-01"),
        ("2031-04-011.jsonl", None, None, None),
        ("2031-14-01.jsonl", None, None, None),
    ],
)
def test_the_reports_own_date_comes_first(
    tmp_path: Path, name: str, told: str | None, given: str | None, expected: str | None
) -> None:
    """Then the one given for all, then the one that the file's name begins with."""
    (tmp_path / name).write_bytes(line(text=BODY, published=told))
    (report,) = read(tmp_path / name, published=given)
    assert isinstance(report, Report)
    assert report.published == expected


def test_json_takes_the_text_as_it_is_and_joins_title_and_body(tmp_path: Path) -> None:
    """`text` is not touched; unknown fields are passed over."""
    rows = line(title="Army", text=f" {BODY}\r\n") + line(title="Army", body=BODY, events=[], licence="none")
    (tmp_path / "r.jsonl").write_bytes(rows)
    assert [(item.title, item.text) for item in read(tmp_path) if isinstance(item, Report)] == [
        ("Army", f" {BODY}\r\n"),
        ("Army", f"Army\n\n{BODY}"),
    ]


def test_ids_are_stable() -> None:
    """The id is the one given, else made from the url, else from the text."""
    rows = [line(text=BODY, id="x", url="u"), line(text=BODY, url="u"), line(text=BODY), line(text=BODY)]
    ids = [item.id for item in from_stdin(b"".join(rows)) if isinstance(item, Report)]
    assert ids[0] == "x"
    assert ids[1] != ids[2] == ids[3]


def from_stdin(data: bytes) -> list[Report | InputError]:
    """Return what is found in standard input."""
    return list(read_inputs(["-"], stdin=BytesIO(data)))


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (BODY.encode(), [BODY]),
        (b"[AP] " + BODY.encode(), [f"[AP] {BODY}"]),
        (GOOD + GOOD, [BODY, BODY]),
        (b"\n\n" + GOOD, [BODY]),
        (b"[" + GOOD + b",\n" + GOOD + b"]", [BODY, BODY]),
        (json.dumps({"text": BODY}, indent=1).encode(), [BODY]),
        (b"<!DOCTYPE html><html><body><article><p>" + BODY.encode() + b"</p></article></body></html>", [BODY]),
    ],
)
def test_standard_input_may_be_anything(data: bytes, texts: list[str]) -> None:
    """Its kind is seen at its beginning."""
    assert [getattr(item, "text", item) for item in from_stdin(data)] == texts


def test_broken_json_on_standard_input_is_not_taken_for_text() -> None:
    """It is an error, and the lines after it are read."""
    found = from_stdin(b'{"text": "a\n' + GOOD)
    assert [type(item) for item in found] == [InputError, Report]
    assert str(found[0]).startswith("<stdin>:1: field column 10")


def test_folders_are_read_in_order_and_deep(tmp_path: Path) -> None:
    """By name, subfolders after the files beside them; other kinds and hidden files are passed over."""
    for name in ("b.txt", "a.txt", "c/d.TXT", "README.md", ".hidden.txt", ".git/x.txt", "c/photo.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{name}. {BODY}")
    assert [item.text.split(". ")[0] for item in read(tmp_path) if isinstance(item, Report)] == [
        "a.txt",
        "b.txt",
        "c/d.TXT",
    ]


def test_nothing_is_read_before_it_is_wanted(tmp_path: Path) -> None:
    """A large file of lines gives its first report at once."""
    file = tmp_path / "r.jsonl"
    with file.open("wb") as out:
        out.write(GOOD)
        out.truncate(5_000_000_000)
    first = next(read_inputs([file]))
    assert isinstance(first, Report)


def test_packed_files_are_unpacked(tmp_path: Path) -> None:
    """By their beginning, whatever they are called; several packed parts are one file."""
    lines = line(id="a", text=BODY), line(id="b", text=BODY)
    (tmp_path / "r.jsonl.gz").write_bytes(gzip.compress(lines[0]) + gzip.compress(lines[1]) + bytes(100))
    (tmp_path / "odd").write_bytes(gzip.compress(lines[0]))
    assert [
        item.id for name in ("r.jsonl.gz", "odd") for item in read(tmp_path / name) if isinstance(item, Report)
    ] == [
        "a",
        "b",
        "a",
    ]
    assert len(list(read_inputs([tmp_path]))) == 2


@pytest.mark.parametrize("cut", [1, 8, 30])
def test_a_packed_file_that_breaks_off(tmp_path: Path, cut: int) -> None:
    """What came before is kept, and the break is told."""
    packed = gzip.compress(b"".join(line(id=str(number), text=BODY) for number in range(100)), compresslevel=1)
    (tmp_path / "r.jsonl.gz").write_bytes(packed[:-cut])
    *reports, error = read(tmp_path / "r.jsonl.gz")
    assert len(reports) >= 90
    assert "found 'the packed file breaks off', allowed a file that can be read to its end" in str(error)


def test_a_packed_file_that_is_broken(tmp_path: Path) -> None:
    """It is one error."""
    (tmp_path / "r.txt.gz").write_bytes(b"\x1f\x8b broken")
    assert [type(item) for item in read(tmp_path / "r.txt.gz")] == [InputError]


def test_what_packed_files_may_grow_to(tmp_path: Path) -> None:
    """A few packed bytes that become a gigabyte are seen before they do."""
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"word " * 10_000_000))
    (error,) = read(tmp_path / "bomb.txt.gz")
    assert "field size: found 'more than 1000000 bytes'" in str(error)


def test_what_else_a_line_tells_is_kept() -> None:
    """Of its origin, beside the report."""
    data = line(id="a", text=BODY, storyline=["Truce talks"], sources=[{"name": "Wire"}], colour="red")
    (item,) = read_items(["-"], stdin=BytesIO(data))
    assert isinstance(item, Item)
    assert item.origin == {"address": "<stdin>", "storyline": ["Truce talks"], "sources": [{"name": "Wire"}]}
