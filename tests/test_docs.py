"""What the documentation shows is what happens; `make docs` brings it up to date."""

import re
from pathlib import Path

import pytest

from docs.generate import reference, with_outputs

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md")), ROOT / "examples" / "README.md"]


def test_the_cli_reference_is_up_to_date() -> None:
    """It says what the commands say."""
    assert (ROOT / "docs" / "cli.md").read_text("utf-8") == reference()


def test_the_package_has_the_error_rates_of_the_docs() -> None:
    """The method page shows what docs/accuracy.md says."""
    shown = ROOT / "src" / "casus" / "web" / "data" / "accuracy.md"
    assert shown.read_text("utf-8") == (ROOT / "docs" / "accuracy.md").read_text("utf-8")


def test_the_examples_of_the_readme_give_what_it_shows() -> None:
    """Console and python, to the letter."""
    assert with_outputs(README) == README


def test_outputs_are_replaced_and_nothing_else() -> None:
    """A command keeps its line, its output is put below; python remembers names between blocks."""
    page = (
        "Before\n```console\n$ sh -c 'echo a; echo b >&2'\n{}$ true\n```\n\n```python\n>>> x = [1,\n...      2]\n```\n"
    )
    page += "```python\n>>> x\n{}```\nAfter\n"
    assert with_outputs(page.format("old\n", "3\n")) == page.format("a\nb\n", "[1, 2]\n")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every file a page links to is there."""
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_map_of_the_rooms_is_whole() -> None:
    """Every room of the house stands in the README."""
    rooms = [path.parent.name for path in (ROOT / "src" / "casus").glob("*/__init__.py")]
    assert [room for room in rooms if f"`{room}/`" not in README] == []


def test_every_example_is_told_of() -> None:
    """examples/README.md names each file."""
    told = (ROOT / "examples" / "README.md").read_text("utf-8")
    assert [path.name for path in (ROOT / "examples").glob("*.*") if path.name not in f"{told} README.md"] == []
