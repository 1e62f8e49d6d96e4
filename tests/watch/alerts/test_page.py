"""What docs/alerts.md shows is what happens; `FIX=1` brings it up to date."""

import os
import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from casus import Store
from casus.cli import app
from casus.link.across import link_across
from casus.watch.channels import CHANNELS
from casus.watch.rules_file import CONDITIONS, OWN
from docs.generate import BLOCK, _run_python
from tests.cli.builders import report

PAGE = Path(__file__).parents[3] / "docs" / "alerts.md"
MOMENT = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d")
TOML = re.compile(r"^```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def fill(folder: Path, page: str) -> None:
    """Make the store and the rules that the page is about."""
    store = Store(folder / "casus.db")
    for told in (report(), replace(report(), id="twin", publisher="Other Wire", published="2031-05-07")):
        store.add(told)
        link_across(told, store)
    store.close()
    (folder / "watch.toml").write_text(TOML.findall(page)[0], "utf-8")


def run_console(block: str) -> Iterator[str]:
    """Yield the commands of a block, each with what it prints now."""
    for line in block.splitlines():
        if line.startswith("$ casus "):
            yield f"{line}\n"
            output = CliRunner().invoke(app, shlex.split(line)[2:]).output
            yield MOMENT.sub("2031-05-08T09:00:00", output.rstrip("\n") + "\n" if output.strip() else "")


def test_the_page_shows_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All its commands and all its Python, one after the other."""
    page = PAGE.read_text("utf-8")
    fill(tmp_path, page)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}

    def rewrite(block: re.Match[str]) -> str:
        lines = run_console(block[2]) if block[1] == "console" else _run_python(block[2], names)
        return f"```{block[1]}\n{''.join(lines)}```"

    now = BLOCK.sub(rewrite, page)
    if os.environ.get("FIX"):
        PAGE.write_text(now, "utf-8")
    assert now == page


@pytest.mark.parametrize("name", [*(name for name in (*CONDITIONS, *OWN) if name != "raise"), *CHANNELS])
def test_the_page_tells_of_every_setting(name: str) -> None:
    """Every condition, every field of a rule, every kind of channel."""
    assert re.search(rf"`{name}[` ]", PAGE.read_text("utf-8"))
