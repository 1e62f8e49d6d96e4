"""Measures `casus.resolve.times` against TempEval-3's TimeBank and AQUAINT and the odd documents of WikiWars.

    python bench/resolve_times.py FOLDER [--errors N]

FOLDER holds `tempeval3_tbaq` and `wikiwars`, unpacked from the archives of the shared data. Finding is relaxed (overlap, one to one);
a value is right where the TIMEX value is the same string. No reader is used: the tense comes from the words alone.
"""

from __future__ import annotations

import argparse
import html
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from casus.resolve.times.frames import Found
from casus.resolve.times.rules import scan_times
from casus.resolve.times.tense import guess_tense

TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
KINDS = {"date", "duration", "set", "ref"}


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated time."""

    start: int
    end: int
    text: str
    kind: str
    value: str


def read_document(source: str, tag: str, value: str) -> tuple[str, list[Gold]]:
    """Take the tags out of a document's TEXT and keep its outermost times."""
    body = source[source.index("<TEXT>") + 6 : source.index("</TEXT>")]
    parts: list[str] = []
    golds: list[Gold] = []
    length, depth, start, attributes, at = 0, 0, 0, {}, 0
    for match in TAG.finditer(body):
        piece = html.unescape(body[at : match.start()])
        parts.append(piece)
        length += len(piece)
        at = match.end()
        if match[2] != tag:
            continue
        if not match[1]:
            depth += 1
            if depth == 1:
                start, attributes = length, dict(re.findall(r'(\w+)="([^"]*)"', match[3]))
        else:
            depth -= 1
            if depth == 0:
                golds.append(Gold(start, length, "".join(parts)[start:length], attributes.get("type", "DATE"), attributes.get(value, "")))
    parts.append(html.unescape(body[at:]))
    return "".join(parts), golds


def read_corpus(folder: Path, corpus: str) -> Iterator[tuple[str, date, str, list[Gold]]]:
    """Give name, publication date, text and times of every document."""
    if corpus == "wikiwars":
        for path in sorted(folder.glob("wikiwars/*/keyinline/*.xml")):
            source = path.read_text("utf-8", errors="replace")
            published = re.search(r'<DATETIME>.*?val="(\d{4}-\d\d-\d\d)', source, re.DOTALL)
            if published and int(path.name[:2]) % 2:
                yield (path.name, date.fromisoformat(published[1]), *read_document(source, "TIMEX2", "val"))
        return
    for path in sorted(folder.glob("tempeval3_tbaq/*/*/*.tml")):
        source = path.read_text("utf-8", errors="replace")
        published = re.search(r'<DCT>.*?value="(\d{4}-\d\d-\d\d)', source, re.DOTALL)
        if published:
            yield (path.name, date.fromisoformat(published[1]), *read_document(source, "TIMEX3", "value"))


def split_range(start: int, end: int, found: Found) -> list[tuple[int, int, Found]]:
    """Give both ends of "from May to July" apart, as the corpora have them, each with half of the words."""
    if "from-to" not in found.rule or found.outcome.timex.count("/") != 1:
        return [(start, end, found)]
    middle = (start + end) // 2
    first, last = found.outcome.timex.split("/")
    halves = ((start, middle, first), (middle, end, last))
    return [(a, b, replace(found, outcome=replace(found.outcome, timex=timex))) for a, b, timex in halves]


def unify(value: str) -> str:
    """Bring the corpus's own variants to one notation: `198X` and `198`, `1949-XX` and `1949`, `W7` and `W07`."""
    if value.startswith("P"):
        return value
    return re.sub(r"(?:-?X+)+$", "", re.sub(r"W(\d)(?!\d)", r"W0\1", value))


def score(folder: Path, corpus: str, errors: int) -> None:
    """Print precision, recall and F1 of finding and of values, and the commonest errors."""
    gold = system = matched = right = same = 0
    dates = Counter[str]()
    faults: dict[str, Counter[str]] = {"missed": Counter(), "extra": Counter(), "value": Counter()}
    words, begun = 0, time.perf_counter()
    for _, published, text, golds in read_corpus(folder, corpus):
        lexed, found = scan_times(text, published, lambda s, e, text=text: guess_tense(text, s, e))
        words += len(lexed.starts)
        mine = [part for f in found if f.kind in KINDS for part in split_range(lexed.starts[f.first], lexed.ends[f.last - 1], f)]
        used: set[int] = set()
        gold, system = gold + len(golds), system + len(mine)
        for want in golds:
            hit = next((i for i, (s, e, _) in enumerate(mine) if i not in used and s < want.end and e > want.start), None)
            dates[want.kind] += 1
            if hit is None:
                faults["missed"][f"{want.text!r} {want.kind} {want.value}"] += 1
                continue
            used.add(hit)
            matched += 1
            dates[want.kind + " found"] += 1
            start, end, have = mine[hit]
            value = have.outcome.timex
            same += unify(value) == unify(want.value)
            if value == want.value:
                right += 1
                dates[want.kind + " right"] += 1
            else:
                faults["value"][f"{want.text!r} want {want.value} got {value} ({have.rule}; {text[start:end]!r}; {published})"] += 1
        for i, (s, e, f) in enumerate(mine):
            if i not in used:
                faults["extra"][f"{f.rule} {f.kind}: {text[max(0, s - 30):s]!r}[{text[s:e]}]{text[e:e + 20]!r}"] += 1
    print(f"{corpus}: {gold} times, find P {matched / system:.3f} R {matched / gold:.3f} F1 {2 * matched / (system + gold):.3f};"
          f" value F1 {2 * right / (system + gold):.3f}, in one notation {2 * same / (system + gold):.3f}; {words / (time.perf_counter() - begun):,.0f} words/s with reading")  # fmt: skip
    print("  " + ", ".join(f"{k} {v}" for k, v in sorted(dates.items())))
    for name, counter in faults.items():
        for fault, count in counter.most_common(errors):
            print(f"  {name:6} {count:3} {fault}")


def main() -> None:
    """Read the arguments and measure both corpora."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--corpus", choices=["tempeval3", "wikiwars"])
    arguments = parser.parse_args()
    for corpus in [arguments.corpus] if arguments.corpus else ["tempeval3", "wikiwars"]:
        score(arguments.folder, corpus, arguments.errors)


if __name__ == "__main__":
    main()
