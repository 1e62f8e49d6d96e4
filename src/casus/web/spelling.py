"""The slots of an event in the words that a correction is written in; the inverse of `casus.store.corrections`.

What cannot be written so, as words with brackets in them, is given as JSON, which a correction may be as well.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from casus.records import Attribution, Event, Party, Place, Quantity, When

MARKS = frozenset("[];")
LENGTHS = {"year": 4, "month": 7, "day": 10}
"""Characters of a day that a precision leaves."""


def spell_slot(event: Event, slot: str) -> str:
    """Return the value of a slot as it may be typed; nothing for an empty one.

    Raises:
        KeyError: There is no such slot.
    """
    value = getattr(event, slot)
    try:
        return SPELLINGS[slot](value) if value not in (None, ()) else ""
    except ValueError:
        return json.dumps(event.to_json()[slot], ensure_ascii=False)


def _spell_items(items: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{_check(words)} [{codes}]" if codes else _check(words) for words, codes in items)


def _check(words: str) -> str:
    """Return words that stand for themselves.

    Raises:
        ValueError: They would be read otherwise.
    """
    if MARKS & set(words) or words != words.strip() or words[:1] == "{":
        raise ValueError(words)
    return words


def _codes(party: Party) -> str:
    return "/".join(filter(None, (party.country, *party.sectors)))


def _spell_parties(parties: Iterable[Party]) -> str:
    return _spell_items((party.text, _codes(party)) for party in parties)


def _spell_source(source: Attribution) -> str:
    return _spell_items([(source.text, " ".join(filter(None, (_codes(source), source.stance))))])


def _spell_when(when: When) -> str:
    if when.precision in LENGTHS:
        return when.start[: LENGTHS[when.precision]]
    return f"{when.start[:10]}..{when.end[:10]}"


def _spell_place(place: Place) -> str:
    return _spell_items([(place.text, " ".join(filter(None, (place.country, place.precision))))])


def _spell_counts(quantities: Iterable[Quantity]) -> str:
    return _spell_items((q.text, f"{q.kind} {_spell_count(q)}") for q in quantities)


def _spell_count(told: Quantity) -> str:
    """Return a count as corrections have it.

    >>> _spell_count(Quantity(0, 1, "x", "killed", 12, None)), _spell_count(Quantity(0, 1, "x", "killed", 4, 4))
    ('12+', '4')
    """
    about = "~" if told.approximate else ""
    if told.min == told.max and told.min is not None:
        return f"{about}{told.min}"
    if told.max is None:
        return f"{about}{told.min or 0}+"
    return f"{about}{'' if told.min is None else told.min}-{told.max}"


def _spell_truth(value: bool) -> str:
    return "yes" if value else "no"


SPELLINGS: Mapping[str, Callable[[Any], str]] = {
    "type": str,
    "mode": str,
    "actors": _spell_parties,
    "recipients": _spell_parties,
    "when": _spell_when,
    "where": _spell_place,
    "quantities": _spell_counts,
    "attribution": _spell_source,
    "modality": str,
    "hedged": _spell_truth,
    "contexts": " ".join,
    "cameo": str,
}
"""The slots that may be corrected, in the order in which they are shown."""
