"""Finds the forms of `time_rules.toml` in a text and has their makers anchor them, from left to right, then joins them.

Of overlapping forms the longest wins. Gives everything it finds, durations and vague words too; `mentions` keeps the
dates.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from casus.resolve.times import absolute, eras, figures, holidays, periods, relative, reporting, weekdays
from casus.resolve.times.frames import Found, Frame, Hit, Maker, Tense
from casus.resolve.times.joins import JOINERS
from casus.resolve.times.lexing import Words, load_lexicon, split_words, translate

EXPLICIT = frozenset(
    ["day-month-year", "month-day-year", "month-year", "year", "the-year", "years", "year-bc", "decade", "season-year"]
)
DEICTIC = frozenset(
    ["weekday", "today", "relative-weekday", "today-part", "overnight", "later-today", "weekday-of-week"]
)
PASSES = 3
HISTORY_DATES = 8
MAKERS: dict[str, Maker] = {
    **absolute.MAKERS,
    **eras.MAKERS,
    **figures.MAKERS,
    **holidays.MAKERS,
    **relative.MAKERS,
    **weekdays.MAKERS,
    **periods.MAKERS,
    **reporting.MAKERS,
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One form: its pattern over class letters, what it finds, and the function that reads it."""

    id: str
    pattern: re.Pattern[str]
    kind: str
    make: str


@cache
def load_rules() -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """Read `time_rules.toml` once: the rules over words, then the joins over times.

    Raises:
        KeyError: A rule names a class, macro or function that does not exist.
    """
    table = tomllib.loads(resources.files("casus.resolve.data").joinpath("time_rules.toml").read_text("utf-8"))

    def read(row: dict[str, Any]) -> Rule:
        if row["make"] not in MAKERS and row["make"] not in JOINERS:
            raise KeyError(f"time rule {row['id']}: {row['make']!r} is none of {sorted([*MAKERS, *JOINERS])}")
        pattern = re.compile(translate(row["pattern"], table["macros"]))
        return Rule(row["id"], pattern, row.get("kind", "date"), row["make"])

    return tuple(read(row) for row in table["rules"]), tuple(read(row) for row in table["joins"])


def scan_times(text: str, published: date | None, tense: Callable[[int, int], Tense]) -> tuple[Words, list[Found]]:
    """Find everything that speaks of time in a text.

    Args:
        text: any text.
        published: the report's date, None where unknown.
        tense: tells the tense around two character offsets.

    Returns:
        The words of the text, and what was found in text order, without overlap; kinds are date, duration, set, ref,
        time, none.
    """
    words = split_words(text)
    frame = Frame(words, published, tense)
    rules, join_rules = load_rules()
    matches = _match_all(rules, words)
    frame.narrative = _is_narrative(matches, words, published)
    found = [item for rule, hit in matches if (item := _make(rule, hit, frame)) is not None]
    for _ in range(PASSES):
        joined = _join(join_rules, frame, found)
        if joined is found:
            break
        found = joined
    return words, found


def _match_all(rules: Iterable[Rule], words: Words) -> list[tuple[Rule, re.Match[str]]]:
    """All matches without overlap: the longest first, then the earlier rule."""
    spans = [
        (match.start() - match.end(), order, match, rule)
        for order, rule in enumerate(rules)
        for match in rule.pattern.finditer(words.classes)
    ]  # fmt: skip
    spans.sort(key=lambda row: row[:2])
    taken = bytearray(len(words.classes))
    kept = []
    for length, _, match, rule in spans:
        start, end = match.span()
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * -length
            kept.append((rule, match))
    return sorted(kept, key=lambda row: row[1].start())


def _make(rule: Rule, match: re.Match[str], frame: Frame) -> Found | None:
    hit = Hit(match, frame.words)
    outcome = MAKERS[rule.make](frame, hit)
    if outcome is None:
        return None
    found = Found(hit.first, hit.last, rule.kind, rule.id, outcome)
    frame.seen.append(found)
    return found


def _is_narrative(matches: list[tuple[Rule, re.Match[str]]], words: Words, published: date | None) -> bool:
    """Say whether a text is a history, not news: many written years, not the report's own, and few days of now."""
    years = deictic = 0
    for rule, match in matches:
        deictic += rule.id in DEICTIC
        if rule.id in EXPLICIT:
            value = next((v for v in words.values[slice(*match.span())] if isinstance(v, int) and v > 31), 0)
            years += published is None or abs(published.year - value) > 1
    return years >= HISTORY_DATES and years > 4 * deictic


def _join(rules: Iterable[Rule], frame: Frame, found: list[Found]) -> list[Found]:
    """One pass of the joins; the same list where nothing joins."""
    if not any(item.kind == "date" for item in found):
        return found
    reduced, items, spans = _reduce(frame.words, found)
    matches = [(rule, match) for rule, match in _match_all(rules, reduced) if match.end() - match.start() > 1]
    joined: dict[int, Found] = {}
    gone: set[int] = set()
    for rule, match in matches:
        hit = Hit(match, reduced)
        inner = [items[index] for index in range(hit.first, hit.last) if items[index] is not None]
        outcome = JOINERS[rule.make](replace_words(frame, reduced), hit)
        if outcome is None:
            continue
        first, last = spans[hit.first][0], spans[hit.last - 1][1]
        gone |= {id(item) for item in found if item.first < last and item.last > first}
        joined[first] = Found(
            first, last, "date", f"{rule.id}+{inner[-1].rule}" if inner and inner[-1] else rule.id, outcome
        )
    if not joined:
        return found
    return sorted([item for item in found if id(item) not in gone] + list(joined.values()), key=lambda item: item.first)


def replace_words(frame: Frame, words: Words) -> Frame:
    """The frame over reduced words."""
    return replace(frame, words=words)


def _reduce(words: Words, found: list[Found]) -> tuple[Words, list[Found | None], list[tuple[int, int]]]:
    """Make one word of class T of every date found, with the item and the original word span of each."""
    letter = load_lexicon().letters["T"]
    classes, values, spans = [], [], []
    items: list[Found | None] = []
    index = 0
    for item in [*(item for item in found if item.kind == "date"), None]:
        last = item.first if item else len(words.classes)
        classes.append(words.classes[index:last])
        values += words.values[index:last]
        items += [None] * (last - index)
        spans += [(at, at + 1) for at in range(index, last)]
        if item:
            classes.append(letter)
            values.append(item)
            items.append(item)
            spans.append((item.first, item.last))
            index = item.last
    starts = [words.starts[first] for first, _ in spans]
    ends = [words.ends[last - 1] for _, last in spans]
    return Words(words.text, starts, ends, "".join(classes), values), items, spans
