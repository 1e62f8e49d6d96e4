"""The words for parts of records under their old name; they are in `casus.words`."""

from casus.words import (
    VERBS,
    count_words,
    mood_words,
    party_words,
    place_words,
    plain,
    source_words,
    toll_words,
    what_words,
    when_words,
)

__all__ = (
    "VERBS", "count_words", "mood_words", "party_words", "place_words", "plain", "source_words", "toll_words",
    "what_words", "when_words",
)  # fmt: skip
