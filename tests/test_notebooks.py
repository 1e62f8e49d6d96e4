"""The notebooks run from the first cell to the last, in a real kernel, and show what they promise."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
import pytest

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
LONGEST = 300
"""Seconds that a cell may take, on however busy a machine."""
SHOWN = {
    "1-one-report.ipynb": {"text/html": 3, "image/svg+xml": 1},
    "2-a-store.ipynb": {"text/html": 1, "image/svg+xml": 4},
    "3-a-dyad.ipynb": {"text/html": 0, "image/svg+xml": 4},
}
"""Notebook → how many records and charts it shows."""


# In a process of its own, since nbclient leaves sockets open; its sockets are files, so that no port is taken twice.
RUN = """
import sys
import nbformat
from jupyter_client import AsyncKernelManager
from nbclient import NotebookClient
source, target, folder, longest = sys.argv[1:]
kernel = AsyncKernelManager(transport="ipc", ip=f"{folder}/k", connection_file=f"{folder}/kernel.json")
book = nbformat.read(source, as_version=4)
NotebookClient(book, km=kernel, kernel_name="python3", timeout=int(longest)).execute()
nbformat.write(book, target)
"""


def run(path: Path, out: Path) -> list[dict[str, Any]]:
    """Run a notebook and return the outputs of its cells, in order."""
    with TemporaryDirectory(prefix="casus-") as folder:  # names of sockets must be short
        command = [sys.executable, "-c", RUN, str(path), str(out), folder, str(LONGEST)]
        home = os.environ | {"IPYTHONDIR": folder, "PYTHONWARNINGS": "default"}
        done = subprocess.run(command, cwd=folder, env=home, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return [output for cell in json.loads(out.read_text("utf-8"))["cells"] for output in cell.get("outputs", ())]


def test_every_notebook_is_run() -> None:
    """There are three."""
    assert [path.name for path in NOTEBOOKS] == list(SHOWN)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_and_shows_what_it_promises(path: Path, tmp_path: Path) -> None:
    """Records as HTML and charts as drawings, without a warning."""
    outputs = run(path, tmp_path / path.name)
    kinds = Counter(kind for output in outputs for kind in output.get("data", {}))
    assert {kind: kinds[kind] for kind in SHOWN[path.name]} == SHOWN[path.name]
    assert [output["text"] for output in outputs if output.get("name") == "stderr"] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_kept_without_outputs(path: Path) -> None:
    """What it shows is made by whoever runs it."""
    book = json.loads(path.read_text("utf-8"))
    nbformat.validate(book)
    assert [cell["outputs"] for cell in book["cells"] if cell.get("outputs")] == []
