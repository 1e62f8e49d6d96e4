"""What reports agree on, dispute and leave open."""

from dataclasses import replace
from typing import Any

import pytest

from casus.records import Attribution, Party, Place, Quantity, When
from casus.store.query.agreement import compare_events
from casus.stored import StoredEvent
from tests.cli.builders import shelling

HERE = Place(0, 4, "Goma", "Goma", 1, "COD", lat=-1.68, lon=29.22, precision="city")
DENIAL = Attribution(0, 1, "x", stance="denies")


def told(origin: str, **slots: Any) -> StoredEvent:
    """Return the shelling as one origin tells it."""
    return StoredEvent(
        id=f"{origin}:e1", report=origin, incident="i", origin=origin, event=replace(shelling(), **slots)
    )


def state_of(name: str, *events: StoredEvent) -> str:
    """Return the state of one slot."""
    return {slot.name: slot.state for slot in compare_events(events)}[name]


def dead(low: int | None, high: int | None) -> tuple[Quantity, ...]:
    """Return a toll."""
    return (Quantity(0, 1, "x", "killed", low, high),)


def party(country: str | None) -> tuple[Party, ...]:
    """Return an actor of a country."""
    return (Party(0, 1, "x", country=country),)


@pytest.mark.parametrize(
    ("slot", "name", "one", "other", "expected"),
    [
        ("killed", "quantities", dead(12, None), dead(30, 30), "agreed"),
        ("killed", "quantities", dead(12, 12), dead(30, 30), "disputed"),
        ("killed", "quantities", dead(None, 30), dead(12, 15), "agreed"),
        ("who", "actors", party("COD"), party("RWA"), "disputed"),
        ("who", "actors", party("COD"), party(None), "agreed"),
        ("who", "actors", party("COD"), (), "told once"),
        ("to whom", "recipients", (), (), "unknown"),
        ("what", "mode", "aerial", None, "agreed"),
        ("what", "mode", "aerial", "drone", "disputed"),
        ("when", "when", When("2031-05-01", "2031-05-31", "month"), When("2031-05-05", "2031-05-05", "day"), "agreed"),
        ("when", "when", When("2031-05-04", "2031-05-04", "day"), When("2031-05-05", "2031-05-05", "day"), "disputed"),
        ("where", "where", HERE, replace(HERE, name="Sake", geonameid=2, lat=-1.57, lon=29.05), "agreed"),
        ("where", "where", HERE, replace(HERE, name="Bukavu", geonameid=3, lat=-2.5, lon=28.86), "disputed"),
        ("where", "where", HERE, replace(HERE, name="DR Congo", geonameid=4, precision="country"), "agreed"),
        ("where", "where", HERE, replace(HERE, country="RWA"), "disputed"),
        ("whether", "modality", "actual", "negated", "disputed"),
        ("whether", "modality", "actual", "future", "agreed"),
        ("whether", "modality", "actual", "hypothetical", "told once"),
        ("whether", "attribution", None, DENIAL, "disputed"),
    ],
)  # fmt: skip
def test_two_origins(slot: str, name: str, one: Any, other: Any, expected: str) -> None:
    """Values that may both be true agree, others are in dispute, what one gives alone is told once."""
    assert state_of(slot, told("a", **{name: one}), told("b", **{name: other})) == expected


def test_a_copy_is_no_second_voice() -> None:
    """Reports of one origin neither confirm nor contradict each other."""
    copy = replace(told("a", quantities=dead(30, 30)), id="b:e1", report="b")
    assert state_of("killed", told("a", quantities=dead(12, 12)), copy) == "told once"


def test_values_are_ranked_by_origins() -> None:
    """What most origins say comes first, with all that say so."""
    events = [told("a", quantities=dead(9, 9)), told("b", quantities=dead(12, 12)), told("c", quantities=dead(12, 12))]
    slot = next(slot for slot in compare_events(events) if slot.name == "killed")
    assert [(value.words, [e.report for e in value.events]) for value in slot.values] == [
        ("12 killed", ["b", "c"]),
        ("9 killed", ["a"]),
    ]
