"""Figures as a page of Markdown: slots, types and modes with what most often goes wrong, and classes of errors."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from casus.evaluate.calibration import Bin, expected_error
from casus.evaluate.differences import Difference
from casus.evaluate.scores import Count, Kind, Scores

LARGEST = 3
"""Classes of errors that are told of a type."""

WORDS = {
    "missed": "not found",
    "spurious": "found where the gold has no event",
    "type": "found as another type",
    "actors": "actors' countries",
    "recipients": "recipients' countries",
    "mode": "mode",
    "modality": "modality",
    "attribution": "who says so",
    "when": "when",
    "where": "where",
    "quantities": "quantities",
    "responds_to": "answers",
}


def write_page(scores: Scores, differences: Sequence[Difference]) -> str:
    """Return the tables as Markdown, without a heading of the first level."""
    parts = [_slots(scores), _types(scores, differences), _errors(scores, differences)]
    if scores.bins:
        parts.append(_calibration(scores.bins))
    return "\n".join("\n".join(lines) + "\n" for lines in parts)


def _slots(scores: Scores) -> Iterator[str]:
    yield from ("## Slots\n", "| slot | precision | recall | F1 | gold | coded |", "|---|--:|--:|--:|--:|--:|")
    yield from (f"| {name} | {_cells(count)} |" for name, count in scores.slots.items())


def _cells(count: Count) -> str:
    precision = f"{count.precision:.1f}" if count.pred else "–"
    recall = f"{count.recall:.1f}" if count.gold else "–"
    return f"{precision} | {recall} | {count.f1:.1f} | {count.gold} | {count.pred}"


def _types(scores: Scores, differences: Iterable[Difference]) -> Iterator[str]:
    classes = count_classes(differences)
    yield "## Types and modes\n"
    yield "| type and mode | precision | recall | F1 | gold | coded | largest classes of errors |"
    yield "|---|--:|--:|--:|--:|--:|---|"
    for name, count in scores.types.items():
        told = ", ".join(f"{words} {number}" for words, number in classes[name].most_common(LARGEST))
        yield f"| **{name}** | {_cells(count)} | {told} |"
        yield from _modes(name, scores.kinds)
    yield f"\nMean F1 of the types (macro): {scores.macro_f1:.1f}."


def _modes(name: str, kinds: dict[Kind, Count]) -> Iterator[str]:
    modes = {mode or "no mode": count for (kind, mode), count in kinds.items() if kind == name}
    for mode in sorted(modes, key=lambda mode: (mode == "no mode", mode)) if set(modes) != {"no mode"} else ():
        yield f"| {mode} | {_cells(modes[mode])} | |"


def count_classes(differences: Iterable[Difference]) -> dict[str, Counter[str]]:
    """Return the classes of errors of each type with how often they occur.

    >>> wrong = Difference("type", "r", "ASSAULT", "hit", "", "ASSAULT", "COERCE")
    >>> dict(count_classes([wrong]))
    {'ASSAULT': Counter({'found as COERCE': 1}), 'COERCE': Counter({'was ASSAULT': 1})}
    """
    classes: dict[str, Counter[str]] = defaultdict(Counter)
    for item in differences:
        if item.kind == "type":
            classes[item.gold][f"found as {item.own}"] += 1
            classes[item.own][f"was {item.gold}"] += 1
        else:
            classes[item.type][_class(item.kind)] += 1
    return classes


def _class(kind: str) -> str:
    return {"missed": "not found", "spurious": "no event"}.get(kind, f"wrong {WORDS[kind]}")


def _errors(scores: Scores, differences: Iterable[Difference]) -> Iterator[str]:
    counts = Counter(item.kind for item in differences)
    gold = max(1, scores.slots["type"].gold)
    yield from (
        "## Classes of errors\n",
        "| what is wrong | statements | per 100 gold events |",
        "|---|--:|--:|",
    )
    for kind, count in counts.most_common():
        yield f"| {WORDS[kind]} | {count} | {100 * count / gold:.1f} |"


def _calibration(bins: Sequence[Bin]) -> Iterator[str]:
    yield "## Calibration\n"
    yield "| confidence from | coded | mean confidence | type right | share right |"
    yield "|---|--:|--:|--:|--:|"
    for one in bins:
        shares = f"{100 * one.mean:.1f} | {one.right} | {100 * one.right / one.count:.1f}"
        yield f"| {one.low:.1f} | {one.count} | {shares} |"
    yield f"\nExpected calibration error: {100 * expected_error(bins):.1f} per cent."
