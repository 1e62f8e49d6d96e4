"""What docs/charts.md shows is what happens."""

from pathlib import Path
from typing import Any

import pytest

from casus import Filters, Store
from casus.charts import __all__ as public
from casus.cli.drawings import KINDS
from docs.generate import BLOCK, _run_python
from tests.cli.builders import report

PAGE = Path(__file__).parents[2] / "docs" / "charts.md"


def test_the_examples_give_what_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a store of one report."""
    monkeypatch.chdir(tmp_path)
    store = Store("casus.db")
    store.add(report())
    store.close()
    names: dict[str, Any] = {"Store": Store, "Filters": Filters}
    page = PAGE.read_text("utf-8")
    blocks = [block[2] for block in BLOCK.finditer(page) if block[1] == "python"]
    assert ["".join(_run_python(block, names)) for block in blocks] == blocks


@pytest.mark.parametrize("name", [*KINDS, *(name for name in public if name.islower())])
def test_the_page_names_every_chart(name: str) -> None:
    """Those of the command and those of Python."""
    assert f"`{name}" in PAGE.read_text("utf-8") or f"charts.{name}" in PAGE.read_text("utf-8")
