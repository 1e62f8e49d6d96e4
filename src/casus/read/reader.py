"""The reader as a spaCy component: fills a tokenised Doc with sentences, tags, lemmas, tree, entities and event scores.

`load_reader()` gives the whole pipeline; any other spaCy pipeline can take its place. Besides spaCy's own attributes a Doc
read by us carries `doc._.event_reading` (see `EventReading`); under another pipeline it is None.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, POS, TAG
from spacy.language import Language
from spacy.symbols import IDS
from spacy.tokens import Doc

from casus.errors import ModelError
from casus.read.lemmas import lemma_of
from casus.read.model import ReaderModel, Reading
from casus.read.sentences import find_starts
from casus.read.tokens import make_tokenizer

OWN = "casus"
ATTRIBUTES = [POS, TAG, DEP, HEAD, LEMMA, ENT_IOB, ENT_TYPE]
INSIDE = 1  # spaCy's ENT_IOB: 1 inside, 2 outside, 3 begin
PIPE_BATCH = 32  # reports read in one go, so that sentences of like length find each other


@dataclass(frozen=True, slots=True)
class EventReading:
    """The network's view of events, over tokens of the Doc.

    `types` are the column names of `events` (tokens, types), the first is "" for no event. `modes`, `modalities` and
    `roles` map a possible trigger's token index to probabilities; those of roles are (tokens of the sentence, roles),
    and `starts` maps the trigger to its sentence's token indices.
    """

    labels: dict[str, list[str]]
    events: NDArray[np.float32]
    modes: dict[int, NDArray[np.float32]]
    modalities: dict[int, NDArray[np.float32]]
    roles: dict[int, NDArray[np.float32]]
    words: dict[int, list[int]]


class Reader:
    """spaCy component around a ReaderModel.

    Args:
        model: the network.
    """

    def __init__(self, model: ReaderModel) -> None:
        self.model = model

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
        readings = iter(
            self.model.read(
                [[doc[i].text for i in s] for doc, sentences in zip(docs, split, strict=True) for s in sentences]
            )
        )
        for doc, sentences in zip(docs, split, strict=True):
            _fill(doc, [(s, next(readings)) for s in sentences], self.model.labels)
        return docs

    def to_disk(self, path: Path, exclude: Iterable[str] = ()) -> None:
        """Nothing of its own to write: the model ships with the package."""

    def from_disk(self, path: Path, exclude: Iterable[str] = ()) -> Reader:
        """Counterpart of `to_disk`."""
        return self


@Language.factory(
    "casus_reader",
    assigns=[
        "token.pos",
        "token.tag",
        "token.dep",
        "token.head",
        "token.lemma",
        "token.is_sent_start",
        "doc.ents",
        "doc.sents",
    ],
    default_config={"folder": None, "threads": 1},
)
def make_reader(nlp: Language, name: str, folder: str | None, threads: int) -> Reader:
    """Factory of the component; `folder` None means the model in the package."""
    if not Doc.has_extension("event_reading"):
        Doc.set_extension("event_reading", default=None)
    return Reader(load_model(folder, threads))


@cache
def load_model(folder: str | None, threads: int) -> ReaderModel:
    """The network, loaded once a process."""
    if folder:
        return ReaderModel(Path(folder), threads=threads)
    with as_file(files("casus.read").joinpath("data")) as path:
        return ReaderModel(path, threads=threads)


@Language.factory("casus_tokens")
def make_tokens(nlp: Language, name: str) -> Any:
    """Marks a pipeline as using our tokenizer; does nothing to a Doc."""
    nlp.tokenizer = make_tokenizer(nlp)
    return lambda doc: doc


def load_reader(name: str = OWN, *, threads: int = 1) -> Language:
    """A spaCy pipeline that reads English.

    Args:
        name: "casus" for ours, a folder with a reader of ours, or the name of an installed spaCy pipeline.
        threads: of one pass of our network.

    Raises:
        ModelError: there is no such pipeline.
    """
    if not Doc.has_extension("event_reading"):
        Doc.set_extension("event_reading", default=None)
    if name == OWN or (Path(name) / "reader.onnx").is_file():
        nlp = spacy.blank("en")
        nlp.tokenizer = make_tokenizer(nlp)
        nlp.add_pipe("casus_reader", config={"folder": None if name == OWN else name, "threads": threads})
        return nlp
    try:
        return spacy.load(name)
    except OSError as error:
        raise ModelError(f"reader {name!r}: neither ours nor an installed spaCy pipeline ({error})") from error


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
    doc.from_array(ATTRIBUTES, rows)
    doc._.event_reading = _event_reading(len(doc), read, labels)


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


def _event_reading(count: int, read: list[tuple[list[int], Reading]], labels: dict[str, list[str]]) -> EventReading:
    """Gather the sentences' event layers over the whole Doc."""
    events = np.zeros((count, len(labels["events"])), dtype=np.float32)
    events[:, 0] = 1.0
    layers: dict[str, dict[int, NDArray[np.float32]]] = {"modes": {}, "modalities": {}, "roles": {}}
    words_of: dict[int, list[int]] = {}
    for words, reading in read:
        events[words] = reading.events
        for name, layer in layers.items():
            layer.update({words[k]: row for k, row in getattr(reading, name).items()})
        words_of.update({words[k]: words for k in reading.roles})
    return EventReading(labels, events, layers["modes"], layers["modalities"], layers["roles"], words_of)
