"""What holds for every chart: it follows the schema, brings its data, says in words what it shows, and is drawn."""

import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest

from casus import charts
from casus.charts.looks import THEMES, Theme
from casus.errors import CasusError
from tests.charts.rows import CHARTS, EMPTY

NAMES = sorted(CHARTS)
PNG = b"\x89PNG\r\n\x1a\n"


def test_every_chart_is_tested() -> None:
    """The functions of the room are the charts, the themes and the ways out."""
    others = {"THEMES", "Theme", "load_basemap", "theme_config", "use_theme", "vega_bundle"}
    told = {name for name in charts.__all__ if not name.startswith("to_")} - others
    assert (set(CHARTS), set(EMPTY)) == (told, told)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("table", [CHARTS, EMPTY], ids=["full", "empty"])
def test_it_follows_the_schema_of_vega_lite(name: str, table: Any) -> None:
    """Altair checks the whole chart."""
    assert table[name]().to_dict(validate=True)["$schema"].startswith("https://vega.github.io/schema/vega-lite/")


@pytest.mark.parametrize("name", NAMES)
def test_it_asks_for_nothing_from_outside(name: str) -> None:
    """The one address in it is the name of its schema."""
    written = json.dumps(charts.to_spec(CHARTS[name]()))
    assert re.findall(r'(?:https?:)?//[^"]*', written) == [charts.to_spec(CHARTS[name]())["$schema"]]
    assert '"url"' not in written


@pytest.mark.parametrize("name", NAMES)
def test_the_same_rows_give_the_same_specification(name: str) -> None:
    """To the letter, so that pages with it can be known by a digest."""
    assert json.dumps(charts.to_spec(CHARTS[name]())) == json.dumps(charts.to_spec(CHARTS[name]()))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", NAMES)
def test_it_is_drawn_as_svg(name: str, theme: Theme) -> None:
    """With marks on the ground of the theme."""
    root = ElementTree.fromstring(charts.to_svg(CHARTS[name](), theme=theme))
    ground = root.find("{http://www.w3.org/2000/svg}rect")
    assert ground is not None
    assert ground.get("fill") == charts.theme_config(theme)["background"]
    assert [node for node in root.iter() if "role-mark" in (node.get("class") or "")]


@pytest.mark.parametrize("name", NAMES)
def test_it_is_drawn_without_data(name: str) -> None:
    """An empty store is no error."""
    assert charts.to_svg(EMPTY[name]()).startswith("<svg")


def test_it_is_drawn_as_png_at_a_scale() -> None:
    """Twice the scale is twice the pixels."""
    small, large = (charts.to_png(CHARTS["quads"](), scale=scale) for scale in (1, 2))
    wide = [int.from_bytes(image[16:20], "big") for image in (small, large)]
    assert small[:8] == PNG
    assert wide[1] == pytest.approx(2 * wide[0], abs=1)


SPOKEN = {
    "lanes": "Timeline of 5 acts from 2031-05-01 to 2031-05-09, in 3 lanes: A/MIL, B, C. "
    "2 done, 1 denied, 1 planned, 1 threatened. 2 answers.",
    "mirror": "Acts a week in 6 weeks from 2031-05-05 to 2031-06-09. "
    "A → B: 6 done, 3 threatened, 6 planned, 0 possible, 0 denied; "
    "B → A: 6 done, 3 threatened, 6 planned, 0 possible, 0 denied.",
    "ladder": "Rung of escalation reached a week from 2031-05-05 to 2031-06-09. "
    "A → B: at most mobilisation (week of 2031-06-09); B → A: at most coercion (week of 2031-06-09).",
    "sparkline": "Counts, oldest first: 1, 0, 4, 2.",
    "quads": "Acts by quad. A → B: 5 material conflict, 2 verbal cooperation; B → A: 9 verbal conflict.",
    "toll_range": "24-99 injured over all reports. r3: 24-99 injured. 9-30 killed (best 12) over all reports. "
    "Wire · 2031-05-06: 12+ killed; r2, official: 9-15 killed; r3: up to 30 killed.",
    "place_map": "Map of 4 acts in 2 places from 2031-05-01 to 2031-05-04. Most: Kisangani 3, Goma 1. "
    "1 act without a known place left out.",
    "calendar": "5 acts to come from 2031-05-01 to 2031-05-09: 2 done, 1 denied, 1 planned, 1 threatened.",
    "reliability": "Reliability of stated confidence, 220 events: "
    "at 35% 30% of 20 are right; at 85% 80% of 200 are right.",
}


@pytest.mark.parametrize("name", NAMES)
def test_it_says_in_words_what_it_shows(name: str) -> None:
    """For those who cannot see it: the description is the label of the image."""
    assert charts.to_spec(CHARTS[name]())["description"] == SPOKEN[name]


def test_markup_in_a_title_stays_text() -> None:
    """In the image as well."""
    bad = "<script>alert(1)</script>"
    act = {"id": bad, "start": "2031-05-01", "lane": bad, "type": "AID", "title": bad, "href": "javascript:alert(1)"}
    drawn = charts.to_svg(charts.lanes([act]))
    assert (bad in drawn, "javascript:" in drawn, "&lt;script&gt;" in drawn) == (False, False, True)


def test_what_cannot_be_drawn_is_said_in_one_line() -> None:
    """Data that is to be fetched is refused, not fetched."""
    with pytest.raises(CasusError, match=r"cannot be drawn: .*not allowed: http://127\.0\.0\.1:9/land\.json") as caught:
        charts.to_svg(charts.place_map([], "http://127.0.0.1:9/land.json"))
    assert "\n" not in str(caught.value)
