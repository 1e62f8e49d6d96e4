"""Facets tell what else is true of what was found, on both databases."""

import pytest

from casus import Store
from casus.store.query.facets import Kind, count_facets
from casus.store.query.filters import Filters

FOUND = {
    "type": {"ASSAULT": 4},
    "modality": {"actual": 2, "hypothetical": 2},
    "country": {"COD": 2},
    "party": {"COD": 4, "COD/REB": 4, "the army": 2},
    "source": {"police": 2},
    "status": {"reported": 2, "announced": 2},
    "month": {"2031-05": 3, "2031-06": 1},
}


@pytest.mark.parametrize("kind", ["events", "incidents"])
def test_all_facets(library: Store, kind: Kind) -> None:
    """Every facet counts each find once, parties by country and by what tells them apart."""
    facets = count_facets(library, Filters(), kind)
    assert {name: dict(values) for name, values in facets.values.items()} == FOUND
    assert (facets.counted, facets.whole) == (4, True)


def test_facets_are_of_what_was_found(library: Store) -> None:
    """A filter holds for the facets, too."""
    facets = count_facets(library, Filters(source="police", report="later"), "events")
    assert dict(facets.values["modality"]) == {"actual": 1}
    assert facets.counted == 1


def test_counting_is_bounded(library: Store) -> None:
    """Only the newest are counted, and that is told."""
    facets = count_facets(library, Filters(), "events", most=2)
    assert (facets.counted, facets.whole) == (2, False)
    assert sum(dict(facets.values["modality"]).values()) == 2


def test_nothing_found(library: Store) -> None:
    """There is nothing to count."""
    facets = count_facets(library, Filters(type="AID"), "incidents")
    assert (facets.counted, facets.whole) == (0, True)
    assert not any(facets.values.values())
