"""Our own annotations of open reports: `python -m train.annotated --corpora FOLDER --data FOLDER`.

`annotations.jsonl.gz` holds what we judged, by offsets: no words of the reports. The texts stay in the corpora
(`reports_voa.jsonl.gz`, public domain; `reports_wikinews.jsonl.gz`, CC BY 2.5; `current_events.jsonl.gz`, CC BY-SA
4.0). This joins the two and writes one record (record.md) a report into `DATA/annotated`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

ANNOTATIONS = Path(__file__).parent / "annotations.jsonl.gz"
REPORTS = ("reports_voa", "reports_wikinews")
ITEMS = "current_events"
DAY = "current-events-"  # a day's items are one report, each a paragraph
Record = dict[str, Any]
DEFAULTS: Record = {
    "mode": None, "contexts": [], "actors": [], "recipients": [], "modality": "actual", "attribution": None,
    "hedged": False, "when": None, "where": None, "quantities": [], "responds_to": [],
}  # fmt: skip


def read_lines(path: Path) -> Iterator[Record]:
    """Records of a JSON Lines file, packed or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def load_texts(corpora: Path) -> dict[str, Record]:
    """Reports and items of the corpora, by name: those with a body have title and body as their text.

    Raises:
        FileNotFoundError: a corpus is missing.
    """
    texts = {}
    for name in (*REPORTS, ITEMS):
        for record in read_lines(corpora / f"{name}.jsonl.gz"):
            parts = [record.get("title"), record.get("body")]
            texts[record["id"]] = record | {"text": record.get("text") or "\n\n".join(p for p in parts if p)}
    return texts


def join_texts(annotation: Record, texts: Mapping[str, Record]) -> Record:
    """One record with its text, and the words of every span.

    Raises:
        KeyError: the corpora lack a report.
        ValueError: the text is not the one that was annotated.
    """
    items = [texts[i] for i in annotation.get("items") or [annotation["id"]]]
    text = "\n\n".join(item["text"] for item in items)
    if digest(text) != annotation["sha256"]:
        raise ValueError(f"{annotation['id']}: the text in the corpora is not the one that was annotated")
    events = [DEFAULTS | {key: _spell(value, text) for key, value in event.items()} for event in annotation["events"]]
    return {"id": annotation["id"], "published": items[0]["published"], "text": text, "events": events}


def digest(text: str) -> str:
    """The first 16 hexadecimal digits of the text's SHA-256."""
    return sha256(text.encode()).hexdigest()[:16]


def strip_texts(record: Record, items: Iterable[str] = ()) -> Record:
    """What `join_texts` takes: a record without the report's words. `items`: of a day, in order."""
    told = [{k: v for k, v in event.items() if v != DEFAULTS.get(k, ...)} for event in record["events"]]
    named = {"items": list(items)} if items else {}
    events = [{k: _bare(v) for k, v in event.items()} for event in told]
    return {"id": record["id"], **named, "sha256": digest(record["text"]), "events": events}


def _bare(value: Any) -> Any:
    """A slot without the words that its offsets give."""
    if isinstance(value, list):
        return [_bare(v) for v in value]
    return {k: v for k, v in value.items() if k != "text"} if _is_span(value) else value


def _spell(value: Any, text: str) -> Any:
    """A slot with the words that its offsets give."""
    if isinstance(value, list):
        return [_spell(v, text) for v in value]
    return value | {"text": text[value["start"] : value["end"]]} if _is_span(value) else value


def _is_span(value: Any) -> bool:
    """Whether a slot has offsets; a time has dates for its start and end."""
    return isinstance(value, dict) and isinstance(value.get("start"), int)


def main() -> None:
    """Read the arguments and write the records."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="where the packed reports lie")
    parser.add_argument("--data", type=Path, required=True, help="the records go to its folder `annotated`")
    args = parser.parse_args()
    texts, out = load_texts(args.corpora), args.data / "annotated"
    out.mkdir(parents=True, exist_ok=True)
    records = [join_texts(a, texts) for a in read_lines(ANNOTATIONS)]
    for record in records:
        (out / f"{record['id']}.json").write_text(json.dumps(record, ensure_ascii=False, indent=1), "utf-8")
    sys.stderr.write(f"{out}: {len(records)} reports, {sum(len(r['events']) for r in records)} events\n")


if __name__ == "__main__":
    main()
