"""Read annotated reports (record.md) into training sentences with triggers and roles."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from train.examples import Example, Trigger

Word = tuple[int, int, str]


def read_reports(*folders: Path) -> list[dict[str, Any]]:
    """All records of the folders, each folder's sorted by file name."""
    return [json.loads(path.read_text("utf-8")) for folder in folders for path in sorted(folder.glob("*.json"))]


def held_out(report_id: str, fold: int = 0, folds: int = 8) -> bool:
    """Whether a report is in the held-out fold: by a stable sum over its name, so that every source is in each fold."""
    return sum(ord(c) * (i + 1) for i, c in enumerate(report_id)) % folds == fold


def report_examples(reports: Iterable[dict[str, Any]], tokenize: Callable[[str], list[list[Word]]]) -> list[Example]:
    """One example a sentence, with the triggers that begin in it."""
    examples = []
    for report in reports:
        for sentence in tokenize(report["text"]):
            triggers = [t for e in report["events"] if (t := _trigger(e, sentence, report["text"]))]
            unique = {t.word: t for t in triggers}
            examples.append(Example(tuple(w for _, _, w in sentence), "events", None, None, tuple(unique.values())))
    return examples


def _trigger(event: dict[str, Any], sentence: list[Word], text: str) -> Trigger | None:
    start = event["trigger"]["start"]
    word = next((i for i, (s, e, _) in enumerate(sentence) if s <= start < e), None)
    if word is None:
        return None
    mode = f"{event['type']}:{event['mode']}" if event.get("mode") else ""
    roles = {i: role for span, role in _spans(event, sentence, text) for i in _inside(span, sentence)}
    roles.pop(word, None)
    return Trigger(word, event["type"], mode, event["modality"], tuple(sorted(roles.items())))


def _spans(event: dict[str, Any], sentence: list[Word], text: str) -> list[tuple[tuple[int, int], str]]:
    """Character spans of the event's arguments; a later role overwrites an earlier one."""
    found = []
    if when := event.get("when"):
        low, high = sentence[0][0], sentence[-1][1]
        at = text.find(when.get("text") or "\0", low, high)
        found += [((at, at + len(when["text"])), "when")] if at >= 0 else []
    found += [((q["start"], q["end"]), "quantity") for q in event.get("quantities") or []]
    for field, role in (("where", "where"), ("attribution", "source")):
        if (value := event.get(field)) and value.get("start") is not None:
            found.append(((value["start"], value["end"]), role))
    for field, role in (("recipients", "recipient"), ("actors", "actor")):
        found += [((p["start"], p["end"]), role) for p in event[field]]
    return found


def _inside(span: tuple[int, int], sentence: list[Word]) -> list[int]:
    return [i for i, (s, e, _) in enumerate(sentence) if s >= span[0] and e <= span[1]]
