"""The view with plain words says of every word what spaCy says."""

import pytest
from spacy.tokens import Doc

from casus.pipeline import Coder
from casus.read.plain import PlainDoc, plain

TEXT = (
    "Kinshasa (Example Wire) — Rebels shelled the town of Goma on Monday, killing 12 people.\n\n"
    '"We will answer," Gen. Jean Mbala told reporters in the capital. His troops moved east.'
)
SAME = (
    "i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "ent_iob_", "whitespace_", "is_space",
    "n_lefts", "n_rights", "is_punct", "is_sent_start", "is_upper",
)  # fmt: skip


@pytest.fixture(scope="module")
def doc() -> Doc:
    """A report as the real reader reads it."""
    read: Doc = Coder().reader(TEXT)
    return read


@pytest.mark.parametrize("name", SAME)
def test_words_have_what_tokens_have(doc: Doc, name: str) -> None:
    """Copied and asked for alike."""
    assert [getattr(w, name) for w in plain(doc)] == [getattr(t, name) for t in doc]


def test_the_tree_is_the_same(doc: Doc) -> None:
    """Heads, children on both sides, ancestors, edges, neighbours, lengths."""
    for word, token in zip(plain(doc), doc, strict=True):
        assert word.head.i == token.head.i
        assert [c.i for c in word.children] == [c.i for c in token.children]
        assert [c.i for c in word.lefts] == [c.i for c in token.lefts]
        assert [c.i for c in word.rights] == [c.i for c in token.rights]
        assert [a.i for a in word.ancestors] == [a.i for a in token.ancestors]
        assert word.left_edge.i == token.left_edge.i
        assert len(word) == len(token)


def test_stretches_are_spans(doc: Doc) -> None:
    """Of every length, from both ends, with their texts and places."""
    view = plain(doc)
    for start in range(0, len(doc), 3):
        for end in (start, start + 1, start + 5, len(doc), -1):
            ours, real = view[start:end], doc[start:end]
            assert (ours.start, ours.end, ours.text) == (real.start, max(real.end, real.start), real.text)
            if len(real):
                assert (ours.start_char, ours.end_char, ours.root.i) == (real.start_char, real.end_char, real.root.i)


def test_sentences_are_the_same(doc: Doc) -> None:
    """And every word knows its own."""
    view = plain(doc)
    assert [(s.start, s.end) for s in view.sents] == [(s.start, s.end) for s in doc.sents]
    assert [w.sent.start for w in view] == [t.sent.start for t in doc]


def test_text_leads_to_words(doc: Doc) -> None:
    """By characters, also where they end inside a word; none where spaCy has none."""
    begin = TEXT.index("Goma")
    found = plain(doc).char_span(begin, begin + 2, alignment_mode="expand")
    assert found is not None
    assert found.text == "Goma"
    assert plain(doc).char_span(begin, begin + 2) is None


def test_neighbours_end_with_the_text(doc: Doc) -> None:
    """As spaCy's, never around the corner."""
    first = plain(doc)[0]
    assert first.nbor(1).i == 1
    with pytest.raises(IndexError):
        first.nbor(-1)


def test_a_view_of_a_view_is_itself(doc: Doc) -> None:
    """So that stages may ask for one without thought."""
    view = plain(doc)
    assert isinstance(view, PlainDoc)
    assert plain(view) is view
