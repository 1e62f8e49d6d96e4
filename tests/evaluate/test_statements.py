"""Reading gold and coded reports."""

from pathlib import Path

import pytest

from casus.errors import InputError
from casus.evaluate import read_gold, read_told, told_of
from tests.cli.builders import report as coded_report
from tests.evaluate.builders import report, shelled


def test_gold_may_lack_what_only_a_coder_gives() -> None:
    """Unknown fields are passed over."""
    told = told_of(report(shelled(score=1, note="?")) | {"licence": "none"})
    assert (told.events[0].type, told.events[0].actors[0].sectors) == ("ASSAULT", ("REB",))


def test_what_the_coder_writes_can_be_read() -> None:
    """Every field of record.md."""
    first, second = told_of(coded_report().to_json()).events
    assert (first.where and first.where.name, second.responds_to) == ("Goma", ("e1",))


def test_a_wrong_field_is_told_with_file_and_line(tmp_path: Path) -> None:
    """And what stood there."""
    file = tmp_path / "coded.jsonl"
    file.write_text('{"id": "a", "text": "x"}\n\n{"id": "b", "text": "x", "events": [{"id": "e1"}]}\n')
    with pytest.raises(InputError, match=r"coded.jsonl:3: field events.0.trigger: found"):
        list(read_told(file))


def test_what_is_no_json_is_told(tmp_path: Path) -> None:
    """Also in the gold."""
    (tmp_path / "gold.json").write_text("{")
    with pytest.raises(InputError, match=r"gold.json:1: field report: found '{', allowed a JSON object"):
        read_gold(tmp_path)
