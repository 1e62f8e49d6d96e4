"""A slot as it is spelled is read as what it was."""

from dataclasses import replace

import pytest

from casus.records import Event, Party, Quantity, When
from casus.store.corrections import SLOTS, check_value
from casus.web.spelling import SPELLINGS, spell_slot
from tests.cli.builders import TEXT, answer, party, shelling

LOST = {"name", "id", "geonameid", "lat", "lon", "cue", "named", "span", "text", "of", "admin1", "basis"}
"""What a correction in words does not say."""


def plain(value: object) -> object:
    """Return a value without what words do not say."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    return {key: item for key, item in value.items() if key not in LOST} if isinstance(value, dict) else value


@pytest.mark.parametrize("event", [shelling(), answer()], ids=["shelling", "answer"])
@pytest.mark.parametrize("slot", [slot for slot in SPELLINGS if slot != "contexts"])
def test_spelling_is_read_again(event: Event, slot: str) -> None:
    """Every slot of every event: the words of the form are a correction to the same value."""
    spelled = spell_slot(event, slot)
    assert plain(check_value(event, TEXT, slot, spelled)) == plain(event.to_json()[slot])


def test_all_slots_that_may_be_corrected_are_spelled() -> None:
    """The form offers what the store takes."""
    assert set(SPELLINGS) == set(SLOTS)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (When("2031-05-01", "2031-05-31", "month"), "2031-05"),
        (When("2031-01-01", "2031-12-31", "year"), "2031"),
        (When("2031-05-05", "2031-05-11", "week"), "2031-05-05..2031-05-11"),
    ],
)
def test_times(when: When, expected: str) -> None:
    """A time is as long as its precision."""
    assert spell_slot(replace(shelling(), when=when), "when") == expected


def test_brackets_are_told_as_json() -> None:
    """Words that would be read otherwise are given as JSON, which is read as it is."""
    event = replace(shelling(), actors=(party("Rebels"), Party(0, 5, "a [b]")))
    assert spell_slot(event, "actors").startswith('[{"start": 0')


@pytest.mark.parametrize(("low", "high", "expected"), [(12, 15, "12-15"), (None, 30, "-30"), (3500, 3500, "~3500")])
def test_counts(low: int | None, high: int | None, expected: str) -> None:
    """Counts are written as corrections are."""
    told = Quantity(0, 6, "Rebels", "killed", low, high, approximate=expected.startswith("~"))
    assert spell_slot(replace(shelling(), quantities=(told,)), "quantities") == f"Rebels [killed {expected}]"
