"""Logs tell of each request in one JSON object, metrics count it, both by its route; what was searched is not told."""

import json
import logging
import sys
import time
from collections.abc import Callable
from typing import TypeVar

import httpx
import pytest

from casus.web.logs import ACCESS, JsonLines

Seen = TypeVar("Seen")


def soon(look: Callable[[], Seen], enough: Callable[[Seen], bool]) -> Seen:
    """What is seen once it is enough: logs and counts are written after the answer is out. At most ten seconds."""
    end = time.monotonic() + 10
    while not enough(seen := look()) and time.monotonic() < end:
        time.sleep(0.02)
    return seen


def read_counts(text: str) -> dict[str, float]:
    """Return what is counted."""
    pairs = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in pairs}


def test_each_request_is_logged_with_its_id(server: str, caplog: pytest.LogCaptureFixture) -> None:
    """Which the answer has, too; a caller may give one of its own."""
    with caplog.at_level(logging.INFO, logger=ACCESS):
        first = httpx.get(f"{server}/api/v1/events/goma:e1?x=1")
        second = httpx.get(f"{server}/api/v1/search?q=secret", headers={"x-request-id": "mine-1"})
        bad = httpx.get(f"{server}/health", headers={"x-request-id": "a b\\n"})
        told = soon(
            lambda: [record.told for record in caplog.records if record.name == ACCESS],  # type: ignore[attr-defined]
            lambda lines: len(lines) >= 3,
        )
    assert [(line["path"], line["route"], line["status"]) for line in told] == [
        ("/api/v1/events/goma:e1", "/api/v1/events/{id}", 200),
        ("/api/v1/search", "/api/v1/search", 200),
        ("/health", "/health", 200),
    ]
    assert told[0]["bytes"] == len(first.content)
    assert len(first.headers["x-request-id"]) == 32
    assert (second.headers["x-request-id"], "secret" in caplog.text) == ("mine-1", False)
    assert len(bad.headers["x-request-id"]) == 32


def test_a_log_line_is_json() -> None:
    """Whatever is in it; a fault is told whole."""
    try:
        raise ValueError('a "bad"\nvalue')
    except ValueError:
        record = logging.LogRecord("casus", logging.ERROR, __file__, 1, "no\n%s", ("luck",), sys.exc_info())
    record.told = {"status": 500, "route": None}
    line = JsonLines().format(record)
    told = json.loads(line)
    assert "\n" not in line
    assert (told["message"], told["level"], told["status"], "route" in told) == ("no\nluck", "error", 500, False)
    assert 'ValueError: a "bad"' in told["error"]


def test_requests_are_counted_by_route(server: str) -> None:
    """Wrong addresses together, so that nobody can make labels."""
    for path in ("/api/v1/events/goma:e1", "/api/v1/events/twin:e1", "/a", "/b"):
        httpx.get(server + path)
    key = 'casus_requests_total{method="GET",route="none",status="404"}'
    counts = soon(lambda: read_counts(httpx.get(f"{server}/metrics").text), lambda found: found.get(key) == 2)
    assert counts['casus_requests_total{method="GET",route="/api/v1/events/{id}",status="200"}'] == 2
    assert counts['casus_requests_total{method="GET",route="none",status="404"}'] == 2
    assert counts['casus_request_seconds_count{route="/api/v1/events/{id}"}'] == 2


def test_the_health_is_told(server: str) -> None:
    """And never kept."""
    answer = httpx.get(f"{server}/health")
    assert (answer.json()["status"], answer.headers["cache-control"]) == ("ok", "no-store")
