"""What is particular to one chart: arrows, mirrors, ranges, frames, intervals."""

import os
import subprocess
import sys
from importlib.resources import files
from typing import Any

import pytest

from casus import charts
from casus.charts.maps import cut, frame
from casus.charts.measures import wilson
from casus.charts.rows import act_row, link_row, name_side
from casus.errors import FieldError
from casus.records import Incident, Link, Span
from casus.stored import StoredEvent
from casus.watch.series import Week, WeekSide
from tests.charts.rows import ACTS, FIGURES, LINKS, POINTS, WEEKS, rows_of
from tests.cli.builders import answer, party, shelling


def spec_of(chart: Any) -> dict[str, Any]:
    """Return the specification of a chart."""
    return charts.to_spec(chart)


def test_an_arrow_leads_from_the_act_to_its_answer() -> None:
    """Links to acts that are not there are left out."""
    arrows = [(row["start"][:10], row["start2"][:10]) for row in rows_of(spec_of(charts.lanes(ACTS, LINKS)), "start2")]
    assert sorted(set(arrows)) == [("2031-05-01", "2031-05-04"), ("2031-05-06", "2031-05-09")]


def test_an_arrow_says_the_words_that_told_of_it() -> None:
    """As the links do."""
    told = {row["title"] for row in rows_of(spec_of(charts.lanes(ACTS, LINKS)), "start2")}
    assert "B threatens answers “In response” A arms" in told


def test_acts_of_one_day_and_lane_stand_beside_each_other() -> None:
    """Each mark is seen."""
    acts = [{"id": str(nth), "start": "2031-05-01", "lane": "A", "type": "AID"} for nth in range(3)]
    heights = {row["id"]: row["y"] for row in rows_of(spec_of(charts.lanes(acts)), "y")}
    assert len(set(heights.values())) == 3
    assert all(-0.5 < height < 0.5 for height in heights.values())


def test_parties_beyond_the_most_share_a_lane() -> None:
    """Those that act least."""
    acts = [
        {"id": f"{lane}{nth}", "start": "2031-05-01", "lane": lane, "type": "AID"}
        for lane in "abc"
        for nth in range(ord("d") - ord(lane))
    ]
    names = spec_of(charts.lanes(acts, most=2))["params"][0]["value"]
    assert names == ["a", "others"]


def test_one_direction_goes_up_and_the_other_down() -> None:
    """From the line on, one stage on top of the other."""
    bars = [row for row in rows_of(spec_of(charts.mirror(WEEKS)), "y2") if row["start"].startswith("2031-05-12")]
    assert [(bar["direction"], bar["stage"], bar["y"], bar["y2"]) for bar in bars] == [
        ("A → B", "done", 0, 1), ("A → B", "threatened", 1, 2), ("A → B", "planned", 2, 3),
        ("B → A", "done", 0, -1), ("B → A", "threatened", -1, -2), ("B → A", "planned", -2, -3),
    ]  # fmt: skip


def test_weeks_of_a_dyad_are_taken_as_they_are() -> None:
    """Both ways of each, with the names of the sides."""
    week = Week(start="2031-05-05", a_to_b=WeekSide(done=2, rung=7), b_to_a=WeekSide(), both=WeekSide(done=2))
    assert "USA → IRN: 2 done" in spec_of(charts.mirror([week], ("USA", "IRN")))["description"]
    told = spec_of(charts.ladder([week], ("USA", "IRN")))["description"]
    assert told.endswith("USA → IRN: at most limited violence (week of 2031-05-05); IRN → USA: no act.")


def test_the_line_breaks_where_a_week_has_no_act() -> None:
    """No rung is not the lowest."""
    rungs = [row["y"] for row in rows_of(spec_of(charts.ladder(WEEKS)), "rung") if row["rung"] is None]
    assert rungs
    assert set(rungs) == {None}


def test_every_report_keeps_its_figure() -> None:
    """In its own words, below what all say together; what is open runs to the end of the scale."""
    lines = rows_of(spec_of(charts.toll_range(FIGURES[:3])), "words")
    told = {row["label"]: (row["low"], row["high"], row["open"], row["words"]) for row in lines}
    assert told == {
        "all reports": (9, 30, False, "9-30 killed"),
        "1. Wire · 2031-05-06": (12, 30, True, "12+ killed"),
        "2. r2, official": (9, 15, False, "9-15 killed"),
        "3. r3": (0, 30, False, "up to 30 killed"),
    }


def test_the_map_shows_all_points() -> None:
    """With a margin, and no nearer than the outline allows."""
    west, south, east, north = frame([{"lat": 10, "lon": 20}, {"lat": 11, "lon": 21}])
    assert (west, east, south, north) == (16.5, 24.5, 8.5, 12.5)


def test_the_outline_is_small_and_whole() -> None:
    """Below 120 kB, hundreds of coasts, and no line that is not there."""
    outline = charts.load_basemap()
    assert len((files("casus.charts") / "data" / "land.json").read_bytes()) < 120_000
    rings = [ring for polygon in outline["objects"]["land"]["arcs"] for ring in polygon]
    assert len(rings) > 300
    used = {max(arc, ~arc) for ring in [*rings, *outline["objects"]["borders"]["arcs"]] for arc in ring}
    assert used == set(range(len(outline["arcs"])))


def test_an_object_of_the_outline_keeps_its_lines() -> None:
    """Cut out alone, numbered anew, reversed ones still reversed."""
    topology = {
        "type": "Topology",
        "objects": {"land": {"type": "Polygon", "arcs": [[2, -2]]}, "borders": {"type": "LineString", "arcs": [0]}},
        "arcs": ["zero", "one", "two"],
    }
    alone = cut(topology, "land")
    assert (alone["objects"], alone["arcs"]) == ({"land": {"type": "Polygon", "arcs": [[0, -2]]}}, ["two", "one"])


def test_the_brush_chooses_among_the_points() -> None:
    """The points of the map are filtered by the days below it."""
    whole = spec_of(charts.place_map(POINTS))
    assert whole["vconcat"][0]["layer"][-1]["transform"] == [{"filter": {"param": "days"}}]
    assert [param["name"] for param in whole["params"]] == ["days"]
    assert "params" not in spec_of(charts.place_map(POINTS, brush=False))


def test_the_outline_may_lie_on_the_server_of_the_page() -> None:
    """Then the specification is small."""
    assert len(str(spec_of(charts.place_map(POINTS, "/static/land.json")))) < 10_000


def test_the_calendar_begins_with_the_next_day() -> None:
    """What has no day is left out; what is beyond the most is told of."""
    whole = spec_of(charts.calendar(reversed(ACTS), most=3))
    days = {row["label"]: row["start"][:10] for row in rows_of(whole, "label")}
    assert list(days.values()) == sorted(days.values())
    assert whole["description"].endswith("2 more are not drawn.")


@pytest.mark.parametrize(
    ("share", "count", "expected"),
    # From Wilson's formula with z = 1.96, worked by hand for the ends: 0 of 10 and 10 of 10 mirror each other.
    [(0.0, 10, (0.0, 0.278)), (1.0, 10, (0.722, 1.0)), (0.5, 100, (0.404, 0.596))],
)
def test_intervals_are_those_of_wilson(share: float, count: int, expected: tuple[float, float]) -> None:
    """They stay within 0 and 1."""
    assert wilson(share, count) == pytest.approx(expected, abs=0.001)


def test_a_stored_event_is_a_row() -> None:
    """Its own days, else those of publication; its lane is who did it."""
    stored = StoredEvent(
        id="goma:e1", report="goma", incident="goma:i1", origin="goma", day_from="2031-05-05", day_to="2031-05-05",
        event=shelling(),
    )  # fmt: skip
    row = act_row(stored)
    assert (row["id"], row["start"], row["lane"], row["stage"]) == ("goma:e1", "2031-05-05", "COD/REB", "done")
    assert row["title"] == "Rebels [COD REB]: ASSAULT: heavy-weapons"


def test_an_incident_is_a_row() -> None:
    """Announced is planned, and a threat is threatened."""
    planned = Incident(id="i2", events=("e2",), type="ASSAULT", actors=(party("the army"),), status="announced")
    threat = Incident(id="i3", events=("e3",), type="THREATEN")
    assert [act_row(item)["stage"] for item in (planned, threat, answer())] == ["planned", "threatened", "possible"]
    assert act_row(planned)["lane"] == "the army"


def test_a_link_is_a_row() -> None:
    """With the words of its cue alone."""
    link = Link("i2", "i1", "responds_to", cue=Span(0, 11, "In response"))
    assert link_row(link) == {"from": "i2", "to": "i1", "kind": "responds_to", "cue": "In response"}


def test_a_side_has_the_name_that_filters_use() -> None:
    """A government is its country."""
    assert name_side([party("police", country="FRA", sectors=("GOV", "COP"))]) == "FRA"


def test_what_is_no_act_is_told() -> None:
    """In one line."""
    with pytest.raises(FieldError, match="field events: found 'int', allowed events"):
        charts.lanes([3])  # type: ignore[list-item]


DRAW = "from tests.charts.rows import CHARTS; from casus.charts import to_svg; print(to_svg(CHARTS['lanes']()))"


def test_days_are_the_same_in_every_time_zone() -> None:
    """A day is drawn and labelled as it was written, west and east of Greenwich."""
    drawn = {
        subprocess.run(
            [sys.executable, "-c", DRAW], env=os.environ | {"TZ": zone}, capture_output=True, check=True, text=True
        ).stdout
        for zone in ("America/Los_Angeles", "Pacific/Kiritimati")
    }
    assert len(drawn) == 1
