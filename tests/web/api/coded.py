"""What codes posted reports in the tests where the coding does not matter: every report says what the builders say."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from casus import Store
from casus.ingest.reports import Spot, Terms, make_report
from casus.link.across import link_across
from casus.records import Report
from casus.stored import Added
from casus.watch.alerts_round import Watch
from casus.watch.rules_file import read_rules
from tests.cli.builders import TEXT, report

GOMA: Mapping[str, str] = {
    "id": "goma",
    "publisher": "Example Wire",
    "published": "2031-05-06",
    "title": "Rebels shell Goma",
    "text": TEXT,
}
"""The report of the builders, as it is posted."""


RULES = """
[[rule]]
name = "shelling"
type = "ASSAULT"
toll.killed = 10
"""


def watch(store: Store) -> None:
    """Let a rule look at a store, which opens an alert."""
    with NamedTemporaryFile("w", suffix=".toml") as file:
        file.write(RULES)
        file.flush()
        rules = read_rules(Path(file.name)).rules
    assert Watch(store, rules[0], datetime(2031, 5, 8, 9, tzinfo=UTC)).look()["opened"] == 1


def take_coded(store: Store, fields: Mapping[str, Any]) -> tuple[Report, Added]:
    """Keep a report as a server does; its events are those of the builders where it has their text, else none."""
    bare = make_report(fields, Spot("test"), Terms(max_bytes=2000))
    if store.known([bare.id]).get(bare.id) == hashlib.sha256(bare.text.encode()).hexdigest():
        return store.report(bare.id), "known"
    told = report()
    coded = replace(bare, events=told.events, incidents=told.incidents, links=told.links)
    coded = coded if bare.text == TEXT else bare
    with store.transaction():
        run = store.begin_run("serve", {"casus": "0.1.0", "reader": "casus"})
        outcome = store.add(coded, run, origin={"address": "POST /api/v1/reports", "by": fields["by"]})
        link_across(coded, store)
        store.add_issue(run, {"report": "kivu", "field": "language", "found": "fr", "allowed": "en"})
        store.end_run(run, {outcome: 1})
    return coded, outcome
