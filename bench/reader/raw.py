"""The reader on raw text: corpora as running text, Docs and treebanks as `Analysis` for `bench.reader.alignment`.

A treebank's text is put together from its words, `SpaceAfter=No`, multi-word tokens, `newpar` and `newdoc`: sentences
stand one space apart, paragraphs a blank line, as in the texts that the CoNLL 2018 shared task handed out. GUM tells
besides how many sentences a heading, caption or list item has: `laid_out` breaks the line at its end too, as the page
that it was taken from does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from bench.reader.alignment import ROOT, Analysis, Counts, Extent, Word, compare
from train.corpora import CLOSED_GENRES, gum_split, read_blocks

CLITICS = frozenset({
    "n't", "'s", "'re", "'ve", "'ll", "'d", "'m", "not", "'", "’", "n’t", "’s", "’re", "’ve", "’ll", "’d", "’m", "nt",
    "na", "ta", "me",
})  # fmt: skip
"""Words that make one token with the word before when no space stands between."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a treebank: its name, its text as a reader gets it, and its analysis."""

    name: str
    text: str
    gold: Analysis


def read_documents(paths: Iterable[Path], *, laid_out: bool = False) -> Iterator[Document]:
    """Documents of CoNLL-U files; a file without `newdoc` is one."""
    for path in paths:
        blocks: list[list[str]] = []
        for block in read_blocks(path):
            if blocks and any(line.startswith("# newdoc") for line in block):
                yield make_document(blocks, laid_out=laid_out)
                blocks = []
            blocks.append(block)
        yield make_document(blocks, laid_out=laid_out)


def make_document(blocks: Sequence[Sequence[str]], *, laid_out: bool = False) -> Document:
    """One document of CoNLL-U sentences with their comments."""
    text, place, ends = "", 0, {0}
    tokens: list[Extent] = []
    sentences: list[Extent] = []
    words: list[Word] = []
    for number, block in enumerate(blocks):
        ends |= {number + length for length in _lengths(block)} if laid_out else set()
        if text and (number in ends or any(line.startswith("# newpar") for line in block)):
            text = text.rstrip() + "\n\n"
        rows = [line.split("\t") for line in block if not line.startswith("#")]
        first, begun = len(words), place
        for surface, own, space in _surface(rows):
            start, place = place, place + len(squeeze(surface))
            tokens.append((start, place))
            text += surface + " " * space
            words += [_gold_word(row, (start, place), first, joined=len(own) > 1) for row in own]
        sentences.append((begun, place))
    name = next((line.split("=", 1)[1].strip() for line in blocks[0] if line.startswith("# newdoc id")), "")
    return Document(name, text.strip(), Analysis(squeeze(text), tuple(tokens), tuple(sentences), tuple(words)))


def _lengths(block: Sequence[str]) -> list[int]:
    """Sentences in each of the blocks of the page that begin here."""
    return [int(n) for line in block if line.startswith("# newpar_block") for n in re.findall(r"\((\d+) s\)", line)]


def squeeze(text: str) -> str:
    """A text without its white space."""
    return re.sub(r"\s+", "", text)


def _surface(rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, list[Sequence[str]], bool]]:
    """Each token as written, its words, and whether a space follows. Empty nodes are left out."""
    words = {row[0]: row for row in rows}
    covered: set[str] = set()
    for row in rows:
        if row[0] in covered or "." in row[0]:
            continue
        first, dash, last = row[0].partition("-")
        numbers = [str(n) for n in range(int(first), int(last) + 1)] if dash else [row[0]]
        covered.update(numbers)
        yield row[1], [words[n] for n in numbers], "SpaceAfter=No" not in row[9].split("|")


def _gold_word(row: Sequence[str], extent: Extent, first: int, *, joined: bool) -> Word:
    head = int(row[6])
    return Word(row[1], *extent, first + head - 1 if head else ROOT, row[7], row[3], joined)


def analyse(doc: Doc) -> Analysis:
    """What a pipeline says of a text. White-space tokens are left out, clitics make one token with their word."""
    solid = [token for token in doc if not token.is_space]
    place = {token.i: k for k, token in enumerate(solid)}
    ends = [0]
    for token in solid:
        ends.append(ends[-1] + len(token.text))
    groups: list[list[int]] = []
    for k, token in enumerate(solid):
        glued = bool(k) and solid[k - 1].idx + len(solid[k - 1]) == token.idx and not token.is_sent_start
        if glued and token.lower_ in CLITICS and solid[k - 1].text[-1].isalnum():
            groups[-1].append(k)
        else:
            groups.append([k])
    words = []
    for group in groups:
        extent = ends[group[0]], ends[group[-1] + 1]
        for k in group:
            token = solid[k]
            head = ROOT if token.head is token or token.dep_ == "ROOT" else place.get(token.head.i, ROOT)
            words.append(Word(token.text, *extent, head, token.dep_, token.pos_, len(group) > 1))
    begins = [k for k, token in enumerate(solid) if k == 0 or token.is_sent_start]
    sentences = zip(begins, [*begins[1:], len(solid)], strict=True)
    return Analysis(
        "".join(token.text for token in solid),
        tuple((ends[g[0]], ends[g[-1] + 1]) for g in groups),
        tuple((ends[a], ends[b]) for a, b in sentences),
        tuple(words),
    )


def score_documents(documents: Sequence[Document], nlp: Language) -> Counts:
    """Read every document's text and compare."""
    counts: Counts = Counter()
    for document, doc in zip(documents, nlp.pipe(d.text for d in documents), strict=True):
        counts.update(compare(document.gold, analyse(doc)))
    return counts


def ewt_documents(root: Path, part: str) -> list[Document]:
    """English Web Treebank."""
    name = {"train": "en_ewt-ud-train.rebuilt.conllu"}.get(part, f"en_ewt-ud-{part}.conllu")
    return list(read_documents([root / "ewt" / name]))


def gum_documents(root: Path, part: str) -> list[Document]:
    """A part of GUM, of the genres that the reader may learn from."""
    split = gum_split(root)
    paths = sorted((root / "gum" / "dep").glob("GUM_*.conllu"))
    closed = (p for p in paths if p.stem.split("_")[1] not in CLOSED_GENRES and split.get(p.stem, "train") == part)
    return list(read_documents(closed))


def gum_news(root: Path) -> list[Document]:
    """All news of GUM, whatever its part, laid out as on the page: for sentences, which the reader does not learn."""
    return list(read_documents(sorted((root / "gum" / "dep").glob("GUM_news_*.conllu")), laid_out=True))
