"""Finds amounts among the words of a text: "at least a dozen", "between 10 and 15", "several hundred", "no", "a".

Gives least and most and whether they are approximate. Does not know what is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from casus.resolve.numbers import is_number, load_words, parse_figure, parse_number
from casus.resolve.quantities.words import load_table

Bound = Literal["least", "most", "about", "exact"]
SIGNS = frozenset(load_table()["money"]["symbols"])
DOUBTS = (
    (",", "perhaps"), (",", "possibly"), (",", "maybe"), (",", "if", "not"), ("if", "not"), ("or", "even"), ("or",),
    ("to",), (",", "or", "even"), (",", "even"), ("perhaps",),
)  # fmt: skip
GIVING = frozenset({"hand", "hands", "handed", "handing", "turn", "turns", "turned", "turning", "took", "take"})
SUFFIXES: dict[tuple[str, ...], Bound] = {
    ("or", "more"): "least", ("or", "so"): "about", ("-", "plus"): "least", ("+",): "least",
    ("or", "fewer"): "most", ("or", "less"): "most", ("-", "odd"): "about",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount: words `first` to `last` (excluded), `core` where its number begins; None where open.

    `single` marks a bare "a" or "an", which counts one only where somebody suffers the act.
    """

    first: int
    last: int
    core: int
    min: int | None
    max: int | None
    approximate: bool = False
    single: bool = False
    figure: bool = False


@cache
def load_phrases() -> tuple[
    dict[str, tuple[tuple[tuple[str, ...], int, int], ...]], dict[str, tuple[tuple[tuple[str, ...], Bound], ...]]
]:
    """The vague amounts by their first word and the prefixes by their last, longest first."""
    table = load_table()
    vague: dict[str, list[tuple[tuple[str, ...], int, int]]] = {}
    for phrase, (low, high) in table["vague"].items():
        words = tuple(phrase.split())
        vague.setdefault(words[0], []).append((words, low, high))
    prefixes: dict[str, list[tuple[tuple[str, ...], Bound]]] = {}
    for bound, phrases in table["modifiers"].items():
        for phrase in phrases:
            words = tuple(phrase.split())
            prefixes.setdefault(words[-1], []).append((words, bound))
    return (
        {word: tuple(sorted(rows, key=lambda row: -len(row[0]))) for word, rows in vague.items()},
        {word: tuple(sorted(rows, key=lambda row: -len(row[0]))) for word, rows in prefixes.items()},
    )


@cache
def load_starters() -> frozenset[str]:
    """The words an amount can begin with, figures apart."""
    table, numbers = load_table(), load_words("numbers.toml")
    scales = {word for word in numbers["scale"] if len(word) > 2}
    return frozenset(
        {
            *load_phrases()[0],
            *numbers["small"],
            *scales,
            *table["open"]["words"],
            *table["open"]["none"],
            "a",
            "an",
            "half",
            "both",
            "another",
        }
    )


def find_amounts(words: Sequence[str]) -> Iterator[Amount]:
    """Find the amounts among lower-case words, in order, without overlap."""
    starters, index = load_starters(), 0
    while index < len(words):
        word = words[index]
        if word in starters or word[0].isdigit():
            found = _read_core(words, index)
            if found is not None:
                found = _bound(words, found)
                yield found
                index = found.last
                continue
        index += 1


def _read_core(words: Sequence[str], index: int) -> Amount | None:
    word, table = words[index], load_table()
    if (vague := _read_vague(words, index)) is not None:
        last, low, high = vague
        return Amount(index, last, index, low, high, approximate=low != high)
    if word == "another":
        return _read_another(words, index)
    if words[index : index + 2] == ["no", "one"]:
        return Amount(index, index + 2, index, 0, 0)
    if word in table["open"]["none"]:
        return Amount(index, index + 1, index, 0, 0)
    if word in table["open"]["words"]:
        return Amount(index, index + 1, index, 1, None, approximate=False)
    if word == "both":
        return Amount(index, index + 1, index, 2, 2)
    found = _read_range(words, index)
    if found is None and word in {"a", "an"} and not _leads_to_number(words, index):
        return Amount(index, index + 1, index, 1, 1, single=True)
    return found


def _read_vague(words: Sequence[str], index: int) -> tuple[int, int, int] | None:
    """A vague amount or two, "hundreds, perhaps thousands": the index behind, least and most."""
    for phrase, low, high in load_phrases()[0].get(words[index] if index < len(words) else "", ()):
        last = index + len(phrase)
        if tuple(words[index:last]) == phrase:
            size = next((len(one) for one in DOUBTS if tuple(words[last : last + len(one)]) == one), 0)
            second = _read_vague(words, last + size) if size else None
            return (last, low, high) if second is None else (second[0], low, second[2])
    return None


def _leads_to_number(words: Sequence[str], index: int) -> bool:
    """Say whether an article belongs to a number further on: "a record 383", "an estimated 300", not "a 5-year-old"."""
    for at in range(index + 1, min(index + 3, len(words) - 1)):
        if words[at][0].isdigit() or words[at] in load_words("numbers.toml")["small"]:
            return at > index + 1 and words[at + 1] not in {"-", "year", "-year"}
        if not words[at][0].isalpha() or words[at] in {"of", "and", "or", "in", "at", "to"}:
            return False
    return False


def _read_another(words: Sequence[str], index: int) -> Amount | None:
    """The word "another": by itself it counts one, as "a" does; before a number it changes nothing."""
    following = words[index + 1] if index + 1 < len(words) else "."
    if (index and words[index - 1] == "one") or following in load_starters() or following[0].isdigit():
        return None
    return Amount(index, index + 1, index, 1, 1, single=True)


def _read_range(words: Sequence[str], index: int) -> Amount | None:
    """A number, or two with "to", "or" or a dash between, after "between" with "and"."""
    first = _read_number(words, index)
    if first is None:
        return None
    one, last = first
    figure = words[index][0].isdigit()
    joined = words[last] if last < len(words) else ""
    between = index > 0 and words[index - 1] in {"between", "from"}
    if joined in {"to", "-", "–", "or"} or (joined == "and" and between):
        second = _read_number(words, last + 1) if last + 1 < len(words) else None
        if second is not None and one < (two := second[0]):
            one = one * _scale(words[second[1] - 1]) if two >= 1000 * one and one < 1000 else one
            return Amount(index - between, second[1], index, one, two, figure=figure)
    return Amount(index, last, index, one, one, figure=figure)


def _scale(word: str) -> int:
    return int(load_words("numbers.toml")["scale"].get(word, 1))


def _read_number(words: Sequence[str], index: int) -> tuple[int, int] | None:
    """One number and the index behind it."""
    last, taken = index, [words[index]]
    if taken[0] in {"a", "an"} or taken[0] == "half":
        size = 3 if words[index : index + 2] == ["half", "a"] else 2
        taken = list(words[index : index + size])
        last = index + size - 1
        if len(taken) < size or taken[-1] not in load_words("numbers.toml")["scale"]:
            return None
    elif not is_number(taken[0]):
        return None
    last += 1
    while last < len(words):
        step = _step(words, last)
        if not step:
            break
        taken += words[last : last + step]
        last += step
    value = parse_number(taken)
    return None if value is None else (value, last)


def _step(words: Sequence[str], last: int) -> int:
    """How many words more belong to the number: a scale or number word, or one behind a hyphen or "and"."""
    word, before, scales = words[last], words[last - 1], load_words("numbers.toml")["scale"]
    if word in scales and (len(word) > 2 or before[0].isdigit()):
        return 1
    if before[0].isdigit() and word[0].isdigit():
        return 0
    if (word in load_words("numbers.toml")["small"] and not before[0].isdigit()) or (
        word[0].isdigit() and before in scales
    ):
        return int(before != "one")
    following = words[last + 1] if last + 1 < len(words) else ""
    if word == "-" and (
        following in scales or (following in load_words("numbers.toml")["small"] and not before[0].isdigit())
    ):
        return 2
    return (
        2
        if word == "and" and before in {"hundred", "thousand"} and following in load_words("numbers.toml")["small"]
        else 0
    )


def _bound(words: Sequence[str], amount: Amount) -> Amount:
    """Apply the words before and behind an amount that bound it."""
    first, bound = amount.first, "exact"
    if first and words[first - 1] in SIGNS:
        first -= 2 if first > 1 and words[first - 2] in {"us", "u.s."} else 1
    for _ in range(3):
        found = _prefix(words, first)
        if found is None:
            break
        first -= found[0]
        bound = found[1] if bound == "exact" else bound
    for suffix, kind in SUFFIXES.items():
        if tuple(words[amount.last : amount.last + len(suffix)]) == suffix:
            amount, bound = replace(amount, last=amount.last + len(suffix)), kind
            break
    amount = replace(amount, first=first)
    if amount.max == 0 or amount.single:
        return replace(amount, first=amount.core)
    if bound == "least":
        return replace(amount, max=None)
    if bound == "most":
        return replace(amount, min=None)
    return replace(amount, approximate=amount.approximate or bound == "about")


def _prefix(words: Sequence[str], first: int) -> tuple[int, Bound] | None:
    if not first:
        return None
    for phrase, bound in load_phrases()[1].get(words[first - 1], ()):
        if tuple(words[max(0, first - len(phrase)) : first]) == phrase and not _is_particle(words, first):
            return len(phrase), bound
    return None


def _is_particle(words: Sequence[str], first: int) -> bool:
    """Say whether "over" belongs to the verb: "handed over six"."""
    return words[first - 1] == "over" and words[max(0, first - 2)] in GIVING


def looks_like_year(words: Sequence[str], amount: Amount) -> bool:
    """Say whether a bare number of four figures may be a year."""
    word = words[amount.core]
    return (
        len(word) == 4
        and word.isdigit()
        and 1900 <= (parse_figure(word) or 0) <= 2100
        and amount.last == amount.core + 1
    )
