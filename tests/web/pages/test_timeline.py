"""The timeline shows the incidents of a window in lanes, what answers what, and says what it leaves out."""

import json

from tests.web.pages.reading import read

ALL = "Incidents of the timeline"


def test_incidents_and_answers(full: str) -> None:
    """The newest first; what answers what in words as well."""
    page = read(full, "/timeline")
    assert [row[0] for row in page.table(ALL)][:3] == ["2031-05-10", "", "2031-05-08"]
    assert "answers the ASSAULT" in page.text
    assert "8 incidents from 2031-02-10 to 2031-05-10" in page.text
    assert "1 that nobody dates has no mark" in page.text


def test_a_window_and_a_type(full: str) -> None:
    """Of days, months and types."""
    page = read(full, "/timeline", since="2031-05-04", until="2031-05-05", type="COERCE")
    assert [row[2] for row in page.table(ALL)] == ["COERCE"]


def test_lanes_are_of_the_parties_asked_for(full: str) -> None:
    """A party with its sectors is in the lane of its country, others have their own."""
    rows = json.loads(read(full, "/timeline", party="FRA").chart("lanes"))["datasets"].values()
    lanes = {row["lane"] for some in rows for row in some if "lane" in row}
    assert lanes == {"FRA", "GBR/REB"}


def test_nothing_found_is_said(full: str) -> None:
    """With the window it was looked for in."""
    page = read(full, "/timeline", party="NOR")
    assert "There is no incident of NOR from 2031-02-10 to 2031-05-10." in page.text


def test_days_that_are_none(full: str) -> None:
    """Told in one line, by name."""
    for told in ({"since": "2031-02-31"}, {"until": "May"}, {"since": "2032", "until": "2031"}):
        page = read(full, "/timeline", **told)
        assert page.status == 422
        assert "found" in page.text


def test_an_empty_store(bare: str) -> None:
    """Is no error."""
    assert "There is no incident from" in read(bare, "/timeline").text
