"""The reader as a spaCy component: gives a Doc of tokens its sentences, tags, lemmas, tree, entities and event scores.

`load_reader()` gives the whole pipeline; any other spaCy pipeline can take its place. It is a pipeline like any other:

- `nlp.to_disk(folder)` writes it with the network's files, `spacy.load(folder)` brings it back wherever Casus is
  installed: the component `casus_reader` and the tokenizer `casus.Tokenizer.v1` are found by their entry points.
- `nlp.add_pipe("casus_reader")` puts the component into an English pipeline of your own, after a tokenizer that splits
  words as Universal Dependencies does. `config={"folder": ...}` names another network than the shipped one.
- Besides spaCy's own attributes a Doc read by us carries `doc._.event_reading`, an `EventReading`: for every token the
  probability of each event type, for every possible trigger those of its mode, modality and roles. It goes with the Doc
  through `to_bytes`, `DocBin(store_user_data=True)` and `nlp.pipe(n_process=2)`. Under another pipeline it is None.

Trains nothing (`train/`) and decides nothing about events (`casus.coding`).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, POS, TAG
from spacy.language import Language
from spacy.symbols import IDS
from spacy.tokens import Doc

from casus.errors import ModelError
from casus.read.coreference import set_clusters
from casus.read.event_readings import EventReading, gather_readings, register_extension
from casus.read.lemmas import lemma_of
from casus.read.model import FILES, ReaderModel, Reading
from casus.read.quotes import set_quotes
from casus.read.sentences import find_starts
from casus.read.tokens import REGISTERED
from casus.read.universal import is_clear

__all__ = ("EventReading", "Reader", "load_model", "load_reader", "make_reader")

OWN = "casus"
COMPONENTS = {"casus_quotes": set_quotes, "casus_coreference": set_clusters}  # after the reader itself, in this order
SHIPPED = Path(__file__).parent / "data"
ATTRIBUTES = [POS, TAG, DEP, HEAD, LEMMA, ENT_IOB, ENT_TYPE]
GIVEN = (
    "token.pos",
    "token.tag",
    "token.dep",
    "token.head",
    "token.lemma",
    "token.is_sent_start",
    "doc.ents",
    "doc.sents",
)
INSIDE = 1  # spaCy's ENT_IOB: 1 inside, 2 outside, 3 begin
PIPE_BATCH = 32  # reports read in one go, so that sentences of like length find each other


class Reader:
    """spaCy component around a ReaderModel.

    Args:
        model: the network; None loads it from `folder` when it is first needed.
        folder: where its files lie, None for the shipped ones.
        threads: of one pass.
    """

    def __init__(self, model: ReaderModel | None = None, *, folder: str | None = None, threads: int = 1) -> None:
        self._model = model
        self._folder = folder
        self._threads = threads

    @property
    def model(self) -> ReaderModel:
        """The network.

        Raises:
            ModelError: its files are not where they should be.
        """
        if self._model is None:
            self._model = load_model(self._folder, self._threads)
        return self._model

    def __call__(self, doc: Doc) -> Doc:
        """Read one Doc of tokens."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = PIPE_BATCH) -> Iterator[Doc]:
        """Read many, sentences of all Docs of a batch together."""
        batch: list[Doc] = []
        for doc in docs:
            batch.append(doc)
            if len(batch) == batch_size:
                yield from self._read(batch)
                batch = []
        yield from self._read(batch)

    def _read(self, docs: list[Doc]) -> list[Doc]:
        split = [_sentences(doc) for doc in docs]
        words = [[doc[i].text for i in s] for doc, own in zip(docs, split, strict=True) for s in own]
        readings = iter(self.model.read(words))
        for doc, sentences in zip(docs, split, strict=True):
            _fill(doc, [(s, next(readings)) for s in sentences], self.model.labels)
        return docs

    def to_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002  spaCy passes exclude
        """Write the network's files into a folder, which is made if it is not there."""
        target = Path(path)
        target.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            if not (target / name).exists() or not (target / name).samefile(self.model.folder / name):
                shutil.copyfile(self.model.folder / name, target / name)

    def from_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> Reader:  # noqa: ARG002  spaCy passes exclude
        """Take the network of a folder that `to_disk` or `train.export` wrote.

        Raises:
            ModelError: a file is missing.
        """
        self._model = ReaderModel(Path(path), threads=self._threads)
        return self


@Language.factory("casus_reader", assigns=GIVEN, default_config={"folder": None, "threads": 1})
def make_reader(nlp: Language, name: str, folder: str | None, threads: int) -> Reader:  # noqa: ARG001  spaCy's signature
    """Factory of the component; `folder` None means the network in the package."""
    register_extension()
    return Reader(folder=folder, threads=threads)


@cache
def load_model(folder: str | None, threads: int) -> ReaderModel:
    """The network, loaded once a process."""
    return ReaderModel(Path(folder) if folder else SHIPPED, threads=threads)


def load_reader(name: str = OWN, *, threads: int = 1) -> Language:
    """A spaCy pipeline that reads English.

    Args:
        name: "casus" for ours, a folder with a network of ours, or the name or folder of any spaCy pipeline.
        threads: of one pass of our network.

    Raises:
        ModelError: there is no such pipeline.
    """
    register_extension()
    if name == OWN or (Path(name) / FILES[0]).is_file():
        folder = None if name == OWN else name
        load_model(folder, threads)  # now rather than with the first Doc, where a missing file would surprise
        nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": REGISTERED}}})
        nlp.add_pipe("casus_reader", config={"folder": folder, "threads": threads})
        for name_of_pipe in COMPONENTS:
            nlp.add_pipe(name_of_pipe)
        return nlp
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise ModelError(f"reader {name!r}: neither ours nor an installed spaCy pipeline ({error})") from error
    return adapt_pipeline(nlp, name)


def adapt_pipeline(nlp: Language, name: str) -> Language:
    """A foreign pipeline with Universal trees, and with speech and coreference where it lacks them.

    Raises:
        ModelError: it gives no dependency tree, without which nobody has done anything.
    """
    if not nlp("Police arrested a man.").has_annotation("DEP"):
        raise ModelError(f"reader {name!r}: no dependency tree; a pipeline needs a tagger and a parser")
    if is_clear(nlp):
        nlp.add_pipe("casus_universal")
    for component in COMPONENTS:
        if component not in nlp.pipe_names:
            nlp.add_pipe(component)
    return nlp


def _sentences(doc: Doc) -> list[list[int]]:
    """Token indices of each sentence, white space left out."""
    sentences: list[list[int]] = []
    for token, starts in zip(doc, find_starts(doc), strict=True):
        if token.is_space:
            continue
        if starts or not sentences:
            sentences.append([])
        sentences[-1].append(token.i)
    return sentences


def _fill(doc: Doc, read: list[tuple[list[int], Reading]], labels: dict[str, list[str]]) -> None:
    """Write the readings of a Doc's sentences into it. White space hangs on the word before it."""
    strings = doc.vocab.strings
    rows = np.zeros((len(doc), len(ATTRIBUTES)), dtype=np.uint64)
    space = [IDS["SPACE"], strings.add("_SP"), strings.add("dep"), 0, strings.add(" "), 2, 0]
    rows[:] = np.array(space, dtype=np.uint64)
    rows[1:, 3] = np.uint64(2**64 - 1)
    for words, reading in read:
        for k, i in enumerate(words):
            rows[i] = _token_row(doc, words, reading, k)
    _attach_spaces(rows, doc)
    doc.from_array(ATTRIBUTES, rows)  # type: ignore[arg-type]  # thinc's name for an array of integers
    doc._.event_reading = gather_readings(len(doc), read, labels)


def _token_row(doc: Doc, words: list[int], reading: Reading, k: int) -> list[int]:
    strings = doc.vocab.strings
    i, head = words[k], words[reading.heads[k]]
    prefix, _, kind = _entity(reading.entities, k)
    relation = "ROOT" if head == i else reading.relations[k]
    offset = (head - i) % 2**64
    tag = reading.tags[k]
    return [
        IDS[tag], strings.add(reading.forms[k]), strings.add(relation), offset, strings.add(lemma_of(doc[i].text, tag)),
        {"O": 2, "B": 3, "I": 1}[prefix], strings.add(kind) if kind else 0,
    ]  # fmt: skip


def _entity(tags: list[str], k: int) -> tuple[str, str, str]:
    """A BIO tag; an I- that continues nothing begins."""
    prefix, dash, kind = tags[k].partition("-")
    if prefix == "I" and (k == 0 or tags[k - 1].partition("-")[2] != kind):
        prefix = "B"
    return prefix, dash, kind


def _attach_spaces(rows: NDArray[np.uint64], doc: Doc) -> None:
    """Leading white space hangs on the first word after it; white space inside an entity belongs to it."""
    first = next((t.i for t in doc if not t.is_space), None)
    for i in range(first or 0):
        rows[i, 3] = np.uint64((first or 0) - i)
    if first is None and len(doc):
        rows[0, 3] = np.uint64(0)
    for i in range(len(doc) - 2, -1, -1):
        if doc[i].is_space and rows[i + 1, 5] == INSIDE:
            rows[i, 5:7] = rows[i + 1, 5:7]
