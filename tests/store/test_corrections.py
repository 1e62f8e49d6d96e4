"""What may be put into a slot by hand, in words or as JSON."""

from typing import Any

import pytest

from casus.errors import CasusError
from casus.store.corrections import check_value
from tests.cli.builders import TEXT, shelling


@pytest.mark.parametrize(
    ("slot", "value", "expected"),
    [
        ("when", "2031-02", {"start": "2031-02-01", "end": "2031-02-28", "precision": "month"}),
        ("when", "2031-02-03..2031-02-05", {"start": "2031-02-03", "end": "2031-02-05", "precision": "range"}),
        ("when", "", None),
        ("hedged", "yes", True),
        ("contexts", "military, territory", ["military", "territory"]),
        ("cameo", "190", "190"),
        ("mode", None, None),
        ("recipients", "", []),
        ("quantities", [], []),
    ],
)
def test_slots_are_corrected_in_words_and_in_json(slot: str, value: Any, expected: Any) -> None:
    """To what record.md says."""
    found = check_value(shelling(), TEXT, slot, value)
    assert found == (found | expected if isinstance(expected, dict) else expected)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("12", (12, 12, False)),
        ("12-15", (12, 15, False)),
        ("12+", (12, None, False)),
        ("-30", (None, 30, False)),
        ("~9", (9, 9, True)),
    ],
)
def test_counts_are_corrected_in_words(words: str, expected: tuple[Any, ...]) -> None:
    """With the kind before them, beside the words that say so."""
    (count,) = check_value(shelling(), TEXT, "quantities", f"at least 12 people [killed {words}]")
    assert (count["min"], count["max"], count["approximate"]) == expected


@pytest.mark.parametrize(
    ("slot", "value", "told"),
    [
        ("shape", "round", "field slot: found 'shape'"),
        ("type", "HUG", "found 'HUG'"),
        ("mode", "strike-vote", "mode of ASSAULT"),
        ("cameo", "999", "found '999'"),
        ("contexts", "weather", "found 'weather'"),
        ("modality", "maybe", "allowed actual"),
        ("hedged", "perhaps", "allowed yes or no"),
        ("when", "soon", "allowed 2031-05-02"),
        ("when", "2031-13", "a month from 01 to 12"),
        ("where", "Goma [COD RWA]", "found 'COD RWA'"),
        ("where", "Paris", "words that stand in the report"),
        ("actors", "Rebels [cod]", "a country code and sectors"),
        ("actors", "Rebels [COD", "WORDS [CODES]"),
        ("actors", [{"start": 0, "end": 3, "text": "Foe"}], "the words at 0-3, 'Reb'"),
        ("actors", "[{", "JSON"),
        ("quantities", "at least 12 people [eaten 12]", "KIND COUNT"),
        ("attribution", "police; Rebels", "one of them"),
    ],
)
def test_impossible_corrections_are_refused(slot: str, value: Any, told: str) -> None:
    """With what was found and what is allowed."""
    with pytest.raises(CasusError) as caught:
        check_value(shelling(), TEXT, slot, value)
    assert told in str(caught.value)
