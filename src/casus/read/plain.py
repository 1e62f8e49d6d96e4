"""A read-only view of a read Doc whose words are plain objects: what later stages ask millions of times is at hand.

spaCy makes a new Token at every `doc[i]`, `token.head` or `token.children` and looks up a string at every `lemma_`; the
coder walks the tree so often that this was half of its time. The view answers to the same names with the same values
and is passed where a Doc is asked for; what it does not hold it asks of the Doc itself. It knows no stage.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from spacy.tokens import Doc, Token

COPIED = (
    "i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "ent_iob_", "whitespace_", "lower",
    "is_space",
)  # fmt: skip


class Word:
    """One token: `COPIED` attributes of spaCy's, its place in the tree as words, `children` a tuple."""

    __slots__ = (*COPIED, "children", "doc", "head", "lefts", "n_lefts", "n_rights", "rights")

    def __init__(self, doc: PlainDoc, token: Token) -> None:
        self.doc = doc
        self.i, self.idx, self.text = token.i, token.idx, token.text
        self.lower_, self.lemma_, self.pos_, self.tag_ = token.lower_, token.lemma_, token.pos_, token.tag_
        self.dep_, self.ent_type_, self.ent_iob_ = token.dep_, token.ent_type_, token.ent_iob_
        self.whitespace_, self.lower, self.is_space = token.whitespace_, token.lower, token.is_space
        self.head: Word = self
        self.lefts: tuple[Word, ...] = ()
        self.rights: tuple[Word, ...] = ()
        self.children: tuple[Word, ...] = ()
        self.n_lefts = self.n_rights = 0

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    def __getattr__(self, name: str) -> Any:
        return getattr(self.doc.real[self.i], name)

    @property
    def sent(self) -> Stretch:
        """Its sentence."""
        return self.doc.sentence_of(self.i)

    @property
    def ancestors(self) -> Iterator[Word]:
        """What it hangs on, nearest first."""
        word = self
        while word.head is not word:
            word = word.head
            yield word

    @property
    def left_edge(self) -> Word:
        """The first word of what hangs on it."""
        word = self
        while word.lefts:
            word = word.lefts[0]
        return word

    def nbor(self, i: int = 1) -> Word:
        """The word so many places on.

        Raises:
            IndexError: There is none.
        """
        if self.i + i < 0:
            raise IndexError(self.i + i)
        return self.doc.words[self.i + i]


class Stretch:
    """Consecutive words, as spaCy's Span."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: PlainDoc, start: int, end: int) -> None:
        self.doc, self.start, self.end = doc, start, end

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Word]:
        return iter(self.doc.words[self.start : self.end])

    def __getitem__(self, i: int) -> Word:
        return self.doc.words[self.start + i if i >= 0 else self.end + i]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.doc.real[self.start : self.end], name)

    @property
    def start_char(self) -> int:
        """Where it begins in the text."""
        words = self.doc.words
        return words[self.start].idx if self.start < len(words) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        """Where it ends in the text."""
        if self.end <= self.start:
            return self.start_char
        last = self.doc.words[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """Its words as written."""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def root(self) -> Word:
        """The word that stands nearest to the root of the sentence."""
        return self.doc.words[self.doc.real[self.start : self.end].root.i]


class PlainDoc:
    """The view of one Doc.

    Args:
        doc: Read to the end; what is changed in it later is not seen.
    """

    def __init__(self, doc: Doc) -> None:
        self.real = doc
        self.text = doc.text
        self.words = [Word(self, token) for token in doc]
        for word, head in zip(self.words, doc.to_array("HEAD").astype("int64").tolist(), strict=True):
            word.head = self.words[word.i + head]
        self._hang()
        self._sentences: list[Stretch] | None = None
        self._homes: list[int] = []

    def _hang(self) -> None:
        sides: dict[int, tuple[list[Word], list[Word]]] = {}
        for word in self.words:
            if word.head is not word:
                sides.setdefault(word.head.i, ([], []))[word.i > word.head.i].append(word)
        for i, (lefts, rights) in sides.items():
            word = self.words[i]
            word.lefts, word.rights, word.children = tuple(lefts), tuple(rights), (*lefts, *rights)
            word.n_lefts, word.n_rights = len(lefts), len(rights)

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    def __getitem__(self, key: int | slice) -> Any:
        if key.__class__ is int:  # every second question; quicker than isinstance
            return self.words[key]
        if not isinstance(key, slice):
            return self.words[int(key)]
        start, end, _ = key.indices(len(self.words))
        return Stretch(self, start, max(start, end))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    @property
    def sents(self) -> list[Stretch]:
        """Its sentences."""
        if self._sentences is None:
            self._sentences = [Stretch(self, s.start, s.end) for s in self.real.sents]
            self._homes = [n for n, s in enumerate(self._sentences) for _ in range(len(s))]
        return self._sentences

    def sentence_of(self, i: int) -> Stretch:
        """The sentence of a word."""
        return self.sents[self._homes[i]]

    def char_span(self, start: int, end: int, **options: Any) -> Stretch | None:
        """The words of a stretch of text, as `Doc.char_span`."""
        span = self.real.char_span(start, end, **options)
        return None if span is None else Stretch(self, span.start, span.end)


def plain(doc: Doc | PlainDoc) -> Doc:
    """The Doc as a view with plain words; a view stays what it is.

    >>> import spacy
    >>> view = plain(spacy.blank("en")("Rebels shelled Goma."))
    >>> [word.lower_ for word in view], view[1:3].text, plain(view) is view
    (['rebels', 'shelled', 'goma', '.'], 'shelled Goma', True)
    """
    return cast("Doc", doc if isinstance(doc, PlainDoc) else PlainDoc(doc))
