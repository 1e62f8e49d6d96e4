"""What docs/linking.md shows is what happens."""

from pathlib import Path

from docs.generate import with_outputs

PAGE = (Path(__file__).parents[3] / "docs" / "linking.md").read_text("utf-8")


def test_the_examples_give_what_the_page_shows() -> None:
    """To the letter."""
    assert with_outputs(PAGE) == PAGE
