"""What is counted while the server runs, in the words of Prometheus: one registry an app, or files of all workers."""

from __future__ import annotations

import os

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.3, 0.5, 1.0, 2.5, 10.0)
"""Seconds; 0.15 and 0.3 are what a page may take."""
SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that names the folder where several workers put their counts."""
NOWHERE = "none"
"""The route of a request that none answers: addresses of strangers are no labels."""


class Metrics:
    """The counts of an app."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("route", "method", "status")
        self._requests = Counter("casus_requests", "Requests answered.", labels, registry=self.registry)
        self._seconds = Histogram(
            "casus_request_seconds", "How long answers took.", ("route",), buckets=BUCKETS, registry=self.registry
        )
        self._reports = Counter("casus_reports", "Reports posted.", ("outcome",), registry=self.registry)

    def count_request(self, route: str | None, method: str, status: int, seconds: float) -> None:
        """Count a request: the pattern of its route, None where there is none."""
        where = route or NOWHERE
        self._requests.labels(where, method, str(status)).inc()
        self._seconds.labels(where).observe(seconds)

    def count_report(self, outcome: str) -> None:
        """Count a posted report by what came of it."""
        self._reports.labels(outcome).inc()

    def render(self) -> bytes:
        """Return all counts, those of all workers where several share a folder."""
        if SHARED not in os.environ:
            return generate_latest(self.registry)
        whole = CollectorRegistry()
        MultiProcessCollector(whole)  # type: ignore[no-untyped-call]
        return generate_latest(whole)
