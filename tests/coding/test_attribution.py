"""Who says so: "X said", "according to X", quotations, sources within sources, stances and hedges."""

import pytest

from casus.coding.attribution import load_cues
from casus.records import Event
from tests.coding.conftest import Code

CLEAR = "rebels attacked a village in Kivu"


def find(events: tuple[Event, ...], word: str = "attacked") -> Event:
    """Return the event with this trigger."""
    return next(event for event in events if event.trigger.text == word)


@pytest.mark.parametrize(
    ("text", "source", "stance", "cue"),
    [
        (f"According to the army, {CLEAR}.", "the army", "states", "According to"),
        ("Rebels attacked a village in Kivu, according to the army.", "the army", "states", "according to"),
        (f"The army said {CLEAR}.", "The army", "states", "said"),
        (f"The army said on Monday that {CLEAR}.", "The army", "states", "said"),
        ("Rebels attacked a village in Kivu, the army said.", "the army", "states", "said"),
        (f"The ministry claimed that {CLEAR}.", "The ministry", "claims", "claimed"),
        (f"The governor confirmed that {CLEAR}.", "The governor", "confirms", "confirmed"),
        (f"The governor alleged that {CLEAR}.", "The governor", "claims", "alleged"),
        ('"Rebels attacked the village," said General Paul Mbeki.', "General Paul Mbeki", "states", "said"),
    ],
)
def test_the_source_is_named(code: Code, text: str, source: str, stance: str, cue: str) -> None:
    """With its stance and the words that say so."""
    found = find(code(text)).attribution
    assert found is not None
    assert (found.text, found.stance) == (source, stance)
    assert found.cue is not None
    assert found.cue.text == cue
    assert (text[found.start : found.end], text[found.cue.start : found.cue.end]) == (source, cue)


@pytest.mark.parametrize(
    "text", ["Rebels attacked a village in Kivu.", "Rebels attacked a village. The minister spoke on Monday."]
)
def test_the_reporters_own_voice_is_none(code: Code, text: str) -> None:
    """No verb of saying governs the act."""
    assert find(code(text)).attribution is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Rebels attacked the village," said General Paul Mbeki.', True),
        (f"An army spokesman said {CLEAR}.", False),
        (f"The army said {CLEAR}.", False),
    ],
)
def test_names_are_named(code: Code, text: str, expected: bool) -> None:
    """A spokesman without a name is not."""
    found = find(code(text)).attribution
    assert found is not None
    assert found.named == expected


def test_of_nested_sources_one_is_kept(code: Code) -> None:
    """It is one of those the text names, never the act's own parties."""
    found = find(code("Police said a witness told them that soldiers had shot the protesters."), "shot").attribution
    assert found is not None
    assert found.text in ("Police", "a witness")


def test_each_clause_has_its_own_source(code: Code) -> None:
    """In one sentence after the other."""
    events = code("The army said rebels attacked a village. The rebels said soldiers killed a farmer.")
    sources = [find(events, word).attribution for word in ("attacked", "killed")]
    assert [source.text for source in sources if source] == ["The army", "The rebels"]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Rebels reportedly attacked a village in Kivu.", "attacked", True),
        ("Rebels allegedly attacked a village in Kivu.", "attacked", True),
        ("Suspected rebels attacked a village in Kivu.", "attacked", True),
        ("Rebels attacked a village in Kivu.", "attacked", False),
        ("The army said rebels attacked a village in Kivu.", "attacked", False),
    ],
)
def test_hedges(code: Code, text: str, word: str, expected: bool) -> None:
    """The text's own doubt; a source alone is none."""
    assert find(code(text), word).hedged == expected


def test_stances_are_words_of_saying() -> None:
    """A stance that no verb or noun of saying leads to would never be found."""
    cues = load_cues()
    for stance in ("claims", "denies", "confirms", "accuses", "threatens"):
        assert cues[stance] & (cues["verbs"] | cues["nouns"])
