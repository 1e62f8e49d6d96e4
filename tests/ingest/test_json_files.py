"""JSON in its three forms, streamed."""

import json
import tracemalloc
from io import BufferedReader, BytesIO, RawIOBase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.errors import InputError
from casus.ingest.items import Found
from casus.ingest.json_files import read_json, read_json_lines
from casus.ingest.lines import CHUNK
from casus.ingest.reports import Terms
from casus.records import Report

WORDS = "The army said on Monday that its troops had left the town."


def read(data: bytes, **terms: int) -> list[Found]:
    """Return what a JSON file holds."""
    found: list[Found] = []
    try:
        found.extend(read_json(BufferedReader(BytesIO(data)), "r.json", Terms(**terms)))  # type: ignore[arg-type]
    except InputError as error:
        found.append(error)
    return found


@given(
    st.lists(st.text(alphabet='ab,]}["\\ \né', min_size=1).filter(str.strip), min_size=1), st.sampled_from([None, 1])
)
def test_a_list_gives_its_elements(texts: list[str], indent: int | None) -> None:
    """Whatever brackets and quotes stand in the texts."""
    data = json.dumps([{"text": text} for text in texts], indent=indent).encode()
    assert [item.text for item in read(data) if isinstance(item, Report)] == texts


def test_elements_longer_than_what_is_read_at_a_time() -> None:
    """A report that spans several chunks is put together, and its line is known."""
    texts = [WORDS * (CHUNK // 20), WORDS]
    data = json.dumps([{"text": text} for text in texts] + [{"text": 1}], indent=1).encode()
    *reports, error = read(data, max_bytes=10 * CHUNK)
    assert [item.text for item in reports if isinstance(item, Report)] == texts
    assert isinstance(error, InputError)
    assert error.line == 8


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'[{"text": "a"}, oops]', "r.json:1: field list: found 'oops]', allowed JSON (Expecting value)"),
        (b'[{"text": "a"},\n{"text" 1}]', "r.json:2: field list: found '1}]', allowed JSON (Expecting ':' delimiter)"),
        (b"[" * 100_000, "r.json:1: field JSON: found"),
        (b'{"a": ' * 100_000, "r.json:1: field JSON: found"),
    ],
)
def test_where_a_list_breaks(data: bytes, message: str) -> None:
    """What came before is kept, the break is told, nested depths do not crash."""
    assert str(read(data)[-1]).startswith(message)


def test_lines_in_a_json_file() -> None:
    """A file called .json may hold lines; one bad line costs itself alone, the first too."""
    good = json.dumps({"text": WORDS}).encode()
    assert [type(item) for item in read(b"\n".join([good, b'{"text"', good]))] == [Report, InputError, Report]
    assert [type(item) for item in read(b"\n".join([b'{"text"', good, good]))] == [InputError, Report, Report]


class Endless(RawIOBase):
    """A file of JSON Lines as long as asked for, made while it is read."""

    def __init__(self, reports: int) -> None:
        self.left, self.line = reports, json.dumps({"text": WORDS * 100}).encode() + b"\n"

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Give one line."""
        if not self.left:
            return 0
        self.left -= 1
        buffer[: len(self.line)] = self.line
        return len(self.line)


def test_memory_does_not_grow_with_the_file() -> None:
    """Three hundred reports of six kilobytes need no more memory than a few."""
    tracemalloc.start()
    count = sum(1 for _ in read_json_lines(BufferedReader(Endless(300)), "r", Terms()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 300
    assert peak < 300_000
