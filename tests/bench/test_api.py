"""The bench of the API asks a real server, and sees what it would have to tell."""

import os
from argparse import Namespace
from pathlib import Path
from time import perf_counter

import pytest

from bench.api import PATHS, ask_often, explain_incident, measure_api, processor_seconds, serving
from bench.desk import open_desk


def test_every_question_is_measured(tmp_path: Path) -> None:
    """And an incident is found by its key."""
    file = tmp_path / "desk.db"
    store = open_desk(file, 3)
    assert "USING INDEX" in explain_incident(store)
    told = Namespace(requests=4, clients=1, workers=1)
    assert {"an incident", "events", *PATHS} <= {name for name, _ in measure_api(store, str(file), told)}


def test_a_wrong_answer_is_no_figure(tmp_path: Path) -> None:
    """It stops the bench."""
    file = tmp_path / "desk.db"
    open_desk(file, 1).close()
    with serving(str(file), 1) as (port, _), pytest.raises(RuntimeError, match="found status 404"):
        ask_often(port, ("/nowhere",), 1, 0)


def test_processor_time_is_that_of_the_process() -> None:
    """As long as it works."""
    begun, spent = perf_counter(), processor_seconds(os.getpid())
    while perf_counter() - begun < 0.2:
        sum(range(1000))
    assert processor_seconds(os.getpid()) > spent
