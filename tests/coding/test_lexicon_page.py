"""What docs/lexicon.md says of the format is so."""

import re
from pathlib import Path

import pytest

from casus.coding.examples import find_misses
from casus.coding.lexicon import DEFAULTS, load_lexicon, read_entry
from casus.coding.rows import FIELDS
from casus.coding.slots import SLOTS
from casus.errors import LexiconError
from tests.coding.conftest import See

PAGE = (Path(__file__).parents[2] / "docs" / "lexicon.md").read_text("utf-8")
EXAMPLES = dict(re.findall(r"^`([\w-]+\.toml)`:\n\n```toml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))


def own_folder(path: Path) -> Path:
    """Write the page's files."""
    for name, text in EXAMPLES.items():
        (path / name).write_text(text, "utf-8")
    return path


def test_the_example_loads_and_holds(tmp_path: Path, see: See) -> None:
    """Each entry matches its example, with the page's own class."""
    known = load_lexicon([own_folder(tmp_path)])
    own = [entry for entry in known.entries if entry.source.startswith("uplift.toml")]
    assert [entry.id for entry in own] == ["AID:verb:ferry", "AID:noun:food parcel", "AID:verb:throw lifeline"]
    assert list(find_misses(own, known, see)) == []


def test_every_field_and_slot_is_told() -> None:
    """In its table."""
    cells = " ".join(line.split("|")[1] for line in PAGE.splitlines() if line.startswith("| `"))
    told = re.findall(r"`(\w+)`", cells)
    assert set(told) == {*FIELDS, *SLOTS} - {"by"}


def test_the_defaults_are_told() -> None:
    """As they are."""
    for actor, to in DEFAULTS.values():
        assert re.search(rf'`actor = "{re.escape(actor)}"`,\s+`to = "{re.escape(to)}"`', PAGE)


def test_the_message_is_what_is_said() -> None:
    """To the letter."""
    row = {"verb": "ferry", "cameo": "999", "example": "*Ferried*."}
    with pytest.raises(LexiconError) as caught:
        read_entry(row, "AID", "uplift.toml: entry 1")
    assert f"    casus: {caught.value}\n" in PAGE
