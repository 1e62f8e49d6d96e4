"""What docs/watch.md shows of two sides is what happens; `FIX=1` brings it up to date."""

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from bench.dyads import simulate_hawkes
from casus import Store
from casus.cli import app
from casus.records import Link
from docs.generate import BLOCK, _run_python
from tests.watch.histories import Told, make_reports

PAGE = Path(__file__).parents[2] / "docs" / "watch.md"
REST = "\n## Watch rules"
"""Where the half of the page begins that another test runs."""
KINDS = (("ASSAULT", "firearms"), ("ACCUSE", "allege"), ("THREATEN", "violence"), ("MOBILIZE", "troops"))
LENGTH, FULL = 728, 691


def make_feud() -> list[Told]:
    """Return two years of a feud that grows worse in its last weeks: each side answers the other, one more than it."""
    chance = np.random.default_rng(4)
    days = simulate_hawkes(14, (0.07, 0.04), ((0.2, 0.1), (0.6, 0.1)), 3.0, LENGTH)
    days[0] += [FULL + int(number) for number in chance.integers(0, 37, 22)]
    told = []
    for side, (actor, recipient) in enumerate((("COD", "RWA"), ("RWA", "COD"))):
        for nth, day in enumerate(sorted(days[side])):
            type_, mode = KINDS[chance.integers(len(KINDS))]
            killed = int(chance.integers(1, 9)) if type_ == "ASSAULT" and chance.random() < 0.5 else None
            modality = "future" if chance.random() < 0.1 else "actual"
            told.append(Told(f"{actor.lower()}{nth}", day, actor, recipient, type_, mode, modality, killed))  # type: ignore[arg-type]
    talks = [Told(f"talks{nth}", 30 * nth, "COD RWA", "", "CONSULT", "third-party") for nth in range(24)]
    return [*told, *talks]


def fill(file: Path) -> None:
    """Make the store that the page is about; every third act of Rwanda answers the last of Congo's before it."""
    store, told = Store(file), make_feud()
    store.add_all(make_reports(told))
    blows = [one for one in told if one.id.startswith("cod")]
    links = []
    for one in [one for one in told if one.id.startswith("rwa")][::3]:
        before = [blow for blow in blows if one.day - 9 <= blow.day < one.day]
        links += [Link(f"{one.id}:i1", f"{before[-1].id}:i1", "responds_to", confidence=0.9)] if before else []
    store.put_links(links)
    store.close()


def run_console(block: str) -> Iterator[str]:
    """Yield the commands of a block, each with what it prints now."""
    for line in block.splitlines():
        if line.startswith("$ casus "):
            output = CliRunner().invoke(app, shlex.split(line)[2:]).output
            yield f"{line}\n" + output.rstrip("\n") + "\n"


def test_the_page_shows_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All its commands and all its Python, one after the other."""
    page = PAGE.read_text("utf-8")
    mine, end, rest = page.partition(REST)
    fill(tmp_path / "casus.db")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}

    def rewrite(block: re.Match[str]) -> str:
        lines = run_console(block[2]) if block[1] == "console" else _run_python(block[2], names)
        return f"```{block[1]}\n{''.join(lines)}```"

    now = BLOCK.sub(rewrite, mine) + end + rest
    if os.environ.get("FIX"):
        PAGE.write_text(now, "utf-8")
    assert now == page
