"""The signs that two tellings share, and what each is worth."""

from dataclasses import replace
from typing import Any

import pytest

from casus.link.across.blocking import filing_keys, search_keys
from casus.link.across.features import MEANINGS, compare_tellings, measure_distance
from casus.link.across.model.pairs import explain_pair, load_pair_model, score_pair
from casus.link.across.tellings import Telling
from casus.link.across.units import cut_units
from tests.link.across.builders import attack, day, party, tellings

GAULS = party("Gauls", "FRA")


def telling(id_: str = "a1", town: str = "Aldmoor", **fields: Any) -> Telling:
    """Return a telling of an attack."""
    return tellings(attack(id_, town, **fields))[0]


@pytest.mark.parametrize(
    ("one", "other", "sign"),
    [
        (telling(), telling("b1"), "same type"),
        (telling(), telling("b1", type="COERCE"), "related type"),
        (telling(), telling("b1", mode="explosives"), "mode differ"),
        (telling(), telling("b1", published="2031-05-03"), "days next"),
        (telling(when=day("2031-05-01")), telling("b1", when=day("2031-05-09")), "days stated apart"),
        (telling(), telling("b1", "Norbridge"), "place apart"),
        (telling(), telling("b1", "Aldmoor Quay"), "place near"),
        (telling(), telling("b1", where=None), "place open"),
        (telling(), telling("b1", actors=(GAULS,)), "actors differ"),
        (telling(actors=(GAULS,)), telling("b1", recipients=(GAULS,)), "sides turned"),
        (telling(dead=14), telling("b1", dead=14), "toll equal"),
        (telling(dead=3), telling("b1", dead=9, published="2031-05-03"), "toll grown"),
        (telling(dead=9), telling("b1", dead=3, published="2031-05-03"), "toll shrunk"),
        (telling(), telling("b1"), "trigger same"),
        (telling(), replace(telling("b1"), origin="a1"), "same origin"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_signs(one: Telling, other: Telling, sign: str) -> None:
    """Each is seen, whichever report comes first."""
    assert sign in compare_tellings(one, other)
    assert compare_tellings(one, other) == compare_tellings(other, one)


def test_every_sign_has_a_meaning() -> None:
    """So that any decision can be told in words."""
    assert set(load_pair_model().weights) <= set(MEANINGS)
    assert set(compare_tellings(telling(dead=3), telling("b1", "Norbridge", dead=4))) <= set(MEANINGS)


def test_an_explanation_adds_up() -> None:
    """What it tells is all that is weighed."""
    one, other = telling(), telling("b1")
    model = load_pair_model()
    told = sum(reason.weight for reason in explain_pair(one, other))
    assert told + model.bias == pytest.approx(model.score(compare_tellings(one, other)), abs=0.01)


def test_more_in_common_is_more_likely() -> None:
    """The same town and day beat another town; a copy beats both; one report is never matched with itself."""
    same, other = score_pair(telling(), telling("b1")), score_pair(telling(), telling("b1", "Norbridge"))
    copy = score_pair(telling(), replace(telling("b1"), origin="a1"))
    assert other < same < copy
    assert score_pair(telling(), replace(telling(), id="a1:i2")) == 0.0


def test_distance() -> None:
    """A degree of latitude is 111 km."""
    one = telling()
    assert one.lat is not None
    assert measure_distance(one, replace(one, lat=one.lat + 1)) == pytest.approx(111.2, abs=0.1)
    assert measure_distance(one, replace(one, lat=None)) is None


def test_keys_meet_within_days() -> None:
    """A telling is found from reports some days away, not from those of other weeks."""
    filed = set(filing_keys(telling()))
    assert filed & set(search_keys(telling("b1", published="2031-05-05")))
    assert not filed & set(search_keys(telling("b1", published="2031-05-09")))


def test_keys_are_few() -> None:
    """Even for a time as long as a year."""
    year = replace(telling(), start="2030-01-01", end="2030-12-31")
    assert len(search_keys(year)) <= 2 * len(search_keys(telling()))


def test_names_are_units() -> None:
    """A long name is one, its last word may stand for it, and the word that opens a sentence is none."""
    units = cut_units("Marching, Ana Lima met the Free Republic of the Coral Isles. Police say U.N. envoys left.")
    assert units.names == ("ana lima", "free republic of the coral isles", "isles", "lima", "u.n")
    assert {"march", "polic", "envoy"} <= set(units.words)
