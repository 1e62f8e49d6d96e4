"""The example that uses the reader without the rest of Casus."""

import subprocess
import sys
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "examples" / "reader_alone.py"


def test_the_example_runs(tmp_path: Path) -> None:
    """It tells words, names, speech and chains, and draws the first tree."""
    drawing = tmp_path / "tree.svg"
    told = subprocess.run(
        [sys.executable, str(EXAMPLE), "--svg", str(drawing)], check=True, capture_output=True, text=True
    ).stdout
    titles = [line for line, below in zip(told.splitlines(), told.splitlines()[1:], strict=False) if below[:3] == "---"]
    assert titles == ["Words", "Names", "Speech", "Same"]
    assert "gunman" in told
    assert drawing.read_text("utf-8").startswith("<svg")


def test_the_example_needs_the_reader_alone() -> None:
    """And no other room."""
    imports = [
        line for line in EXAMPLE.read_text("utf-8").splitlines() if line.startswith(("from casus", "import casus"))
    ]
    assert imports == ["from casus.read.reader import load_reader"]
