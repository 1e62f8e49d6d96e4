"""What a person may put into a slot of an event: as JSON like record.md, or in words; everything is checked.

In words a span is its words in the report, with what they stand for in brackets: `the police [FRA/COP]; Rebels [COD]`,
`Goma [COD city]`, `at least 12 people [killed 12+]`, `a spokesman [USA/GOV claims]`. Of several places with the same
words the one nearest to the trigger is meant.
"""

from __future__ import annotations

import json
import re
from calendar import IllegalMonthError, monthrange
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from casus.errors import FieldError
from casus.ontology import SECTORS, cameo_of, context_of, mode_of, type_of
from casus.records import Event, PlacePrecision, QuantityKind, Stance

ITEM = re.compile(r"\s*(?P<words>[^\[\]]+?)\s*(?:\[(?P<codes>[^\]]*)\])?\s*")
COUNTRY = re.compile(r"[A-Z]{3}")
COUNT = re.compile(r"(?P<about>~?)(?P<low>\d*)(?P<range>[-+]?)(?P<high>\d*)")
DAYS = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:\.\.(\d{4}-\d\d-\d\d))?")
YES_NO = {"yes": True, "true": True, "no": False, "false": False}
ENDS = {4: ("-01-01", "-12-31", "year"), 7: ("-01", "", "month"), 10: ("", "", "day")}


@dataclass(frozen=True, slots=True)
class Spot:
    """An event and its text: where words are looked for."""

    event: Event
    text: str

    def find(self, slot: str, words: str) -> dict[str, Any]:
        """Return the span of the words, nearest to the trigger.

        Raises:
            FieldError: The text does not have them.
        """
        starts = [match.start() for match in re.finditer(re.escape(words), self.text)]
        if not starts:
            raise FieldError(slot, words, "words that stand in the report")
        start = min(starts, key=lambda here: abs(here - self.event.trigger.start))
        return {"start": start, "end": start + len(words), "text": words}


def check_value(event: Event, text: str, slot: str, value: Any) -> Any:
    """Return a value for a slot as JSON, checked.

    Raises:
        FieldError: There is no such slot, or it cannot have that value.
    """
    if slot not in SLOTS:
        raise FieldError("slot", slot, " ".join(SLOTS))
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        value = _read_json(slot, value)
    empty = value is None or value == ""
    told = SLOTS[slot](value, Spot(event, text)) if isinstance(value, str) and not empty else value
    told = EMPTY.get(slot) if empty else told
    corrected = Event.from_json(event.to_json() | {slot: told})
    _check_codes(corrected, slot)
    _check_spans(slot, getattr(corrected, slot), text)
    return corrected.to_json()[slot]


def _read_json(slot: str, value: str) -> Any:
    try:
        return json.loads(value)
    except json.JSONDecodeError as error:
        raise FieldError(slot, value, f"JSON ({error})") from error


def _check_codes(event: Event, slot: str) -> None:
    if slot == "type":
        type_of(event.type)
    if slot == "mode" and event.mode:
        mode_of(event.type, event.mode)
    if slot == "cameo" and event.cameo:
        cameo_of(event.cameo)
    if slot == "contexts":
        for context in event.contexts:
            context_of(context)


def _check_spans(slot: str, value: Any, text: str) -> None:
    """Hold that what has offsets has the words of the text there."""
    for item in value if isinstance(value, tuple) else (value,):
        if hasattr(item, "start") and isinstance(item.start, int) and text[item.start : item.end] != item.text:
            raise FieldError(slot, item.text, f"the words at {item.start}-{item.end}, {text[item.start : item.end]!r}")


def _items(slot: str, value: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the words of each item, and what stands in its brackets."""
    for item in filter(str.strip, value.split(";")):
        match = ITEM.fullmatch(item)
        if match is None:
            raise FieldError(slot, item.strip(), "WORDS [CODES]; WORDS [CODES] …")
        yield match["words"], re.split(r"[/\s]+", (match["codes"] or "").strip()) if match["codes"] else []


def _party_codes(slot: str, codes: list[str]) -> dict[str, Any]:
    countries = [code for code in codes if code not in SECTORS]
    if len(countries) > 1 or not all(map(COUNTRY.fullmatch, countries)):
        raise FieldError(slot, " ".join(codes), f"a country code and sectors: {' '.join(SECTORS)}")
    return {"country": next(iter(countries), None), "sectors": [code for code in codes if code in SECTORS]}


def _read_parties(slot: str) -> Callable[[str, Spot], Any]:
    def read(value: str, spot: Spot) -> Any:
        return [spot.find(slot, words) | _party_codes(slot, codes) for words, codes in _items(slot, value)]

    return read


def _one(slot: str, value: str) -> tuple[str, list[str]]:
    found = list(_items(slot, value))
    if len(found) != 1:
        raise FieldError(slot, value, "one of them: WORDS [CODES]")
    return found[0]


def _read_source(value: str, spot: Spot) -> Any:
    words, codes = _one("attribution", value)
    stances = [code for code in codes if code in get_args(Stance)]
    party = _party_codes("attribution", [code for code in codes if code not in stances])
    return spot.find("attribution", words) | party | {"stance": next(iter(stances), "states"), "named": False}


def _read_place(value: str, spot: Spot) -> Any:
    words, codes = _one("where", value)
    precisions = [code for code in codes if code in get_args(PlacePrecision)]
    countries = [code for code in codes if code not in precisions]
    if len(countries) > 1 or not all(map(COUNTRY.fullmatch, countries)):
        raise FieldError("where", " ".join(codes), f"a country code and one of {' '.join(get_args(PlacePrecision))}")
    told = {"name": words, "country": next(iter(countries), None), "precision": next(iter(precisions), "city")}
    return spot.find("where", words) | told


def _read_quantities(value: str, spot: Spot) -> Any:
    return [spot.find("quantities", words) | _read_count(codes) for words, codes in _items("quantities", value)]


def _read_count(codes: list[str]) -> dict[str, Any]:
    match = COUNT.fullmatch(codes[1]) if len(codes) == len(("kind", "count")) else None
    if match is None or codes[0] not in get_args(QuantityKind):
        kinds = " ".join(get_args(QuantityKind))
        raise FieldError("quantities", " ".join(codes), f"KIND COUNT: one of {kinds}; 12, 12-15, 12+, -30 or ~3500")
    low, high = (int(match[name]) if match[name] else None for name in ("low", "high"))
    high = low if not match["range"] else high
    return {"kind": codes[0], "min": low, "max": high, "approximate": bool(match["about"])}


def _read_when(value: str, _spot: Spot) -> Any:
    match = DAYS.fullmatch(value.strip())
    if match is None or (match[2] and len(match[1]) != len(match[2])):
        raise FieldError("when", value, "2031-05-02, 2031-05, 2031 or 2031-05-02..2031-05-09")
    if match[2]:
        return {"start": match[1], "end": match[2], "precision": "range"}
    first, last, precision = ENDS[len(match[1])]
    end = f"{match[1]}-{_month_days(match[1])}" if precision == "month" else f"{match[1]}{last}"
    return {"start": f"{match[1]}{first}", "end": end, "precision": precision}


def _month_days(month: str) -> int:
    try:
        return monthrange(int(month[:4]), int(month[5:]))[1]
    except IllegalMonthError as error:
        raise FieldError("when", month, "a month from 01 to 12") from error


def _read_hedged(value: str, _spot: Spot) -> Any:
    if value.lower() not in YES_NO:
        raise FieldError("hedged", value, "yes or no")
    return YES_NO[value.lower()]


def _read_list(value: str, _spot: Spot) -> Any:
    return [item for item in re.split(r"[;,\s]+", value) if item]


def _read_word(value: str, _spot: Spot) -> Any:
    return value.strip()


SLOTS: Mapping[str, Callable[[str, Spot], Any]] = {
    "type": _read_word,
    "mode": _read_word,
    "contexts": _read_list,
    "cameo": _read_word,
    "actors": _read_parties("actors"),
    "recipients": _read_parties("recipients"),
    "modality": _read_word,
    "attribution": _read_source,
    "hedged": _read_hedged,
    "when": _read_when,
    "where": _read_place,
    "quantities": _read_quantities,
}
"""The slots that may be corrected, and what reads a value in words."""
EMPTY: Mapping[str, Any] = {"contexts": [], "actors": [], "recipients": [], "quantities": []}
