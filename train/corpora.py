"""Read the unpacked corpora into training examples. Which they are: `train/unpack.py`; licences: the model card."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from train.entities import UNKNOWN, allow_tags
from train.examples import Example, Tree

# licences that do not allow shipping; conversation (CC BY-ND) was still in the run of November 2026, see the model card
CLOSED_GENRES = ("fiction", "whow", "essay", "letter", "podcast", "reddit", "conversation")
LEFT_OUT = ("BBC", "UK Gov", "US State")  # of re3d: a licence that does not allow shipping; kept back for measuring
MEASURES = ("Temporal", "Quantity", "Money")  # of re3d: spans that need not look like names
Span = tuple[int, int, str]


def read_blocks(path: Path) -> Iterator[list[str]]:
    """Runs of non-empty lines of a CoNLL file."""
    block: list[str] = []
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []


def read_conllu(path: Path) -> Iterator[tuple[list[str], list[list[str]]]]:
    """Comments and word rows of each sentence; multi-word ranges and empty nodes left out."""
    for block in read_blocks(path):
        rows = [line.split("\t") for line in block if not line.startswith("#")]
        yield [line for line in block if line.startswith("#")], [r for r in rows if r[0].isdigit()]


def tree_of(rows: list[list[str]]) -> Tree:
    """Heads, relations and tags of CoNLL-U rows."""
    return Tree(
        tuple(int(r[6]) for r in rows), tuple(r[7] for r in rows), tuple(r[3] for r in rows), tuple(r[4] for r in rows)
    )


def read_ewt(root: Path, part: str) -> list[Example]:
    """English Web Treebank with the UNER entities that stand on the same sentences."""
    name = {"train": "en_ewt-ud-train.rebuilt.conllu"}.get(part, f"en_ewt-ud-{part}.conllu")
    iob = {"train": "en_ewt-ud-train.0c7ce0de.iob2"}.get(part, f"en_ewt-ud-{part}.iob2")
    scheme = "uner" if part == "train" else "uner without other"
    spans = {key: (words, found) for key, words, found in _read_uner(root / "uner_ewt" / iob)}
    examples = []
    for comments, rows in read_conllu(root / "ewt" / name):
        words = tuple(r[1] for r in rows)
        entry = spans.get(_sent_id(comments))
        entities = allow_tags(words, entry[1], scheme) if entry and len(entry[0]) == len(words) else None
        examples.append(Example(words, "ewt", tree_of(rows), entities))
    return examples


def _sent_id(comments: Iterable[str]) -> str:
    return next((c.split("=", 1)[1].strip() for c in comments if c.startswith("# sent_id")), "")


def _read_uner(path: Path) -> Iterator[tuple[str, list[str], list[Span]]]:
    for block in read_blocks(path):
        rows = [line.split("\t") for line in block if not line.startswith("#") and line.split("\t")[0].isdigit()]
        yield _sent_id(block), [r[1] for r in rows], bio_spans([r[2] for r in rows])


def bio_spans(tags: Iterable[str]) -> list[Span]:
    """(start, end, label) of B-/I- tags; a stray I- begins a span."""
    spans: list[Span] = []
    for i, tag in enumerate(tags):
        prefix, _, label = tag.partition("-")
        if prefix == "I" and spans and spans[-1][1] == i and spans[-1][2] == label:
            spans[-1] = (spans[-1][0], i + 1, label)
        elif prefix in "BI" and label:
            spans.append((i, i + 1, label))
    return spans


def gum_split(root: Path) -> dict[str, str]:
    """Document name → dev, test or test2, from GUM's own list; the rest is train."""
    part, split = "train", {}
    for line in (root / "gum" / "splits.md").read_text("utf-8").splitlines():
        if line.startswith("## "):
            part = line[3:].strip()
        elif match := re.match(r"\s*\*\s+(\S+)", line):
            split[match[1]] = part
    return split


def read_gum(root: Path, part: str) -> list[Example]:
    """GUM without the genres whose licence forbids commercial use, in its own split."""
    split, examples = gum_split(root), []
    for path in sorted((root / "gum" / "dep").glob("*.conllu")):
        if split.get(path.stem, "train") != part or path.stem.split("_")[1] in CLOSED_GENRES:
            continue
        for _, rows in read_conllu(path):
            words = tuple(r[1] for r in rows)
            examples.append(Example(words, "gum", tree_of(rows), allow_tags(words, _gum_spans(rows), "gum")))
    return examples


def _gum_spans(rows: list[list[str]]) -> list[Span]:
    """Names and times: runs of proper nouns that are a whole mention, and time expressions; other names are unknown."""
    mentions = _gum_mentions(rows)
    kinds = {_trim(rows, start, end): kind for start, end, kind in mentions if kind != "time"}
    spans = [
        m
        for m in mentions
        if m[2] == "time" and not any(o != m and o[2] == "time" and o[0] <= m[0] and m[1] <= o[1] for o in mentions)
    ]
    taken = {i for start, end, _ in spans for i in range(start, end)}
    for start, end, _ in bio_spans("I-X" if r[3] == "PROPN" and i not in taken else "O" for i, r in enumerate(rows)):
        spans.append((start, end, kinds.get((start, end), UNKNOWN)))
    return sorted(set(spans))


def _trim(rows: list[list[str]], start: int, end: int) -> tuple[int, int]:
    """A mention without its determiner and clitic."""
    while start < end - 1 and rows[start][3] == "DET":
        start += 1
    while end > start + 1 and rows[end - 1][3] in ("PART", "PUNCT"):
        end -= 1
    return start, end


def _gum_mentions(rows: list[list[str]]) -> list[Span]:
    """(start, end, entity type) of every mention of GUM's Entity column."""
    open_at: list[tuple[int, str]] = []
    mentions: list[Span] = []
    for i, row in enumerate(rows):
        field = next((f[7:] for f in row[9].split("|") if f.startswith("Entity=")), "")
        for bracket, body in re.findall(r"(\(|\))|([^()]+)", field):
            if bracket == ")" and open_at:
                start, kind = open_at.pop()
                mentions.append((start, i + 1, kind))
            elif body and "-" in body:
                open_at.append((i, body.split("-")[1]))
    return mentions


def read_columns(path: Path, source: str, separator: str | None = None) -> list[Example]:
    """Two-column files (wikigold, WNUT, CrossNER): word and tag."""
    examples = []
    for block in read_blocks(path):
        rows = [line.split(separator) for line in block if not line.startswith("-DOCSTART-")]
        tags = fix_bio([r[-1] for r in rows])
        words = tuple(r[0] for r in rows)
        if words:
            examples.append(Example(words, source, None, allow_tags(words, bio_spans(tags), source)))
    return examples


def fix_bio(tags: list[str]) -> list[str]:
    """Wikigold writes I- throughout: a span's first I- becomes B-."""
    return [
        "B" + t[1:] if t.startswith("I-") and (i == 0 or tags[i - 1][2:] != t[2:]) else t for i, t in enumerate(tags)
    ]


def read_gmb(root: Path, keep: Callable[[int], bool]) -> list[Example]:
    """Silver entities on Voice of America sentences.

    The file has no document borders: blocks of 20 sentences stand for them.

    Args:
        root: the folder of all unpacked corpora.
        keep: whether to take block number n (every tenth is kept back for measuring).
    """
    with zipfile.ZipFile(root / "gmb_voa" / "ner_dataset.csv.zip") as archive:
        text = archive.read("ner_dataset.csv").decode("latin-1")
    sentences: list[list[tuple[str, str]]] = []
    for row in list(csv.reader(io.StringIO(text)))[1:]:
        if row[0]:
            sentences.append([])
        if row[1].strip():
            sentences[-1].append((row[1], row[3]))
    examples = []
    for number, sentence in enumerate(sentences):
        words = tuple(w for w, _ in sentence)
        if keep(number // 20) and words and not any("05-Jun" in w for w in words):
            examples.append(Example(words, "gmb", None, allow_tags(words, bio_spans(t for _, t in sentence), "gmb")))
    return examples


def read_re3d(root: Path, tokenize: Callable[[str], list[list[Span]]]) -> list[Example]:
    """re3d without the BBC folder; only spans written as names count, the rest is left open.

    Args:
        root: the folder of all unpacked corpora.
        tokenize: text → sentences of (start, end, word) in characters.
    """
    examples = []
    for folder in sorted((root / "re3d").iterdir()):
        if not folder.is_dir() or any(name in folder.name for name in LEFT_OUT):
            continue
        spans: dict[str, list[Span]] = {}
        for row in _json_lines(folder / "entities.json"):
            spans.setdefault(row["documentId"], []).append((row["begin"], row["end"], row["type"]))
        for row in _json_lines(folder / "documents.json"):
            examples += [_re3d_example(s, spans.get(row["_id"], [])) for s in tokenize(row["text"])]
    return examples


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())


def _re3d_example(sentence: list[Span], found: list[Span]) -> Example:
    """One sentence with the annotated spans, longest first, that do not overlap."""
    words = tuple(w for _, _, w in sentence)
    spans: list[Span] = []
    for begin, end, label in sorted(found, key=lambda s: s[0] - s[1]):
        inside = [i for i, (s, e, _) in enumerate(sentence) if s >= begin and e <= end]
        while inside and words[inside[0]].lower() in ("the", "a", "an"):
            inside.pop(0)
        if not inside or not (label in MEASURES or all(_in_name(words[i]) for i in inside)):
            continue
        if not any(s < inside[-1] + 1 and inside[0] < e for s, e, _ in spans):
            titled = label == "Person" and len(inside) > 2  # re3d counts nationality and office into the name
            spans.append((inside[0], inside[-1] + 1, UNKNOWN if titled else label))
    return Example(words, "re3d", None, allow_tags(words, sorted(spans), "re3d"))


def _in_name(word: str) -> bool:
    return word[:1].isupper() or word.lower() in ("of", "the", "for", "and", "-")
