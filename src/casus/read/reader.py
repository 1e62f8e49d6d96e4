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

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from casus.errors import ModelError
from casus.read.coreference import set_clusters
from casus.read.event_readings import EventReading, register_extension
from casus.read.filling import fill_doc, split_sentences
from casus.read.headings import mend_heading
from casus.read.model import FILES, ReaderModel
from casus.read.quotes import set_quotes
from casus.read.tokens import REGISTERED
from casus.read.universal import is_clear

__all__ = ("EventReading", "Reader", "load_model", "load_reader", "make_reader")

OWN = "casus"
COMPONENTS = {"casus_quotes": set_quotes, "casus_coreference": set_clusters}  # after the reader itself, in this order
SHIPPED = Path(__file__).parent / "data"
GIVEN = (
    "token.pos",
    "token.tag",
    "token.dep",
    "token.head",
    "token.lemma",
    "token.morph",
    "token.is_sent_start",
    "doc.ents",
    "doc.sents",
)
BATCH_WORDS = 6000  # and no more at a time, for the sake of memory
PIPE_BATCH = 16  # reports read in one go, so that sentences of like length find each other


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
            if len(batch) == batch_size or sum(map(len, batch)) >= BATCH_WORDS:
                yield from self._read(batch)
                batch = []
        yield from self._read(batch)

    def _read(self, docs: list[Doc]) -> list[Doc]:
        split = [split_sentences(doc) for doc in docs]
        readings = iter(self.model.read([words for own in split for _, words in own]))
        for doc, sentences in zip(docs, split, strict=True):
            read = [(*sentence, next(readings)) for sentence in sentences]
            for _, words, reading in read:
                mend_heading(words, reading)
            fill_doc(doc, read, self.model.labels)
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
        nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": REGISTERED}, "batch_size": PIPE_BATCH}})
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
