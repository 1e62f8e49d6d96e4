"""Texts are cut where marks begin and end, and nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from casus.web.marks import Mark, cut, marks_of
from tests.cli.builders import TEXT, answer, shelling

SLOTS = st.sampled_from(["trigger", "actor", "where"])
MARKS = st.lists(st.builds(Mark, st.integers(-5, 40), st.integers(-5, 40), SLOTS, st.sampled_from(["e1", "e2"])))


@given(st.text(max_size=30), MARKS, st.integers(0, 10))
def test_pieces_are_the_text(text: str, marks: list[Mark], offset: int) -> None:
    """Put together the pieces are the text, and each has the marks of every one of its characters."""
    pieces = cut(text, marks, offset)
    assert "".join(piece.text for piece in pieces) == text
    place = offset
    for piece in pieces:
        assert piece.text
        for here in range(place, place + len(piece.text)):
            assert set(piece.slots) == {mark.slot for mark in marks if mark.start <= here < mark.end}
        place += len(piece.text)


def test_marks_of_an_event_are_its_words() -> None:
    """Every slot is marked where the event says that its words stand."""
    told = {(mark.slot, TEXT[mark.start : mark.end]) for mark in marks_of(shelling())}
    assert {("trigger", "shelled"), ("actor", "Rebels"), ("quantity", "at least 12 people")} <= told
    assert {("when", "on Monday"), ("where", "Goma"), ("source", "police")} <= told


def test_overlapping_marks_share_a_piece() -> None:
    """A piece of two slots names both, and the event whose trigger it is."""
    pieces = cut("ab", [Mark(0, 2, "actor", "e1"), Mark(1, 2, "trigger", "e2")])
    assert [(piece.text, piece.slots, piece.events, piece.trigger) for piece in pieces] == [
        ("a", ("actor",), ("e1",), None),
        ("b", ("actor", "trigger"), ("e1", "e2"), "e2"),
    ]


def test_a_sentence_is_marked_where_nothing_else_is() -> None:
    """Within a sentence the words of a slot belong to the event of that slot alone."""
    pieces = cut("abc", [Mark(0, 3, "sentence", "e1"), Mark(1, 2, "actor", "e2")])
    assert [(piece.slots, piece.events) for piece in pieces] == [
        (("sentence",), ("e1",)),
        (("actor",), ("e2",)),
        (("sentence",), ("e1",)),
    ]


def test_answers_have_their_cue() -> None:
    """The words that say that something answers are marked as well."""
    assert ("answer", "In response") in {(mark.slot, TEXT[mark.start : mark.end]) for mark in marks_of(answer())}
