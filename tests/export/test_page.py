"""What docs/exports.md shows is what happens, and its dictionaries are those of the formats; `FIX=1` renews both."""

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from casus import Store
from casus.cli import app
from casus.export import FORMATS, describe
from docs.generate import BLOCK, _run_python
from tests.cli.builders import report

PAGE = Path(__file__).parents[2] / "docs" / "exports.md"
DICTIONARIES = re.compile(r"(?<=<!-- dictionaries -->\n).*(?=<!-- end -->)", re.DOTALL)


def run_console(block: str) -> Iterator[str]:
    """Yield the commands of a block, each with what it prints now; those that are not ours run in a shell."""
    for line in block.splitlines():
        if line.startswith("$ "):
            yield f"{line}\n"
            if line.startswith("$ casus "):
                output = CliRunner().invoke(app, shlex.split(line)[2:]).output
            else:
                output = subprocess.run(["sh", "-c", line[2:]], capture_output=True, text=True, check=True).stdout
            yield output.rstrip("\n") + "\n" if output.strip() else ""


def dictionaries() -> str:
    """Return the data dictionaries of all formats."""
    pages = ([f"\n### {form.name}: {form.title}", "", *describe(form), ""] for form in FORMATS.values())
    return "".join("\n".join(page) for page in pages)


def test_the_page_shows_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All its commands, all its Python, all its tables."""
    page = PAGE.read_text("utf-8")
    store = Store(tmp_path / "casus.db")
    store.add_all([report(), replace(report(), id="twin", publisher="Other Wire", published="2031-05-07")])
    store.close()
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}

    def rewrite(block: re.Match[str]) -> str:
        lines = run_console(block[2]) if block[1] == "console" else _run_python(block[2], names)
        return f"```{block[1]}\n{''.join(lines)}```"

    now = DICTIONARIES.sub(lambda _: dictionaries(), BLOCK.sub(rewrite, page))
    for opened in (names["store"], names["other"]):
        opened.close()
    if os.environ.get("FIX"):
        PAGE.write_text(now, "utf-8")
    assert now == page


def test_the_page_lists_every_format() -> None:
    """In its first table."""
    first = PAGE.read_text("utf-8").partition("## ")[0]
    assert [name for name in FORMATS if f"`{name}`" not in first] == []
