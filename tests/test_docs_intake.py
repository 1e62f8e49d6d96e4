"""What docs/intake.md shows is what happens."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from casus.cli import app
from casus.ingest.sources import read_sources
from docs.generate import BLOCK, with_outputs

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "intake.md").read_text("utf-8")
PROGRESS = re.compile(r"^casus: \d+ reports?,.* a second$")
COMMAND = re.compile(r"^casus .+$", re.MULTILINE)


def blocks(language: str) -> list[str]:
    """Return the blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_commands_give_what_the_page_shows(tmp_path: Path) -> None:
    """In a folder with the examples and nothing else, one after the other; how far a run is does not count."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    shown, given = "".join(blocks("console")).splitlines(), []
    for line in (line for line in shown if line.startswith("$ ")):
        shell = ["sh", "-c", f"{line[2:]} 2>&1"]
        done = subprocess.run(shell, cwd=tmp_path, env=environment, stdout=-1, text=True, check=False)
        given += [line, *(said for said in done.stdout.splitlines() if not PROGRESS.match(said))]
    assert given == shown


def test_python_gives_what_the_page_shows() -> None:
    """To the letter."""
    page = "".join(f"```python\n{block}```\n" for block in blocks("python"))
    assert BLOCK.search(page)
    assert with_outputs(page).split() == page.split()


def test_the_list_of_sources_is_one(tmp_path: Path) -> None:
    """It breaks no rule."""
    (tmp_path / "sources.toml").write_text("".join(blocks("toml")), "utf-8")
    assert len(read_sources(tmp_path / "sources.toml")) == 4


@pytest.mark.parametrize("line", COMMAND.findall("".join(blocks("sh"))))
def test_commands_that_need_a_network_exist(line: str) -> None:
    """With the options they are given."""
    _, name, *arguments = shlex.split(line)
    command = get_command(app).commands[name]  # type: ignore[attr-defined]
    assert command.make_context(name, arguments).command is command
