"""The search page over HTTP: filters, facets, pages, and what comes home."""

import csv
import io
import json
import zipfile

import httpx
import pytest

from casus.export import FORMATS
from casus.stored import Hit
from casus.web.takeaway import FORMS, write_csv
from tests.cli.builders import report


def test_filters_hold(full: str) -> None:
    """What is shown has what was asked for, and a chip for each filter takes it back."""
    page = httpx.get(f"{full}/search?type=COERCE&type=AID").text
    assert page.count('class="row"') == 2
    assert 'href="/search?kind=incidents&amp;type=AID" aria-label="Remove type COERCE"' in page


def test_several_values_stand_between_semicolons(full: str) -> None:
    """As the field of the form says."""
    page = httpx.get(f"{full}/search", params={"party": "DNK; FRA", "kind": "events", "type": "AID;COERCE"}).text
    assert page.count("<tr") == 1 + 2


@pytest.mark.parametrize("query", ["type=FIGHT", "kind=letters", "since=tomorrow", "party=" + "x" * 501, "text=-no"])
def test_a_wrong_value_is_told(full: str, query: str) -> None:
    """With the form, so that it can be put right."""
    answer = httpx.get(f"{full}/search?{query}")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_pages_follow_each_other(server: str) -> None:
    """The link to older ones leads to what comes behind."""
    first = httpx.get(f"{server}/search/take?kind=events&format=json").text.splitlines()
    assert len(first) == 4
    after = json.loads(first[0])["id"]
    page = httpx.get(f"{server}/search", params={"kind": "events", "after": after}).text
    assert page.count("<tr") == 1 + 3


@pytest.mark.parametrize("kind", ["incidents", "events", "reports"])
@pytest.mark.parametrize("form", FORMS)
def test_what_is_found_comes_home(full: str, kind: str, form: str) -> None:
    """As many items as there are, with their ids."""
    answer = httpx.get(f"{full}/search/take", params={"kind": kind, "format": form, "text": "front", "party": "GBR"})
    assert answer.headers["content-disposition"] == f'attachment; filename="casus-{kind}.{FORMS[form].suffix}"'
    rows = _read(form, answer.text)
    assert len(rows) > 3
    assert len({json.dumps(row) for row in rows}) == len(rows)


def _read(form: str, text: str) -> list[object]:
    return list(csv.DictReader(io.StringIO(text))) if form == "csv" else [json.loads(row) for row in text.splitlines()]


@pytest.mark.parametrize("name", FORMATS)
def test_formats_come_with_their_dictionary(full: str, name: str) -> None:
    """A ZIP file with the export, what its columns are, and what it could not hold."""
    answer = httpx.get(f"{full}/search/pack", params={"format": name, "type": "ASSAULT"}, timeout=60)
    assert answer.status_code == 200
    packed = zipfile.ZipFile(io.BytesIO(answer.content))
    names = packed.namelist()
    assert {".dictionary.md", ".losses.json"} <= {"." + ".".join(name.split(".")[-2:]) for name in names}
    losses = json.loads(packed.read(next(name for name in names if name.endswith(".losses.json"))))
    assert losses["filters"] == {"type": ["ASSAULT"]}


def test_there_is_no_such_format(full: str) -> None:
    """It lists those there are."""
    for route in ("take", "pack"):
        answer = httpx.get(f"{full}/search/{route}?format=doc")
        assert answer.status_code == 422
        assert "csv" in answer.text


def test_a_spreadsheet_runs_nothing() -> None:
    """Words that begin like a formula get an apostrophe."""
    hit = Hit(report().id, "=HYPERLINK(1)", None, "@Wire", "+1")
    rows = list(csv.reader(io.StringIO("".join(write_csv([[hit]])))))
    assert rows[1] == ["goma", "'=HYPERLINK(1)", "", "'@Wire", "'+1"]


def test_an_empty_store_says_so(bare: str) -> None:
    """Search and board have nothing to show."""
    assert "Nothing was found" in httpx.get(f"{bare}/search").text
    assert "casus ingest" in httpx.get(f"{bare}/").text
    assert "Every event has been judged" in httpx.get(f"{bare}/review").text.replace(
        "Every event has", "Every event has"
    )
