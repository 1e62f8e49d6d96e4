"""At a span that is known to name a place, the place is told whatever part the name plays."""

import pytest

from casus.resolve.gazetteer import Gazetteer
from casus.resolve.places.given import resolve_spans
from tests.resolve.place_factories import plain


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Talks with Iran failed .", "Iran", ("Iran", "IRN", "country")),
        ("Syrian shops closed .", "Syrian", ("Syria", "SYR", "country")),
        ("A blast near the palace in Kirkuk .", "the palace in Kirkuk", ("Kirkuk", "IRQ", "city")),
        ("A fire in Paris , Texas .", "Paris , Texas", ("Paris", "USA", "city")),
        ("Troops left Mali 's north .", "Mali", ("northern Mali", "MLI", "region")),
        ("A court in The Hague sat .", "The Hague", ("The Hague", "NLD", "city")),
        ("They met in Mosul . Shots rang out in a park .", "a park", ("a park", "IRQ", "near")),
        ("Shells fell on Umm Tarfa in Iraq .", "Umm Tarfa", ("Umm Tarfa", "IRQ", "city")),
    ],
)
def test_a_marked_span_gives_its_place(
    gazetteer: Gazetteer, text: str, words: str, expected: tuple[str, str, str]
) -> None:
    """Parties, adjectives, phrases and unknown villages too."""
    start = text.index(words)
    (mention,) = resolve_spans(plain(text), [(start, start + len(words))], gazetteer)
    assert mention is not None
    assert (mention.place.name, mention.place.country, mention.place.precision) == expected


def test_a_span_without_any_place_has_no_answer(gazetteer: Gazetteer) -> None:
    """Nothing is guessed."""
    assert resolve_spans(plain("They sang in a park ."), [(13, 19)], gazetteer) == (None,)
