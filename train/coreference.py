"""Fit the weights of coreference on GUM's chains: `python -m train.coreference --data FOLDER`.

FOLDER is what `make unpack` unpacks.

Genres whose licence is open, train part only, without the news documents that `bench.coreference` keeps aside. The
mentions are the reader's own; what was read before is put into the gold chains, so that each choice is learned alone.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language

from bench.coreference import ASIDE, Gold, head_of, read_document, read_words
from casus.read.chains import Chain
from casus.read.columns import read_columns
from casus.read.coreference import Resolver
from casus.read.mentions import find_phrases
from casus.read.quotes import find_quotes
from casus.read.reader import load_reader
from casus.read.signs import FORMS
from train.corpora import CLOSED_GENRES, gum_split
from train.fitting import Row, fit_all, write_models

OUT = Path(__file__).parent.parent / "src/casus/read/data/coreference.json"
NOTE = "Fitted by train.coreference on GUM (genres under open licences, train part); log-odds of being the antecedent."


def document_rows(nlp: Language, gold: Gold) -> Iterator[Row]:
    """Every case that the resolver weighs in a document, right or wrong."""
    doc, places = read_words(nlp, gold)
    owner = {head_of(gold.heads, span): n for n, chain in enumerate(gold.chains) for span in chain}
    columns = read_columns(doc)
    resolver = Resolver(columns, find_quotes(doc))
    known: dict[int, Chain] = {}
    for phrase in find_phrases(columns):
        mine = owner.get(places[phrase.mention.head], -1)
        right = known.get(mine)
        if phrase.mention.kind == "pronoun" and phrase.word not in FORMS:
            continue
        if resolver.certain(phrase) is None:
            for name, chain, features in resolver.cases(phrase):
                yield name, features, int(chain is right)
        chain = resolver.chains.add(phrase, right)
        if mine >= 0:
            known[mine] = chain


def main() -> None:
    """Read the arguments, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    nlp, split = load_reader(), gum_split(args.data)
    rows: list[Row] = []
    for path in sorted((args.data / "gum" / "dep").glob("GUM_*.conllu")):
        allowed = path.stem.split("_")[1] not in CLOSED_GENRES and path.stem not in ASIDE
        if allowed and split.get(path.stem, "train") == "train":
            rows += document_rows(nlp, read_document(path))
    write_models(OUT, fit_all(rows), NOTE)


if __name__ == "__main__":
    main()
