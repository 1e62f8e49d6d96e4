"""Annotations without words, and their reports, make records again."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from train.annotated import ITEMS, REPORTS, join_texts, load_texts, strip_texts

TITLE, BODY = "Guards fire on marchers", "Police in Ardle shot two marchers on Monday."
TEXT = f"{TITLE}\n\n{BODY}"


def span(words: str) -> dict[str, Any]:
    return {"start": TEXT.index(words), "end": TEXT.index(words) + len(words), "text": words}


EVENT = {
    "id": "e1", "trigger": span("shot"), "sentence": {"start": 25, "end": 69, "text": BODY}, "type": "ASSAULT",
    "mode": "firearms", "contexts": [],
    "actors": [span("Police") | {"name": None, "country": None, "sectors": ["COP"]}], "recipients": [],
    "modality": "actual", "attribution": None, "hedged": False,
    "when": {"start": "2021-03-01", "end": "2021-03-01", "precision": "day", "text": "Monday"},
    "where": None, "quantities": [span("two marchers") | {"kind": "injured", "min": 0, "max": 2, "approximate": False}],
    "responds_to": [], "incident": "i1",
}  # fmt: skip
RECORD = {"id": "voa-1", "published": "2021-03-03", "text": TEXT, "events": [EVENT]}


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """A folder with one report, and two items of a day."""
    report = {"id": "voa-1", "published": "2021-03-03", "title": TITLE, "body": BODY}
    items = [{"id": f"2021-03-02-{n}", "published": "2021-03-02", "text": t} for n, t in enumerate(("One.", "Two."))]
    for name, records in ((REPORTS[0], [report]), (REPORTS[1], []), (ITEMS, items)):
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(r) + "\n" for r in records)
    return tmp_path


def test_a_record_comes_back_whole(corpora: Path) -> None:
    bare = strip_texts(RECORD)
    assert not any(words in json.dumps(bare) for words in ("shot", "Police", "marchers"))
    assert join_texts(bare, load_texts(corpora)) == RECORD


def test_items_of_a_day_are_paragraphs(corpora: Path) -> None:
    day = {"id": "current-events-2021-03-02", "published": "2021-03-02", "text": "Two.\n\nOne.", "events": []}
    bare = strip_texts(day, ["2021-03-02-1", "2021-03-02-0"])
    assert join_texts(bare, load_texts(corpora)) == day


def test_another_text_is_refused(corpora: Path) -> None:
    bare = strip_texts(RECORD | {"text": TEXT + " More."})
    with pytest.raises(ValueError, match="voa-1: the text in the corpora is not the one"):
        join_texts(bare, load_texts(corpora))
