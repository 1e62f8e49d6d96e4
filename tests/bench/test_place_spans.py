"""Marked places are judged by distance, or by country where the gold place is one."""

from pathlib import Path

import pytest

from bench.place_spans import judge, plain_name
from casus.records import Place
from casus.resolve.gazetteer import Gazetteer
from tests.resolve.place_factories import small_gazetteer


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """The small one."""
    folder: Path = tmp_path_factory.mktemp("gazetteer")
    return small_gazetteer(folder)


def at(name: str, country: str | None, lat: float | None = None, lon: float | None = None) -> Place:
    """A place of ours."""
    return Place(0, 1, name, name=name, country=country, lat=lat, lon=lon, precision="city")


@pytest.mark.parametrize(
    ("ours", "verdict"),
    [
        (at("Mosul", "IRQ"), "right"),
        (at("Nineveh", "IRQ", 36.0, 42.9), "right"),
        (at("Ramadi", "IRQ", 33.4, 43.3), "too far"),
        (at("Old Town", "IRQ"), "no point"),
        (at("Mosul", "SYR"), "other country"),
        (None, "no answer"),
    ],
)
def test_a_town_is_right_near_its_point(gazetteer: Gazetteer, ours: Place | None, verdict: str) -> None:
    """A hundred miles count as near."""
    gold = {"text": "Mosul", "name": "Mosul", "country": "IRQ", "precision": "city"}
    assert judge(gold, ours, gazetteer) == verdict


def test_a_country_is_right_by_its_code(gazetteer: Gazetteer) -> None:
    """Whatever it is called."""
    gold = {"text": "there", "name": "Iraq", "country": "IRQ", "precision": "country"}
    assert judge(gold, at("Republic of Iraq", "IRQ", 33.0, 43.0), gazetteer) == "right"


def test_directions_have_one_form() -> None:
    """However they are spelt."""
    assert plain_name("north-eastern Mali") == plain_name("northeast Mali") == "northeastmali"
