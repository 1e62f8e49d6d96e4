"""Accuracy and costs of the reader: `python -m bench.reader --data FOLDER` (what `make unpack` unpacks).

`--reader FOLDER` measures another network of ours; `--peer FOLDER` puts a spaCy CNN of the `en_core_web_sm` shape
beside it, trained there first if the folder is empty (18 minutes on a free core); `--only PART` leaves out the rest.
What is measured how: `alignment` and `raw` (raw text), `words` (gold words), `entities`, `lemmas`, `costs`, `peer`.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from spacy.language import Language

from bench.reader.alignment import figures
from bench.reader.costs import measure_processes, measure_speed, measure_start
from bench.reader.entities import score_entities
from bench.reader.lemmas import read_rows, score_features, score_lemmas
from bench.reader.peer import MINUTES, load_peer, read_with
from bench.reader.raw import ewt_documents, gum_documents, gum_news, score_documents
from bench.reader.words import Parsed, read_all, score_trees, shout
from casus.read.reader import load_reader
from train.corpora import read_columns, read_ewt, read_gmb, read_gum
from train.examples import Example

Figures = Mapping[str, float]
Row = tuple[str, Figures]
CROSSNER = Path("crossner_politics/ner_data/politics/test.txt")
WNUT = Path("wikigold_wnut/data/WNUT17/CONLL-format/data/test/emerging.test.annotated")
DOCUMENTS = 60  # of EWT and GUM, whose texts the speed is measured on


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reader that is measured: as a pipeline, on gold words, and by the name under which a process opens it."""

    name: str
    opens: str
    nlp: Language
    read: Callable[[Sequence[Example]], Sequence[Parsed]]


def open_candidates(args: argparse.Namespace) -> Iterator[Candidate]:
    """Ours, and the peer if its folder is given."""
    nlp = load_reader(args.reader or "casus")
    nlp.select_pipes(enable=["casus_reader"])  # what the peer has no like of is not measured
    yield Candidate("casus", args.reader or "casus", nlp, partial(read_all, folder=args.reader))
    if args.peer:
        peer = load_peer(args.peer, args.data, minutes=args.peer_minutes)
        yield Candidate("spaCy CNN", str(args.peer), peer, partial(read_with, peer))


def measure_words(own: Candidate, data: Path) -> Iterator[Row]:
    """Trees and tags on gold words, as written and in capitals; lemmas and features."""
    ewt, gum = read_ewt(data, "test"), read_gum(data, "test")
    readings = own.read(ewt)
    yield "EWT test, gold words", score_trees(ewt, readings)
    yield "GUM test, gold words", score_trees(gum, own.read(gum))
    loud = shout(ewt)
    yield "EWT test, in capitals", score_trees(loud, own.read(loud))
    if own.name == "casus":
        rows = read_rows(data, "test")
        lemmas = {"gold tags": score_lemmas(rows), "own tags": score_lemmas(rows, readings)}
        yield "EWT test, lemmas", lemmas
        yield "EWT test, features, F1", score_features(rows, readings)


def measure_raw(own: Candidate, data: Path) -> Iterator[Row]:
    """Everything from raw text."""
    yield "EWT test, raw text", figures(score_documents(ewt_documents(data, "test"), own.nlp))
    yield "GUM test, raw text", figures(score_documents(gum_documents(data, "test"), own.nlp))
    yield "GUM news, all, raw text", figures(score_documents(gum_news(data), own.nlp))


def measure_entities(own: Candidate, data: Path) -> Iterator[Row]:
    """F1 of entities by type and source."""
    sources = {
        "UNER EWT test": [e for e in read_ewt(data, "test") if e.entities],
        "GMB held-out tenth": read_gmb(data, lambda n: n % 10 == 0),
        "CrossNER politics test": read_columns(data / CROSSNER, "crossner", "\t"),
        "WNUT 17 test": read_columns(data / WNUT, "wnut"),
    }
    for name, examples in sources.items():
        yield f"{name}, F1", score_entities(examples, own.read(examples))


def measure_costs(own: Candidate, data: Path) -> Iterator[Row]:
    """Speed of one thread and of two processes; memory and start of a process of its own."""
    documents = [*ewt_documents(data, "test")[:DOCUMENTS], *gum_documents(data, "test")[:DOCUMENTS]]
    texts = [document.text for document in documents]
    one = measure_speed(own.nlp, texts)
    yield "words/s", {"one thread": round(one), "two processes": round(measure_processes(own.opens, texts))}
    yield "a fresh process", measure_start(own.opens)


PARTS = {"words": measure_words, "raw": measure_raw, "entities": measure_entities, "costs": measure_costs}


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments and print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.reader", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--reader", help="folder of another reader than the shipped one")
    parser.add_argument("--peer", type=Path, help="folder of the peer")
    parser.add_argument("--peer-minutes", type=float, default=MINUTES, help="how long the peer is trained")
    parser.add_argument("--only", action="append", choices=list(PARTS), help="a part; may be given several times")
    args = parser.parse_args(arguments)
    candidates = list(open_candidates(args))
    for part in args.only or PARTS:
        for own in candidates:
            for name, row in PARTS[part](own, args.data):
                told = "  ".join(f"{key} {value:,}" for key, value in row.items())
                print(f"{own.name:10} {name:26} {told}", flush=True)


if __name__ == "__main__":
    main()
