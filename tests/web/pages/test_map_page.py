"""The map's page: places with their counts, marks that stand for days, and the outline of the land."""

import json
from datetime import date, timedelta

import httpx

from casus.store.query.spots import Spot
from casus.web.pages.map import MOST_MARKS, keep_busiest, list_starts, mark_spans
from casus.web.windows import Window
from tests.web.pages.reading import read

MAY = Window("2031-05-01", "2031-05-31")


def spot(*days: str) -> Spot:
    """Return a place with an incident of conflict on each of these days."""
    told = {(day, "material-conflict"): 1 for day in days}
    return Spot(place="Aldmoor", country="GBR", lat=54.0, lon=-2.0, days=told, newest="a:i1")  # type: ignore[arg-type]


def test_places_with_their_counts(full: str) -> None:
    """In the list and on the map; what has no place is told."""
    page = read(full, "/map", since="2031-04")
    assert [row[:3] for row in page.table("Places")] == [["Aldmoor", "GBR", "6"]]
    assert "8 incidents from 2031-04-01 to 2031-05-10, 2 of them without a place" in page.text
    marks = [row for rows in json.loads(page.chart("map"))["datasets"].values() for row in rows if "start" in row]
    assert {(row["start"][:10], row["quad"], row["count"]) for row in marks} == {
        ("2031-05-02", "material-conflict", 2),
        ("2031-05-04", "material-conflict", 1),
        ("2031-05-05", "material-conflict", 1),
        ("2031-05-08", "verbal-conflict", 1),
        ("2031-05-09", "material-conflict", 1),
    }


def test_days_go_into_spans_of_the_window() -> None:
    """What began before stands in the first; unknown days do too."""
    marks = list(mark_spans(spot("2031-04-20", "2031-05-09", "2031-05-14", ""), MAY, 7))
    assert marks == [("2031-05-01", "material-conflict", 2), ("2031-05-08", "material-conflict", 2)]
    assert list_starts(MAY, 7) == ["2031-05-01", "2031-05-08", "2031-05-15", "2031-05-22", "2031-05-29"]


def test_a_crowded_map_has_fewer_places() -> None:
    """The busiest, as many as there is room for their marks; one at least."""
    first = date(2031, 5, 1)
    busy = spot(*((first + timedelta(days=nth)).isoformat() for nth in range(31)))
    marks = list(mark_spans(busy, MAY, 1))
    assert len(keep_busiest([(busy, marks)] * 100)) == MOST_MARKS // 31
    assert len(keep_busiest([(busy, marks * 100)] * 2)) == 1


def test_the_land_is_given_once(full: str) -> None:
    """As TopoJSON that a browser keeps."""
    answer = httpx.get(full + "/map/land.json")
    assert answer.headers["content-type"] == "application/json"
    assert "max-age" in answer.headers["cache-control"]
    assert {"land", "borders"} <= set(answer.json()["objects"])
