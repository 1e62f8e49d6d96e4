"""Web archives as FastWARC writes them, whole and broken."""

import os
from io import BytesIO
from pathlib import Path

import pytest

from casus.errors import InputError
from casus.ingest import Item, Passed, Terms, read_items
from casus.ingest.addresses import address_id
from tests.ingest.sites import pack as squeeze
from tests.ingest.sites import page

pytest.importorskip("fastwarc")

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType

BODY = "The army said on Monday that its troops had left the town.\nTalks go on in the capital, officials said."
HTML = b"Content-Type: text/html; charset=utf-8\r\n"


def record(address: str, body: bytes | None = None, head: bytes = HTML, status: bytes = b"200 OK") -> WarcRecord:
    """Return the record of an answer."""
    body = page("Calm in the town", BODY) if body is None else body
    found = WarcRecord()
    found.init_headers(WarcRecordType.response)
    found.headers["WARC-Target-URI"] = address
    found.headers["WARC-Date"] = "2031-05-07T05:06:07Z"
    found.is_http = True
    found.set_bytes_content(b"HTTP/1.1 " + status + b"\r\n" + head + b"\r\n" + body)
    return found


def pack(records: list[WarcRecord], *, zipped: bool = False) -> bytes:
    """Return an archive of records, each compressed by itself as the standard asks."""
    whole = BytesIO()
    for one in records:
        part = BytesIO()
        writer = GzipWriter(part) if zipped else part
        one.write(writer, checksum_data=True)
        if isinstance(writer, GzipWriter):
            writer.finish()
        whole.write(part.getvalue())
    return whole.getvalue()


def read(path: Path, data: bytes, **terms: object) -> list[Item | Passed | InputError]:
    """Return what an archive gives."""
    path.write_bytes(data)
    return list(read_items([path], Terms(**terms)))  # type: ignore[arg-type]


@pytest.mark.parametrize("zipped", [False, True])
def test_pages_are_reports(tmp_path: Path, zipped: bool) -> None:
    """With address, date and where they were archived."""
    archive = tmp_path / ("a.warc.gz" if zipped else "a.warc")
    one, two = read(archive, pack([record(f"https://example.org/{n}?utm_source=x") for n in (1, 2)], zipped=zipped))
    assert isinstance(one, Item)
    assert isinstance(two, Item)
    assert (one.report.url, one.report.published) == ("https://example.org/1", "2031-05-06")
    assert one.report.text == "Calm in the town\n\n" + BODY.replace("\n", "\n\n")
    assert (one.origin["archived"], one.origin["archive"]) == ("2031-05-07T05:06:07+00:00", str(archive))
    assert two.report.id != one.report.id


def test_what_is_no_page_is_passed_over(tmp_path: Path) -> None:
    """Pictures, answers of other kinds, requests; an archive of them alone has no reports, and that is no error."""
    records = [
        record("https://example.org/a.png", b"\x89PNG", b"Content-Type: image/png\r\n"),
        record("https://example.org/b", b"", status=b"404 Not Found"),
        record("https://example.org/c"),
    ]
    assert [item.report.url for item in read(tmp_path / "a.warc", pack(records)) if isinstance(item, Item)] == [
        "https://example.org/c"
    ]


def test_what_is_known_is_not_read(tmp_path: Path) -> None:
    """The address tells, before the page is looked at."""
    known = address_id("https://example.org/1")
    found = read(tmp_path / "a.warc", pack([record("https://example.org/1", b"junk")]), known=known.__eq__)
    assert found == [Passed(known)]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (b"Content-Encoding: gzip\r\n", squeeze(page("Calm in the town", BODY))),
        (b"Transfer-Encoding: chunked\r\n", b"%x\r\n%s\r\n0\r\n\r\n" % (len(page("Calm", BODY)), page("Calm", BODY))),
        (b"Transfer-Encoding: chunked\r\n", page("Calm in the town", BODY)),
    ],
)
def test_bodies_are_unpacked(tmp_path: Path, head: bytes, body: bytes) -> None:
    """Compressed, in chunks, or with a header that the crawler made untrue."""
    (item,) = read(tmp_path / "a.warc", pack([record("https://example.org/1", body, HTML + head)]))
    assert isinstance(item, Item)
    assert "its troops had left" in item.report.text


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (
            record("https://example.org/1", squeeze(page("T", BODY))[:-20], HTML + b"Content-Encoding: gzip\r\n"),
            "record",
        ),
        (record("https://example.org/1", b"\x1f\x8bjunk", HTML + b"Content-Encoding: gzip\r\n"), "record"),
        (record("https://example.org/1", b"junkjunk", HTML + b"Content-Encoding: br\r\n"), "record"),
        (record("https://example.org/1", b"<html><body></body></html>"), "body"),
        (record("https://example.org/1", page("T", BODY + "é").decode().encode("latin-1"), HTML), "byte 249"),
        (record("file:///etc/passwd"), "WARC-Target-URI"),
        (
            record("https://example.org/1", squeeze(bytes(20_000_000)), HTML + b"Content-Encoding: gzip\r\n"),
            "size",
        ),
    ],
)
def test_a_bad_record_costs_that_record(tmp_path: Path, bad: WarcRecord, field: str) -> None:
    """It is told with the number of the record; the next one is read."""
    error, item = read(tmp_path / "a.warc", pack([bad, record("https://example.org/2")]))
    assert isinstance(error, InputError)
    assert (error.line, error.field.split()[0]) == (1, field.split()[0])
    assert isinstance(item, Item)


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("cut", [60, 150, 250])
def test_an_archive_that_breaks_off(tmp_path: Path, zipped: bool, cut: int) -> None:
    """What came before is kept, and the break is told, wherever it is."""
    whole = pack([record("https://example.org/1"), record("https://example.org/2")], zipped=zipped)
    first, *errors = read(tmp_path / "a.warc", whole[:-cut])
    assert isinstance(first, Item)
    assert [isinstance(error, InputError) for error in errors] == [True] * len(errors)
    assert "breaks off" in str(errors[-1])


def test_an_archive_from_a_pipe() -> None:
    """Where nobody can seek."""
    read_end, write_end = os.pipe()
    with os.fdopen(write_end, "wb") as sink:
        sink.write(pack([record("https://example.org/1")], zipped=True))
    with os.fdopen(read_end, "rb") as source:
        assert [isinstance(item, Item) for item in read_items(["-"], stdin=source)] == [True]


@pytest.mark.parametrize("data", [b"", b"no archive at all\r\n" * 10, b"WARC/1.0\r\n\r\n", squeeze(b"x" * 1000)])
def test_what_is_no_archive(tmp_path: Path, data: bytes) -> None:
    """It is told in one line."""
    (error,) = read(tmp_path / "a.warc", data)
    assert isinstance(error, InputError)
