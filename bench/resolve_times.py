"""Measures `casus.resolve.times` against TempEval-3's TimeBank and AQUAINT and the odd documents of WikiWars.

    python bench/resolve_times.py FOLDER [--errors N]

FOLDER holds `tempeval3_tbaq` and `wikiwars`, unpacked from the archives of the shared data. Finding is relaxed
(overlap, one to one); a value is right where the TIMEX value is the same string. No reader is used: the tense comes
from the words alone.

What is measured is what the rules of `casus.resolve.times` say in TIMEX3 notation, which holds more than the record:
durations, habits and vague words ("now", "in recent years") give no date there, but count here. The two corpora follow
two standards, and these three of their differences are made good before counting: both annotate the ends of a range
apart; TIMEX2 (WikiWars) takes "former" for a time, TIMEX3 (TimeBank) does not; and TIMEX2 writes habits as
`XXXX-XX-XX` where TIMEX3 writes `P1D`.
"""

from __future__ import annotations

import argparse
import html
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from casus.resolve.times.frames import Found
from casus.resolve.times.rules import scan_times
from casus.resolve.times.tense import guess_tense

TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
FAULTS = ("missed", "extra", "value")
KINDS = {"date", "duration", "set", "ref"}
TIMEX2_SETS = {"P1D": "XXXX-XX-XX", "P1W": "XXXX-WXX", "P1M": "XXXX-XX", "P1Y": "XXXX"}
RANGES = ("from-to", "years", "month-days", "days-month")


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated time."""

    start: int
    end: int
    text: str
    kind: str
    value: str


@dataclass(slots=True)
class Tally:
    """What was found and what of it was right."""

    gold: int = 0
    system: int = 0
    matched: int = 0
    right: int = 0
    same: int = 0
    words: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    faults: dict[str, Counter[str]] = field(default_factory=lambda: {n: Counter() for n in FAULTS})

    def __str__(self) -> str:
        both = self.system + self.gold
        find = (
            f"find P {self.matched / self.system:.3f} R {self.matched / self.gold:.3f} F1 {2 * self.matched / both:.3f}"
        )
        values = f"value F1 {2 * self.right / both:.3f}, in one notation {2 * self.same / both:.3f}"
        return f"{self.gold} times, {find}; {values}"

    def compare(self, text: str, golds: list[Gold], mine: list[tuple[int, int, Found]]) -> None:
        """Count one document: every annotated time takes the first of ours that overlaps it."""
        self.gold, self.system = self.gold + len(golds), self.system + len(mine)
        rest = list(mine)
        for want in golds:
            self.kinds[want.kind] += 1
            hit = next((row for row in rest if row[0] < want.end and row[1] > want.start), None)
            if hit is None:
                self.faults["missed"][f"{want.text!r} {want.kind} {want.value}"] += 1
                continue
            rest.remove(hit)
            self.judge(text, want, hit)
        for start, end, found in rest:
            self.faults["extra"][f"{found.rule}: {text[max(0, start - 30) : start]!r}[{text[start:end]}]"] += 1

    def judge(self, text: str, want: Gold, hit: tuple[int, int, Found]) -> None:
        """Count one match and its value."""
        start, end, found = hit
        value = found.outcome.timex
        self.matched += 1
        self.same += unify(value) == unify(want.value)
        self.right += value == want.value
        self.kinds[f"{want.kind} found"] += 1
        self.kinds[f"{want.kind} right"] += value == want.value
        if value != want.value:
            self.faults["value"][
                f"{want.text!r} want {want.value} got {value} ({found.rule}; {text[start:end]!r})"
            ] += 1


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
                golds.append(
                    Gold(
                        start,
                        length,
                        "".join(parts)[start:length],
                        attributes.get("type", "DATE"),
                        attributes.get(value, ""),
                    )
                )
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
    if not any(name in found.rule for name in RANGES) or found.outcome.timex.count("/") != 1:
        return [(start, end, found)]
    middle = (start + end) // 2
    first, last = found.outcome.timex.split("/")
    halves = ((start, middle, first), (middle, end, last))
    return [(a, b, replace(found, outcome=replace(found.outcome, timex=timex))) for a, b, timex in halves]


def follow_standard(found: Found, corpus: str) -> Found | None:
    """Bring what was found to the standard the corpus follows; None where the standard takes it for no time."""
    if corpus != "wikiwars":
        return None if found.rule == "former" else found
    if found.kind != "set":
        return found
    value = found.outcome.timex
    return replace(found, outcome=replace(found.outcome, timex=TIMEX2_SETS.get(value, value)))


def unify(value: str) -> str:
    """Bring the corpus's own variants to one notation: `198X` and `198`, `1949-XX` and `1949`, `W7` and `W07`."""
    if value.startswith("P"):
        return value
    return re.sub(r"(?:-?X+)+$", "", re.sub(r"W(\d)(?!\d)", r"W0\1", value))


def measure(folder: Path, corpus: str) -> tuple[Tally, float]:
    """Count one corpus; the second figure is words a second, with reading the files."""
    tally, begun = Tally(), time.perf_counter()
    for _, published, text, golds in read_corpus(folder, corpus):
        lexed, found = scan_times(text, published, partial(guess_tense, text))
        tally.words += len(lexed.starts)
        kept = (follow_standard(item, corpus) for item in found if item.kind in KINDS)
        spans = ((lexed.starts[item.first], lexed.ends[item.last - 1], item) for item in kept if item)
        tally.compare(text, golds, [part for span in spans for part in split_range(*span)])
    return tally, tally.words / (time.perf_counter() - begun)


def score(folder: Path, corpus: str, errors: int) -> None:
    """Print precision, recall and F1 of finding and of values, and the commonest errors."""
    tally, speed = measure(folder, corpus)
    if not tally.gold:
        raise SystemExit(f"{folder}: no documents of {corpus} in it; it holds the unpacked archives' own folders")
    print(f"{corpus}: {tally}; {speed:,.0f} words/s with reading")
    print("  " + ", ".join(f"{kind} {count}" for kind, count in sorted(tally.kinds.items())))
    for name, counter in tally.faults.items():
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
