"""What docs/api.md shows is what happens, and it names every route; `FIX=1` brings it up to date."""

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from casus.cli import app
from casus.cli.reception import Reception
from casus.config import read_settings
from docs.generate import BLOCK, _run_python
from tests.web.api.conftest import Serve

PAGE = Path(__file__).parents[3] / "docs" / "api.md"
ADDRESS = "http://127.0.0.1:8080"
ROUTES = re.compile(r"(?<=<!-- routes -->\n).*?(?=<!-- end -->)", re.DOTALL)
CHANGING = {r"casus_[\w-]{43}": "casus_…", r"20[23]\d-\d\d-\d\d(?=[,;\n])": "2031-05-08"}


def run_console(block: str) -> Iterator[str]:
    """Yield the commands of a block, each with what it prints now."""
    for line in block.splitlines():
        if line.startswith("$ casus "):
            output = CliRunner().invoke(app, shlex.split(line)[2:]).output
            for pattern, stilled in CHANGING.items():
                output = re.sub(pattern, stilled, output)
            yield f"{line}\n{output}"


def make_table(document: dict[str, Any]) -> str:
    """Return a table of all routes that the document tells of."""
    rows = ["| route | scope | what it does |", "|---|---|---|"]
    for path, methods in sorted(document["paths"].items()):
        for method, told in methods.items():
            (scope,) = told["security"][0]["token"]
            what = " ".join(told["description"].split("\n\n")[0].split())
            rows.append(f"| `{method.upper()} {path}` | {scope} | {what} |")
    return "\n".join(rows) + "\n"


def test_the_page_shows_what_happens(store_url: str, serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    """All its Python, asked of a real server with a real coder, all its commands, and the table of routes."""
    client = serve(store_url, take=Reception(read_settings()).take)
    monkeypatch.chdir(Path(store_url).parent)
    here, page, names = str(client.base_url).rstrip("/"), PAGE.read_text("utf-8"), {"httpx": httpx}

    def rewrite(block: re.Match[str]) -> str:
        told = block[2].replace(ADDRESS, here)
        lines = run_console(told) if block[1] == "console" else _run_python(told, names)
        return f"```{block[1]}\n{''.join(lines).replace(here, ADDRESS)}```"

    now = ROUTES.sub(lambda _: make_table(client.get("/api/v1/openapi.json").json()), BLOCK.sub(rewrite, page))
    names["api"].close()
    if os.environ.get("FIX"):
        PAGE.write_text(now, "utf-8")
    assert now == page
