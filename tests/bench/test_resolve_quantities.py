"""The scorer of counts: each annotated quantity once, three figures."""

from typing import Any

import pytest

from bench.resolve_quantities import gold_quantities, measure
from tests.resolve.builders import plain

TEXT = "Twelve people were killed."


def gold(**changes: Any) -> dict[str, Any]:
    """An annotated quantity over the first two words."""
    return {"start": 0, "end": 13, "text": "Twelve people", "kind": "killed", "min": 12, "max": 12, **changes}


def test_a_quantity_of_two_events_counts_once() -> None:
    """The same words with the same kind are one quantity, with another kind another."""
    events = [{"quantities": [gold(), gold(kind="injured")]}, {"quantities": [gold()]}]
    assert [q["kind"] for q in gold_quantities({"events": events})] == ["killed", "injured"]


@pytest.mark.parametrize(
    ("changes", "right"),
    [({}, {"bounds", "exact", "found"}), ({"kind": "injured"}, {"bounds"}), ({"max": None}, set())],
)
def test_bounds_kind_and_finding_are_told_apart(changes: dict[str, Any], right: set[str]) -> None:
    """The kind counts only where it is asked for."""
    tally, errors = measure([(plain(TEXT), {"events": [{"quantities": [gold(**changes)]}]})])
    assert {name for name in tally["all"] if name != "n"} == right
    assert bool(errors) == ("exact" not in right)
