"""Errors say where, what was found and what is allowed, and survive the way back from a worker process."""

import pickle

import pytest

from casus import errors
from casus.errors import CasusError, FetchError, InputError, OntologyError


def test_input_error_reads_as_one_line() -> None:
    """File and line come first, so that an editor can jump there."""
    error = InputError("reports.jsonl", 3, "published", "soon", "an ISO date")
    assert str(error) == "reports.jsonl:3: field published: found 'soon', allowed an ISO date"


@pytest.mark.parametrize(
    "error",
    [
        InputError("a.jsonl", 3, "text", None, "a text"),
        FetchError("https://example.org/", "status", 404, "200"),
        OntologyError("type", "HUG", "AID"),
        CasusError("odd"),
    ],
)
def test_errors_survive_pickling(error: CasusError) -> None:
    """A pool of processes hands errors over pickled."""
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    """Every error class stands in the drawing, and all come from one base."""
    classes = [item for item in vars(errors).values() if isinstance(item, type)]
    assert all(issubclass(item, CasusError) for item in classes)
    assert [item.__name__ for item in classes if item.__name__ not in str(errors.__doc__)] == []
